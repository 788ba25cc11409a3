#include "service/report/text_report.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "service/report/text_layout.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

constexpr absl::string_view kIndent = "      ";

// A text with the indent of what belongs to a finding.
std::string Wrap(absl::string_view text) {
  return WrapText(text, kIndent);
}

class TextReport : public ReportWriter {
 public:
  TextReport(const ReportOptions& options, Output output)
      : words_(WordsOf(options.language)),
        color_(options.color),
        output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    AddRendered(*Render(document));
  }

  absl::optional<std::string> Render(
      const DocumentReport& document) const override {
    std::string out;
    AppendHead(document, out);
    if (document.has_error()) {
      AppendError(document, out);
    } else {
      AppendFindings(document, out);
    }
    return out;
  }

  void AddRendered(absl::string_view document) override {
    if (!first_) output_("\n");
    first_ = false;
    output_(document);
  }

  void Finish(const v1::CheckSummary& summary) override {
    const v1::SeverityCounts& violated = summary.violated();
    std::vector<std::string> parts = {
        absl::StrCat(summary.documents(), " ", words_.documents),
        absl::StrCat(violated.error(), " ", words_.errors),
        absl::StrCat(violated.warning(), " ", words_.warnings),
        absl::StrCat(violated.advice(), " ", words_.opportunities),
        absl::StrCat(summary.undetermined(), " ", words_.undecided_rules),
        absl::StrCat(summary.unreadable(), " ", words_.unreadable_files)};
    if (summary.skipped() > 0) {
      parts.push_back(
          absl::StrCat(summary.skipped(), " ", words_.skipped_files));
    }
    if (summary.failed() > 0) {
      parts.push_back(absl::StrCat(summary.failed(), " ", words_.failed_rules));
    }
    if (summary.waived() > 0) {
      parts.push_back(
          absl::StrCat(summary.waived(), " ", words_.waived_findings));
    }
    output_(absl::StrCat(first_ ? "" : "\n", absl::StrJoin(parts, ", "), "\n"));
  }

 private:
  std::string Paint(absl::string_view code, absl::string_view text) const {
    if (!color_) return std::string(text);
    return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
  }

  absl::string_view BasisWord(DocumentReport::AsOfBasis basis) const {
    switch (basis) {
      case DocumentReport::REQUEST:
        return words_.requested;
      case DocumentReport::STARTED:
        return words_.started;
      case DocumentReport::PLANNED:
        return words_.planned;
      default:
        return words_.today;
    }
  }

  void AppendHead(const DocumentReport& document, std::string& out) const {
    absl::StrAppend(&out, Paint("1", document.uri()));
    if (!document.plan_id().empty()) {
      absl::StrAppend(&out, "  ", document.plan_id());
    }
    if (!document.as_of().empty()) {
      absl::StrAppend(&out, "  ", words_.law_of, " ", document.as_of(), " (",
                      BasisWord(document.as_of_basis()), ")");
    }
    for (const v1::RuleSetStamp& stamp : document.rule_sets()) {
      absl::StrAppend(&out, "  ", words_.rules, " ", stamp.id(), " ",
                      stamp.version());
    }
    out += '\n';
    for (const std::string& note : document.notes()) {
      absl::StrAppend(&out, "  ", words_.note, ": ", note, "\n");
    }
  }

  void AppendError(const DocumentReport& document, std::string& out) const {
    const v1::DocumentError& error = document.error();
    absl::StrAppend(&out, "  ", Paint("1;31", words_.unreadable), "  ");
    if (error.line() > 0) {
      absl::StrAppend(&out, document.uri(), ":", error.line(), ":",
                      error.column(), ": ");
    }
    absl::StrAppend(&out, error.message(), "\n");
    if (!error.details().empty()) {
      for (const absl::string_view line :
           absl::StrSplit(absl::StripSuffix(error.details(), "\n"), '\n')) {
        absl::StrAppend(&out, "    ", line, "\n");
      }
    }
  }

  void AppendFindings(const DocumentReport& document, std::string& out) const {
    if (document.findings().empty()) {
      absl::StrAppend(&out, "  ", words_.no_findings, "\n");
      return;
    }
    // Breaches first, by severity; then what the evaluation could not decide.
    for (const Rule::Severity severity :
         {Rule::ERROR, Rule::WARNING, Rule::ADVICE}) {
      for (const Finding& finding : document.findings()) {
        if (finding.outcome() == Finding::VIOLATED &&
            finding.severity() == severity) {
          AppendBreach(document, finding, out);
        }
      }
    }
    for (const Finding::Outcome outcome :
         {Finding::FAILED, Finding::WAIVED, Finding::UNDETERMINED,
          Finding::SATISFIED, Finding::NOT_APPLICABLE}) {
      for (const Finding& finding : document.findings()) {
        if (finding.outcome() == outcome) AppendLine(finding, out);
      }
    }
    if (!document.facts().empty()) AppendFacts(document, out);
  }

  std::string Label(const Finding& finding) const {
    switch (finding.outcome()) {
      case Finding::VIOLATED:
        if (finding.severity() == Rule::ERROR) {
          return Paint("1;31", words_.error);
        }
        if (finding.severity() == Rule::WARNING) {
          return Paint("1;33", words_.warning);
        }
        return Paint("1;36", words_.advice);
      case Finding::UNDETERMINED:
        return Paint("2", words_.undecided);
      case Finding::FAILED:
        return Paint("1;31", words_.failed);
      case Finding::WAIVED:
        return Paint("2", words_.waived);
      case Finding::SATISFIED:
        return Paint("32", words_.satisfied);
      default:
        return Paint("2", words_.not_applicable);
    }
  }

  static std::string Provisions(const Finding& finding) {
    return ProvisionList(finding.legal_basis());
  }

  void AppendBreach(const DocumentReport& document, const Finding& finding,
                    std::string& out) const {
    absl::StrAppend(&out, "\n  ", Label(finding), "  ",
                    Paint("1", finding.title()), "\n");
    absl::StrAppend(&out, kIndent, Provisions(finding), "  [",
                    finding.rule_id(), "]");
    if (finding.confidence() == Rule::OWN_READING ||
        finding.confidence() == Rule::RECALLED_UNVERIFIED) {
      absl::StrAppend(&out, "  (", words_.unverified, ")");
    }
    out += '\n';
    for (const v1::Location& location : finding.locations()) {
      absl::StrAppend(&out, kIndent, document.uri(), ":", location.line(), ":",
                      location.column());
      if (!location.xpath().empty()) {
        absl::StrAppend(&out, "  ", location.xpath());
      } else if (!location.pointer().empty()) {
        absl::StrAppend(&out, "  ", location.pointer());
      }
      out += '\n';
    }
    if (!finding.subject().empty()) {
      absl::StrAppend(&out, kIndent, words_.lot, ": ", finding.subject(), "\n");
    }
    for (const v1::FieldEvidence& field : finding.fields()) {
      absl::StrAppend(&out, kIndent, field.path(), " = ",
                      field.value().empty() ? "-" : field.value(), "\n");
    }
    if (!finding.missing().empty()) {
      absl::StrAppend(
          &out, Wrap(absl::StrCat(words_.missing, ": ",
                                  absl::StrJoin(finding.missing(), ", "))));
    }
    absl::StrAppend(&out, Wrap(finding.message()));
    if (!finding.remedy().empty()) {
      absl::StrAppend(
          &out, Wrap(absl::StrCat(words_.remedy, ": ", finding.remedy())));
    }
    if (!finding.consequence().empty()) {
      absl::StrAppend(&out, Wrap(absl::StrCat(words_.consequence, ": ",
                                              finding.consequence())));
    }
  }

  void AppendLine(const Finding& finding, std::string& out) const {
    absl::StrAppend(&out, "\n  ", Label(finding), "  ", finding.title(), "\n");
    absl::StrAppend(&out, kIndent, Provisions(finding), "  [",
                    finding.rule_id(), "]");
    if (!finding.subject().empty()) {
      absl::StrAppend(&out, "  ", words_.lot, ": ", finding.subject());
    }
    out += '\n';
    if (!finding.missing().empty()) {
      absl::StrAppend(
          &out, Wrap(absl::StrCat(words_.missing, ": ",
                                  absl::StrJoin(finding.missing(), ", "))));
    }
    if (!finding.reason().empty()) {
      absl::StrAppend(
          &out, Wrap(absl::StrCat(words_.reason, ": ", finding.reason())));
    }
  }

  void AppendFacts(const DocumentReport& document, std::string& out) const {
    absl::StrAppend(&out, "\n  ", words_.facts, "\n");
    for (const v1::FactValue& fact : document.facts()) {
      absl::StrAppend(&out, kIndent, fact.name());
      if (!fact.subject().empty()) {
        absl::StrAppend(&out, " (", fact.subject(), ")");
      }
      absl::StrAppend(&out, " = ", fact.value().empty() ? "?" : fact.value());
      if (!fact.missing().empty()) {
        absl::StrAppend(&out, "  (", words_.missing, ": ",
                        absl::StrJoin(fact.missing(), ", "), ")");
      }
      out += '\n';
    }
  }

  const Words& words_;
  const bool color_;
  Output output_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<ReportWriter> NewTextReport(const ReportOptions& options,
                                            Output output) {
  return std::make_unique<TextReport>(options, std::move(output));
}

}  // namespace klausul::report
