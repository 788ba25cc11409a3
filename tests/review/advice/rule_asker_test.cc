#include "service/review/advice/rule_asker.h"

#include "gmock/gmock.h"

#include "tests/review/advice/advice_rules.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using RuleAskerTest = testing_support::AdviceTest;

TEST_F(RuleAskerTest, AsksTheRulesNamedAndNoOthers) {
  const auto results = asker_.Ask(plan_, {"no.tiny.kind", "no.tiny.note"});
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_EQ(results->size(), 2U);
  EXPECT_EQ((*results)[0].rule->id(), "no.tiny.kind");
  EXPECT_TRUE(IsOpen((*results)[0]));
  const auto none = asker_.Ask(plan_, {});
  ASSERT_TRUE(none.ok());
  EXPECT_THAT(*none, IsEmpty());
}

TEST_F(RuleAskerTest, AnOpenRuleTellsWhatItAsksFor) {
  const auto results = asker_.Ask(plan_, {"no.tiny.kind"});
  const v1::Finding finding = asker_.ToFinding(results->front());
  EXPECT_EQ(finding.outcome(), v1::Finding::UNDETERMINED);
  EXPECT_EQ(finding.remedy(), "Do this.");
  EXPECT_EQ(finding.message(), "");
}

TEST_F(RuleAskerTest, ABreachBySilenceIsOpen) {
  engine::RuleResult result;
  result.outcome = v1::Finding::VIOLATED;
  EXPECT_TRUE(IsBroken(result));
  EXPECT_FALSE(IsOpen(result));
  result.missing = {"procedure.reason.on_file"};
  EXPECT_FALSE(IsBroken(result));
  EXPECT_TRUE(IsOpen(result));
}

TEST_F(RuleAskerTest, VaryTakesAwayThenSets) {
  plan_.mutable_procedure()->set_kind(v1::PROCEDURE_KIND_OPEN);
  plan_.mutable_procedure()->set_urgent(true);
  google::protobuf::RepeatedPtrField<std::string> unset;
  *unset.Add() = "procedure";
  google::protobuf::RepeatedPtrField<v1::AdviceCatalogue::Setting> settings;
  settings.Add()->set_path("reserved.kinds");
  settings.at(0).set_value("[NON_PROFIT]");
  ASSERT_TRUE(Vary(unset, settings, plan_).ok());
  EXPECT_FALSE(plan_.procedure().has_urgent());
  EXPECT_THAT(plan_.reserved().kinds(),
              ElementsAre(v1::RESERVED_FOR_NON_PROFIT));
}

TEST_F(RuleAskerTest, ASettingThatDoesNotFitSaysWhich) {
  const absl::Status status = SetField("procedure.kind", "OPENISH", plan_);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("`procedure.kind`"));
}

}  // namespace
}  // namespace klausul::review
