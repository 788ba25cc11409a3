#include "service/ruleset/lint/assumptions.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/ruleset/lint/conditions.h"

namespace klausul::ruleset {
namespace {

struct Case {
  const char* name;
  std::string known;
  bool known_value;
  std::string asked;
  Truth want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class AssumptionsTest : public testing::TestWithParam<Case> {};

TEST_P(AssumptionsTest, Decide) {
  const Conditions conditions(GetParam().known, GetParam().asked);
  ASSERT_TRUE(conditions.ok());
  const auto fold = [](const cel::Expr&) { return absl::optional<bool>(); };
  std::int64_t steps = Assumptions::kMaxSteps;
  Assumptions assumptions(conditions.applies(), fold, steps);
  assumptions.Assume(conditions.applies().root(), GetParam().known_value);
  assumptions.SwitchTo(conditions.requirement());
  EXPECT_EQ(assumptions.Decide(conditions.requirement().root()),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Chains, AssumptionsTest,
    testing::ValuesIn(std::vector<Case>{
        {"TheSameTree", "claimed(procedure.urgent)", true,
         "claimed( procedure.urgent )", Truth::kTrue},
        {"ItsNegation", "!claimed(procedure.urgent)", true,
         "claimed(procedure.urgent)", Truth::kFalse},
        {"AnotherField", "claimed(procedure.urgent)", true,
         "claimed(procedure.shortened_by_prior_notice)", Truth::kOpen},
        {"AnOperandOfWhatHolds",
         "claimed(procedure.urgent) && has(contract.cpv_main)", true,
         "has(contract.cpv_main)", Truth::kTrue},
        {"AnOperandOfWhatDoesNot",
         "claimed(procedure.urgent) && has(contract.cpv_main)", false,
         "has(contract.cpv_main)", Truth::kOpen},
        {"AnOperandOfAnAlternativeThatDoesNotHold",
         "claimed(procedure.urgent) || has(contract.cpv_main)", false,
         "has(contract.cpv_main)", Truth::kFalse},
        {"AConjunctionWithAFalsePart", "has(contract.cpv_main)", false,
         "claimed(procedure.urgent) && has(contract.cpv_main)", Truth::kFalse},
        {"AConjunctionOfTrueParts",
         "claimed(procedure.urgent) && has(contract.cpv_main)", true,
         "has(contract.cpv_main) && claimed(procedure.urgent)", Truth::kTrue},
        {"AnAlternativeWithATruePart", "has(contract.cpv_main)", true,
         "claimed(procedure.urgent) || has(contract.cpv_main)", Truth::kTrue},
        {"ConditionalByItsCondition", "has(contract.cpv_main)", true,
         "has(contract.cpv_main) ? false : claimed(procedure.urgent)",
         Truth::kFalse},
        {"ConditionalWithEqualBranches", "has(contract.cpv_main)", true,
         "claimed(procedure.urgent) ? has(contract.cpv_main) : true",
         Truth::kTrue},
        {"ConditionalWithOtherBranches", "has(contract.cpv_main)", true,
         "claimed(procedure.urgent) ? has(contract.cpv_main) : false",
         Truth::kOpen},
        {"AComparisonOfTheSameTerm", "contract.nature == SERVICES", true,
         "contract.nature == WORKS", Truth::kFalse},
        {"ALiteral", "has(contract.cpv_main)", true, "false", Truth::kFalse},
    }),
    [](const auto& test) { return test.param.name; });

TEST(AssumptionsTest, ConstantsAreFolded) {
  const Conditions conditions("has(contract.cpv_main)",
                              "date(\"2026-01-01\") < date(\"2026-07-01\")");
  ASSERT_TRUE(conditions.ok());
  EXPECT_TRUE(
      IsConstant(conditions.requirement(), conditions.requirement().root()));
  EXPECT_FALSE(IsConstant(conditions.applies(), conditions.applies().root()));
  for (const bool value : {true, false}) {
    const auto fold = [value](const cel::Expr&) {
      return absl::optional<bool>(value);
    };
    std::int64_t steps = Assumptions::kMaxSteps;
    const Assumptions assumptions(conditions.requirement(), fold, steps);
    EXPECT_EQ(assumptions.Decide(conditions.requirement().root()),
              value ? Truth::kTrue : Truth::kFalse);
  }
}

TEST(AssumptionsTest, NothingIsDecidedWhenTheStepsAreUsed) {
  const Conditions conditions("has(contract.cpv_main)", "false");
  ASSERT_TRUE(conditions.ok());
  const auto fold = [](const cel::Expr&) { return absl::optional<bool>(); };
  for (const auto& [steps, want] :
       {std::make_pair(1, Truth::kOpen), std::make_pair(2, Truth::kFalse)}) {
    std::int64_t steps_left = steps;
    const Assumptions assumptions(conditions.requirement(), fold, steps_left);
    EXPECT_EQ(assumptions.Decide(conditions.requirement().root()), want);
    EXPECT_EQ(assumptions.exhausted(), want == Truth::kOpen);
    EXPECT_EQ(assumptions.Blank().exhausted(), want == Truth::kOpen);
  }
}

}  // namespace
}  // namespace klausul::ruleset
