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

void AddKnown(const v1::SeverityCounts& known, v1::CheckSummary& summary) {
  if (!summary.has_known()) ZeroSeverities(*summary.mutable_known());
  AddSeverities(known, *summary.mutable_known());
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
  if (counts.has_known()) AddKnown(counts.known(), summary);
}

void AddSummary(const v1::CheckSummary& part, v1::CheckSummary& summary) {
  summary.set_documents(summary.documents() + part.documents());
  summary.set_unreadable(summary.unreadable() + part.unreadable());
  summary.set_skipped(summary.skipped() + part.skipped());
  AddSeverities(part.violated(), *summary.mutable_violated());
  summary.set_undetermined(summary.undetermined() + part.undetermined());
  summary.set_failed(summary.failed() + part.failed());
  summary.set_waived(summary.waived() + part.waived());
  if (part.has_known()) AddKnown(part.known(), summary);
}

}  // namespace klausul::report
