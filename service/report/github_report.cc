#include "service/report/github_report.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "service/report/finding_text.h"
#include "service/report/summary_line.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

// Data of a workflow command is one line.
std::string Data(absl::string_view text) {
  return absl::StrReplaceAll(text,
                             {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

// A property also ends at a comma or a colon.
std::string Property(absl::string_view text) {
  return absl::StrReplaceAll(
      text,
      {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}, {":", "%3A"}, {",", "%2C"}});
}

absl::string_view CommandOf(const Finding& finding) {
  if (finding.outcome() == Finding::FAILED) return "error";
  if (finding.outcome() != Finding::VIOLATED || finding.known()) return "";
  if (finding.severity() == Rule::ERROR) return "error";
  return finding.severity() == Rule::WARNING ? "warning" : "notice";
}

class GithubReport : public ReportWriter {
 public:
  GithubReport(const ReportOptions& options, Output output)
      : words_(WordsOf(options.language)), output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    AddRendered(*Render(document));
  }

  absl::optional<std::string> Render(
      const DocumentReport& document) const override {
    std::string out;
    if (document.has_error()) {
      AppendPlace("error", document, document.error().line(),
                  document.error().column(), out);
      absl::StrAppend(&out, ",title=", Property(words_.unreadable),
                      "::", Data(document.error().message()), "\n");
    }
    for (const Finding& finding : document.findings()) {
      const absl::string_view command = CommandOf(finding);
      if (!command.empty()) Append(command, document, finding, out);
    }
    return out;
  }

  void AddRendered(absl::string_view document) override { output_(document); }

  void Finish(const v1::CheckSummary& summary) override {
    output_(absl::StrCat(SummaryLine(summary, words_), "\n"));
  }

 private:
  static void AppendPlace(absl::string_view command,
                          const DocumentReport& document, int line, int column,
                          std::string& out) {
    absl::StrAppend(&out, "::", command,
                    " file=", Property(FileOf(document.uri())));
    if (line > 0) absl::StrAppend(&out, ",line=", line, ",col=", column);
  }

  void Append(absl::string_view command, const DocumentReport& document,
              const Finding& finding, std::string& out) const {
    const v1::Location& location = finding.locations().empty()
                                       ? v1::Location::default_instance()
                                       : finding.locations(0);
    AppendPlace(command, document, location.line(), location.column(), out);
    absl::StrAppend(
        &out, ",title=",
        Property(absl::StrCat(LabelOf(words_, finding), ": ", finding.title())),
        "::", Data(SaidOf(finding)));
    if (!finding.subject().empty()) {
      absl::StrAppend(&out, Data(absl::StrCat(" (", words_.lot, ": ",
                                              finding.subject(), ")")));
    }
    if (!finding.remedy().empty()) {
      absl::StrAppend(&out, Data(absl::StrCat("\n", words_.remedy, ": ",
                                              finding.remedy())));
    }
    const std::string provisions = ProvisionsOf(finding);
    absl::StrAppend(
        &out,
        Data(absl::StrCat("\n", provisions, provisions.empty() ? "" : "  ", "[",
                          finding.rule_id(), "]")),
        "\n");
  }

  const Words& words_;
  Output output_;
};

}  // namespace

std::unique_ptr<ReportWriter> NewGithubReport(const ReportOptions& options,
                                              Output output) {
  return std::make_unique<GithubReport>(options, std::move(output));
}

}  // namespace klausul::report
