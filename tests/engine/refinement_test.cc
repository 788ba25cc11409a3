#include "service/engine/refinement.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using Outcome = v1::Finding::Outcome;

struct RefinementCase {
  const char* name;
  Outcome base;
  Outcome strict;
  v1::Rule::Severity strict_severity;
  bool hidden;

  friend std::ostream& operator<<(std::ostream& out,
                                  const RefinementCase& test) {
    return out << test.name;
  }
};

class RefinementTest : public testing::TestWithParam<RefinementCase> {};

TEST_P(RefinementTest, HidesNoMoreThanItSays) {
  v1::Rule base = FromText<v1::Rule>(R"pb(id : "base" severity : ERROR)pb");
  v1::Rule strict = FromText<v1::Rule>(R"pb(id : "strict" refines : "base")pb");
  strict.set_severity(GetParam().strict_severity);
  std::vector<RuleResult> results(2);
  results[0].rule = &base;
  results[0].outcome = GetParam().base;
  results[1].rule = &strict;
  results[1].outcome = GetParam().strict;
  HideRefined(results);
  EXPECT_EQ(results.size(), GetParam().hidden ? 1u : 2u);
  EXPECT_EQ(results.back().rule, &strict);
}

INSTANTIATE_TEST_SUITE_P(
    Outcomes, RefinementTest,
    testing::ValuesIn(std::vector<RefinementCase>{
        {"BreachBehindBreach", v1::Finding::VIOLATED, v1::Finding::VIOLATED,
         v1::Rule::ERROR, true},
        {"BreachNotBehindALesserOne", v1::Finding::VIOLATED,
         v1::Finding::VIOLATED, v1::Rule::WARNING, false},
        {"BreachNotBehindCompliance", v1::Finding::VIOLATED,
         v1::Finding::SATISFIED, v1::Rule::ERROR, false},
        {"ComplianceBehindBreach", v1::Finding::SATISFIED,
         v1::Finding::VIOLATED, v1::Rule::WARNING, true},
        {"NotBehindWhatDoesNotApply", v1::Finding::SATISFIED,
         v1::Finding::NOT_APPLICABLE, v1::Rule::ERROR, false},
        {"FailureStays", v1::Finding::FAILED, v1::Finding::VIOLATED,
         v1::Rule::ERROR, false},
    }),
    [](const auto& test) { return test.param.name; });

TEST(HideRefinedTest, SpeaksOfTheSameLot) {
  const v1::Rule base = FromText<v1::Rule>(R"pb(id : "base")pb");
  const v1::Rule strict =
      FromText<v1::Rule>(R"pb(id : "strict" refines : "base")pb");
  std::vector<RuleResult> results(2);
  results[0].rule = &base;
  results[0].subject = "LOT-1";
  results[0].outcome = v1::Finding::SATISFIED;
  results[1].rule = &strict;
  results[1].subject = "LOT-2";
  results[1].outcome = v1::Finding::VIOLATED;
  HideRefined(results);
  EXPECT_EQ(results.size(), 2u);
}

}  // namespace
}  // namespace klausul::engine
