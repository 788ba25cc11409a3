#include "service/review/outcome_counts.h"

namespace klausul::review {

using v1::Finding;
using v1::Rule;

v1::OutcomeCounts MakeCounts(const engine::OutcomeTally& tally) {
  v1::OutcomeCounts counts;
  counts.set_satisfied(tally.outcomes[Finding::SATISFIED]);
  v1::SeverityCounts& violated = *counts.mutable_violated();
  violated.set_error(tally.violated[Rule::ERROR]);
  violated.set_warning(tally.violated[Rule::WARNING]);
  violated.set_advice(tally.violated[Rule::ADVICE]);
  counts.set_not_applicable(tally.outcomes[Finding::NOT_APPLICABLE]);
  counts.set_undetermined(tally.outcomes[Finding::UNDETERMINED]);
  counts.set_failed(tally.outcomes[Finding::FAILED]);
  counts.set_waived(tally.outcomes[Finding::WAIVED]);
  return counts;
}

}  // namespace klausul::review
