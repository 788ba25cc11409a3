#include "service/review/rule_choice.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ChooseRulesTest : public testing::Test {
 protected:
  RuleChoice Choose() {
    return ChooseRules(*catalogue_, plan_, options_,
                       engine::Language::kEnglish);
  }

  std::shared_ptr<const RuleCatalogue> catalogue_ =
      testing_support::TinyCatalogue();
  v1::ProcurementPlan plan_;
  v1::EvaluateOptions options_;
};

TEST_F(ChooseRulesTest, TakesTheSetOfTheBuyersCountry) {
  plan_.mutable_buyer()->set_country("NO");
  const RuleChoice choice = Choose();
  EXPECT_THAT(choice.ids, ElementsAre("no"));
  EXPECT_THAT(choice.notes, IsEmpty());
}

TEST_F(ChooseRulesTest, ACountryWithoutRulesIsNoErrorButANote) {
  plan_.mutable_buyer()->set_country("PT");
  const RuleChoice choice = Choose();
  EXPECT_THAT(choice.ids, IsEmpty());
  EXPECT_THAT(choice.notes, ElementsAre("no rules for the buyer's country "
                                        "`PT`: read, not evaluated"));
}

TEST_F(ChooseRulesTest, WithoutACountryTheCurrencyTellsAndANoteSaysSo) {
  plan_.mutable_contract()->mutable_estimated_value()->set_currency_code("NOK");
  const RuleChoice choice = Choose();
  EXPECT_THAT(choice.ids, ElementsAre("no"));
  EXPECT_THAT(choice.notes,
              ElementsAre("`buyer.country` is not stated; the rules `no` were "
                          "chosen by the currency NOK"));
}

TEST_F(ChooseRulesTest, WithoutACountryAndCurrencyNothingIsChosen) {
  const RuleChoice choice = Choose();
  EXPECT_THAT(choice.ids, IsEmpty());
  EXPECT_EQ(choice.notes.size(), 1U);
}

TEST_F(ChooseRulesTest, WhatTheRequestNamesIsTakenWhateverTheCountry) {
  plan_.mutable_buyer()->set_country("PT");
  options_.add_rule_sets("no");
  EXPECT_THAT(Choose().ids, ElementsAre("no"));
}

}  // namespace
}  // namespace klausul::review
