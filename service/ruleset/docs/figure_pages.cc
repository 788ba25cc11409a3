#include "service/ruleset/docs/figure_pages.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "service/engine/plan_path.h"
#include "service/engine/text_value.h"
#include "service/ruleset/docs/plan_words.h"

namespace klausul::ruleset::docs {
namespace {

template <typename Entry>
void AddUsers(const PageContext& context, const Entry& entry, Blocks& blocks) {
  const Labels& labels = context.labels;
  const std::vector<RuleEntry> rules = context.index.RulesThatUse(entry);
  blocks.push_back(Heading(std::string(labels.used_by_rules), "rules"));
  blocks.push_back(rules.empty()
                       ? Paragraph({Text(std::string(labels.used_by_none))})
                       : RuleTable(context, rules));
  const std::vector<FactEntry> facts = context.index.FactsThatUse(entry);
  if (facts.empty()) return;
  blocks.push_back(Heading(std::string(labels.used_by_facts), "facts"));
  blocks.push_back(FactList(context, facts));
}

Page NewPage(const PageContext& context, std::string path, std::string section,
             std::string title, const std::string& name) {
  Page page;
  page.path = std::move(path);
  page.language = context.language;
  page.section = std::move(section);
  page.title = title.empty() ? name : std::move(title);
  page.kicker = {Code(name)};
  return page;
}

Inlines SetLink(const PageContext& context, const v1::RuleSet& set) {
  return {Link(engine::PickText(set.title(), context.language),
               absl::StrCat("sets#", AnchorOf(set.id()))),
          Text(" "), Code(set.id())};
}

std::string TypeName(const google::protobuf::FieldDescriptor& field) {
  using google::protobuf::FieldDescriptor;
  std::string name;
  if (field.is_map()) {
    const FieldDescriptor* value = field.message_type()->map_value();
    name = value->message_type() != nullptr ? value->message_type()->name()
                                            : std::string(value->type_name());
    return absl::StrCat("map(", name, ")");
  }
  if (field.message_type() != nullptr) {
    name = field.message_type()->name();
  } else if (field.enum_type() != nullptr) {
    name = field.enum_type()->name();
  } else {
    name = field.type_name();
  }
  return field.is_repeated() ? absl::StrCat("list(", name, ")") : name;
}

}  // namespace

Page FactPage(const PageContext& context, const FactEntry& entry) {
  const Labels& labels = context.labels;
  const v1::RuleSet& set = *entry.set->rule_set;
  const v1::Fact& fact = *entry.fact;
  Page page =
      NewPage(context, FactPath(set, fact), "facts",
              engine::PickText(fact.title(), context.language), fact.name());
  Block facts;
  facts.style = "short";
  AddFact(labels.type,
          {Code(fact.enum_name().empty() ? fact.type() : fact.enum_name())},
          facts);
  AddFact(labels.evaluated,
          {Text(std::string(fact.for_each_lot() ? labels.per_lot
                                                : labels.per_plan))},
          facts);
  AddFact(labels.register_rows, RowIds(fact.register_()), facts);
  AddFact(labels.rule_set, SetLink(context, set), facts);
  page.blocks.push_back(std::move(facts));
  if (!fact.enum_values().empty()) {
    std::vector<Blocks> values;
    for (const std::string& value : fact.enum_values()) {
      values.push_back({Paragraph(
          {Text(ValueWord(value, context.language)), Text(" "), Code(value)})});
    }
    page.blocks.push_back(
        Heading(std::string(labels.values_of_enum), "values"));
    page.blocks.push_back(List(std::move(values), "plain"));
  }
  page.blocks.push_back(Heading(std::string(labels.definition), "definition"));
  const Names& names = context.index.NamesOf(set, context.language);
  for (const v1::Fact::Version& version : fact.versions()) {
    if (version.has_period()) {
      page.blocks.push_back(
          Heading(PeriodWords(context, version.period()), "", 3));
    }
    const std::string& text = version.expression().text();
    page.blocks.push_back(
        Section("words", fact.type() == "bool"
                             ? ConditionInWords(text, names, context.language)
                             : ValueInWords(text, names, context.language)));
    page.blocks.push_back(CodeBlock(text));
  }
  if (!fact.notes().empty()) {
    page.blocks.push_back(Heading(std::string(labels.notes), "notes"));
    page.blocks.push_back(Paragraph({Text(fact.notes())}));
  }
  AddUsers(context, entry, page.blocks);
  return page;
}

Page ParameterPage(const PageContext& context, const ParameterEntry& entry) {
  const Labels& labels = context.labels;
  const v1::Parameter& parameter = *entry.parameter;
  Page page = NewPage(context, ParameterPath(parameter), "parameters",
                      engine::PickText(parameter.title(), context.language),
                      parameter.id());
  Block facts;
  facts.style = "short";
  AddFact(
      labels.type,
      {Code(absl::AsciiStrToLower(v1::Parameter::Type_Name(parameter.type())))},
      facts);
  if (parameter.vat() != v1::VAT_BASIS_UNSPECIFIED) {
    AddFact(labels.vat,
            {Text(std::string(parameter.vat() == v1::VAT_BASIS_INCLUDED
                                  ? labels.vat_included
                                  : labels.vat_excluded))},
            facts);
  }
  AddFact(labels.rule_set, SetLink(context, *entry.set->rule_set), facts);
  page.blocks.push_back(std::move(facts));
  page.blocks.push_back(
      Heading(std::string(labels.values_by_period), "values"));
  page.blocks.push_back(parameter.values().empty()
                            ? Paragraph({Text(std::string(labels.no_values))})
                            : ParameterTable(context, parameter));
  if (parameter.has_notes()) {
    page.blocks.push_back(Heading(std::string(labels.notes), "notes"));
    page.blocks.push_back(Paragraph(
        {Text(engine::PickText(parameter.notes(), context.language))}));
  }
  AddUsers(context, entry, page.blocks);
  return page;
}

Page PlanPage(const PageContext& context, const RuleSetRepository::Entry& set,
              const std::string& stem) {
  Page page = NewPage(context, PlanPath(*set.rule_set, stem), "", "", stem);
  page.kicker = {Text(std::string(context.labels.base_plan))};
  page.blocks.push_back(
      Paragraph({Text(std::string(context.labels.plan_lead))}));
  const NodeRef& root = set.source->plans.at(stem).root;
  if (root) page.blocks.push_back(CodeBlock(std::string(root.file()->text())));
  std::vector<RuleEntry> users;
  for (const RuleEntry& entry : context.index.rules()) {
    if (entry.set->source == nullptr || entry.set != &set) continue;
    const auto source = set.source->rules.find(entry.rule->id());
    if (source == set.source->rules.end()) continue;
    for (const ExampleSource& example : source->second.examples) {
      if (example.base == stem) {
        users.push_back(entry);
        break;
      }
    }
  }
  page.blocks.push_back(
      Heading(std::string(context.labels.plan_used_by), "rules"));
  page.blocks.push_back(RuleTable(context, users));
  return page;
}

Page FieldsPage(const PageContext& context) {
  const Labels& labels = context.labels;
  Page page;
  page.path = "fields";
  page.language = context.language;
  page.section = "fields";
  page.title = std::string(labels.fields);
  page.blocks.push_back(Paragraph({Text(std::string(labels.fields_lead))}));
  for (const auto& [path, use] : context.index.fields()) {
    Block field;
    field.style = "short";
    AddFact(labels.path, {Code(path)}, field);
    const auto* descriptor = engine::FindPlanField(path);
    AddFact(labels.type, {Code(TypeName(*descriptor))}, field);
    const std::string bt = engine::BtIdOf(path, false);
    AddFact(labels.bt, bt.empty() ? Inlines{} : Inlines{Code(bt)}, field);
    Inlines rules;
    for (const std::string& id : use.rules) {
      if (!rules.empty()) rules.push_back(Text(", "));
      rules.push_back(Link(id, absl::StrCat("rules/", id)));
    }
    AddFact(labels.rules, std::move(rules), field);
    Inlines facts;
    for (const std::string& fact_path : use.facts) {
      if (!facts.empty()) facts.push_back(Text(", "));
      facts.push_back(
          Link(fact_path.substr(fact_path.rfind('.') + 1), fact_path));
    }
    AddFact(labels.facts, std::move(facts), field);
    page.blocks.push_back(Heading(PathWords(path, context.language), path, 2));
    page.blocks.push_back(std::move(field));
  }
  return page;
}

}  // namespace klausul::ruleset::docs
