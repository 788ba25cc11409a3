#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

#include "klausul/v1/plan.pb.h"

#include "service/intake/eforms/plan_field.h"

namespace klausul::intake::eforms {
namespace {

const PlanField& Field(absl::string_view path) {
  return FindPlanField(*v1::ProcurementPlan::descriptor(), path);
}

TEST(PlanFieldTest, MakesTheGroupsOnTheWay) {
  v1::ProcurementPlan plan;
  const PlanField& field = Field("procedure.negotiation.may_award_without");
  EXPECT_EQ(field.Parent(plan), nullptr);
  EXPECT_FALSE(plan.has_procedure());
  google::protobuf::Message& parent = field.MutableParent(plan);
  EXPECT_EQ(&parent, plan.mutable_procedure()->mutable_negotiation());
  EXPECT_EQ(field.Parent(plan), &parent);
  field.reflection().SetBool(&parent, &field.field(), true);
  EXPECT_TRUE(plan.procedure().negotiation().may_award_without());
}

TEST(PlanFieldTest, AKeyOfAMapStandsOnTheWay) {
  v1::ProcurementPlan plan;
  plan.mutable_clauses()->insert({"other", {}});
  const PlanField& field = Field("clauses.foreign_subsidies.announced");
  EXPECT_TRUE(field.has_key());
  EXPECT_EQ(field.Parent(plan), nullptr);
  EXPECT_EQ(plan.clauses().size(), 1u);
  google::protobuf::Message& parent = field.MutableParent(plan);
  EXPECT_EQ(field.Parent(plan), &parent);
  EXPECT_EQ(&field.MutableParent(plan), &parent);
  field.reflection().SetBool(&parent, &field.field(), true);
  EXPECT_EQ(plan.clauses().size(), 2u);
  EXPECT_TRUE(plan.clauses().at("foreign_subsidies").announced());
}

TEST(PlanFieldTest, AKeyMayStandBehindAGroupAndBeTheLast) {
  v1::ProcurementPlan plan;
  const PlanField& field = Field("contract.value_components.prizes");
  EXPECT_EQ(field.Parent(plan), nullptr);
  google::protobuf::Message& parent = field.MutableParent(plan);
  static_cast<v1::Money*>(
      field.reflection().MutableMessage(&parent, &field.field()))
      ->set_units(7);
  EXPECT_EQ(plan.contract().value_components().at("prizes").units(), 7);
}

TEST(PlanFieldTest, KnowsTheTwinOfACode) {
  EXPECT_EQ(Field("procedure.kind").twin()->name(), "kind_code");
  EXPECT_EQ(Field("reserved.kinds").twin()->name(), "kinds_codes");
  EXPECT_EQ(Field("title").twin(), nullptr);
}

TEST(FindPlanFieldTest, OnePathOfOneTypeIsOneField) {
  EXPECT_EQ(&Field("title"), &Field(std::string("title")));
  EXPECT_NE(&Field("title"), &FindPlanField(*v1::Lot::descriptor(), "title"));
  EXPECT_NE(&Field("description"), &Field("title"));
}

TEST(FindPlanFieldTest, ThreadsGetTheSame) {
  std::vector<const PlanField*> found(8);
  std::vector<std::thread> threads;
  for (const PlanField*& field : found) {
    threads.emplace_back([&field] { field = &Field("division.divided"); });
  }
  for (std::thread& thread : threads)
    thread.join();
  for (const PlanField* field : found) {
    EXPECT_EQ(field, found.front());
  }
}

TEST(PlanFieldDeathTest, APathThatTheTypeDoesNotHaveEndsTheProgram) {
  EXPECT_DEATH(Field("procedure.absent"),
               "`ProcurementPlan` has no field `procedure.absent`");
}

}  // namespace
}  // namespace klausul::intake::eforms
