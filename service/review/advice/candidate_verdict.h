#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_CANDIDATE_VERDICT_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_CANDIDATE_VERDICT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"

#include "klausul/v1/advice.pb.h"
#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/review/advice/rule_asker.h"

namespace klausul::review {

// A regime of the catalogue that governs the plan, or may.
struct PossibleRegime {
  const v1::AdviceCatalogue::Regime* regime = nullptr;
  // Paths that would decide whether it does; empty where it does.
  std::vector<std::string> missing;
  // The plan leaves it open.
  bool open = false;
};

// What the rules say of one candidate. `plan` is one into which the candidate
// has been put. nullopt where no law at hand has the candidate and none speaks
// against it, and where another candidate makes the same settings and speaks in
// its place.
//
//  - A broken rule of severity ERROR among the choice rules bars it.
//  - Any other broken rule, and an open one that turns only on what the buyer
//    settles by choosing it, is a condition.
//  - A choice rule that is open otherwise leaves it undecided.
absl::StatusOr<absl::optional<v1::ProcedureAdvice>> JudgeCandidate(
    const RuleAsker& asker, const v1::AdviceCatalogue& catalogue,
    const v1::AdviceCatalogue::Candidate& candidate,
    const std::vector<PossibleRegime>& regimes,
    const v1::ProcurementPlan& plan);

// True for `procedure.ground` and what lies below or in it, such as
// `procedure.ground.x` or `procedure.ground[0]`; a lot's own field counts as
// the plan's.
bool IsUnder(absl::string_view path, absl::string_view prefix);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_CANDIDATE_VERDICT_H_
