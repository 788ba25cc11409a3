#include "service/engine/expression_compiler.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Check(const std::string& applies,
                               const std::string& requirement) {
  v1::RuleSet set = FromText<v1::RuleSet>(R"pb(
    id : "no"
    parameters {
      id : "no.limit.nok"
      type : MONEY
      values {money_value {currency_code : "NOK" units : 1}}
    }
    parameters {
      id : "no.limit.eur"
      type : MONEY
      values {money_value {currency_code : "EUR" units : 1}}
    }
    parameters {
      id : "no.min_weight"
      type : DOUBLE
      values {double_value : 30}
    }
    facts {
      name : "count_of_lot"
      type : "int"
      for_each_lot : true
      versions {expression {text : "size(award.criteria)"}}
    }
    rules {id : "r"})pb");
  set.mutable_rules(0)->mutable_applies()->set_text(applies);
  set.mutable_rules(0)->mutable_requirement()->set_text(requirement);
  return Diagnose({std::make_shared<const v1::RuleSet>(set)});
}

TEST(Expression, AnUnknownParameterIsSuggested) {
  EXPECT_THAT(
      Check("true", "contract.estimated_value < threshold(\"no.limit.nkk\")"),
      ElementsAre("unknown-parameter: there is no parameter `no.limit.nkk` "
                  "(did you mean `no.limit.nok`?) at `\"no.limit.nkk\"`"));
}

TEST(Expression, AThresholdIsAnAmount) {
  EXPECT_THAT(Check("true",
                    "award.criteria[0].weight > "
                    "threshold(\"no.min_weight\")"),
              ElementsAre("parameter-type: the parameter `no.min_weight` is no "
                          "amount (write `parameter(\"no.min_weight\")`) at "
                          "`\"no.min_weight\"`"));
  EXPECT_THAT(Check("true",
                    "award.criteria[0].weight > "
                    "parameter(\"no.min_weight\")"),
              IsEmpty());
}

TEST(Expression, TwoCurrenciesAreAMistakeWhereItShows) {
  EXPECT_THAT(
      Check("true",
            "threshold(\"no.limit.nok\") * 2 < "
            "threshold(\"no.limit.eur\")"),
      ElementsAre("currency-mismatch: amounts in NOK and in EUR cannot be "
                  "compared or added (two currencies never compare; use "
                  "parameters in one) at `threshold(\"no.limit.nok\") * 2 < "
                  "threshold(\"no.limit.eur\")`"));
}

TEST(Expression, ABareBoolInAppliesIsAWarning) {
  EXPECT_THAT(Check("procedure.urgent && procedure.kind == OPEN", "true"),
              ElementsAre("bare-optional-bool: `procedure.urgent` may be not "
                          "stated, and the rule is then undecided (write "
                          "`claimed(procedure.urgent)`) at "
                          "`procedure.urgent`"));
  EXPECT_THAT(Check("claimed(procedure.urgent)", "true"), IsEmpty());
  EXPECT_THAT(
      Check("has(procedure.urgent) && procedure.urgent == false", "true"),
      IsEmpty());
  EXPECT_THAT(Check("true", "procedure.urgent"), IsEmpty())
      << "a rule may require what is to be stated";
}

TEST(Expression, AVariableOfAFoldHidesALotFact) {
  EXPECT_THAT(Check("true", "lots.all(lot, size(lot.award.criteria) > 0)"),
              IsEmpty());
  EXPECT_THAT(Check("true",
                    "lots.all(count_of_lot, "
                    "size(count_of_lot.award.criteria) > 0)"),
              IsEmpty());
}

TEST(Expression, AConditionIsABool) {
  EXPECT_EQ(Check("1", "true").size(), 1u);
  EXPECT_EQ(Check("true", "buyer.name").size(), 1u);
}

TEST(Expression, ARegularExpressionIsLookedAtWhenLoaded) {
  const std::vector<std::string> got = Check("mentions(title, \"(\")", "true");
  ASSERT_EQ(got.size(), 1u);
  EXPECT_THAT(got[0], testing::StartsWith(
                          "bad-argument: `(` is no regular expression"));
}

}  // namespace
}  // namespace klausul::engine
