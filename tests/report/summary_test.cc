#include "service/report/summary.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

v1::Finding FindingOf(v1::Finding::Outcome outcome,
                      v1::Rule::Severity severity = v1::Rule::ERROR) {
  v1::Finding finding;
  finding.set_outcome(outcome);
  finding.set_severity(severity);
  return finding;
}

TEST(CountFindingTest, CountsOnlyBreachesBySeverity) {
  v1::OutcomeCounts counts = EmptyCounts();
  CountFinding(FindingOf(v1::Finding::VIOLATED, v1::Rule::ERROR), counts);
  CountFinding(FindingOf(v1::Finding::VIOLATED, v1::Rule::WARNING), counts);
  CountFinding(FindingOf(v1::Finding::VIOLATED, v1::Rule::ADVICE), counts);
  CountFinding(FindingOf(v1::Finding::UNDETERMINED, v1::Rule::ERROR), counts);
  CountFinding(FindingOf(v1::Finding::SATISFIED), counts);
  CountFinding(FindingOf(v1::Finding::NOT_APPLICABLE), counts);
  CountFinding(FindingOf(v1::Finding::FAILED), counts);
  CountFinding(FindingOf(v1::Finding::WAIVED), counts);
  EXPECT_EQ(counts.violated().error(), 1);
  EXPECT_EQ(counts.violated().warning(), 1);
  EXPECT_EQ(counts.violated().advice(), 1);
  EXPECT_EQ(counts.undetermined(), 1);
  EXPECT_EQ(counts.satisfied(), 1);
  EXPECT_EQ(counts.not_applicable(), 1);
  EXPECT_EQ(counts.failed(), 1);
  EXPECT_EQ(counts.waived(), 1);
}

TEST(AddToSummaryTest, AnUnreadableInputIsNoDocument) {
  v1::CheckSummary summary = EmptySummary();
  v1::DocumentReport unreadable;
  unreadable.mutable_error()->set_message("empty file");
  AddToSummary(unreadable, summary);
  v1::DocumentReport read;
  *read.mutable_counts() = EmptyCounts();
  read.mutable_counts()->mutable_violated()->set_error(2);
  read.mutable_counts()->set_undetermined(3);
  AddToSummary(read, summary);
  EXPECT_EQ(summary.documents(), 1);
  EXPECT_EQ(summary.unreadable(), 1);
  EXPECT_EQ(summary.violated().error(), 2);
  EXPECT_EQ(summary.undetermined(), 3);
  EXPECT_TRUE(summary.has_skipped());
}

}  // namespace
}  // namespace klausul::report
