#include "service/ruleset/set_diff.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/base/diagnostic.h"
#include "service/cel/parser.h"
#include "service/cel/unparse.h"

namespace klausul::ruleset {
namespace {

// What a version says, field by field, in the order of rule files.
using Fields = std::vector<std::pair<std::string, std::string>>;

std::string Word(absl::string_view enum_name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(enum_name), {{"_", "-"}});
}

std::string Day(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

std::string PeriodOf(const v1::Period& period) {
  return absl::StrCat(
      period.has_from() ? absl::StrCat("from ", Day(period.from())) : "",
      period.has_from() && period.has_to() ? " " : "",
      period.has_to() ? absl::StrCat("to ", Day(period.to())) : "");
}

// Without layout and comments; as it stands where it does not parse.
std::string ExpressionOf(const v1::Expression& expression) {
  DiagnosticSink sink;
  const auto ast = cel::Parse(
      std::make_shared<SourceFile>("expression", expression.text()), {}, sink);
  return ast == nullptr ? expression.text() : cel::Unparse(*ast->root());
}

void AddText(const std::string& field, const v1::Text& text, Fields& fields) {
  const std::map<std::string, std::string> sorted(text.by_language().begin(),
                                                  text.by_language().end());
  for (const auto& [language, written] : sorted)
    fields.emplace_back(absl::StrCat(field, ".", language), written);
}

Fields FieldsOf(const v1::Rule& rule) {
  Fields fields;
  AddText("title", rule.title(), fields);
  std::vector<std::string> law;
  for (const v1::LegalBasis& basis : rule.legal_basis())
    law.push_back(absl::StrCat(basis.instrument(), " ", basis.provision()));
  fields.emplace_back("legal_basis", absl::StrJoin(law, ", "));
  fields.emplace_back("register", absl::StrJoin(rule.register_(), ", "));
  fields.emplace_back("in_force", PeriodOf(rule.in_force()));
  fields.emplace_back("severity",
                      Word(v1::Rule::Severity_Name(rule.severity())));
  fields.emplace_back("confidence",
                      Word(v1::Rule::Confidence_Name(rule.confidence())));
  fields.emplace_back("for_each", rule.for_each_lot() ? "lots" : "");
  fields.emplace_back("refines", rule.refines());
  if (rule.has_applies()) {
    fields.emplace_back("applies", ExpressionOf(rule.applies()));
  }
  fields.emplace_back("requires", ExpressionOf(rule.requirement()));
  fields.emplace_back("unstated", rule.unstated_violates() ? "violated" : "");
  for (const v1::Rule::Argument& argument : rule.args()) {
    fields.emplace_back(absl::StrCat("args.", argument.name()),
                        ExpressionOf(argument.expression()));
  }
  AddText("message", rule.message(), fields);
  AddText("remedy", rule.remedy(), fields);
  AddText("consequence", rule.consequence(), fields);
  fields.emplace_back("notes", rule.notes());
  std::vector<std::string> sources;
  for (const v1::Source& source : rule.sources()) {
    sources.push_back(absl::StrCat(
        source.url(), source.has_read_date()
                          ? absl::StrCat(" ", Day(source.read_date()))
                          : ""));
  }
  fields.emplace_back("sources", absl::StrJoin(sources, ", "));
  fields.emplace_back("tags", absl::StrJoin(rule.tags(), ", "));
  return fields;
}

Fields FieldsOf(const v1::Fact& fact) {
  Fields fields;
  AddText("title", fact.title(), fields);
  fields.emplace_back("type", fact.type());
  fields.emplace_back("values", absl::StrJoin(fact.enum_values(), ", "));
  fields.emplace_back("for_each", fact.for_each_lot() ? "lots" : "");
  fields.emplace_back("register", absl::StrJoin(fact.register_(), ", "));
  for (const v1::Fact::Version& version : fact.versions()) {
    const std::string period = PeriodOf(version.period());
    fields.emplace_back(period.empty() ? "expr" : absl::StrCat("expr ", period),
                        ExpressionOf(version.expression()));
  }
  fields.emplace_back("notes", fact.notes());
  return fields;
}

std::string ValueOf(const v1::Parameter::Value& value) {
  switch (value.value_case()) {
    case v1::Parameter::Value::kIntValue:
      return absl::StrCat(value.int_value());
    case v1::Parameter::Value::kDoubleValue:
      return absl::StrCat(value.double_value());
    case v1::Parameter::Value::kMoneyValue: {
      const v1::Money& money = value.money_value();
      return absl::StrCat(
          money.currency_code(), " ", money.units(),
          money.nanos() == 0 ? "" : absl::StrFormat(".%09d", money.nanos()));
    }
    case v1::Parameter::Value::kStringValue:
      return value.string_value();
    case v1::Parameter::Value::VALUE_NOT_SET:
      break;
  }
  return "";
}

Fields FieldsOf(const v1::Parameter& parameter) {
  Fields fields;
  AddText("title", parameter.title(), fields);
  fields.emplace_back("type", Word(v1::Parameter::Type_Name(parameter.type())));
  fields.emplace_back("vat", parameter.vat() == v1::VAT_BASIS_UNSPECIFIED
                                 ? ""
                                 : Word(v1::VatBasis_Name(parameter.vat())));
  // By its first day, so that a new end of a period is told as that.
  for (const v1::Parameter::Value& value : parameter.values()) {
    fields.emplace_back(
        absl::StrCat("values ", Day(value.period().from())),
        absl::StrCat(ValueOf(value),
                     value.period().has_to()
                         ? absl::StrCat(" to ", Day(value.period().to()))
                         : ""));
  }
  AddText("notes", parameter.notes(), fields);
  return fields;
}

Fields FieldsOf(const v1::RuleSet& set) {
  Fields fields = {{"version", set.version()},
                   {"jurisdiction", set.jurisdiction()},
                   {"extends", absl::StrJoin(set.extends(), ", ")}};
  AddText("title", set.title(), fields);
  for (const v1::Instrument& instrument : set.instruments()) {
    const std::string name =
        absl::StrCat("instruments.", instrument.short_name());
    AddText(name, instrument.name(), fields);
    fields.emplace_back(name + ".url", instrument.url());
    fields.emplace_back(name + ".provision_url", instrument.provision_url());
  }
  for (const v1::Calendar& calendar : set.calendars()) {
    fields.emplace_back(absl::StrCat("calendar.", calendar.jurisdiction()),
                        calendar.ShortDebugString());
  }
  return fields;
}

// The fields that differ: in the order of `before`, then those that only
// `after` has.
std::vector<FieldChange> Compare(const Fields& before, const Fields& after) {
  std::vector<FieldChange> changes;
  const auto find = [](const Fields& fields, const std::string& name) {
    const auto it =
        std::find_if(fields.begin(), fields.end(),
                     [&](const auto& field) { return field.first == name; });
    return it == fields.end() ? std::string() : it->second;
  };
  for (const auto& [name, text] : before) {
    std::string other = find(after, name);
    if (other != text) changes.push_back({name, text, std::move(other)});
  }
  for (const auto& [name, text] : after) {
    const bool known = std::any_of(
        before.begin(), before.end(),
        [name = name](const auto& field) { return field.first == name; });
    if (!known && !text.empty()) changes.push_back({name, "", text});
  }
  return changes;
}

class Differ {
 public:
  explicit Differ(std::vector<SetChange>& changes) : changes_(changes) {}

  void Sets(const v1::RuleSet* before, const v1::RuleSet* after) {
    const v1::RuleSet empty;
    set_id_ = before != nullptr ? before->id() : after->id();
    Element(SetChange::Subject::kRuleSet, set_id_, before, after);
    if (before == nullptr) before = &empty;
    if (after == nullptr) after = &empty;
    const auto id = [](const auto& element) { return element.id(); };
    const auto name = [](const auto& element) { return element.name(); };
    Elements(SetChange::Subject::kRule, before->rules(), after->rules(), id);
    Elements(SetChange::Subject::kFact, before->facts(), after->facts(), name);
    Elements(SetChange::Subject::kParameter, before->parameters(),
             after->parameters(), id);
  }

 private:
  template <typename List, typename Id>
  void Elements(SetChange::Subject subject, const List& before,
                const List& after, const Id& id) {
    std::map<std::string, std::pair<const typename List::value_type*,
                                    const typename List::value_type*>>
        pairs;
    for (const auto& element : before)
      pairs[id(element)].first = &element;
    for (const auto& element : after)
      pairs[id(element)].second = &element;
    for (const auto& [name, pair] : pairs)
      Element(subject, name, pair.first, pair.second);
  }

  template <typename T>
  void Element(SetChange::Subject subject, const std::string& name,
               const T* before, const T* after) {
    SetChange change;
    change.subject = subject;
    change.rule_set_id = set_id_;
    change.name = name;
    if (before == nullptr) {
      change.kind = SetChange::Kind::kAdded;
    } else if (after == nullptr) {
      change.kind = SetChange::Kind::kRemoved;
    } else {
      change.fields = Compare(FieldsOf(*before), FieldsOf(*after));
      if (change.fields.empty()) return;
    }
    changes_.push_back(std::move(change));
  }

  std::vector<SetChange>& changes_;
  std::string set_id_;
};

}  // namespace

std::vector<SetChange> DiffRuleSets(const RuleSetRepository& before,
                                    const RuleSetRepository& after) {
  std::map<std::string, std::pair<const v1::RuleSet*, const v1::RuleSet*>> sets;
  for (const auto* entry : before.entries())
    sets[entry->rule_set->id()].first = entry->rule_set.get();
  for (const auto* entry : after.entries())
    sets[entry->rule_set->id()].second = entry->rule_set.get();
  std::vector<SetChange> changes;
  Differ differ(changes);
  for (const auto& [id, pair] : sets)
    differ.Sets(pair.first, pair.second);
  return changes;
}

}  // namespace klausul::ruleset
