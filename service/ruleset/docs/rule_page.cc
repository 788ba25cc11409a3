#include "service/ruleset/docs/rule_page.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/engine/text_value.h"
#include "service/ruleset/set_source.h"

namespace klausul::ruleset::docs {
namespace {

std::string ConfidenceWord(const Labels& labels,
                           v1::Rule::Confidence confidence) {
  switch (confidence) {
    case v1::Rule::SEEN_IN_SOURCE:
      return std::string(labels.seen_in_source);
    case v1::Rule::SEVERAL_SOURCES:
      return std::string(labels.several_sources);
    case v1::Rule::OWN_READING:
      return std::string(labels.own_reading);
    default:
      return std::string(labels.recalled_unverified);
  }
}

Inline OutcomeBadge(const Labels& labels, v1::Finding::Outcome outcome) {
  switch (outcome) {
    case v1::Finding::SATISFIED:
      return Badge(std::string(labels.satisfied), "satisfied");
    case v1::Finding::VIOLATED:
      return Badge(std::string(labels.violated), "violated");
    case v1::Finding::NOT_APPLICABLE:
      return Badge(std::string(labels.not_applicable), "not-applicable");
    case v1::Finding::UNDETERMINED:
      return Badge(std::string(labels.undetermined), "undetermined");
    default:
      return Badge(std::string(labels.failed), "failed");
  }
}

// What stands in a file, on one line.
std::string AsWritten(const NodeRef& node) {
  const Span span = node.span();
  std::string text(
      node.file()->text().substr(span.begin, span.end - span.begin));
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

Block InShort(const PageContext& context, const RuleEntry& entry) {
  const Labels& labels = context.labels;
  const v1::RuleSet& set = *entry.set->rule_set;
  const v1::Rule& rule = *entry.rule;
  Block facts;
  facts.style = "short";
  Inlines law;
  for (const v1::LegalBasis& basis : rule.legal_basis()) {
    if (!law.empty()) law.push_back(Text(", "));
    Inline link = ProvisionLink(context, set, basis, true);
    const v1::Instrument* instrument =
        context.index.FindInstrument(set, basis.instrument());
    if (instrument != nullptr) {
      link.hint = engine::PickText(instrument->name(), context.language);
    }
    law.push_back(std::move(link));
  }
  AddFact(labels.law, std::move(law), facts);
  AddFact(labels.in_force, {Text(PeriodWords(context, rule.in_force()))},
          facts);
  const absl::string_view means =
      rule.severity() == v1::Rule::ERROR     ? labels.error_means
      : rule.severity() == v1::Rule::WARNING ? labels.warning_means
                                             : labels.advice_means;
  AddFact(labels.severity,
          {SeverityBadge(context, rule.severity()), Text(" "),
           Text(std::string(means))},
          facts);
  AddFact(labels.confidence, {Text(ConfidenceWord(labels, rule.confidence()))},
          facts);
  AddFact(labels.evaluated,
          {Text(std::string(rule.for_each_lot() ? labels.per_lot
                                                : labels.per_plan))},
          facts);
  if (rule.unstated_violates()) {
    AddFact(labels.silence, {Text(std::string(labels.silence_breaks))}, facts);
  }
  if (!rule.refines().empty()) {
    AddFact(labels.refines,
            {Link(rule.refines(), absl::StrCat("rules/", rule.refines()))},
            facts);
  }
  AddFact(labels.register_rows, RowIds(rule.register_()), facts);
  AddFact(
      labels.subject,
      {Link(SubjectOf(rule),
            absl::StrCat("subjects#", AnchorOf(absl::StrCat(set.id(), ".",
                                                            SubjectOf(rule))))),
       Text(" "), Code(absl::StrCat(rule.file(), ":", rule.line()))},
      facts);
  AddFact(labels.tags,
          rule.tags().empty() ? Inlines{}
                              : Inlines{Text(absl::StrJoin(rule.tags(), ", "))},
          facts);
  AddFact(labels.rule_set,
          {Link(engine::PickText(set.title(), context.language),
                absl::StrCat("sets#", AnchorOf(set.id()))),
           Text(" "), Code(set.id())},
          facts);
  return facts;
}

void AddConditions(const PageContext& context, const RuleEntry& entry,
                   Blocks& blocks) {
  const Labels& labels = context.labels;
  const v1::Rule& rule = *entry.rule;
  const Names& names =
      context.index.NamesOf(*entry.set->rule_set, context.language);
  Blocks applies = {Heading(std::string(labels.applies_when), "applies")};
  Append(rule.applies().text().empty()
             ? Blocks{Paragraph({Text(std::string(labels.applies_always))})}
             : ConditionInWords(rule.applies().text(), names, context.language),
         applies);
  Blocks asks = {Heading(std::string(labels.asks_that), "requires")};
  Append(ConditionInWords(rule.requirement().text(), names, context.language),
         asks);
  Block pair = Section("conditions", {});
  pair.items = {{Section("words", std::move(applies))},
                {Section("words", std::move(asks))}};
  blocks.push_back(std::move(pair));
}

void AddTexts(const PageContext& context, const RuleEntry& entry,
              Blocks& blocks) {
  const Labels& labels = context.labels;
  const v1::Rule& rule = *entry.rule;
  const Names& names =
      context.index.NamesOf(*entry.set->rule_set, context.language);
  blocks.push_back(Heading(std::string(labels.texts), "texts"));
  Block texts;
  texts.style = "texts";
  for (const auto& [label, text] :
       {std::pair(labels.message, &rule.message()),
        std::pair(labels.remedy, &rule.remedy()),
        std::pair(labels.consequence, &rule.consequence())}) {
    AddFact(label,
            TemplateWords(engine::PickText(*text, context.language), names),
            texts);
  }
  blocks.push_back(std::move(texts));
  if (rule.args().empty()) return;
  blocks.push_back(Heading(std::string(labels.text_values), "args", 3));
  Block args;
  args.kind = Block::Kind::kFacts;
  args.style = "texts";
  for (const v1::Rule::Argument& argument : rule.args()) {
    args.terms.push_back(
        {{{Inline::Kind::kVariable, argument.name(), {}, {}}},
         ValueInWords(argument.expression().text(), names, context.language)});
  }
  blocks.push_back(std::move(args));
}

void AddAsWritten(const PageContext& context, const v1::Rule& rule,
                  Blocks& blocks) {
  const Labels& labels = context.labels;
  blocks.push_back(Heading(std::string(labels.as_written), "cel"));
  if (!rule.applies().text().empty()) {
    blocks.push_back(Paragraph({Text(std::string(labels.applies_cel))}));
    blocks.push_back(CodeBlock(rule.applies().text()));
  }
  blocks.push_back(Paragraph({Text(std::string(labels.requires_cel))}));
  blocks.push_back(CodeBlock(rule.requirement().text()));
}

void AddFigures(const PageContext& context, const RuleEntry& entry,
                Blocks& blocks) {
  const SiteIndex::ParametersUsed used = context.index.ParametersOf(entry);
  if (!used.direct.empty() || !used.through_facts.empty()) {
    blocks.push_back(
        Heading(std::string(context.labels.parameters), "parameters"));
  }
  const auto link = [&](const ParameterEntry* parameter) {
    return Paragraph(
        {Link(engine::PickText(parameter->parameter->title(), context.language),
              ParameterPath(*parameter->parameter)),
         Text(" "), Code(parameter->parameter->id())});
  };
  for (const ParameterEntry* parameter : used.direct) {
    blocks.push_back(link(parameter));
    blocks.push_back(ParameterTable(context, *parameter->parameter));
  }
  if (!used.through_facts.empty()) {
    std::vector<Blocks> items;
    for (const ParameterEntry* parameter : used.through_facts)
      items.push_back({link(parameter)});
    blocks.push_back(Heading(std::string(context.labels.through_facts), "", 3));
    blocks.push_back(List(std::move(items), "plain"));
  }
  std::vector<FactEntry> facts;
  for (const FactEntry* fact : context.index.FactsOf(entry))
    facts.push_back(*fact);
  if (facts.empty()) return;
  blocks.push_back(Heading(std::string(context.labels.facts_used), "facts"));
  blocks.push_back(FactList(context, facts));
}

void AddSources(const PageContext& context, const v1::Rule& rule,
                Blocks& blocks) {
  if (!rule.notes().empty()) {
    blocks.push_back(Heading(std::string(context.labels.notes), "notes"));
    blocks.push_back(Paragraph({Text(rule.notes())}));
  }
  if (rule.sources().empty()) return;
  blocks.push_back(Heading(std::string(context.labels.sources), "sources"));
  std::vector<Blocks> items;
  for (const v1::Source& source : rule.sources()) {
    Inlines item = {Link(source.title().empty() ? source.url() : source.title(),
                         source.url())};
    if (source.has_read_date()) {
      item.push_back(Text(
          absl::StrCat(", ", Filled(context.labels.read_on,
                                    DateWords(context, source.read_date())))));
    }
    items.push_back({Paragraph(std::move(item))});
  }
  blocks.push_back(List(std::move(items), "plain"));
}

Inlines ChangeOf(const Labels& labels, const ExampleSource& example) {
  Inlines change;
  const auto divide = [&] {
    if (!change.empty()) change.push_back(Text("; "));
  };
  for (const auto& [path, value] : example.set) {
    divide();
    change.push_back(Code(absl::StrCat(path.text(), ": ", AsWritten(value))));
  }
  for (const NodeRef& path : example.unset) {
    divide();
    Append(Say(labels.left_out, {Code(std::string(path.text()))}), change);
  }
  if (change.empty()) change.push_back(Text(std::string(labels.no_change)));
  return change;
}

Inlines OutcomeOf(const Labels& labels, const ExampleSource& example) {
  Inlines outcome = {OutcomeBadge(labels, example.outcome)};
  if (example.subject.has_value() && !example.subject->empty()) {
    outcome.push_back(Text(" "));
    Append(Say(labels.for_subject, {Code(*example.subject)}), outcome);
  }
  if (example.missing.has_value() && !example.missing->empty()) {
    Inlines paths;
    for (const std::string& path : *example.missing) {
      if (!paths.empty()) paths.push_back(Text(", "));
      paths.push_back(Code(path));
    }
    outcome.push_back(Text(" "));
    Append(Say(labels.missing, paths), outcome);
  }
  return outcome;
}

void AddExamples(const PageContext& context, const RuleEntry& entry,
                 Blocks& blocks) {
  if (entry.set->source == nullptr) return;
  const auto found = entry.set->source->rules.find(entry.rule->id());
  if (found == entry.set->source->rules.end() ||
      found->second.examples.empty()) {
    return;
  }
  const Labels& labels = context.labels;
  std::vector<std::vector<Inlines>> rows;
  for (const ExampleSource& example : found->second.examples) {
    std::string date = "–";
    if (example.as_of.has_value()) {
      v1::Date day;
      day.set_year(static_cast<std::int32_t>(example.as_of->year()));
      day.set_month(example.as_of->month());
      day.set_day(example.as_of->day());
      date = DateWords(context, day);
    }
    rows.push_back(
        {{Text(example.name)},
         OutcomeOf(labels, example),
         ChangeOf(labels, example),
         {Link(example.base, PlanPath(*entry.set->rule_set, example.base))},
         {Text(date)}});
  }
  blocks.push_back(Heading(std::string(labels.examples), "examples"));
  Block table = Table({{Text(std::string(labels.example))},
                       {Text(std::string(labels.outcome))},
                       {Text(std::string(labels.change))},
                       {Text(std::string(labels.base_plan))},
                       {Text(std::string(labels.as_of))}},
                      std::move(rows));
  table.style = "examples";
  blocks.push_back(std::move(table));
}

// Rules that cite one of the same provisions.
void AddRelated(const PageContext& context, const RuleEntry& entry,
                Blocks& blocks) {
  std::vector<RuleEntry> related;
  for (const RuleEntry& other : context.index.rules()) {
    if (other.rule == entry.rule) continue;
    const bool shares = std::any_of(
        other.rule->legal_basis().begin(), other.rule->legal_basis().end(),
        [&](const v1::LegalBasis& theirs) {
          return std::any_of(
              entry.rule->legal_basis().begin(),
              entry.rule->legal_basis().end(), [&](const v1::LegalBasis& ours) {
                return ours.instrument() == theirs.instrument() &&
                       ours.provision() == theirs.provision();
              });
        });
    if (shares) related.push_back(other);
  }
  if (related.empty()) return;
  blocks.push_back(Heading(std::string(context.labels.related), "related"));
  blocks.push_back(RuleTable(context, related));
}

}  // namespace

Page RulePage(const PageContext& context, const RuleEntry& entry) {
  const v1::Rule& rule = *entry.rule;
  Page page;
  page.path = RulePath(rule);
  page.language = context.language;
  page.section = "law";
  page.title = engine::PickText(rule.title(), context.language);
  page.kicker = {SeverityBadge(context, rule.severity()), Text(" "),
                 Code(rule.id())};
  page.blocks.push_back(InShort(context, entry));
  AddConditions(context, entry, page.blocks);
  AddTexts(context, entry, page.blocks);
  AddFigures(context, entry, page.blocks);
  AddAsWritten(context, rule, page.blocks);
  AddSources(context, rule, page.blocks);
  AddExamples(context, entry, page.blocks);
  AddRelated(context, entry, page.blocks);
  return page;
}

}  // namespace klausul::ruleset::docs
