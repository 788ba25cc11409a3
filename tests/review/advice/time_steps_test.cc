#include "service/review/advice/time_steps.h"

#include "gmock/gmock.h"

#include "tests/review/advice/advice_rules.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;

class TimeStepsTest : public testing_support::AdviceTest {
 protected:
  Timeline Walk(absl::CivilDay start) {
    std::vector<const v1::AdviceCatalogue::Step*> steps;
    for (const auto& step : catalogue().steps())
      steps.push_back(&step);
    auto timeline = WalkSteps(asker_, steps, start, plan_);
    EXPECT_TRUE(timeline.ok()) << timeline.status();
    return timeline.ok() ? *timeline : Timeline();
  }
};

TEST_F(TimeStepsTest, FindsTheSmallestNumberOfDaysThatBreaksNoRule) {
  const Timeline timeline = Walk(absl::CivilDay(2026, 3, 2));
  ASSERT_EQ(timeline.steps.size(), 3U);
  const v1::TimeStep& tenders = timeline.steps[0];
  EXPECT_EQ(tenders.days_min(), 10);
  // Until the plan says that tenders are electronic.
  EXPECT_EQ(tenders.days_sure(), 12);
  EXPECT_THAT(tenders.missing(), ElementsAre("submission.electronic"));
  ASSERT_EQ(tenders.reasons_size(), 1);
  EXPECT_EQ(tenders.reasons(0).rule_id(), "no.tiny.days");
  EXPECT_EQ(tenders.from_date(), "2026-03-02");
  EXPECT_EQ(tenders.to_date(), "2026-03-12");
  ASSERT_EQ(tenders.reductions_size(), 1);
  EXPECT_EQ(tenders.reductions(0).title(), "in urgency");
  EXPECT_EQ(tenders.reductions(0).days_min(), 4);
}

TEST_F(TimeStepsTest, AStatedFactLeavesOneNumber) {
  plan_.mutable_submission()->set_electronic(v1::PERMISSION_REQUIRED);
  const Timeline timeline = Walk(absl::CivilDay(2026, 3, 2));
  EXPECT_FALSE(timeline.steps[0].has_days_sure());
  EXPECT_TRUE(timeline.steps[0].missing().empty());
}

TEST_F(TimeStepsTest, AnEndThatAnAdvisedRuleRefusesMoves) {
  const Timeline timeline = Walk(absl::CivilDay(2026, 3, 1));
  EXPECT_EQ(timeline.steps[0].days_min(), 10);
  EXPECT_EQ(timeline.steps[0].to_date(), "2026-03-12");
}

TEST_F(TimeStepsTest, AParallelStepTakesNoTimeOfItsOwn) {
  const Timeline timeline = Walk(absl::CivilDay(2026, 3, 2));
  const v1::TimeStep& standstill = timeline.steps[1];
  EXPECT_FALSE(standstill.has_days_min());
  EXPECT_EQ(standstill.days_advised(), 10);
  EXPECT_EQ(standstill.from_date(), "2026-03-13");
  const v1::TimeStep& contract = timeline.steps[2];
  EXPECT_EQ(contract.from_date(), "2026-03-13");
  EXPECT_EQ(contract.days_min(), 6);
  EXPECT_EQ(timeline.end, absl::CivilDay(2026, 3, 19));
}

TEST_F(TimeStepsTest, WithoutARuleThereIsNoStep) {
  plan_.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SUPPLIES);
  const Timeline timeline = Walk(absl::CivilDay(2026, 3, 2));
  EXPECT_TRUE(timeline.steps.empty());
  // The day between deadline and letter stays.
  EXPECT_EQ(timeline.end, absl::CivilDay(2026, 3, 3));
}

}  // namespace
}  // namespace klausul::review
