#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "re2/re2.h"

#include "service/engine/calendar.h"
#include "service/ruleset/fields.h"
#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {
namespace {

constexpr char kRuleIdPattern[] = "[a-z][a-z0-9]*(\\.[a-z0-9][a-z0-9_-]*)+";
constexpr char kArgPattern[] = "[a-z][a-z0-9_]*";

void ReadLegalBasis(const NodeRef& node, v1::Rule& rule, DiagnosticSink& sink) {
  Fields fields(node, "a legal basis", sink);
  if (!fields.is_mapping()) return;
  v1::LegalBasis basis;
  if (auto text =
          ReadString(fields.Require("instrument"), "instrument", sink)) {
    basis.set_instrument(*std::move(text));
  }
  if (auto text =
          ReadString(fields.Require("provision", "such as \"§ 7-9 (2)\""),
                     "provision", sink)) {
    basis.set_provision(*std::move(text));
  }
  if (auto text = ReadString(fields.Find("url"), "url", sink)) {
    basis.set_url(*std::move(text));
  }
  fields.Finish();
  *rule.add_legal_basis() = std::move(basis);
}

void ReadSource(const NodeRef& node, v1::Rule& rule, DiagnosticSink& sink) {
  Fields fields(node, "a source", sink);
  if (!fields.is_mapping()) return;
  v1::Source source;
  if (auto text = ReadString(fields.Require("url"), "url", sink)) {
    source.set_url(*std::move(text));
  }
  if (auto day = ReadDate(fields.Require("read", "the day it was read"), "read",
                          sink)) {
    *source.mutable_read_date() = engine::ToDate(*day);
  }
  if (auto text = ReadString(fields.Find("title"), "title", sink)) {
    source.set_title(*std::move(text));
  }
  fields.Finish();
  *rule.add_sources() = std::move(source);
}

void ReadArgs(const NodeRef& node, absl::string_view file, v1::Rule& rule,
              ElementSource& element, SetDraft& draft) {
  if (!node) return;
  if (!node.IsMapping()) {
    node.Error("wrong-type", "`args` has to be a mapping of names to values",
               {}, draft.sink);
    return;
  }
  for (const auto& [name, value] : node.Entries()) {
    const std::string text(name.text());
    if (!RE2::FullMatch(text, kArgPattern)) {
      name.Error("bad-id", absl::StrCat("`", text, "` is not a name"),
                 "write small letters, digits and `_`", draft.sink);
      continue;
    }
    const std::string key = absl::StrCat("args.", text);
    element.fields[key] = value;
    v1::Rule::Argument& argument = *rule.add_args();
    argument.set_name(text);
    if (auto read =
            ReadExpression(value, key, file, draft.source, draft.sink)) {
      *argument.mutable_expression() = *std::move(read);
    }
  }
}

// What was read by one or by nobody in an authoritative text must not be sold
// as binding law.
void CheckConfidence(const v1::Rule& rule, const NodeRef& severity,
                     const NodeRef& confidence, DiagnosticSink& sink) {
  if (rule.severity() != v1::Rule::ERROR ||
      (rule.confidence() != v1::Rule::OWN_READING &&
       rule.confidence() != v1::Rule::RECALLED_UNVERIFIED)) {
    return;
  }
  Diagnostic weak = severity.MakeError(
      "weak-confidence",
      absl::StrCat("a rule that rests on `", confidence.text(),
                   "` cannot have the severity `error`"),
      "use `severity: warning`, and say in the message what is unsettled");
  weak.notes.push_back({confidence.file(), confidence.span(), "stated here"});
  sink.Add(std::move(weak));
}

void ReadWords(Fields& fields, v1::Rule& rule, DiagnosticSink& sink) {
  const NodeRef severity = fields.Require("severity");
  if (auto word = ReadWord(severity, "severity", SeverityWords(), sink)) {
    rule.set_severity(
        static_cast<v1::Rule::Severity>(*word + v1::Rule::ADVICE));
  }
  const NodeRef confidence = fields.Require("confidence");
  if (auto word = ReadWord(confidence, "confidence", ConfidenceWords(), sink)) {
    rule.set_confidence(static_cast<v1::Rule::Confidence>(
        *word + v1::Rule::RECALLED_UNVERIFIED));
  }
  CheckConfidence(rule, severity, confidence, sink);
  static constexpr absl::string_view kForEach[] = {"lots"};
  rule.set_for_each_lot(
      ReadWord(fields.Find("for_each"), "for_each", kForEach, sink)
          .has_value());
  static constexpr absl::string_view kUnstated[] = {"violated"};
  rule.set_unstated_violates(
      ReadWord(fields.Find("unstated"), "unstated", kUnstated, sink)
          .has_value());
}

void ReadTexts(Fields& fields, v1::Rule& rule, ElementSource& element,
               DiagnosticSink& sink) {
  const auto text = [&](const NodeRef& node, absl::string_view key) {
    element.fields[std::string(key)] = node;
    return ReadText(node, key, RuleLanguages(), element, sink);
  };
  *rule.mutable_title() = text(fields.Require("title"), "title");
  *rule.mutable_message() = text(fields.Require("message"), "message");
  *rule.mutable_remedy() = text(fields.Require("remedy"), "remedy");
  if (const NodeRef consequence = fields.Find("consequence")) {
    *rule.mutable_consequence() = text(consequence, "consequence");
  }
}

void ReadExpressions(Fields& fields, absl::string_view file, v1::Rule& rule,
                     ElementSource& element, SetDraft& draft) {
  const NodeRef applies = fields.Find("applies");
  element.fields["applies"] = applies;
  if (auto read =
          ReadExpression(applies, "applies", file, draft.source, draft.sink)) {
    *rule.mutable_applies() = *std::move(read);
  }
  const NodeRef requirement =
      fields.Require("requires",
                     "the condition that is true where the law is "
                     "met");
  element.fields["requires"] = requirement;
  if (auto read = ReadExpression(requirement, "requires", file, draft.source,
                                 draft.sink)) {
    *rule.mutable_requirement() = *std::move(read);
  }
  ReadArgs(fields.Find("args"), file, rule, element, draft);
}

void ReadLists(Fields& fields, v1::Rule& rule, ElementSource& element,
               DiagnosticSink& sink) {
  const NodeRef bases = fields.Require("legal_basis");
  element.fields["legal_basis"] = bases;
  for (const NodeRef& item : ReadList(bases, "legal_basis", sink)) {
    ReadLegalBasis(item, rule, sink);
  }
  const NodeRef rows = fields.Find("register");
  element.fields["register"] = rows;
  for (std::string& row : ReadStringList(rows, "register", sink)) {
    rule.add_register_(std::move(row));
  }
  const NodeRef sources = fields.Find("sources");
  element.fields["sources"] = sources;
  for (const NodeRef& item : ReadList(sources, "sources", sink)) {
    ReadSource(item, rule, sink);
  }
  for (std::string& tag : ReadStringList(fields.Find("tags"), "tags", sink)) {
    rule.add_tags(std::move(tag));
  }
  const NodeRef examples = fields.Find("examples");
  element.fields["examples"] = examples;
  for (const NodeRef& item : ReadList(examples, "examples", sink)) {
    ReadExample(item, element, sink);
  }
}

}  // namespace

