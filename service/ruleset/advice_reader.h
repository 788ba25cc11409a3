#ifndef KLAUSUL_SERVICE_RULESET_ADVICE_READER_H_
#define KLAUSUL_SERVICE_RULESET_ADVICE_READER_H_

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/ruleset/node_ref.h"
#include "service/ruleset/set_draft.h"
#include "service/ruleset/set_source.h"

// What a rule set says of advice on procedures (`v1::AdviceCatalogue`): the
// value of `advice`, in one file of the set.
//
//   advice:
//     regimes:
//       - {id: part_two, title: {...}, when: "governing_part == PART_II",
//          legal_basis: [...], closed: {...}, closed_basis: [...]}
//     candidates:
//       - {id: open, title: {...}, group: procedure, regimes: [part_two],
//          set: {"procedure.kind": OPEN}, unset: [direct_award],
//          conditions: [procedure.reason], steps: [tenders, contract]}
//     choice_rules: [no.foa.8-3.procedure]
//     condition_rules: [no.foa.30-1.procedure]
//     steps:
//       - {id: tenders, kind: tenders, title: {...}, from: dates.notice_sent,
//          to: dates.tender_deadline, rules: [...], advised_rules: [...],
//          reductions: [{id: urgent, title: {...},
//                        set: {"procedure.urgent": true}}]}
//     opportunities:
//       - {id: reserve, title: {...}, text: {...}, when: "...",
//          legal_basis: [...]}
//     opportunity_tags: [good-practice]

namespace klausul::ruleset {

// Reads the catalogue into `draft.proto`. Names that lead nowhere inside it
// (regimes, steps) are reported; a second catalogue of the set is, too.
void ReadAdvice(const NodeRef& node, absl::string_view file, SetDraft& draft);

// What only the compiled set can tell: rules that are not there, paths that
// lead to no field, conditions that do not compile or are not true or false.
// `program` is of the set and of those that it extends.
void CheckAdvice(const v1::RuleSet& rule_set, const SetSource& source,
                 const engine::Program& program, DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_ADVICE_READER_H_
