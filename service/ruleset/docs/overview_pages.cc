#include "service/ruleset/docs/overview_pages.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "service/engine/text_value.h"

namespace klausul::ruleset::docs {
namespace {

constexpr v1::Rule::Severity kSeverities[] = {
    v1::Rule::ERROR, v1::Rule::WARNING, v1::Rule::ADVICE};

absl::string_view SeverityAnchor(v1::Rule::Severity severity) {
  return severity == v1::Rule::ERROR     ? "error"
         : severity == v1::Rule::WARNING ? "warning"
                                         : "advice";
}

Page NewPage(const PageContext& context, std::string path,
             absl::string_view title) {
  Page page;
  page.section = path;
  page.path = std::move(path);
  page.language = context.language;
  page.title = std::string(title);
  return page;
}

// Rules of one kind, by the name of the kind.
using Groups = std::map<std::string, std::vector<RuleEntry>>;

std::string SubjectKey(const RuleEntry& entry) {
  return absl::StrCat(entry.set->rule_set->id(), ".", SubjectOf(*entry.rule));
}

Groups BySubject(const SiteIndex& index) {
  Groups groups;
  for (const RuleEntry& entry : index.rules())
    groups[SubjectKey(entry)].push_back(entry);
  return groups;
}

Groups ByInstrument(const SiteIndex& index) {
  Groups groups;
  for (const RuleEntry& entry : index.rules()) {
    std::set<std::string> names;
    for (const v1::LegalBasis& basis : entry.rule->legal_basis())
      names.insert(basis.instrument());
    for (const std::string& name : names)
      groups[name].push_back(entry);
  }
  return groups;
}

// `§ 7-10 (2)` after `§ 7-9 (10)`: numbers by their size.
std::vector<std::pair<std::string, long>> SortKey(const std::string& text) {
  std::vector<std::pair<std::string, long>> key;
  for (std::size_t at = 0; at < text.size();) {
    std::string word;
    while (at < text.size() && !absl::ascii_isdigit(text[at]))
      word += text[at++];
    std::string digits;
    while (at < text.size() && absl::ascii_isdigit(text[at]))
      digits += text[at++];
    long number = 0;
    if (!absl::SimpleAtoi(digits, &number)) number = 0;
    key.emplace_back(std::move(word), number);
  }
  return key;
}

// In the order of the sets' lists of instruments, then what no list has.
std::vector<std::string> InstrumentsInOrder(const SiteIndex& index,
                                            const Groups& groups) {
  std::vector<std::string> names;
  for (const auto* entry : index.sets()) {
    for (const v1::Instrument& instrument : entry->rule_set->instruments()) {
      if (groups.count(instrument.short_name()) > 0 &&
          std::find(names.begin(), names.end(), instrument.short_name()) ==
              names.end()) {
        names.push_back(instrument.short_name());
      }
    }
  }
  for (const auto& [name, rules] : groups) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

std::string Count(std::size_t count) {
  return count == 0 ? "–" : absl::StrCat(count);
}

// The number of rules of each severity, and in all.
std::vector<Inlines> Counts(const std::vector<RuleEntry>& rules) {
  std::vector<Inlines> cells;
  for (const v1::Rule::Severity severity : kSeverities) {
    cells.push_back({Text(Count(static_cast<std::size_t>(
        std::count_if(rules.begin(), rules.end(), [&](const RuleEntry& entry) {
          return entry.rule->severity() == severity;
        }))))});
  }
  cells.push_back({Strong(Count(rules.size()))});
  return cells;
}

Block CountTable(const PageContext& context, absl::string_view first,
                 std::vector<std::vector<Inlines>> rows) {
  const Labels& labels = context.labels;
  Block table = Table({{Text(std::string(first))},
                       {Link(std::string(labels.error), "severity#error")},
                       {Link(std::string(labels.warning), "severity#warning")},
                       {Link(std::string(labels.advice), "severity#advice")},
                       {Text(std::string(labels.total))}},
                      std::move(rows));
  table.style = "counts";
  return table;
}

std::vector<Inlines> CountRow(Inlines first,
                              const std::vector<RuleEntry>& rules) {
  std::vector<Inlines> row = {std::move(first)};
  for (Inlines& cell : Counts(rules))
    row.push_back(std::move(cell));
  return row;
}

const v1::Instrument* FindInstrument(const SiteIndex& index,
                                     const std::string& name) {
  for (const auto* entry : index.sets()) {
    const v1::Instrument* found = index.FindInstrument(*entry->rule_set, name);
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Navigation(
    const Labels& labels) {
  return {{std::string(labels.overview), "index"},
          {std::string(labels.by_law), "law"},
          {std::string(labels.by_subject), "subjects"},
          {std::string(labels.by_severity), "severity"},
          {std::string(labels.facts), "facts"},
          {std::string(labels.parameters), "parameters"},
          {std::string(labels.fields), "fields"}};
}

Page OverviewPage(const PageContext& context) {
  const Labels& labels = context.labels;
  const SiteIndex& index = context.index;
  Page page = NewPage(context, "index", labels.overview);
  page.blocks.push_back(Paragraph({Text(std::string(labels.lead))}));

  std::size_t examples = 0;
  std::vector<std::vector<Inlines>> rows;
  for (const auto* entry : index.sets()) {
    const v1::RuleSet& set = *entry->rule_set;
    std::vector<RuleEntry> rules;
    for (const RuleEntry& rule : index.rules()) {
      if (rule.set == entry) rules.push_back(rule);
    }
    if (entry->source != nullptr) {
      for (const auto& [id, source] : entry->source->rules)
        examples += source.examples.size();
    }
    rows.push_back(
        CountRow({Link(engine::PickText(set.title(), context.language),
                       absl::StrCat("sets#", AnchorOf(set.id()))),
                  Text(" "), Code(set.id())},
                 rules));
  }
  rows.push_back(CountRow({Strong(std::string(labels.total))}, index.rules()));

  Block figures;
  figures.style = "figures";
  AddFact(labels.rules, {Link(absl::StrCat(index.rules().size()), "law")},
          figures);
  AddFact(labels.examples, {Text(Count(examples))}, figures);
  AddFact(labels.facts, {Link(absl::StrCat(index.facts().size()), "facts")},
          figures);
  AddFact(labels.parameters,
          {Link(absl::StrCat(index.parameters().size()), "parameters")},
          figures);
  AddFact(labels.fields, {Link(absl::StrCat(index.fields().size()), "fields")},
          figures);
  page.blocks.push_back(std::move(figures));

  page.blocks.push_back(Heading(std::string(labels.rule_sets), "sets"));
  page.blocks.push_back(CountTable(context, labels.rule_set, std::move(rows)));

  const Groups by_instrument = ByInstrument(index);
  rows.clear();
  for (const std::string& name : InstrumentsInOrder(index, by_instrument)) {
    const v1::Instrument* instrument = FindInstrument(index, name);
    Inlines first = {Link(name, absl::StrCat("law#", AnchorOf(name)))};
    if (instrument != nullptr) {
      first.push_back(Text(absl::StrCat(
          " ", engine::PickText(instrument->name(), context.language))));
    }
    rows.push_back(CountRow(std::move(first), by_instrument.at(name)));
  }
  page.blocks.push_back(Heading(std::string(labels.by_law), "law"));
  page.blocks.push_back(
      CountTable(context, labels.instrument, std::move(rows)));

  rows.clear();
  for (const auto& [name, rules] : BySubject(index)) {
    rows.push_back(CountRow({Link(SubjectOf(*rules[0].rule),
                                  absl::StrCat("subjects#", AnchorOf(name))),
                             Text(" "), Code(rules[0].set->rule_set->id())},
                            rules));
  }
  page.blocks.push_back(Heading(std::string(labels.by_subject), "subjects"));
  page.blocks.push_back(CountTable(context, labels.subject, std::move(rows)));
  return page;
}

Page LawPage(const PageContext& context) {
  Page page = NewPage(context, "law", context.labels.by_law);
  const Groups groups = ByInstrument(context.index);
  for (const std::string& name : InstrumentsInOrder(context.index, groups)) {
    const v1::Instrument* instrument = FindInstrument(context.index, name);
    page.blocks.push_back(Heading(name, AnchorOf(name)));
    if (instrument != nullptr) {
      page.blocks.push_back(Paragraph(
          {Link(engine::PickText(instrument->name(), context.language),
                instrument->url())}));
    }
    // Each provision, in the order of the act.
    std::map<std::vector<std::pair<std::string, long>>,
             std::pair<Inline, std::vector<RuleEntry>>>
        provisions;
    for (const RuleEntry& entry : groups.at(name)) {
      for (const v1::LegalBasis& basis : entry.rule->legal_basis()) {
        if (basis.instrument() != name) continue;
        auto& provision = provisions[SortKey(basis.provision())];
        provision.first =
            ProvisionLink(context, *entry.set->rule_set, basis, false);
        provision.second.push_back(entry);
      }
    }
    std::vector<std::vector<Inlines>> rows;
    for (auto& [key, provision] : provisions) {
      bool first = true;
      for (const RuleEntry& entry : provision.second) {
        const v1::Rule& rule = *entry.rule;
        rows.push_back({first ? Inlines{provision.first} : Inlines{},
                        {SeverityBadge(context, rule.severity())},
                        {Link(engine::PickText(rule.title(), context.language),
                              RulePath(rule)),
                         Text(" "), Code(rule.id())},
                        {Text(PeriodWords(context, rule.in_force()))}});
        first = false;
      }
    }
    Block table = Table({{Text(std::string(context.labels.provision))},
                         {Text(std::string(context.labels.severity))},
                         {Text(std::string(context.labels.rule))},
                         {Text(std::string(context.labels.in_force))}},
                        std::move(rows));
    table.style = "law";
    page.blocks.push_back(std::move(table));
  }
  return page;
}

Page SubjectsPage(const PageContext& context) {
  Page page = NewPage(context, "subjects", context.labels.by_subject);
  for (const auto& [name, rules] : BySubject(context.index)) {
    page.blocks.push_back(Heading(SubjectOf(*rules[0].rule), AnchorOf(name)));
    page.blocks.push_back(Paragraph({Link(
        engine::PickText(rules[0].set->rule_set->title(), context.language),
        absl::StrCat("sets#", AnchorOf(rules[0].set->rule_set->id())))}));
    page.blocks.push_back(RuleTable(context, rules));
  }
  return page;
}

Page SeverityPage(const PageContext& context) {
  const Labels& labels = context.labels;
  Page page = NewPage(context, "severity", labels.by_severity);
  for (const v1::Rule::Severity severity : kSeverities) {
    std::vector<RuleEntry> rules;
    for (const RuleEntry& entry : context.index.rules()) {
      if (entry.rule->severity() == severity) rules.push_back(entry);
    }
    page.blocks.push_back(Heading(
        absl::StrCat(SeverityWord(labels, severity), " (", rules.size(), ")"),
        std::string(SeverityAnchor(severity))));
    page.blocks.push_back(Paragraph({Text(
        std::string(severity == v1::Rule::ERROR     ? labels.error_means
                    : severity == v1::Rule::WARNING ? labels.warning_means
                                                    : labels.advice_means))}));
    page.blocks.push_back(RuleTable(context, rules));
  }
  return page;
}

Page SetsPage(const PageContext& context) {
  const Labels& labels = context.labels;
  Page page = NewPage(context, "sets", labels.rule_sets);
  page.section = "index";
  for (const auto* entry : context.index.sets()) {
    const v1::RuleSet& set = *entry->rule_set;
    page.blocks.push_back(Heading(
        engine::PickText(set.title(), context.language), AnchorOf(set.id())));
    Block facts;
    facts.style = "short";
    AddFact("id", {Code(set.id())}, facts);
    AddFact(labels.version,
            {Text(absl::StrCat(set.version(), " ")), Code(set.digest())},
            facts);
    Inlines bases;
    for (const std::string& base : set.extends()) {
      if (!bases.empty()) bases.push_back(Text(", "));
      bases.push_back(Link(base, absl::StrCat("sets#", AnchorOf(base))));
    }
    AddFact(labels.builds_on, std::move(bases), facts);
    AddFact(labels.rules, {Text(absl::StrCat(set.rules_size()))}, facts);
    page.blocks.push_back(std::move(facts));
    std::vector<Blocks> instruments;
    for (const v1::Instrument& instrument : set.instruments()) {
      instruments.push_back({Paragraph(
          {Strong(instrument.short_name()), Text(" "),
           Link(engine::PickText(instrument.name(), context.language),
                instrument.url())})});
    }
    if (!instruments.empty()) {
      page.blocks.push_back(Heading(std::string(labels.instruments), "", 3));
      page.blocks.push_back(List(std::move(instruments), "plain"));
    }
    if (entry->source != nullptr && !entry->source->plans.empty()) {
      std::vector<Inlines> plans;
      for (const auto& [stem, plan] : entry->source->plans)
        plans.push_back({Link(stem, PlanPath(set, stem))});
      page.blocks.push_back(Heading(std::string(labels.base_plans), "", 3));
      page.blocks.push_back(Paragraph(
          Enumerate(std::move(plans),
                    std::string(SentencesOf(context.language).and_word))));
    }
  }
  return page;
}

Page FactsPage(const PageContext& context) {
  const Labels& labels = context.labels;
  Page page = NewPage(context, "facts", labels.facts);
  page.blocks.push_back(Paragraph({Text(std::string(labels.facts_lead))}));
  std::vector<std::vector<Inlines>> rows;
  for (const FactEntry& entry : context.index.facts()) {
    const v1::Fact& fact = *entry.fact;
    rows.push_back(
        {{Link(engine::PickText(fact.title(), context.language),
               FactPath(*entry.set->rule_set, fact))},
         {Code(fact.name())},
         {Code(fact.enum_name().empty() ? fact.type() : fact.enum_name())},
         {Code(entry.set->rule_set->id())}});
  }
  Block table = Table({{Text(std::string(labels.facts))},
                       {Text(std::string(labels.name))},
                       {Text(std::string(labels.type))},
                       {Text(std::string(labels.rule_set))}},
                      std::move(rows));
  table.style = "facts";
  page.blocks.push_back(std::move(table));
  return page;
}

Page ParametersPage(const PageContext& context) {
  const Labels& labels = context.labels;
  Page page = NewPage(context, "parameters", labels.parameters);
  page.blocks.push_back(Paragraph({Text(std::string(labels.parameters_lead))}));
  std::vector<std::vector<Inlines>> rows;
  for (const ParameterEntry& entry : context.index.parameters()) {
    const v1::Parameter& parameter = *entry.parameter;
    Inlines value;
    Inlines period;
    if (!parameter.values().empty()) {
      const v1::Parameter::Value& last = *parameter.values().rbegin();
      value.push_back(Strong(ParameterValueWords(context, parameter, last)));
      period.push_back(Text(PeriodWords(context, last.period())));
    }
    rows.push_back({{Link(engine::PickText(parameter.title(), context.language),
                          ParameterPath(parameter))},
                    {Code(parameter.id())},
                    std::move(value),
                    std::move(period)});
  }
  Block table = Table({{Text(std::string(labels.parameters))},
                       {Text(std::string(labels.name))},
                       {Text(std::string(labels.current_value))},
                       {Text(std::string(labels.period))}},
                      std::move(rows));
  table.style = "parameters";
  page.blocks.push_back(std::move(table));
  return page;
}

Page SearchPage(const PageContext& context) {
  Page page = NewPage(context, std::string(kSearchPath), context.labels.search);
  Block search;
  search.kind = Block::Kind::kSearch;
  page.blocks.push_back(std::move(search));
  return page;
}

}  // namespace klausul::ruleset::docs
