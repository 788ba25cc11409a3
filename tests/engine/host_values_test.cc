#include "service/engine/host_values.h"

#include "gtest/gtest.h"

#include "service/cel/eval_context.h"
#include "service/engine/plan_environment.h"

namespace klausul::engine {
namespace {

class HostValuesTest : public testing::Test {
 protected:
  HostValuesTest() : environment_(*BuildPlanEnvironment({})) {}

  PlanEnvironment environment_;
  cel::EvalArena arena_;
  cel::EvalContext context_{arena_, *environment_.cel, {}};
};

TEST_F(HostValuesTest, MessagesKeepTheirValues) {
  v1::Money money;
  money.set_currency_code("NOK");
  money.set_units(5);
  const cel::Value value = MakeMoney(money, context_);
  money.set_units(6);
  EXPECT_EQ(AsMoney(value).units(), 5);
  EXPECT_EQ(ToTextValue(value, MoneyType(), context_).Plain(), "NOK 5");
}

TEST_F(HostValuesTest, EnumValuesShowTheirNames) {
  const cel::Type type = cel::Type::Enum(
      std::make_shared<const cel::EnumType>(*FindPlanEnum("ProcedureKind")));
  EXPECT_EQ(ToTextValue(cel::Value::Int(1), type, context_).Plain(), "OPEN");
  EXPECT_EQ(ToTextValue(cel::Value::Int(1), cel::Type::Int(), context_).Plain(),
            "1");
  EXPECT_EQ(ToTextValue(cel::Value::Int(999), type, context_).Plain(), "999");
}

TEST_F(HostValuesTest, LongListsAreSummedUp) {
  const cel::Type type = cel::Type::List(cel::Type::Int());
  std::vector<cel::Value> items(5, cel::Value::Int(7));
  EXPECT_EQ(
      ToTextValue(cel::Value::List(items, arena_), type, context_).Plain(),
      "[7, 7, 7, 7, 7]");
  items.push_back(cel::Value::Int(7));
  EXPECT_EQ(
      ToTextValue(cel::Value::List(items, arena_), type, context_).Plain(),
      "6 entries");
}

TEST_F(HostValuesTest, UnknownsCarryTheirReason) {
  const cel::Value value =
      UnknownFor({Reason::Code::kCurrency, {"EUR", "NOK"}}, context_);
  ASSERT_TRUE(value.is_unknown());
  EXPECT_EQ(Reason::Decode(value.unknown().Reasons()[0])->args[0], "EUR");
  EXPECT_EQ(ToTextValue(value, MoneyType(), context_).kind,
            TextValue::Kind::kUnknown);
}

}  // namespace
}  // namespace klausul::engine
