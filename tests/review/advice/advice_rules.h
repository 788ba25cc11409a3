#ifndef KLAUSUL_TESTS_REVIEW_ADVICE_ADVICE_RULES_H_
#define KLAUSUL_TESTS_REVIEW_ADVICE_ADVICE_RULES_H_

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/review/advice/rule_asker.h"
#include "service/review/rule_catalogue.h"
#include "service/ruleset/repository.h"

namespace klausul::testing_support {

// A rule of the sample set below.
inline std::string AdviceRule(const std::string& id, const std::string& applies,
                              const std::string& requires_,
                              const std::string& severity = "error",
                              const std::string& tags = "[sample]") {
  return "  - id: " + id +
         "\n"
         "    title: {nb: t, nn: t, en: Title of it}\n"
         "    legal_basis: [{instrument: TINY, provision: \"§ 1\"}]\n"
         "    in_force: {from: 2026-01-01}\n"
         "    severity: " +
         severity +
         "\n"
         "    confidence: seen-in-source\n"
         "    applies: |\n      " +
         applies + "\n    requires: |\n      " + requires_ +
         "\n"
         "    message: {nb: m, nn: m, en: Message.}\n"
         "    remedy: {nb: r, nn: r, en: Do this.}\n"
         "    tags: " +
         tags + "\n";
}

// A set that advises; nothing in it is law. Services have the open procedure,
// the negotiated one with a ground and a reason, and no simple one. Ten days
// for tenders, twelve without electronic tenders; ten days to the contract.
inline std::vector<ruleset::RuleFile> AdviceRules() {
  std::string rules = "rules:\n";
  rules += AdviceRule("no.tiny.kind", "contract.nature == SERVICES",
                      "procedure.kind != SIMPLE_COMPETITION");
  rules += AdviceRule(
      "no.tiny.ground",
      "contract.nature == SERVICES && procedure.kind == NEGOTIATED_WITH_NOTICE",
      "procedure.ground == ADAPTATION_NEEDED");
  rules += AdviceRule(
      "no.tiny.reason",
      "contract.nature == SERVICES && procedure.kind == NEGOTIATED_WITH_NOTICE",
      "procedure.reason.on_file", "warning");
  rules += AdviceRule(
      "no.tiny.days",
      "contract.nature == SERVICES && !claimed(procedure.urgent)",
      "days_between(dates.notice_sent, dates.tender_deadline) >= 10 && "
      "(days_between(dates.notice_sent, dates.tender_deadline) >= 12 || "
      "submission.electronic == REQUIRED)");
  rules +=
      AdviceRule("no.tiny.urgent_days",
                 "contract.nature == SERVICES && claimed(procedure.urgent)",
                 "days_between(dates.notice_sent, dates.tender_deadline) >= 4");
  rules +=
      AdviceRule("no.tiny.rest",
                 "contract.nature == SERVICES && has(dates.tender_deadline)",
                 "dates.tender_deadline != date(\"2026-03-11\")", "warning");
  rules += AdviceRule("no.tiny.standstill", "contract.nature == SERVICES",
                      "decision.standstill_days >= 10", "warning");
  rules += AdviceRule(
      "no.tiny.contract", "contract.nature == SERVICES",
      "days_between(dates.award_notified, dates.contract_signed) > 5");
  rules += AdviceRule("no.tiny.note", "contract.nature == SERVICES",
                      "need.adaptation_needed", "advice", "[chance]");
  rules += AdviceRule("no.tiny.other", "contract.nature == WORKS",
                      "need.adaptation_needed", "advice", "[chance]");
  return {{"no/rule_set.yaml", R"yaml(id: "no"
version: "2026.1.0"
jurisdiction: "NO"
title: {nb: Prøve, nn: Prøve, en: Sample}
instruments: [{short: TINY, name: {nb: P, nn: P, en: S}}]
)yaml"},
          {"no/rules.yaml", rules},
          {"no/advice.yaml", R"yaml(advice:
  regimes:
    - id: services
      title: {nb: Tjenester, nn: Tenester, en: Services}
      when: |
        contract.nature == SERVICES
      closed: {nb: Nei., nn: Nei., en: Not here.}
      closed_basis: [{instrument: TINY, provision: "§ 2"}]
    - id: works
      title: {nb: Bygg, nn: Bygg, en: Works}
      when: |
        contract.nature == WORKS
  steps:
    - id: tenders
      kind: tenders
      title: {nb: Frist, nn: Frist, en: Limit for tenders}
      from: dates.notice_sent
      to: dates.tender_deadline
      rules: [no.tiny.days, no.tiny.urgent_days]
      advised_rules: [no.tiny.rest]
      reductions:
        - id: urgent
          title: {nb: hast, nn: hast, en: in urgency}
          set: {"procedure.urgent": true}
      gap_days: 1
    - id: standstill
      kind: standstill
      title: {nb: Karens, nn: Karens, en: Standstill}
      from: dates.award_notified
      days: decision.standstill_days
      advised_rules: [no.tiny.standstill]
      parallel: true
    - id: contract
      kind: contract
      title: {nb: Kontrakt, nn: Kontrakt, en: Contract}
      from: dates.award_notified
      to: dates.contract_signed
      rules: [no.tiny.contract]
  candidates:
    - id: open
      title: {nb: Åpen, nn: Open, en: Open}
      group: procedure
      regimes: [services, works]
      unset: [dates]
      set: {"procedure.kind": OPEN}
      steps: [tenders, standstill, contract]
    - id: negotiated
      title: {nb: Forhandling, nn: Forhandling, en: Negotiated}
      group: procedure
      regimes: [services, works]
      unset: [dates]
      set: {"procedure.kind": NEGOTIATED_WITH_NOTICE}
      conditions: [procedure]
    - id: simple
      title: {nb: Enkel, nn: Enkel, en: Simple}
      group: procedure
      regimes: [works]
      set: {"procedure.kind": SIMPLE_COMPETITION}
    - id: dialogue
      title: {nb: Dialog, nn: Dialog, en: Dialogue}
      group: procedure
      regimes: [works]
      set: {"procedure.kind": COMPETITIVE_DIALOGUE}
    - id: technical
      title: {nb: Teknisk, nn: Teknisk, en: Technical}
      group: direct-award
      regimes: [works]
      set: {"procedure.kind": DIRECT_AWARD,
            "direct_award.ground": TECHNICAL_REASONS}
  choice_rules: [no.tiny.kind, no.tiny.ground]
  condition_rules: [no.tiny.reason]
  opportunities:
    - id: talk
      title: {nb: Snakk, nn: Snakk, en: Talk}
      text: {nb: Snakk., nn: Snakk., en: Talk first.}
      when: |
        contract.nature == SERVICES
    - id: build
      title: {nb: Bygg, nn: Bygg, en: Build}
      text: {nb: Bygg., nn: Bygg., en: Build it.}
      when: |
        contract.nature == WORKS
  opportunity_tags: [chance]
)yaml"}};
}

// The set, loaded.
inline std::shared_ptr<const review::RuleCatalogue> AdviceSets() {
  DiagnosticSink sink;
  auto repository = ruleset::RuleSetRepository::Load(AdviceRules(), {}, sink);
  EXPECT_TRUE(repository.ok()) << sink.RenderAll();
  if (!repository.ok()) return nullptr;
  return std::make_shared<const review::RuleCatalogue>(*repository);
}

// Its program, asked in English on a day of 2026.
class AdviceTest : public testing::Test {
 protected:
  AdviceTest()
      : sets_(AdviceSets()),
        program_(*sets_->ProgramFor({"no"})),
        asker_{*program_, absl::CivilDay(2026, 3, 1),
               engine::Language::kEnglish, nullptr} {
    plan_.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SERVICES);
  }

  const v1::AdviceCatalogue& catalogue() const {
    return program_->rule_sets().front()->advice();
  }

  std::shared_ptr<const review::RuleCatalogue> sets_;
  std::shared_ptr<const engine::Program> program_;
  review::RuleAsker asker_;
  v1::ProcurementPlan plan_;
};

}  // namespace klausul::testing_support

#endif  // KLAUSUL_TESTS_REVIEW_ADVICE_ADVICE_RULES_H_
