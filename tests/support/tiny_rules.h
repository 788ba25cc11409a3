#ifndef KLAUSUL_TESTS_SUPPORT_TINY_RULES_H_
#define KLAUSUL_TESTS_SUPPORT_TINY_RULES_H_

#include <string>
#include <vector>

#include "service/ruleset/rule_files.h"

namespace klausul::testing_support {

// A rule set small enough to know by heart, for tests of what stands around
// the rules. Country `NO`, id `no`; nothing in it is law.
//
//   no.tiny.deadline  error    from 2026-01-01: at least ten days for tenders
//   no.tiny.lots      advice   each lot has a title
//   no.tiny.old       warning  until 2025-12-31: never met
inline std::vector<ruleset::RuleFile> TinyRules() {
  return {
      {"no/rule_set.yaml", R"yaml(id: "no"
version: "2026.1.0"
jurisdiction: "NO"
title: {nb: Prøve, nn: Prøve, en: Sample}
instruments:
  - {short: TINY, name: {nb: Prøve, nn: Prøve, en: Sample},
     url: "https://tiny.example/act"}
)yaml"},
      {"no/facts.yaml", R"yaml(facts:
  - name: days_given
    type: int
    title: {nb: Dager, nn: Dagar, en: Days}
    register: [T-1]
    expr: |
      days_between(dates.notice_sent, dates.tender_deadline)
)yaml"},
      {"no/rules.yaml", R"yaml(rules:
  - id: no.tiny.deadline
    title: {nb: For kort frist, nn: For kort frist, en: Period too short}
    legal_basis: [{instrument: TINY, provision: "§ 1"}]
    register: [T-1]
    in_force: {from: 2026-01-01}
    severity: error
    confidence: seen-in-source
    applies: |
      contract.nature == SERVICES
    requires: |
      days_given >= 10
    message:
      nb: "{days_given} dager er for kort."
      nn: "{days_given} dagar er for kort."
      en: "{days_given} days are too short."
    remedy: {nb: Flytt fristen., nn: Flytt fristen., en: Move the deadline.}
    sources: [{url: "https://tiny.example/act", read: 2026-01-01}]
    examples:
      - {name: nine days, base: open, outcome: violated,
         set: {"dates.tender_deadline": 2026-03-10}}
      - {name: ten days, base: open, outcome: satisfied}
      - {name: goods, base: open, outcome: not_applicable,
         set: {"contract.nature": SUPPLIES}}
      - {name: no deadline, base: open, outcome: undetermined,
         unset: ["dates.tender_deadline"]}
  - id: no.tiny.lots
    title: {nb: Lot uten navn, nn: Lot utan namn, en: Lot without a title}
    legal_basis: [{instrument: TINY, provision: "§ 2"}]
    register: [T-2]
    in_force: {from: 2026-01-01}
    severity: advice
    confidence: seen-in-source
    for_each: lots
    applies: |
      has(lot.id)
    requires: |
      has(lot.title)
    message: {nb: Navn mangler., nn: Namn manglar., en: No title.}
    remedy: {nb: Gi navn., nn: Gi namn., en: Give it one.}
    sources: [{url: "https://tiny.example/act", read: 2026-01-01}]
    examples:
      - {name: no title, base: open, outcome: violated,
         set: {"lots[0].id": L1}}
      - {name: with a title, base: open, outcome: satisfied,
         set: {"lots[0].id": L1, "lots[0].title": Navn}}
      - {name: no lots, base: open, outcome: not_applicable}
      - {name: no lots stated, base: open, outcome: not_applicable,
         unset: ["dates.tender_deadline"]}
  - id: no.tiny.old
    title: {nb: Gammel, nn: Gammal, en: Old}
    legal_basis: [{instrument: TINY, provision: "§ 3"}]
    register: [T-3]
    in_force: {from: 2020-01-01, to: 2025-12-31}
    severity: warning
    confidence: seen-in-source
    applies: |
      contract.nature == SERVICES
    requires: |
      contract.nature == WORKS
    message: {nb: Gammel., nn: Gammal., en: Old.}
    remedy: {nb: Ingen., nn: Ingen., en: None.}
    sources: [{url: "https://tiny.example/act", read: 2026-01-01}]
    examples:
      - {name: services, base: open, as_of: 2025-12-31, outcome: violated}
)yaml"},
      {"no/plans/open.yaml", R"yaml(id: open-1
stage: ANNOUNCED
buyer: {country: "NO"}
contract: {nature: SERVICES}
dates: {notice_sent: 2026-03-01, tender_deadline: 2026-03-11}
)yaml"},
  };
}

}  // namespace klausul::testing_support

#endif  // KLAUSUL_TESTS_SUPPORT_TINY_RULES_H_
