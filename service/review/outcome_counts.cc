#include "service/review/outcome_counts.h"

namespace klausul::review {

using v1::Finding;
using v1::Rule;

v1::OutcomeCounts EmptyCounts() {
  v1::OutcomeCounts counts;
  counts.set_satisfied(0);
  counts.mutable_violated()->set_error(0);
  counts.mutable_violated()->set_warning(0);
  counts.mutable_violated()->set_advice(0);
  counts.set_not_applicable(0);
  counts.set_undetermined(0);
  counts.set_failed(0);
  counts.set_waived(0);
  return counts;
}

void CountOutcome(Finding::Outcome outcome, Rule::Severity severity,
                  v1::OutcomeCounts& counts) {
  v1::SeverityCounts& violated = *counts.mutable_violated();
  switch (outcome) {
    case Finding::SATISFIED:
      counts.set_satisfied(counts.satisfied() + 1);
      break;
    case Finding::VIOLATED:
      if (severity == Rule::ERROR) {
        violated.set_error(violated.error() + 1);
      } else if (severity == Rule::WARNING) {
        violated.set_warning(violated.warning() + 1);
      } else {
        violated.set_advice(violated.advice() + 1);
      }
      break;
    case Finding::NOT_APPLICABLE:
      counts.set_not_applicable(counts.not_applicable() + 1);
      break;
    case Finding::UNDETERMINED:
      counts.set_undetermined(counts.undetermined() + 1);
      break;
    case Finding::FAILED:
      counts.set_failed(counts.failed() + 1);
      break;
    case Finding::WAIVED:
      counts.set_waived(counts.waived() + 1);
      break;
    default:
      break;
  }
}

}  // namespace klausul::review
