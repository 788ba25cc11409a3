#include "service/engine/plan_path.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SplitPath, LeavesOutIndices) {
  EXPECT_THAT(SplitPath("lots[2].award.criteria[0].weight"),
              ElementsAre("lots", "award", "criteria", "weight"));
  EXPECT_THAT(SplitPath("extra[\"no.oslo.\\\"x\\\"\"].bool_value"),
              ElementsAre("extra", "no.oslo.\"x\"", "bool_value"));
  EXPECT_THAT(SplitPath(""), IsEmpty());
  // Broken ones end somewhere.
  EXPECT_THAT(SplitPath("a["), ElementsAre("a"));
  EXPECT_THAT(SplitPath("a[\"b"), ElementsAre("a", "b"));
}

TEST(JoinKey, QuotesWhatIsNoName) {
  EXPECT_EQ(JoinKey("clauses", "wages"), "clauses.wages");
  EXPECT_EQ(JoinKey("extra", "no.x"), "extra[\"no.x\"]");
  EXPECT_EQ(JoinKey("extra", "1\""), "extra[\"1\\\"\"]");
}

TEST(FindPlanField, FollowsGroupsAndMaps) {
  EXPECT_EQ(FindPlanField("award.criteria[2].weight")->full_name(),
            "klausul.v1.Criterion.weight");
  EXPECT_EQ(FindPlanField("clauses.wages")->full_name(),
            "klausul.v1.ProcurementPlan.clauses");
  EXPECT_EQ(FindPlanField("clauses.wages.included")->full_name(),
            "klausul.v1.Clause.included");
  EXPECT_EQ(FindPlanField("nothing"), nullptr);
}

TEST(BtIdOf, PrefersTheOneOfTheLot) {
  EXPECT_EQ(BtIdOf("contract.estimated_value", false), "BT-27-Procedure");
  EXPECT_EQ(BtIdOf("lots[0].contract.estimated_value", true), "BT-27-Lot");
  EXPECT_EQ(BtIdOf("buyer.policies.strategy.in_force", false), "");
}

TEST(BtIdOf, ClimbsToTheNearestFieldThatHasOne) {
  EXPECT_EQ(BtIdOf("clauses.wages.included", false), "BT-70-Lot");
}

}  // namespace
}  // namespace klausul::engine
