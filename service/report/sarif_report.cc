#include "service/report/sarif_report.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include "service/report/finding_text.h"
#include "service/report/json_message.h"
#include "service/report/sarif_rules.h"
#include "service/report/words.h"

namespace klausul::report {
namespace {

using v1::DocumentReport;
using v1::Finding;

// The rule id of a document that cannot be read.
constexpr absl::string_view kUnreadableRule = "klausul.document.unreadable";

constexpr absl::string_view kHead =
    "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
    "schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
    "\"columnKind\":\"unicodeCodePoints\",\"results\":[";

// A path as a URI reference: percent-encoded but for what may stand in a path.
std::string UriOf(absl::string_view path) {
  constexpr absl::string_view kPlain = "-._~/";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          kPlain.find(c) != absl::string_view::npos;
    if (is_plain) {
      out += c;
    } else {
      constexpr absl::string_view kDigits = "0123456789ABCDEF";
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

std::string ArtifactOf(absl::string_view uri) {
  absl::string_view file = FileOf(uri);
  if (absl::StartsWith(file, "/")) {
    return absl::StrCat("{\"uri\":\"file://", UriOf(file), "\"}");
  }
  while (absl::ConsumePrefix(&file, "./")) {
  }
  return absl::StrCat("{\"uri\":\"", file == "-" ? "stdin" : UriOf(file),
                      "\",\"uriBaseId\":\"%SRCROOT%\"}");
}

// `{"physicalLocation":...}`, with the XPath or pointer as logical location.
std::string LocationOf(absl::string_view uri, const v1::Location& location,
                       int id) {
  std::string out = "{";
  if (id > 0) absl::StrAppend(&out, "\"id\":", id, ",");
  absl::StrAppend(
      &out, "\"physicalLocation\":{\"artifactLocation\":", ArtifactOf(uri));
  if (location.line() > 0) {
    absl::StrAppend(&out, ",\"region\":{\"startLine\":", location.line(),
                    ",\"startColumn\":", location.column());
    if (location.has_excerpt()) {
      absl::StrAppend(&out, ",\"endColumn\":",
                      location.column() + location.excerpt().length(),
                      ",\"snippet\":{\"text\":");
      AppendJsonText(location.excerpt().text(), out);
      out += '}';
    }
    out += '}';
  }
  out += '}';
  const absl::string_view address = AddressOf(location);
  if (!address.empty()) {
    absl::StrAppend(&out, ",\"logicalLocations\":[{\"fullyQualifiedName\":");
    AppendJsonText(address, out);
    absl::StrAppend(&out, ",\"kind\":\"",
                    location.xpath().empty() ? "object" : "element", "\"}]");
  }
  out += '}';
  return out;
}

// `kind` and `level`; what is no failure has no level.
std::pair<absl::string_view, absl::string_view> KindOf(const Finding& finding) {
  switch (finding.outcome()) {
    case Finding::VIOLATED:
    case Finding::WAIVED:
      return {"fail", SarifLevel(finding.severity())};
    case Finding::FAILED:
      return {"fail", "error"};
    case Finding::UNDETERMINED:
      return {"open", "none"};
    case Finding::SATISFIED:
      return {"pass", "none"};
    default:
      return {"notApplicable", "none"};
  }
}

class SarifReport : public ReportWriter {
 public:
  SarifReport(const ReportOptions& options, Output output)
      : words_(WordsOf(options.language)),
        version_(options.version),
        language_(options.language),
        all_outcomes_(options.all_outcomes),
        rules_(words_),
        output_(std::move(output)) {}

  void Add(const DocumentReport& document) override {
    if (document.has_error()) AddUnreadable(document);
    for (const Finding& finding : document.findings()) {
      const bool is_shown = finding.outcome() == Finding::VIOLATED ||
                            finding.outcome() == Finding::WAIVED ||
                            finding.outcome() == Finding::FAILED;
      if (is_shown || all_outcomes_) AddResult(document, finding);
    }
  }

  void Finish(const v1::CheckSummary& summary) override {
    if (!begun_) output_(kHead);
    std::string out = "],\n\"tool\":{\"driver\":{\"name\":\"klausul\"";
    if (!version_.empty()) {
      absl::StrAppend(&out, ",\"semanticVersion\":\"", version_, "\"");
    }
    absl::StrAppend(
        &out, ",\"language\":\"", language_, "\",\"rules\":", rules_.ToJson(),
        "}},\n\"invocations\":[{", "\"executionSuccessful\":",
        summary.unreadable() + summary.failed() == 0 ? "true" : "false",
        "}],\"properties\":{\"summary\":");
    AppendJson(summary, out);
    absl::StrAppend(&out, "}}]}\n");
    output_(out);
  }

 private:
  void AddUnreadable(const DocumentReport& document) {
    const v1::DocumentError& error = document.error();
    Finding finding;
    finding.set_rule_id(std::string(kUnreadableRule));
    finding.set_title(std::string(words_.unreadable));
    finding.set_outcome(Finding::FAILED);
    finding.set_severity(v1::Rule::ERROR);
    finding.set_reason(error.message());
    v1::Location& location = *finding.add_locations();
    location.set_line(error.line());
    location.set_column(error.column());
    AddResult(document, finding);
  }

  void AddResult(const DocumentReport& document, const Finding& finding) {
    const auto [kind, level] = KindOf(finding);
    std::string out = begun_ ? ",\n" : absl::StrCat(kHead, "\n");
    begun_ = true;
    out += "{\"ruleId\":";
    AppendJsonText(finding.rule_id(), out);
    absl::StrAppend(&out, ",\"ruleIndex\":", rules_.IndexOf(finding),
                    ",\"kind\":\"", kind, "\",\"level\":\"", level,
                    "\",\"message\":{\"text\":");
    AppendJsonText(MessageOf(finding), out);
    out += '}';
    AppendLocations(document, finding, out);
    if (!finding.fingerprint().empty()) {
      absl::StrAppend(&out, ",\"partialFingerprints\":{\"klausul/v1\":\"",
                      finding.fingerprint(), "\"}");
    }
    if (document.counts().has_known() &&
        finding.outcome() == Finding::VIOLATED) {
      absl::StrAppend(&out, ",\"baselineState\":\"",
                      finding.known() ? "unchanged" : "new", "\"");
    }
    if (finding.outcome() == Finding::WAIVED) {
      absl::StrAppend(&out,
                      ",\"suppressions\":[{\"kind\":\"external\",\"status\":"
                      "\"accepted\",\"justification\":");
      AppendJsonText(WaiverText(finding.waiver()), out);
      out += "}]";
    }
    AppendProperties(document, finding, out);
    out += '}';
    output_(out);
  }

  // What is wrong and how to mend it.
  std::string MessageOf(const Finding& finding) const {
    std::string text(SaidOf(finding));
    if (!finding.subject().empty()) {
      absl::StrAppend(&text, " (", words_.lot, ": ", finding.subject(), ")");
    }
    if (!finding.remedy().empty()) {
      absl::StrAppend(&text, "\n", words_.remedy, ": ", finding.remedy());
    }
    return text;
  }

  // The first place; the others are related to it.
  static void AppendLocations(const DocumentReport& document,
                              const Finding& finding, std::string& out) {
    const v1::Location& first = finding.locations().empty()
                                    ? v1::Location::default_instance()
                                    : finding.locations(0);
    absl::StrAppend(&out, ",\"locations\":[",
                    LocationOf(document.uri(), first, 0), "]");
    for (int i = 1; i < finding.locations_size(); ++i) {
      absl::StrAppend(&out, i == 1 ? ",\"relatedLocations\":[" : ",",
                      LocationOf(document.uri(), finding.locations(i), i));
    }
    if (finding.locations_size() > 1) out += ']';
  }

  static void AppendProperties(const DocumentReport& document,
                               const Finding& finding, std::string& out) {
    out += ",\"properties\":{\"law\":";
    AppendJsonText(ProvisionsOf(finding), out);
    const auto add = [&](absl::string_view key, absl::string_view text) {
      if (text.empty()) return;
      absl::StrAppend(&out, ",\"", key, "\":");
      AppendJsonText(text, out);
    };
    add("planId", document.plan_id());
    add("asOf", document.as_of());
    add("subject", finding.subject());
    add("missing", absl::StrJoin(finding.missing(), ", "));
    // Which release of a package, which line of JSON Lines.
    if (FileOf(document.uri()) != document.uri()) add("uri", document.uri());
    out += '}';
  }

  const Words& words_;
  const std::string version_;
  const std::string language_;
  const bool all_outcomes_;
  SarifRules rules_;
  Output output_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<ReportWriter> NewSarifReport(const ReportOptions& options,
                                             Output output) {
  return std::make_unique<SarifReport>(options, std::move(output));
}

}  // namespace klausul::report