void ReadRule(const NodeRef& node, absl::string_view file, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  const std::size_t errors_before = sink.error_count();
  Fields fields(node, "a rule", sink);
  if (!fields.is_mapping()) return;
  const NodeRef id_node = fields.Require("id");
  const auto id = ReadString(id_node, "id", sink);
  if (!id.has_value()) return;
  if (!RE2::FullMatch(*id, kRuleIdPattern)) {
    id_node.Error("bad-id", absl::StrCat("`", *id, "` is not an id of a rule"),
                  "write small letters, digits, `_` and `-` between dots, such "
                  "as `no.foa.7-9.weight`",
                  sink);
  }
  if (!Declare("rule", *id, id_node, draft.source.rules, sink)) return;
  ElementSource& element = draft.source.rules[*id];

  v1::Rule rule;
  rule.set_id(*id);
  rule.set_file(std::string(file));
  rule.set_line(id_node.file()->Locate(id_node.span().begin).line);
  ReadTexts(fields, rule, element, sink);
  Fields period(fields.Require("in_force", "such as {from: 2017-01-01}"),
                "`in_force`", sink);
  if (period.is_mapping()) {
    const NodeRef from = period.Require("from");
    element.fields["in_force"] = from ? from : period.place();
    if (auto read = ReadPeriod(from, period.Find("to"), sink)) {
      *rule.mutable_in_force() = *read;
    }
    period.Finish();
  }
  ReadWords(fields, rule, sink);
  ReadExpressions(fields, file, rule, element, draft);
  ReadLists(fields, rule, element, sink);
  if (auto notes = ReadString(fields.Find("notes"), "notes", sink)) {
    rule.set_notes(*std::move(notes));
  }
  const NodeRef refines = fields.Find("refines");
  element.fields["refines"] = refines;
  if (auto refined = ReadString(refines, "refines", sink)) {
    rule.set_refines(*std::move(refined));
  }
  fields.Finish();
  if (sink.error_count() > errors_before) draft.broken.insert(*id);
  *draft.proto.add_rules() = std::move(rule);
}

}  // namespace klausul::ruleset
