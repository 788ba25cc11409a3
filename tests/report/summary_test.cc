#include "service/report/summary.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(AddToSummaryTest, AnUnreadableInputIsNoDocument) {
  v1::CheckSummary summary = EmptySummary();
  v1::DocumentReport unreadable;
  unreadable.mutable_error()->set_message("empty file");
  AddToSummary(unreadable, summary);
  v1::DocumentReport read;
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
