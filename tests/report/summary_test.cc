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

TEST(AddSummaryTest, EveryCountIsAdded) {
  v1::CheckSummary part = EmptySummary();
  part.set_documents(1);
  part.set_unreadable(2);
  part.set_skipped(3);
  part.mutable_violated()->set_error(4);
  part.mutable_violated()->set_warning(5);
  part.mutable_violated()->set_advice(6);
  part.set_undetermined(7);
  part.set_failed(8);
  part.set_waived(9);
  v1::CheckSummary sum = EmptySummary();
  AddSummary(part, sum);
  EXPECT_EQ(sum.SerializeAsString(), part.SerializeAsString());
  AddSummary(part, sum);
  EXPECT_EQ(sum.documents(), 2);
  EXPECT_EQ(sum.violated().advice(), 12);
  EXPECT_EQ(sum.waived(), 18);
}

TEST(SummaryTest, WhatABaselineKnowsIsSummedWhereThereIsOne) {
  v1::DocumentReport document;
  v1::CheckSummary summary = EmptySummary();
  AddToSummary(document, summary);
  EXPECT_FALSE(summary.has_known());
  document.mutable_counts()->mutable_known()->set_error(2);
  AddToSummary(document, summary);
  v1::CheckSummary whole = EmptySummary();
  AddSummary(summary, whole);
  AddSummary(summary, whole);
  EXPECT_EQ(whole.known().error(), 4);
  EXPECT_TRUE(whole.known().has_advice());
}

}  // namespace
}  // namespace klausul::report
