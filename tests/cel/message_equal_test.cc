#include <string>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "gtest/gtest.h"

#include "service/cel/field_access.h"
#include "service/cel/message_access.h"
#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class MessageEqualTest : public EvalTableTest {};

TEST_P(MessageEqualTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Presence, MessageEqualTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"shop.Order{count: 1} == order.items[0]", "true"},
        {"shop.Order{count: 1} == shop.Order{count: 1, size: 0}", "true"},
        {"shop.Order{} == shop.Order{count: 0}", "false"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Parts, MessageEqualTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"shop.Order{codes: ['a', 'b']} == shop.Order{codes: ['b', 'a']}",
         "false"},
        {"shop.Order{clauses: {'a': shop.Clause{rate: 1}, 'b': shop.Clause{}}}"
         " == shop.Order{clauses: {'b': shop.Clause{}, 'a': "
         "shop.Clause{rate: 1}}}",
         "true"},
        {"shop.Order{part: shop.Order{}} == shop.Order{}", "false"},
        {"dyn(shop.Order{}) == dyn(shop.Clause{})", "false"},
        {"google.protobuf.Any{type_url: 'x/shop.Order', value: b''} == "
         "shop.Order{}",
         "true"},
    }));

TEST(MessageEqual, AnysInOneAnotherAreBounded) {
  // Each level is another Any in a list inside the message.
  EvalFixture fixture(Mode::kConformance);
  EvalContext context(fixture.arena(), *fixture.environment(),
                      fixture.options());
  google::protobuf::Any a;
  for (int i = 0; i < 100; ++i) {
    google::protobuf::Any outer;
    outer.PackFrom(a);
    a = outer;
  }
  Value error;
  EXPECT_EQ(UnpackAny(a, context, &error), nullptr);
  EXPECT_EQ(error.error().code, ErrorCode::kLimit);
  // Then the bytes decide.
  EXPECT_TRUE(MessagesEqual(a, a, context));
}

}  // namespace
}  // namespace klausul::cel
