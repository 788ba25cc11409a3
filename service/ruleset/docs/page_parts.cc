#include "service/ruleset/docs/page_parts.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "service/engine/legal_link.h"
#include "service/engine/text_value.h"

namespace klausul::ruleset::docs {

using engine::TextValue;

std::string Filled(absl::string_view label, absl::string_view a,
                   absl::string_view b) {
  return absl::StrReplaceAll(label, {{"{a}", a}, {"{b}", b}});
}

std::string DateWords(const PageContext& context, const v1::Date& date) {
  return TextValue::Date(date).Format(context.language);
}

std::string PeriodWords(const PageContext& context, const v1::Period& period) {
  const Labels& labels = context.labels;
  if (period.has_from() && period.has_to()) {
    return Filled(labels.from_to, DateWords(context, period.from()),
                  DateWords(context, period.to()));
  }
  if (period.has_from()) {
    return Filled(labels.from, DateWords(context, period.from()));
  }
  if (period.has_to()) {
    return Filled(labels.until, DateWords(context, period.to()));
  }
  return std::string(labels.always);
}

absl::string_view SeverityWord(const Labels& labels,
                               v1::Rule::Severity severity) {
  return severity == v1::Rule::ERROR     ? labels.error
         : severity == v1::Rule::WARNING ? labels.warning
                                         : labels.advice;
}

Inline SeverityBadge(const PageContext& context, v1::Rule::Severity severity) {
  return Badge(std::string(SeverityWord(context.labels, severity)),
               severity == v1::Rule::ERROR     ? "error"
               : severity == v1::Rule::WARNING ? "warning"
                                               : "advice");
}

std::string ParameterValueWords(const PageContext& context,
                                const v1::Parameter& parameter,
                                const v1::Parameter::Value& value) {
  switch (value.value_case()) {
    case v1::Parameter::Value::kIntValue:
      if (parameter.type() == v1::Parameter::MONTHS) {
        v1::Span span;
        span.set_months(static_cast<std::int32_t>(value.int_value()));
        return TextValue::Span(span).Format(context.language);
      }
      return TextValue::Int(value.int_value()).Format(context.language);
    case v1::Parameter::Value::kDoubleValue:
      return TextValue::Double(value.double_value()).Format(context.language);
    case v1::Parameter::Value::kMoneyValue:
      return TextValue::Money(value.money_value()).Format(context.language);
    case v1::Parameter::Value::kStringValue:
      return value.string_value();
    case v1::Parameter::Value::VALUE_NOT_SET:
      break;
  }
  return "";
}

Inline ProvisionLink(const PageContext& context, const v1::RuleSet& set,
                     const v1::LegalBasis& basis, bool with_instrument) {
  std::string url = basis.url();
  const v1::Instrument* instrument =
      context.index.FindInstrument(set, basis.instrument());
  if (url.empty() && instrument != nullptr) {
    url = engine::ProvisionUrl(*instrument, basis.provision());
  }
  return Link(with_instrument
                  ? absl::StrCat(basis.instrument(), " ", basis.provision())
                  : basis.provision(),
              std::move(url));
}

Block RuleTable(const PageContext& context,
                const std::vector<RuleEntry>& rules) {
  const Labels& labels = context.labels;
  std::vector<std::vector<Inlines>> rows;
  for (const RuleEntry& entry : rules) {
    const v1::Rule& rule = *entry.rule;
    Inlines law;
    for (const v1::LegalBasis& basis : rule.legal_basis()) {
      if (!law.empty()) law.push_back(Text(", "));
      law.push_back(ProvisionLink(context, *entry.set->rule_set, basis, true));
    }
    rows.push_back({{SeverityBadge(context, rule.severity())},
                    {Link(engine::PickText(rule.title(), context.language),
                          RulePath(rule)),
                     Text(" "), Code(rule.id())},
                    std::move(law),
                    {Text(PeriodWords(context, rule.in_force()))}});
  }
  Block table = Table({{Text(std::string(labels.severity))},
                       {Text(std::string(labels.rule))},
                       {Text(std::string(labels.law))},
                       {Text(std::string(labels.in_force))}},
                      std::move(rows));
  table.style = "rules";
  return table;
}

Block FactList(const PageContext& context,
               const std::vector<FactEntry>& facts) {
  std::vector<Blocks> items;
  for (const FactEntry& entry : facts) {
    items.push_back({Paragraph(
        {Link(engine::PickText(entry.fact->title(), context.language),
              FactPath(*entry.set->rule_set, *entry.fact)),
         Text(" "), Code(entry.fact->name())})});
  }
  return List(std::move(items), "plain");
}

Block ParameterTable(const PageContext& context,
                     const v1::Parameter& parameter) {
  const Labels& labels = context.labels;
  std::vector<std::vector<Inlines>> rows;
  for (const v1::Parameter::Value& value : parameter.values()) {
    Inlines source;
    if (!value.source().empty()) {
      source.push_back(Link(value.source(), value.source()));
    }
    rows.push_back({{Text(PeriodWords(context, value.period()))},
                    {Strong(ParameterValueWords(context, parameter, value))},
                    RowIds(value.register_()),
                    std::move(source)});
  }
  Block table = Table({{Text(std::string(labels.period))},
                       {Text(std::string(labels.value))},
                       {Text(std::string(labels.register_rows))},
                       {Text(std::string(labels.source))}},
                      std::move(rows));
  table.style = "figures-of";
  return table;
}

Inlines TemplateWords(absl::string_view text, const Names& names) {
  Inlines words;
  std::string plain;
  const auto flush = [&] {
    if (!plain.empty()) words.push_back(Text(std::move(plain)));
    plain.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool doubled =
        text.substr(at, 2) == "{{" || text.substr(at, 2) == "}}";
    const std::size_t end = text.find('}', at);
    if (doubled) {
      plain += text[at++];
    } else if (text[at] == '{' && end != absl::string_view::npos) {
      flush();
      const std::string name(text.substr(at + 1, end - at - 1));
      Inline variable = {Inline::Kind::kVariable, name, {}, {}};
      const auto fact = names.facts.find(name);
      const auto parameter = names.parameters.find(name);
      if (fact != names.facts.end()) {
        variable.target = fact->second.target;
      } else if (parameter != names.parameters.end()) {
        variable.target = parameter->second.target;
      }
      words.push_back(std::move(variable));
      at = end;
    } else {
      plain += text[at];
    }
  }
  flush();
  return words;
}

void AddFact(absl::string_view term, Inlines meaning, Block& facts) {
  if (meaning.empty()) return;
  facts.kind = Block::Kind::kFacts;
  facts.terms.push_back(
      {{Text(std::string(term))}, {Paragraph(std::move(meaning))}});
}

}  // namespace klausul::ruleset::docs
