#include "service/review/plan_reader_adapter.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

ruleset::NodeRef Root(const std::string& yaml, DiagnosticSink& sink) {
  const ruleset::NodeRef root = ruleset::ReadTree("a.yaml", yaml, sink);
  EXPECT_TRUE(root) << sink.RenderAll();
  return root;
}

TEST(PlanReaderAdapterTest, ReadsAPlanFile) {
  DiagnosticSink sink;
  const auto plan = PlanReaderAdapter().Read(
      Root("id: p\ncontract: {estimated_value: NOK 100000}\n", sink), sink);
  ASSERT_TRUE(plan.has_value()) << sink.RenderAll();
  EXPECT_EQ(plan->contract().estimated_value().units(), 100000);
}

TEST(PlanReaderAdapterTest, ABrokenPlanIsNoPlan) {
  DiagnosticSink sink;
  EXPECT_FALSE(
      PlanReaderAdapter().Read(Root("idd: p\n", sink), sink).has_value());
  EXPECT_EQ(sink.diagnostics().at(0).code, "unknown-field");
}

TEST(PlanReaderAdapterTest, SetsAndUnsetsByPath) {
  DiagnosticSink sink;
  const PlanReaderAdapter reader;
  v1::ProcurementPlan plan;
  const auto entries =
      Root("\"award.criteria\": []\ndates.tender_deadline: 2026-03-31\n", sink)
          .Entries();
  for (const auto& [path, value] : entries) {
    EXPECT_TRUE(reader.Set(plan, path, value, sink)) << sink.RenderAll();
  }
  EXPECT_THAT(plan.stated_empty(), testing::ElementsAre("award.criteria"));
  EXPECT_EQ(plan.dates().tender_deadline().day(), 31);
  EXPECT_TRUE(reader.Unset(plan, entries[0].first, sink));
  EXPECT_TRUE(plan.stated_empty().empty());
}

TEST(PlanReaderAdapterTest, AWrongPathIsShownWhereItIsWritten) {
  DiagnosticSink sink;
  v1::ProcurementPlan plan;
  const auto entry = Root("dates.tender_deadlin: 2026-03-31\n", sink).Entries();
  EXPECT_FALSE(
      PlanReaderAdapter().Set(plan, entry[0].first, entry[0].second, sink));
  ASSERT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].file->name(), "a.yaml");
}

}  // namespace
}  // namespace klausul::review
