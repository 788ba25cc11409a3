#include "service/report/summary_line.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace klausul::report {

std::string SummaryLine(const v1::CheckSummary& summary, const Words& words) {
  const v1::SeverityCounts& violated = summary.violated();
  std::vector<std::string> parts;
  const auto add = [&](int count, absl::string_view word) {
    parts.push_back(absl::StrCat(count, " ", word));
  };
  add(summary.documents(), words.documents);
  add(violated.error(), words.errors);
  add(violated.warning(), words.warnings);
  add(violated.advice(), words.opportunities);
  add(summary.undetermined(), words.undecided_rules);
  add(summary.unreadable(), words.unreadable_files);
  // The rest only where there is any.
  if (summary.skipped() > 0) add(summary.skipped(), words.skipped_files);
  if (summary.failed() > 0) add(summary.failed(), words.failed_rules);
  if (summary.waived() > 0) add(summary.waived(), words.waived_findings);
  if (summary.has_known()) {
    const v1::SeverityCounts& known = summary.known();
    add(known.error() + known.warning() + known.advice(), words.known_findings);
  }
  return absl::StrJoin(parts, ", ");
}

}  // namespace klausul::report
