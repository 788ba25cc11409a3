#include "service/review/plan_mask.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::ProcurementPlan Plan() {
  v1::ProcurementPlan plan;
  plan.set_id("p-1");
  plan.mutable_buyer()->set_name("Fjordvik kommune");
  plan.mutable_buyer()->set_country("NO");
  plan.add_lots()->set_internal_id("Renhold på rådhuset i Fjordvik");
  plan.add_lots()->set_internal_id("");
  return plan;
}

// A record of the plan with a finding that repeats what is in it.
v1::DecisionRecord Record() {
  v1::DecisionRecord record;
  *record.mutable_plan() = Plan();
  record.set_plan_id("p-1");
  record.set_uri("Fjordvik kommune");
  v1::Finding& finding = *record.add_findings();
  finding.set_rule_id("no.a");
  finding.set_message("Fjordvik kommune skriver NO i loven.");
  v1::FieldEvidence& name = *finding.add_fields();
  name.set_path("buyer.country");
  name.set_value("NO");
  v1::FieldEvidence& title = *finding.add_fields();
  title.set_path("lots[0].internal_id");
  // Cut by whoever wrote the finding.
  title.set_value("Renhold på ...");
  return record;
}

v1::DecisionRecord Masked(const std::vector<std::string>& paths) {
  const auto mask = PlanMask::Make(paths);
  EXPECT_TRUE(mask.ok()) << mask.status();
  v1::DecisionRecord record = Record();
  mask->Apply(Plan(), record);
  return record;
}

TEST(PlanMaskTest, MasksTextsInThePlanAndInWhatRepeatsThem) {
  const v1::DecisionRecord record = Masked({"buyer.name", "lots.internal_id"});
  EXPECT_TRUE(record.masked());
  EXPECT_EQ(record.plan().buyer().name(), "***");
  EXPECT_EQ(record.plan().buyer().country(), "NO");
  EXPECT_EQ(record.plan().lots(0).internal_id(), "***");
  // What is not stated stays so.
  EXPECT_EQ(record.plan().lots(1).internal_id(), "");
  EXPECT_EQ(record.uri(), "***");
  EXPECT_EQ(record.plan_id(), "p-1");
  EXPECT_EQ(record.findings(0).message(), "*** skriver NO i loven.");
  EXPECT_EQ(record.findings(0).fields(0).value(), "NO");
  EXPECT_EQ(record.findings(0).fields(1).value(), "***");
  EXPECT_THAT(record.DebugString(), Not(HasSubstr("Fjordvik")));
}

TEST(PlanMaskTest, AGroupMasksAllItsTexts) {
  const v1::DecisionRecord record = Masked({"buyer"});
  EXPECT_EQ(record.plan().buyer().name(), "***");
  EXPECT_EQ(record.plan().buyer().country(), "***");
  // A short text only where it stands alone.
  EXPECT_EQ(record.findings(0).message(), "*** skriver NO i loven.");
  EXPECT_EQ(record.findings(0).fields(0).value(), "***");
}

TEST(PlanMaskTest, LongTextsGoWhereTheyAreCut) {
  v1::ProcurementPlan plan;
  plan.mutable_buyer()->set_name(std::string(100, 'x'));
  v1::DecisionRecord record;
  record.add_findings()->set_message("Navnet " + std::string(40, 'x') + "…");
  const auto mask = PlanMask::Make({"buyer.name"});
  ASSERT_TRUE(mask.ok());
  mask->Apply(plan, record);
  EXPECT_EQ(record.findings(0).message(), "Navnet ***");
  EXPECT_FALSE(record.has_plan());
}

TEST(PlanMaskTest, WithoutMasksNothingChanges) {
  const v1::DecisionRecord record = Masked({});
  EXPECT_EQ(record.DebugString(), Record().DebugString());
  EXPECT_FALSE(record.masked());
}

TEST(PlanMaskTest, ValuesOfMapsAreReached) {
  v1::ProcurementPlan plan;
  (*plan.mutable_extra())["hemmelig_nokkel"];
  const auto mask = PlanMask::Make({"extra"});
  ASSERT_TRUE(mask.ok()) << mask.status();
  v1::DecisionRecord record;
  *record.mutable_plan() = plan;
  mask->Apply(plan, record);
  // Keys stay: a rule finds values by them.
  EXPECT_EQ(record.plan().extra().count("hemmelig_nokkel"), 1U);
}

TEST(PlanMaskTest, RefusesPathsThatMaskNothing) {
  EXPECT_THAT(std::string(PlanMask::Make({"buyer.nam"}).status().message()),
              HasSubstr("`buyer.nam` is no field of a plan"));
  EXPECT_THAT(std::string(PlanMask::Make({"lots[0].title"}).status().message()),
              HasSubstr("without list positions"));
  EXPECT_THAT(std::string(PlanMask::Make({"stage"}).status().message()),
              HasSubstr("`stage` holds no text"));
  EXPECT_FALSE(PlanMask::Make({"buyer.name.more"}).ok());
}

}  // namespace
}  // namespace klausul::review
