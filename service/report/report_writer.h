#ifndef KLAUSUL_SERVICE_REPORT_REPORT_WRITER_H_
#define KLAUSUL_SERVICE_REPORT_REPORT_WRITER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "klausul/v1/report.pb.h"

namespace klausul::report {

// Writes a check as it comes in: each document as soon as it is known, the
// totals at the end, so that memory stays flat over an archive.
//
//   ASSIGN_OR_RETURN(auto writer, NewReportWriter("json", options, out));
//   for (...) writer->Add(document_report);
//   writer->Finish(summary);
//
// Not thread-safe but for Render(). `Finish` is called once, last.
class ReportWriter {
 public:
  virtual ~ReportWriter() = default;

  virtual void Add(const v1::DocumentReport& document) = 0;

  // The part of Add() that is the same in any order, for several threads at a
  // time: what it gives goes to AddRendered(), in place of Add(). Nothing where
  // the form has no such part.
  virtual absl::optional<std::string> Render(
      const v1::DocumentReport& /*document*/) const {
    return absl::nullopt;
  }

  virtual void AddRendered(absl::string_view /*document*/) {}

  virtual void Finish(const v1::CheckSummary& summary) = 0;
};

struct ReportOptions {
  // `nb`, `nn` or `en`: language of the words around the findings, which bring
  // their own.
  std::string language = "nb";
  // ANSI colours in the text form. Nothing is told by colour alone.
  bool color = false;
  // The least severity that fails the check; SEVERITY_UNSPECIFIED: none does.
  v1::Rule::Severity fail_on = v1::Rule::ERROR;
  // Forms that show breaches only show every finding that is there.
  bool all_outcomes = false;
  // Of the program, where a form names its maker.
  std::string version;
};

// Receives the report piece by piece.
using Output = std::function<void(absl::string_view)>;

// The forms, by name: `text`, `json`, `jsonl`, `sarif`, `junit`, `csv`, `html`,
// `github`.
absl::Span<const absl::string_view> ReportFormats();

// The writer of a form. InvalidArgument for one that is none, with the known
// ones in the message.
absl::StatusOr<std::unique_ptr<ReportWriter>> NewReportWriter(
    absl::string_view format, const ReportOptions& options, Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_REPORT_WRITER_H_
