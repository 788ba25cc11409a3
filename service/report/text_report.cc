#include "service/report/text_report.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "service/report/finding_groups.h"
#include "service/report/finding_text.h"
#include "service/report/summary_line.h"
#include "service/report/text_layout.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;
using v1::Rule;

constexpr absl::string_view kIndent = "      ";
// A finding shows the line of the document at this many of its places.
constexpr std::size_t kMaxExcerpts = 3;
// From this many undecided rules on a document says which fields would decide
// most of them, at most so many.
constexpr int kManyUndecided = 5;
constexpr std::size_t kMaxDeciding = 5;

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
    output_(
        absl::StrCat(first_ ? "" : "\n", SummaryLine(summary, words_), "\n"));
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
    const std::vector<FindingGroup> groups = GroupFindings(document);
    // Breaches first, by severity; then what the evaluation could not decide.
    for (const Rule::Severity severity :
         {Rule::ERROR, Rule::WARNING, Rule::ADVICE}) {
      for (const FindingGroup& group : groups) {
        if (group.first().outcome() == Finding::VIOLATED &&
            group.first().severity() == severity) {
          AppendBreach(document, group, out);
        }
      }
    }
    for (const Finding::Outcome outcome :
         {Finding::FAILED, Finding::WAIVED, Finding::UNDETERMINED,
          Finding::SATISFIED, Finding::NOT_APPLICABLE}) {
      for (const FindingGroup& group : groups) {
        if (group.first().outcome() == outcome) AppendShort(group, out);
      }
    }
    AppendDeciding(document, out);
    if (!document.facts().empty()) AppendFacts(document, out);
  }

  // Colour of a label.
  static absl::string_view ColorOf(const Finding& finding) {
    switch (finding.outcome()) {
      case Finding::VIOLATED:
        if (finding.severity() == Rule::ERROR) return "1;31";
        return finding.severity() == Rule::WARNING ? "1;33" : "1;36";
      case Finding::FAILED:
        return "1;31";
      case Finding::SATISFIED:
        return "32";
      default:
        return "2";
    }
  }

  // Label, title, law, rule id: the lines that every finding begins with, the
  // last one open.
  void AppendTitle(const FindingGroup& group, std::string& out) const {
    const Finding& finding = group.first();
    const bool is_breach = finding.outcome() == Finding::VIOLATED;
    absl::StrAppend(
        &out, "\n  ", Paint(ColorOf(finding), LabelOf(words_, finding)), "  ",
        is_breach ? Paint("1", finding.title()) : finding.title(),
        finding.known() ? absl::StrCat("  (", words_.known, ")") : "", "\n");
    const std::string provisions = ProvisionsOf(finding);
    absl::StrAppend(&out, kIndent, provisions, provisions.empty() ? "" : "  ",
                    Paint("2", absl::StrCat("[", finding.rule_id(), "]")));
  }

  // The line of the document with a caret under the place.
  void AppendExcerpt(const v1::Location& location, std::string& out) const {
    const v1::Excerpt& excerpt = location.excerpt();
    const std::string number = absl::StrCat(location.line());
    const std::string gutter(number.size(), ' ');
    const std::string bar = Paint("1;34", " | ");
    absl::StrAppend(
        &out, kIndent, Paint("1;34", number), bar, excerpt.text(), "\n",
        kIndent, gutter, bar,
        std::string(static_cast<std::size_t>(excerpt.column() - 1), ' '),
        Paint("1;31",
              std::string(static_cast<std::size_t>(excerpt.length()), '^')),
        "\n");
  }

  void AppendPlaces(const DocumentReport& document, const FindingGroup& group,
                    std::string& out) const {
    std::size_t shown = 0;
    for (const v1::Location* location : group.Locations()) {
      const absl::string_view address = AddressOf(*location);
      absl::StrAppend(&out, kIndent, document.uri(), ":", location->line(), ":",
                      location->column(), address.empty() ? "" : "  ", address,
                      "\n");
      if (location->has_excerpt() && ++shown <= kMaxExcerpts) {
        AppendExcerpt(*location, out);
      }
    }
  }

  // `label: text` over as many lines as it takes; nothing for no text.
  static void AppendLabelled(absl::string_view label, absl::string_view text,
                             std::string& out) {
    if (!text.empty()) {
      absl::StrAppend(&out, Wrap(absl::StrCat(label, ": ", text)));
    }
  }

  void AppendBreach(const DocumentReport& document, const FindingGroup& group,
                    std::string& out) const {
    const Finding& finding = group.first();
    AppendTitle(group, out);
    if (finding.confidence() == Rule::OWN_READING ||
        finding.confidence() == Rule::RECALLED_UNVERIFIED) {
      absl::StrAppend(&out, "  (", words_.unverified, ")");
    }
    out += '\n';
    AppendPlaces(document, group, out);
    AppendLabelled(words_.lot, absl::StrJoin(group.Subjects(), ", "), out);
    for (const std::string& field : group.Fields())
      absl::StrAppend(&out, kIndent, field, "\n");
    AppendLabelled(words_.missing, absl::StrJoin(group.Missing(), ", "), out);
    absl::StrAppend(&out, Wrap(finding.message()));
    AppendLabelled(words_.remedy, finding.remedy(), out);
    AppendLabelled(words_.consequence, finding.consequence(), out);
  }

  void AppendShort(const FindingGroup& group, std::string& out) const {
    const Finding& finding = group.first();
    AppendTitle(group, out);
    const std::vector<std::string> subjects = group.Subjects();
    if (!subjects.empty()) {
      absl::StrAppend(&out, "  ", words_.lot, ": ",
                      absl::StrJoin(subjects, ", "));
    }
    out += '\n';
    AppendLabelled(words_.missing, absl::StrJoin(group.Missing(), ", "), out);
    AppendLabelled(words_.reason, finding.reason(), out);
    if (finding.has_waiver()) {
      AppendLabelled(words_.waived_until, WaiverText(finding.waiver()), out);
    }
  }

  // The fields that would settle most, where much is open.
  void AppendDeciding(const DocumentReport& document, std::string& out) const {
    if (document.counts().undetermined() < kManyUndecided) return;
    std::vector<std::string> fields;
    for (const v1::DecidingField& field : document.deciding_fields()) {
      if (fields.size() == kMaxDeciding) break;
      fields.push_back(
          absl::StrCat(field.path(), " (", field.undetermined_count(), ")"));
    }
    if (fields.empty()) return;
    absl::StrAppend(&out, "\n  ", words_.deciding, "\n",
                    Wrap(absl::StrJoin(fields, ", ")));
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
