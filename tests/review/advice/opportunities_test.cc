#include "service/review/advice/opportunities.h"

#include "gmock/gmock.h"

#include "tests/review/advice/advice_rules.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;

class OpportunitiesTest : public testing_support::AdviceTest {
 protected:
  std::vector<std::string> Ids() {
    const auto found = FindOpportunities(asker_, catalogue(), plan_);
    EXPECT_TRUE(found.ok()) << found.status();
    std::vector<std::string> ids;
    if (!found.ok()) return ids;
    for (const v1::AdvisedOpportunity& one : *found)
      ids.push_back(one.id());
    return ids;
  }
};

TEST_F(OpportunitiesTest, TellsTheWaysAndTheAdviceThatFitThePlan) {
  const auto found = FindOpportunities(asker_, catalogue(), plan_);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(Ids(), ElementsAre("talk", "no.tiny.note"));
  EXPECT_EQ((*found)[0].text(), "Talk first.");
  EXPECT_FALSE((*found)[0].is_rule());
  EXPECT_EQ((*found)[1].text(), "Do this.");
  EXPECT_TRUE((*found)[1].is_rule());
  EXPECT_THAT((*found)[1].missing(), ElementsAre("need.adaptation_needed"));
}

TEST_F(OpportunitiesTest, AdviceThatIsFollowedIsNotTold) {
  plan_.mutable_need()->set_adaptation_needed(true);
  EXPECT_THAT(Ids(), ElementsAre("talk"));
}

TEST_F(OpportunitiesTest, WhatMayNotApplyIsNotTold) {
  plan_.clear_contract();
  EXPECT_THAT(Ids(), ElementsAre());
}

TEST_F(OpportunitiesTest, AConditionThatDoesNotCompileIsTheSetsMistake) {
  v1::Expression expression;
  expression.set_text("no_such_name");
  EXPECT_EQ(AskCondition(asker_, expression, plan_).status().code(),
            absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace klausul::review
