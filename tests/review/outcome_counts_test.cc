#include "service/review/outcome_counts.h"

#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using v1::Finding;
using v1::Rule;

TEST(MakeCountsTest, TellsBreachesBySeverityAndTheRestByOutcome) {
  engine::OutcomeTally tally;
  tally.outcomes[Finding::SATISFIED] = 1;
  tally.outcomes[Finding::VIOLATED] = 9;
  tally.outcomes[Finding::NOT_APPLICABLE] = 5;
  tally.outcomes[Finding::UNDETERMINED] = 6;
  tally.outcomes[Finding::FAILED] = 7;
  tally.outcomes[Finding::WAIVED] = 8;
  tally.violated[Rule::ERROR] = 2;
  tally.violated[Rule::WARNING] = 3;
  tally.violated[Rule::ADVICE] = 4;
  const v1::OutcomeCounts counts = MakeCounts(tally);
  EXPECT_EQ(counts.satisfied(), 1);
  EXPECT_EQ(counts.violated().error(), 2);
  EXPECT_EQ(counts.violated().warning(), 3);
  EXPECT_EQ(counts.violated().advice(), 4);
  EXPECT_EQ(counts.not_applicable(), 5);
  EXPECT_EQ(counts.undetermined(), 6);
  EXPECT_EQ(counts.failed(), 7);
  EXPECT_EQ(counts.waived(), 8);
}

TEST(MakeCountsTest, ZerosAreThere) {
  const v1::OutcomeCounts counts = MakeCounts({});
  EXPECT_TRUE(counts.has_satisfied());
  EXPECT_TRUE(counts.violated().has_advice());
}

}  // namespace
}  // namespace klausul::review
