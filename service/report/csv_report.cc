#include "service/report/csv_report.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/report/finding_text.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

constexpr absl::string_view kHeader =
    "document,kind,plan_id,buyer,as_of,rule_sets,rule_id,outcome,severity,"
    "confidence,subject,title,message,remedy,consequence,law,law_url,line,"
    "column,address,fields,missing,reason,waiver_reason,waiver_owner,"
    "waiver_until,known,fingerprint\r\n";

// One line, cell by cell.
class Line {
 public:
  Line& Text(absl::string_view text) {
    const bool is_formula =
        text.size() > 1 &&
        absl::string_view("=+-@\t\r").find(text[0]) != absl::string_view::npos;
    Separate();
    if (!is_formula &&
        text.find_first_of("\",\r\n") == absl::string_view::npos) {
      absl::StrAppend(&out_, text);
      return *this;
    }
    out_ += '"';
    if (is_formula) out_ += '\'';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
    return *this;
  }

  // Nothing for zero.
  Line& Number(int number) {
    Separate();
    if (number != 0) absl::StrAppend(&out_, number);
    return *this;
  }

  std::string Take() { return absl::StrCat(out_, "\r\n"); }

 private:
  void Separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  std::string out_;
  bool first_ = true;
};

void AddDocument(const DocumentReport& document, Line& line) {
  line.Text(document.uri())
      .Text(document.kind() == DocumentReport::KIND_UNSPECIFIED
                ? ""
                : DocumentReport::Kind_Name(document.kind()))
      .Text(document.plan_id())
      .Text(document.buyer())
      .Text(document.as_of())
      .Text(absl::StrJoin(document.rule_sets(), " ",
                          [](std::string* out, const v1::RuleSetStamp& stamp) {
                            absl::StrAppend(out, stamp.id(), "@",
                                            stamp.version());
                          }));
}

void AddFinding(const Finding& finding, absl::string_view outcome, Line& line) {
  const v1::Location& location = finding.locations().empty()
                                     ? v1::Location::default_instance()
                                     : finding.locations(0);
  line.Text(finding.rule_id())
      .Text(outcome)
      .Text(finding.severity() == Rule::SEVERITY_UNSPECIFIED
                ? ""
                : Rule::Severity_Name(finding.severity()))
      .Text(finding.confidence() == Rule::CONFIDENCE_UNSPECIFIED
                ? ""
                : Rule::Confidence_Name(finding.confidence()))
      .Text(finding.subject())
      .Text(finding.title())
      .Text(finding.message())
      .Text(finding.remedy())
      .Text(finding.consequence())
      .Text(ProvisionsOf(finding))
      .Text(finding.legal_basis().empty() ? "" : finding.legal_basis(0).url())
      .Number(location.line())
      .Number(location.column())
      .Text(AddressOf(location))
      .Text(absl::StrJoin(finding.fields(), "; ",
                          [](std::string* out, const v1::FieldEvidence& field) {
                            absl::StrAppend(out, field.path(), " = ",
                                            field.value());
                          }))
      .Text(absl::StrJoin(finding.missing(), "; "))
      .Text(finding.reason())
      .Text(finding.waiver().reason())
      .Text(finding.waiver().owner())
      .Text(finding.waiver().until())
      .Text(finding.known() ? "true" : "")
      .Text(finding.fingerprint());
}

class CsvReport : public ReportWriter {
 public:
  explicit CsvReport(Output output) : output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    AddRendered(*Render(document));
  }

  absl::optional<std::string> Render(
      const DocumentReport& document) const override {
    std::string out;
    for (const Finding& finding : document.findings()) {
      Line line;
      AddDocument(document, line);
      AddFinding(finding, Finding::Outcome_Name(finding.outcome()), line);
      absl::StrAppend(&out, line.Take());
    }
    if (!out.empty()) return out;
    // What is wrong with the document stands where findings say it.
    Finding none;
    none.set_message(document.error().message());
    v1::Location& place = *none.add_locations();
    place.set_line(document.error().line());
    place.set_column(document.error().column());
    Line line;
    AddDocument(document, line);
    AddFinding(none, document.has_error() ? "UNREADABLE" : "", line);
    return line.Take();
  }

  void AddRendered(absl::string_view document) override {
    Begin();
    output_(document);
  }

  void Finish(const v1::CheckSummary& /*summary*/) override { Begin(); }

 private:
  void Begin() {
    if (std::exchange(begun_, true)) return;
    output_(kHeader);
  }

  Output output_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<ReportWriter> NewCsvReport(Output output) {
  return std::make_unique<CsvReport>(std::move(output));
}

}  // namespace klausul::report
