#include "service/report/report_writer.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/report/csv_report.h"
#include "service/report/github_report.h"
#include "service/report/html_report.h"
#include "service/report/json_report.h"
#include "service/report/junit_report.h"
#include "service/report/sarif_report.h"
#include "service/report/text_report.h"

namespace klausul::report {

absl::Span<const absl::string_view> ReportFormats() {
  static constexpr absl::string_view kFormats[] = {
      "text", "json", "jsonl", "sarif", "junit", "csv", "html", "github"};
  return kFormats;
}

absl::StatusOr<std::unique_ptr<ReportWriter>> NewReportWriter(
    absl::string_view format, const ReportOptions& options, Output output) {
  if (format == "text") return NewTextReport(options, std::move(output));
  if (format == "json") return NewJsonReport(std::move(output));
  if (format == "jsonl") return NewJsonLinesReport(std::move(output));
  if (format == "sarif") return NewSarifReport(options, std::move(output));
  if (format == "junit") return NewJunitReport(options, std::move(output));
  if (format == "csv") return NewCsvReport(std::move(output));
  if (format == "html") return NewHtmlReport(options, std::move(output));
  if (format == "github") return NewGithubReport(options, std::move(output));
  return absl::InvalidArgumentError(
      absl::StrCat("unknown report format `", format,
                   "`; known: ", absl::StrJoin(ReportFormats(), ", ")));
}

}  // namespace klausul::report
