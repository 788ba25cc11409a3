#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "re2/re2.h"

#include "service/ruleset/fields.h"
#include "service/ruleset/set_draft.h"

// Parameters and facts: what rules reckon with.

namespace klausul::ruleset {
namespace {

constexpr char kIdPattern[] = "[a-z][a-z0-9]*(\\.[a-z0-9][a-z0-9_-]*)+";
constexpr char kFactPattern[] = "[a-z][a-z0-9_]*";
constexpr char kEnumValuePattern[] = "[A-Z][A-Z0-9_]*";

// In the order of v1::Parameter::Type, from INT.
constexpr absl::string_view kParameterTypes[] = {"int", "double", "Money",
                                                 "months", "string"};
// In the order of v1::VatBasis, from EXCLUDED.
constexpr absl::string_view kVatWords[] = {"EXCLUDED", "INCLUDED"};

v1::VatBasis VatOf(int word) {
  return word == 0 ? v1::VAT_BASIS_EXCLUDED : v1::VAT_BASIS_INCLUDED;
}

bool ReadParameterValue(const NodeRef& node, v1::Parameter::Type type,
                        v1::Parameter::Value& value, DiagnosticSink& sink) {
  switch (type) {
    case v1::Parameter::INT:
    case v1::Parameter::MONTHS: {
      const auto read = ReadInt(node, "value", sink);
      if (read.has_value()) value.set_int_value(*read);
      return read.has_value();
    }
    case v1::Parameter::DOUBLE: {
      const auto read = ReadDouble(node, "value", sink);
      if (read.has_value()) value.set_double_value(*read);
      return read.has_value();
    }
    case v1::Parameter::MONEY: {
      const auto read = ReadMoney(node, "value", sink);
      if (read.has_value()) *value.mutable_money_value() = *read;
      return read.has_value();
    }
    case v1::Parameter::STRING: {
      const auto read = ReadString(node, "value", sink);
      if (read.has_value()) value.set_string_value(*read);
      return read.has_value();
    }
    default:
      // The type was wrong, which has been reported.
      return false;
  }
}

void ReadValueEntry(const NodeRef& node, v1::Parameter& parameter,
                    std::vector<PlacedPeriod>& periods, DiagnosticSink& sink) {
  Fields fields(node, "a value", sink);
  if (!fields.is_mapping()) return;
  v1::Parameter::Value value;
  const NodeRef from = fields.Require("from", "the first day it holds");
  const auto period = ReadPeriod(from, fields.Find("to"), sink);
  const bool read = ReadParameterValue(fields.Require("value"),
                                       parameter.type(), value, sink);
  for (std::string& row :
       ReadStringList(fields.Find("register"), "register", sink)) {
    value.add_register_(std::move(row));
  }
  if (auto url = ReadString(fields.Find("source"), "source", sink)) {
    value.set_source(*std::move(url));
  }
  ReadString(fields.Find("notes"), "notes", sink);
  fields.Finish();
  if (!period.has_value()) return;
  periods.push_back({*period, from});
  if (!read) return;
  *value.mutable_period() = *period;
  *parameter.add_values() = std::move(value);
}

// One text is in English, as all notes; what a buyer is to read, as the reason
// why no value is known, may be told by language.
v1::Text ReadNotes(const NodeRef& node, ElementSource& element,
                   DiagnosticSink& sink) {
  if (node && node.IsMapping()) {
    return ReadText(node, "notes", {}, element, sink);
  }
  v1::Text notes;
  if (auto text = ReadString(node, "notes", sink)) {
    (*notes.mutable_by_language())["en"] = *std::move(text);
  }
  return notes;
}

void SortByPeriod(v1::Parameter& parameter) {
  const auto key = [](const v1::Parameter::Value& value) {
    const v1::Date& from = value.period().from();
    return std::make_tuple(from.year(), from.month(), from.day());
  };
  std::sort(parameter.mutable_values()->begin(),
            parameter.mutable_values()->end(),
            [&](const v1::Parameter::Value& a, const v1::Parameter::Value& b) {
              return key(a) < key(b);
            });
}

// The versions of a fact: one `expr`, or several under `versions`.
void ReadVersions(Fields& fields, absl::string_view file, v1::Fact& fact,
                  ElementSource& element, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  const NodeRef expr = fields.Find("expr");
  const NodeRef versions = fields.Find("versions");
  if (!expr == !versions) {
    fields.place().Error("missing-key",
                         absl::StrCat("fact `", fact.name(),
                                      "` has to have either `expr` or "
                                      "`versions`"),
                         "`versions` is a list of {from, to, expr}", sink);
    return;
  }
  if (expr) {
    element.fields["expr"] = expr;
    if (auto read = ReadExpression(expr, "expr", file, draft.source, sink)) {
      *fact.add_versions()->mutable_expression() = *std::move(read);
    }
    return;
  }
  element.fields["versions"] = versions;
  std::vector<PlacedPeriod> periods;
  for (const NodeRef& item : ReadList(versions, "versions", sink)) {
    Fields version_fields(item, "a version", sink);
    if (!version_fields.is_mapping()) continue;
    const NodeRef from = version_fields.Require("from");
    const auto period = ReadPeriod(from, version_fields.Find("to"), sink);
    auto read = ReadExpression(version_fields.Require("expr"), "expr", file,
                               draft.source, sink);
    version_fields.Finish();
    if (!period.has_value()) continue;
    periods.push_back({*period, from});
    v1::Fact::Version& version = *fact.add_versions();
    *version.mutable_period() = *period;
    if (read.has_value()) *version.mutable_expression() = *std::move(read);
  }
  CheckOverlaps(std::move(periods), absl::StrCat("fact `", fact.name(), "`"),
                sink);
}

void ReadFactType(Fields& fields, v1::Fact& fact, ElementSource& element,
                  DiagnosticSink& sink) {
  const NodeRef type = fields.Require("type", "such as bool, Money or enum");
  element.fields["type"] = type;
  if (auto text = ReadString(type, "type", sink)) {
    fact.set_type(*std::move(text));
  }
  const NodeRef name = fields.Find("enum");
  element.fields["enum"] = name;
  if (auto text = ReadString(name, "enum", sink)) {
    fact.set_enum_name(*std::move(text));
  } else if (fact.type() == "enum") {
    // An enum of its own needs no second name.
    fact.set_enum_name(fact.name());
  }
  const NodeRef values = fields.Find("values");
  element.fields["values"] = values;
  for (const NodeRef& item : ReadList(values, "values", sink)) {
    auto value = ReadString(item, "values", sink);
    if (!value.has_value()) continue;
    if (!RE2::FullMatch(*value, kEnumValuePattern)) {
      item.Error("bad-id", absl::StrCat("`", *value, "` is not an enum value"),
                 "write capitals, digits and `_`, such as PART_II", sink);
      continue;
    }
    fact.add_enum_values(*std::move(value));
  }
}

}  // namespace

void ReadParameter(const NodeRef& node, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  const std::size_t errors_before = sink.error_count();
  Fields fields(node, "a parameter", sink);
  if (!fields.is_mapping()) return;
  const NodeRef id_node = fields.Require("id");
  const auto id = ReadString(id_node, "id", sink);
  if (!id.has_value()) {
    draft.incomplete = true;
    return;
  }
  if (!RE2::FullMatch(*id, kIdPattern)) {
    id_node.Error("bad-id",
                  absl::StrCat("`", *id, "` is not an id of a parameter"),
                  "write small letters, digits, `_` and `-` between dots, such "
                  "as `no.climate.min_weight`",
                  sink);
  }
  if (!Declare("parameter", *id, id_node, draft.source.parameters, sink)) {
    return;
  }
  ElementSource& element = draft.source.parameters[*id];

  v1::Parameter parameter;
  parameter.set_id(*id);
  const NodeRef type_node = fields.Require("type");
  element.fields["type"] = type_node;
  if (auto type = ReadWord(type_node, "type", kParameterTypes, sink)) {
    parameter.set_type(
        static_cast<v1::Parameter::Type>(*type + v1::Parameter::INT));
  }
  *parameter.mutable_title() =
      ReadText(fields.Require("title"), "title", {}, element, sink);
  const NodeRef vat = fields.Find("vat");
  if (parameter.type() == v1::Parameter::MONEY) {
    const auto word = ReadWord(vat, "vat", kVatWords, sink);
    parameter.set_vat(VatOf(word.value_or(0)));
  } else if (vat) {
    vat.Error("wrong-type", "only amounts have `vat`", "remove it", sink);
  }
  const NodeRef values = fields.Require("values");
  element.fields["values"] = values;
  std::vector<PlacedPeriod> periods;
  const std::vector<NodeRef> entries = ReadList(values, "values", sink);
  const NodeRef notes = fields.Find("notes");
  if (values && values.IsSequence() && entries.empty() && !notes) {
    values.Error("empty-value", absl::StrCat("`", *id, "` has no values"),
                 "add one, or `notes:` that say why none is known", sink);
  }
  for (const NodeRef& item : entries) {
    ReadValueEntry(item, parameter, periods, sink);
  }
  CheckOverlaps(std::move(periods), absl::StrCat("parameter `", *id, "`"),
                sink);
  element.fields["notes"] = notes;
  *parameter.mutable_notes() = ReadNotes(notes, element, sink);
  fields.Finish();
  SortByPeriod(parameter);
  if (sink.error_count() > errors_before) draft.broken.insert(*id);
  *draft.proto.add_parameters() = std::move(parameter);
}

void ReadFact(const NodeRef& node, absl::string_view file, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  const std::size_t errors_before = sink.error_count();
  Fields fields(node, "a fact", sink);
  if (!fields.is_mapping()) return;
  const NodeRef name_node = fields.Require("name");
  const auto name = ReadString(name_node, "name", sink);
  if (!name.has_value()) {
    draft.incomplete = true;
    return;
  }
  if (!RE2::FullMatch(*name, kFactPattern)) {
    name_node.Error("bad-id",
                    absl::StrCat("`", *name, "` is not a name of a fact"),
                    "write small letters, digits and `_`", sink);
  }
  if (!Declare("fact", *name, name_node, draft.source.facts, sink)) return;
  ElementSource& element = draft.source.facts[*name];
  element.fields["name"] = name_node;

  v1::Fact fact;
  fact.set_name(*name);
  ReadFactType(fields, fact, element, sink);
  static constexpr absl::string_view kForEach[] = {"lots"};
  fact.set_for_each_lot(
      ReadWord(fields.Find("for_each"), "for_each", kForEach, sink)
          .has_value());
  *fact.mutable_title() =
      ReadText(fields.Require("title"), "title", {}, element, sink);
  for (std::string& row :
       ReadStringList(fields.Find("register"), "register", sink)) {
    fact.add_register_(std::move(row));
  }
  ReadVersions(fields, file, fact, element, draft);
  element.fields["notes"] = fields.Find("notes");
  if (auto notes = ReadString(element.fields["notes"], "notes", sink)) {
    fact.set_notes(*std::move(notes));
  }
  fields.Finish();
  if (sink.error_count() > errors_before) draft.broken.insert(*name);
  *draft.proto.add_facts() = std::move(fact);
}

}  // namespace klausul::ruleset
