#include "service/review/outcome_counts.h"

#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using v1::Finding;
using v1::Rule;

TEST(CountOutcomeTest, CountsBreachesBySeverityAndTheRestByOutcome) {
  v1::OutcomeCounts counts = EmptyCounts();
  CountOutcome(Finding::VIOLATED, Rule::ERROR, counts);
  CountOutcome(Finding::VIOLATED, Rule::WARNING, counts);
  CountOutcome(Finding::VIOLATED, Rule::ADVICE, counts);
  CountOutcome(Finding::SATISFIED, Rule::ERROR, counts);
  CountOutcome(Finding::UNDETERMINED, Rule::ERROR, counts);
  CountOutcome(Finding::NOT_APPLICABLE, Rule::ERROR, counts);
  CountOutcome(Finding::FAILED, Rule::ERROR, counts);
  CountOutcome(Finding::WAIVED, Rule::ERROR, counts);
  EXPECT_EQ(counts.violated().error(), 1);
  EXPECT_EQ(counts.violated().warning(), 1);
  EXPECT_EQ(counts.violated().advice(), 1);
  EXPECT_EQ(counts.satisfied(), 1);
  EXPECT_EQ(counts.undetermined(), 1);
  EXPECT_EQ(counts.not_applicable(), 1);
  EXPECT_EQ(counts.failed(), 1);
  EXPECT_EQ(counts.waived(), 1);
}

TEST(EmptyCountsTest, ZerosAreThere) {
  const v1::OutcomeCounts counts = EmptyCounts();
  EXPECT_TRUE(counts.has_satisfied());
  EXPECT_TRUE(counts.violated().has_advice());
}

}  // namespace
}  // namespace klausul::review
