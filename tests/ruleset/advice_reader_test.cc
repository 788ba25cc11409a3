#include "service/ruleset/advice_reader.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/ruleset/repository.h"
#include "tests/support/tiny_rules.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kAdvice[] = R"yaml(advice:
  regimes:
    - id: services
      title: {nb: Tjenester, nn: Tenester, en: Services}
      when: |
        contract.nature == SERVICES
      legal_basis: [{instrument: TINY, provision: "§ 1"}]
      closed: {nb: Nei., nn: Nei., en: No.}
  steps:
    - id: tenders
      kind: tenders
      title: {nb: Frist, nn: Frist, en: Limit}
      from: dates.notice_sent
      to: dates.tender_deadline
      rules: [no.tiny.deadline]
      reductions:
        - id: urgent
          title: {nb: hast, nn: hast, en: urgent}
          set: {"procedure.urgent": true}
      gap_days: 1
  candidates:
    - id: open
      title: {nb: Åpen, nn: Open, en: Open}
      group: procedure
      regimes: [services]
      unset: [direct_award]
      set: {"procedure.kind": OPEN, "reserved.kinds": [NON_PROFIT, WORK_INTEGRATION],
            "buyer.name": "a: b"}
      conditions: [procedure.reason]
      steps: [tenders]
      register: [T-1]
  choice_rules: [no.tiny.deadline]
  opportunities:
    - id: small
      title: {nb: Lite, nn: Lite, en: Small}
      text: {nb: Kjøp., nn: Kjøp., en: Buy.}
      when: |
        days_given > 3
  opportunity_tags: [tiny]
)yaml";

// The catalogue with replacements made in its text, and what is wrong with it.
class AdviceReaderTest : public testing::Test {
 protected:
  absl::Status Load(absl::string_view from = "", absl::string_view to = "") {
    std::vector<RuleFile> files = testing_support::TinyRules();
    std::string advice = kAdvice;
    if (!from.empty()) {
      EXPECT_THAT(advice, HasSubstr(std::string(from)));
      advice = absl::StrReplaceAll(advice, {{from, to}});
    }
    files.push_back({"no/advice.yaml", advice});
    auto repository = RuleSetRepository::Load(files, {}, sink_);
    if (repository.ok()) repository_ = *repository;
    return repository.status();
  }

  std::string Wrong(absl::string_view from, absl::string_view to) {
    EXPECT_FALSE(Load(from, to).ok());
    return sink_.RenderAll();
  }

  DiagnosticSink sink_;
  std::shared_ptr<const RuleSetRepository> repository_;
};

TEST_F(AdviceReaderTest, ReadsTheCatalogue) {
  ASSERT_TRUE(Load().ok()) << sink_.RenderAll();
  const v1::AdviceCatalogue& advice =
      repository_->Find("no")->rule_set->advice();
  ASSERT_EQ(advice.regimes_size(), 1);
  EXPECT_EQ(advice.regimes(0).condition().file(), "advice.yaml");
  EXPECT_EQ(advice.regimes(0).closed().by_language().at("nb"), "Nei.");
  ASSERT_EQ(advice.candidates_size(), 1);
  const v1::AdviceCatalogue::Candidate& open = advice.candidates(0);
  EXPECT_EQ(open.group(), v1::AdviceCatalogue::PROCEDURE);
  EXPECT_THAT(open.regimes(), ElementsAre("services"));
  ASSERT_EQ(open.settings_size(), 3);
  EXPECT_EQ(open.settings(0).path(), "procedure.kind");
  EXPECT_EQ(open.settings(0).value(), "OPEN");
  EXPECT_EQ(open.settings(1).value(), "[NON_PROFIT, WORK_INTEGRATION]");
  EXPECT_EQ(open.settings(2).value(), "\"a: b\"");
  ASSERT_EQ(advice.steps_size(), 1);
  EXPECT_EQ(advice.steps(0).kind(), v1::AdviceCatalogue::Step::TENDERS);
  EXPECT_EQ(advice.steps(0).gap_days(), 1);
  EXPECT_EQ(advice.steps(0).reductions(0).settings(0).value(), "true");
  EXPECT_THAT(advice.opportunity_tags(), ElementsAre("tiny"));
}

TEST_F(AdviceReaderTest, NamesThatLeadNowhereAreErrors) {
  EXPECT_THAT(Wrong("regimes: [services]", "regimes: [service]"),
              HasSubstr("did you mean `services`?"));
  EXPECT_THAT(Wrong("steps: [tenders]", "steps: [tender]"),
              HasSubstr("`tender` is none of the `steps`"));
  EXPECT_THAT(
      Wrong("choice_rules: [no.tiny.deadline]", "choice_rules: [no.tiny.dead]"),
      HasSubstr("there is no rule `no.tiny.dead`"));
  EXPECT_THAT(Wrong("unset: [direct_award]", "unset: [direct_awards]"),
              HasSubstr("a plan has no field `direct_awards`"));
  EXPECT_THAT(Wrong("dates.tender_deadline", "dates.tender_deadlin"),
              HasSubstr("a plan has no field `dates.tender_deadlin`"));
}

TEST_F(AdviceReaderTest, ConditionsAreCheckedWhenTheSetIsLoaded) {
  EXPECT_THAT(Wrong("days_given > 3", "days_gone > 3"),
              HasSubstr("advice.yaml:38:9"));
  EXPECT_THAT(Wrong("days_given > 3", "days_given + 3"),
              HasSubstr("the condition is of type int"));
}

TEST_F(AdviceReaderTest, AStepHasAnEndOrALength) {
  EXPECT_THAT(Wrong("      to: dates.tender_deadline\n", ""),
              HasSubstr("either `to` or `days`"));
  EXPECT_THAT(Wrong("gap_days: 1", "gap_days: 61"),
              HasSubstr("it lies between 0 and 60"));
  EXPECT_THAT(Wrong("kind: tenders", "kind: tender"), HasSubstr("tenders"));
}

TEST_F(AdviceReaderTest, ASetHasOneCatalogue) {
  std::vector<RuleFile> files = testing_support::TinyRules();
  files.push_back({"no/advice.yaml", kAdvice});
  files.push_back({"no/more.yaml", "advice: {choice_rules: []}\n"});
  EXPECT_FALSE(RuleSetRepository::Load(files, {}, sink_).ok());
  EXPECT_THAT(sink_.RenderAll(), HasSubstr("the set has `advice` already"));
}

}  // namespace
}  // namespace klausul::ruleset
