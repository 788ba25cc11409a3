#include "service/report/summary.h"

namespace klausul::report {
namespace {

void ZeroSeverities(v1::SeverityCounts& counts) {
  counts.set_error(0);
  counts.set_warning(0);
  counts.set_advice(0);
}

void AddSeverities(const v1::SeverityCounts& from, v1::SeverityCounts& to) {
  to.set_error(to.error() + from.error());
  to.set_warning(to.warning() + from.warning());
  to.set_advice(to.advice() + from.advice());
}

}  // namespace

v1::CheckSummary EmptySummary() {
  v1::CheckSummary summary;
  summary.set_documents(0);
  summary.set_unreadable(0);
  summary.set_skipped(0);
  ZeroSeverities(*summary.mutable_violated());
  summary.set_undetermined(0);
  summary.set_failed(0);
  summary.set_waived(0);
  return summary;
}

v1::OutcomeCounts EmptyCounts() {
  v1::OutcomeCounts counts;
  counts.set_satisfied(0);
  ZeroSeverities(*counts.mutable_violated());
  counts.set_not_applicable(0);
  counts.set_undetermined(0);
  counts.set_failed(0);
  counts.set_waived(0);
  return counts;
}

void AddToSummary(const v1::DocumentReport& document,
                  v1::CheckSummary& summary) {
  if (document.has_error()) {
    summary.set_unreadable(summary.unreadable() + 1);
    return;
  }
  summary.set_documents(summary.documents() + 1);
  const v1::OutcomeCounts& counts = document.counts();
  AddSeverities(counts.violated(), *summary.mutable_violated());
  summary.set_undetermined(summary.undetermined() + counts.undetermined());
  summary.set_failed(summary.failed() + counts.failed());
  summary.set_waived(summary.waived() + counts.waived());
}

void CountFinding(const v1::Finding& finding, v1::OutcomeCounts& counts) {
  switch (finding.outcome()) {
    case v1::Finding::SATISFIED:
      counts.set_satisfied(counts.satisfied() + 1);
      break;
    case v1::Finding::VIOLATED: {
      v1::SeverityCounts& violated = *counts.mutable_violated();
      if (finding.severity() == v1::Rule::ERROR) {
        violated.set_error(violated.error() + 1);
      } else if (finding.severity() == v1::Rule::WARNING) {
        violated.set_warning(violated.warning() + 1);
      } else {
        violated.set_advice(violated.advice() + 1);
      }
      break;
    }
    case v1::Finding::NOT_APPLICABLE:
      counts.set_not_applicable(counts.not_applicable() + 1);
      break;
    case v1::Finding::UNDETERMINED:
      counts.set_undetermined(counts.undetermined() + 1);
      break;
    case v1::Finding::FAILED:
      counts.set_failed(counts.failed() + 1);
      break;
    case v1::Finding::WAIVED:
      counts.set_waived(counts.waived() + 1);
      break;
    default:
      break;
  }
}

}  // namespace klausul::report
