#include "service/report/report_writer.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "service/report/json_report.h"
#include "service/report/text_report.h"

namespace klausul::report {

absl::StatusOr<std::unique_ptr<ReportWriter>> NewReportWriter(
    absl::string_view format, const ReportOptions& options, Output output) {
  if (format == "text") return NewTextReport(options, std::move(output));
  if (format == "json") return NewJsonReport(std::move(output));
  if (format == "jsonl") return NewJsonLinesReport(std::move(output));
  return absl::InvalidArgumentError(absl::StrCat(
      "unknown report format `", format, "`; known: text, json, jsonl"));
}

}  // namespace klausul::report
