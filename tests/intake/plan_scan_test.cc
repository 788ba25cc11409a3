#include "service/intake/plan_file/plan_scan.h"

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/message.h>

#include "service/intake/plan_file/plan_check.h"

namespace klausul::intake {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Sets a few fields of a plan at random, to values that can be meant and to
// some that cannot.
class Filler {
 public:
  explicit Filler(std::uint32_t seed) : random_(seed) {}

  // One field in `sparseness` is set.
  void Fill(Message& message, int sparseness, int depth = 0) {
    const Reflection& reflection = *message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (Number(sparseness) != 0) continue;
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        if (depth > 4) continue;
        Message& below = field.is_repeated()
                             ? *reflection.AddMessage(&message, &field)
                             : *reflection.MutableMessage(&message, &field);
        Fill(below, field.is_map() ? 1 : 2, depth + 1);
      } else {
        SetValue(message, reflection, field);
      }
    }
  }

 private:
  int Number(int below) {
    return std::uniform_int_distribution<int>(0, below - 1)(random_);
  }

  std::string Word() {
    static constexpr const char* kWords[] = {
        "",   "NOK", "NO", "72000000", "nb", "LOT-1", "wages", "included",
        "no", "nok", "1",  "7200000",  "xx", "LOT-2", "award", "lots"};
    return kWords[Number(std::size(kWords))];
  }

  std::int32_t Integer() {
    static constexpr std::int32_t kNumbers[] = {0, 1, 12, 28, 2026, -1, 3000};
    return kNumbers[Number(std::size(kNumbers))];
  }

  double Fraction() {
    static constexpr double kNumbers[] = {
        0,
        30,
        100,
        -1,
        101,
        std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()};
    return kNumbers[Number(std::size(kNumbers))];
  }

  void SetValue(Message& message, const Reflection& reflection,
                const FieldDescriptor& field) {
    const bool many = field.is_repeated();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return many ? reflection.AddString(&message, &field, Word())
                    : reflection.SetString(&message, &field, Word());
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = Number(8) == 0 ? 999 : Number(3);
        return many ? reflection.AddEnumValue(&message, &field, number)
                    : reflection.SetEnumValue(&message, &field, number);
      }
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, &field, true);
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, &field, Integer());
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(
            &message, &field,
            std::int64_t{Integer()} * (Number(5) == 0 ? 1'000'000'000'000 : 1));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(&message, &field, Fraction());
      default:
        FAIL() << field.full_name() << " is of a type that no test fills";
    }
  }

  std::mt19937 random_;
};

TEST(ValuesAreFineTest, NeverPassesOverWhatTheFullCheckFinds) {
  int fine = 0;
  int faulty = 0;
  for (std::uint32_t seed = 0; seed < 20'000; ++seed) {
    v1::ProcurementPlan plan;
    Filler(seed).Fill(plan, seed % 2 == 0 ? 60 : 20);
    const std::vector<PlanProblem> problems = FindPlanProblems(plan);
    const bool is_fine = ValuesAreFine(plan);
    fine += is_fine ? 1 : 0;
    faulty += problems.empty() ? 0 : 1;
    ASSERT_FALSE(is_fine && !problems.empty())
        << "seed " << seed << ": " << problems.front().message << "\n"
        << plan.DebugString();
  }
  // Both kinds are met.
  EXPECT_GT(fine, 2000);
  EXPECT_GT(faulty, 2000);
}

TEST(ValuesAreFineTest, SaysYesToAnOrdinaryPlan) {
  v1::ProcurementPlan plan;
  plan.mutable_buyer()->set_country("NO");
  plan.mutable_contract()->set_cpv_main("72000000");
  plan.mutable_contract()->mutable_estimated_value()->set_currency_code("NOK");
  plan.mutable_contract()->mutable_estimated_value()->set_units(1);
  v1::Date& sent = *plan.mutable_dates()->mutable_notice_sent();
  sent.set_year(2026);
  sent.set_month(2);
  sent.set_day(28);
  plan.add_lots()->set_id("LOT-1");
  plan.add_lots()->set_id("LOT-2");
  (*plan.mutable_clauses())["wages"].set_included(true);
  plan.add_stated_empty("award.criteria");
  EXPECT_TRUE(ValuesAreFine(plan));
  sent.set_day(29);
  EXPECT_FALSE(ValuesAreFine(plan));
}

TEST(ValuesAreFineTest, LooksAtIdsAndPaths) {
  v1::ProcurementPlan twice;
  twice.add_lots()->set_id("LOT-1");
  twice.add_lots()->set_id("LOT-1");
  EXPECT_FALSE(ValuesAreFine(twice));
  v1::ProcurementPlan path;
  path.add_stated_empty("buyer.name");
  EXPECT_FALSE(ValuesAreFine(path));
  EXPECT_FALSE(FindPlanProblems(path).empty());
}

TEST(KnownKeysTest, TellsTheKeysOfAMap) {
  const auto& clauses =
      *v1::ProcurementPlan::descriptor()->FindFieldByName("clauses");
  EXPECT_THAT(KnownKeys(clauses), testing::Contains("wages"));
}

}  // namespace
}  // namespace klausul::intake
