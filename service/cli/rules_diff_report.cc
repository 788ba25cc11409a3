#include "service/cli/rules_diff_report.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/base/json_writer.h"

namespace klausul::cli {
namespace {

using review::FindingChange;
using ruleset::FieldChange;
using ruleset::SetChange;

struct Counts {
  int appear = 0;
  int vanish = 0;
  int change = 0;
};

void Count(const FindingChange& change, Counts& counts) {
  switch (change.kind) {
    case FindingChange::Kind::kAppears:
      ++counts.appear;
      return;
    case FindingChange::Kind::kVanishes:
      ++counts.vanish;
      return;
    case FindingChange::Kind::kChanges:
      ++counts.change;
      return;
  }
}

Counts Total(const RulesDiff& diff) {
  Counts counts;
  for (const RulesDiff::Document& document : diff.documents) {
    for (const FindingChange& change : document.findings)
      Count(change, counts);
  }
  return counts;
}

std::map<std::string, Counts> ByRule(const RulesDiff& diff) {
  std::map<std::string, Counts> rules;
  for (const RulesDiff::Document& document : diff.documents) {
    for (const FindingChange& change : document.findings)
      Count(change, rules[change.rule_id]);
  }
  return rules;
}

absl::string_view SubjectWord(SetChange::Subject subject) {
  switch (subject) {
    case SetChange::Subject::kRuleSet:
      return "rule set";
    case SetChange::Subject::kRule:
      return "rule";
    case SetChange::Subject::kFact:
      return "fact";
    case SetChange::Subject::kParameter:
      return "parameter";
  }
  return "";
}

// `violated error`, `satisfied`, `no such rule in force`.
std::string Verdict(const v1::Finding& finding) {
  if (finding.rule_id().empty()) return "no such rule in force";
  const std::string outcome = absl::AsciiStrToLower(absl::StrReplaceAll(
      v1::Finding::Outcome_Name(finding.outcome()), {{"_", " "}}));
  if (finding.outcome() == v1::Finding::SATISFIED ||
      finding.outcome() == v1::Finding::NOT_APPLICABLE) {
    return outcome;
  }
  return absl::StrCat(
      outcome, " ",
      absl::AsciiStrToLower(v1::Rule::Severity_Name(finding.severity())));
}

// What it says of the breach, else what it is about.
const std::string& Says(const v1::Finding& finding) {
  return finding.message().empty() ? finding.title() : finding.message();
}

std::string OnOneLine(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\n", " "}});
}

void AppendField(const std::string& field, const std::string& before,
                 const std::string& after, absl::string_view indent,
                 std::string& out) {
  absl::StrAppend(&out, indent, field, "\n");
  if (!before.empty()) {
    absl::StrAppend(&out, indent, "  - ", OnOneLine(before), "\n");
  }
  if (!after.empty()) {
    absl::StrAppend(&out, indent, "  + ", OnOneLine(after), "\n");
  }
}

void AppendSets(const RulesDiff& diff, std::string& out) {
  absl::StrAppend(&out, "Rule sets\n");
  if (diff.sets.empty()) out += "  no differences\n";
  for (const SetChange& change : diff.sets) {
    const absl::string_view sign = change.kind == SetChange::Kind::kAdded ? "+"
                                   : change.kind == SetChange::Kind::kRemoved
                                       ? "-"
                                       : "~";
    absl::StrAppend(&out, "  ", sign, " ", SubjectWord(change.subject), " ",
                    change.name, "\n");
    for (const FieldChange& field : change.fields)
      AppendField(field.field, field.before, field.after, "      ", out);
  }
}

void AppendFinding(const FindingChange& change, std::string& out) {
  const std::string subject =
      change.subject.empty() ? "" : absl::StrCat(" ", change.subject);
  if (change.kind != FindingChange::Kind::kChanges) {
    const bool appears = change.kind == FindingChange::Kind::kAppears;
    absl::StrAppend(
        &out, "  ", appears ? "+ " : "- ", change.rule_id, subject, ": ",
        Verdict(change.before), " -> ", Verdict(change.after), "\n      ",
        OnOneLine(Says(appears ? change.after : change.before)), "\n");
    return;
  }
  absl::StrAppend(&out, "  ~ ", change.rule_id, subject, ": ",
                  Verdict(change.before));
  if (Verdict(change.before) != Verdict(change.after)) {
    absl::StrAppend(&out, " -> ", Verdict(change.after));
  }
  out += "\n";
  for (const std::string& field : change.fields) {
    if (field == "title") {
      AppendField(field, change.before.title(), change.after.title(), "      ",
                  out);
    } else if (field == "message") {
      AppendField(field, change.before.message(), change.after.message(),
                  "      ", out);
    } else if (field == "remedy") {
      AppendField(field, change.before.remedy(), change.after.remedy(),
                  "      ", out);
    } else if (field == "missing") {
      AppendField(field, absl::StrJoin(change.before.missing(), ", "),
                  absl::StrJoin(change.after.missing(), ", "), "      ", out);
    }
  }
}

std::string Sum(const Counts& counts) {
  return absl::StrCat(counts.appear, " appear, ", counts.vanish, " vanish, ",
                      counts.change, " change");
}

void WriteFinding(absl::string_view key, const v1::Finding& finding,
                  JsonWriter& json) {
  if (finding.rule_id().empty()) return;
  json.Key(key).BeginObject();
  json.Key("outcome").String(v1::Finding::Outcome_Name(finding.outcome()));
  json.Key("severity").String(v1::Rule::Severity_Name(finding.severity()));
  json.Key("title").String(finding.title());
  json.Key("message").String(finding.message());
  json.Key("remedy").String(finding.remedy());
  json.Key("missing").BeginArray();
  for (const std::string& path : finding.missing())
    json.String(path);
  json.EndArray();
  json.EndObject();
}

void WriteCounts(const Counts& counts, JsonWriter& json) {
  json.Key("appear").Int(counts.appear);
  json.Key("vanish").Int(counts.vanish);
  json.Key("change").Int(counts.change);
}

void WriteSets(const RulesDiff& diff, JsonWriter& json) {
  json.Key("ruleSets").BeginArray();
  for (const SetChange& change : diff.sets) {
    json.BeginObject();
    json.Key("change").String(change.kind == SetChange::Kind::kAdded ? "ADDED"
                              : change.kind == SetChange::Kind::kRemoved
                                  ? "REMOVED"
                                  : "CHANGED");
    json.Key("subject").String(absl::AsciiStrToUpper(
        absl::StrReplaceAll(SubjectWord(change.subject), {{" ", "_"}})));
    json.Key("ruleSet").String(change.rule_set_id);
    json.Key("name").String(change.name);
    json.Key("fields").BeginArray();
    for (const FieldChange& field : change.fields) {
      json.BeginObject();
      json.Key("field").String(field.field);
      json.Key("before").String(field.before);
      json.Key("after").String(field.after);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
}

void WriteDocument(const RulesDiff::Document& document, JsonWriter& json) {
  json.BeginObject();
  json.Key("uri").String(document.uri);
  if (!document.error.empty()) json.Key("error").String(document.error);
  json.Key("findings").BeginArray();
  for (const FindingChange& change : document.findings) {
    json.BeginObject();
    json.Key("change").String(
        change.kind == FindingChange::Kind::kAppears    ? "APPEARS"
        : change.kind == FindingChange::Kind::kVanishes ? "VANISHES"
                                                        : "CHANGES");
    json.Key("ruleId").String(change.rule_id);
    json.Key("subject").String(change.subject);
    json.Key("fields").BeginArray();
    for (const std::string& field : change.fields)
      json.String(field);
    json.EndArray();
    WriteFinding("before", change.before, json);
    WriteFinding("after", change.after, json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace

bool RulesDiff::empty() const {
  const Counts counts = Total(*this);
  return sets.empty() && counts.appear + counts.vanish + counts.change == 0;
}

std::string DiffAsText(const RulesDiff& diff) {
  std::string out;
  AppendSets(diff, out);
  if (!diff.on_documents) return out;
  int differing = 0;
  for (const RulesDiff::Document& document : diff.documents) {
    absl::StrAppend(&out, "\n", document.uri, "\n");
    if (!document.error.empty()) {
      absl::StrAppend(&out, "  unreadable: ", document.error, "\n");
    }
    for (const FindingChange& change : document.findings)
      AppendFinding(change, out);
    if (!document.findings.empty()) ++differing;
  }
  const auto rules = ByRule(diff);
  if (!rules.empty()) out += "\nBy rule\n";
  for (const auto& [rule, counts] : rules)
    absl::StrAppend(&out, "  ", rule, ": ", Sum(counts), "\n");
  absl::StrAppend(&out, "\n", diff.document_count, " documents, ", differing,
                  " with differences; findings: ", Sum(Total(diff)));
  if (diff.unreadable_count > 0) {
    absl::StrAppend(&out, "; ", diff.unreadable_count, " unreadable");
  }
  if (diff.skipped_count > 0) {
    absl::StrAppend(&out, "; ", diff.skipped_count, " skipped");
  }
  out += "\n";
  return out;
}

std::string DiffAsJson(const RulesDiff& diff) {
  JsonWriter json;
  json.BeginObject();
  WriteSets(diff, json);
  json.Key("documents").BeginArray();
  for (const RulesDiff::Document& document : diff.documents)
    WriteDocument(document, json);
  json.EndArray();
  json.Key("rules").BeginArray();
  for (const auto& [rule, counts] : ByRule(diff)) {
    json.BeginObject();
    json.Key("ruleId").String(rule);
    WriteCounts(counts, json);
    json.EndObject();
  }
  json.EndArray();
  json.Key("summary").BeginObject();
  json.Key("documents").Int(diff.document_count);
  json.Key("unreadable").Int(diff.unreadable_count);
  json.Key("skipped").Int(diff.skipped_count);
  WriteCounts(Total(diff), json);
  json.EndObject();
  json.EndObject();
  return absl::StrCat(json.text(), "\n");
}

}  // namespace klausul::cli
