#include "service/report/junit_report.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/report/finding_text.h"
#include "service/report/markup_text.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

// A case's name, its element and what stands in it.
struct Case {
  std::string name;
  // `failure`, `error`, `skipped`; empty for a case that passed.
  absl::string_view element;
  std::string message;
  std::string type;
  std::string details;
};

class JunitReport : public ReportWriter {
 public:
  JunitReport(const ReportOptions& options, Output output)
      : words_(WordsOf(options.language)),
        fail_on_(options.fail_on),
        output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    AddRendered(*Render(document));
  }

  absl::optional<std::string> Render(
      const DocumentReport& document) const override {
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    int tests = 0;
    std::string cases;
    const auto add = [&](const Case& one) {
      ++tests;
      failures += one.element == "failure" ? 1 : 0;
      errors += one.element == "error" ? 1 : 0;
      skipped += one.element == "skipped" ? 1 : 0;
      Append(document, one, cases);
    };
    add(ReadCase(document));
    for (const Finding& finding : document.findings()) {
      if (finding.outcome() != Finding::NOT_APPLICABLE) {
        add(CaseOf(document, finding));
      }
    }
    return absl::StrCat("  <testsuite name=\"", MarkupText(document.uri()),
                        "\" tests=\"", tests, "\" failures=\"", failures,
                        "\" errors=\"", errors, "\" skipped=\"", skipped,
                        "\" time=\"0\">\n", cases, "  </testsuite>\n");
  }

  void AddRendered(absl::string_view document) override {
    Begin();
    output_(document);
  }

  void Finish(const v1::CheckSummary& /*summary*/) override {
    Begin();
    output_("</testsuites>\n");
  }

 private:
  void Begin() {
    if (std::exchange(begun_, true)) return;
    output_(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"klausul\">\n");
  }

  Case ReadCase(const DocumentReport& document) const {
    Case one;
    one.name = std::string(words_.document_is_read);
    if (!document.has_error()) return one;
    const v1::DocumentError& error = document.error();
    one.element = "error";
    one.message = error.message();
    one.type = "UNREADABLE";
    one.details = absl::StrCat(document.uri(), ":", error.line(), ":",
                               error.column(), "\n", error.details());
    return one;
  }

  // The element of a finding's case; empty: it passed.
  absl::string_view ElementOf(const Finding& finding) const {
    switch (finding.outcome()) {
      case Finding::VIOLATED:
        return fail_on_ != Rule::SEVERITY_UNSPECIFIED && !finding.known() &&
                       finding.severity() >= fail_on_
                   ? "failure"
                   : "skipped";
      case Finding::FAILED:
        return "error";
      case Finding::SATISFIED:
        return "";
      default:
        return "skipped";
    }
  }

  Case CaseOf(const DocumentReport& document, const Finding& finding) const {
    Case one;
    one.name = absl::StrCat(finding.rule_id(), " ", finding.title());
    if (!finding.subject().empty()) {
      absl::StrAppend(&one.name, " (", finding.subject(), ")");
    }
    one.element = ElementOf(finding);
    one.message = absl::StrCat(LabelOf(words_, finding), ": ", SaidOf(finding));
    one.type = Rule::Severity_Name(finding.severity());
    absl::StrAppend(&one.details, ProvisionsOf(finding), "\n");
    for (const v1::Location& location : finding.locations()) {
      absl::StrAppend(&one.details, FileOf(document.uri()), ":",
                      location.line(), ":", location.column(), "  ",
                      AddressOf(location), "\n");
    }
    for (const std::string& path : finding.missing()) {
      absl::StrAppend(&one.details, words_.missing, ": ", path, "\n");
    }
    if (!finding.remedy().empty()) {
      absl::StrAppend(&one.details, words_.remedy, ": ", finding.remedy(),
                      "\n");
    }
    if (finding.has_waiver()) {
      absl::StrAppend(&one.message, " (", WaiverText(finding.waiver()), ")");
    }
    return one;
  }

  static void Append(const DocumentReport& document, const Case& one,
                     std::string& out) {
    absl::StrAppend(&out, "    <testcase classname=\"",
                    MarkupText(document.uri()), "\" name=\"",
                    MarkupText(one.name), "\" file=\"",
                    MarkupText(FileOf(document.uri())), "\" time=\"0\"");
    if (one.element.empty()) {
      out += "/>\n";
      return;
    }
    absl::StrAppend(&out, ">\n      <", one.element, " message=\"",
                    MarkupText(one.message), "\"");
    // Skipped cases have no type and no text.
    if (one.element == "skipped") {
      out += "/>\n";
    } else {
      absl::StrAppend(&out, " type=\"", one.type, "\">",
                      MarkupText(one.details), "</", one.element, ">\n");
    }
    out += "    </testcase>\n";
  }

  const Words& words_;
  const Rule::Severity fail_on_;
  Output output_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<ReportWriter> NewJunitReport(const ReportOptions& options,
                                             Output output) {
  return std::make_unique<JunitReport>(options, std::move(output));
}

}  // namespace klausul::report
