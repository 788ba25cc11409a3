#include "service/ruleset/docs/site_index.h"

#include <algorithm>
#include <functional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "service/engine/text_value.h"
#include "service/ruleset/rule_files.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;
using Entry = RuleSetRepository::Entry;

constexpr Language kLanguages[] = {Language::kBokmal, Language::kNynorsk,
                                   Language::kEnglish};

// Set, and all that it extends.
void CollectScope(const RuleSetRepository& repository, const Entry& entry,
                  std::vector<const Entry*>& scope) {
  if (std::find(scope.begin(), scope.end(), &entry) != scope.end()) return;
  scope.push_back(&entry);
  for (const std::string& base : entry.rule_set->extends()) {
    const Entry* extended = repository.Find(base);
    if (extended != nullptr) CollectScope(repository, *extended, scope);
  }
}

void CollectFieldsIn(const Inlines& text, std::set<std::string>& fields) {
  for (const Inline& part : text) {
    if (part.kind == Inline::Kind::kField && !part.target.empty()) {
      fields.insert(part.hint);
    }
  }
}

void CollectFieldsIn(const Blocks& blocks, std::set<std::string>& fields) {
  for (const Block& block : blocks) {
    CollectFieldsIn(block.text, fields);
    for (const Blocks& item : block.items)
      CollectFieldsIn(item, fields);
  }
}

template <typename Record>
void SortById(std::vector<Record>& records,
              const std::function<std::string(const Record&)>& id) {
  std::sort(records.begin(), records.end(),
            [&](const Record& a, const Record& b) { return id(a) < id(b); });
}

std::vector<absl::string_view> ExpressionsOf(const v1::Rule& rule) {
  std::vector<absl::string_view> all = {rule.applies().text(),
                                        rule.requirement().text()};
  for (const v1::Rule::Argument& argument : rule.args())
    all.push_back(argument.expression().text());
  return all;
}

}  // namespace

SiteIndex::SiteIndex(const RuleSetRepository& repository,
                     std::vector<const Entry*> sets)
    : repository_(repository), sets_(std::move(sets)) {
  for (const Entry* entry : sets_) {
    const v1::RuleSet& set = *entry->rule_set;
    CollectScope(repository_, *entry, scopes_[set.id()]);
    for (const v1::Rule& rule : set.rules())
      rules_.push_back({entry, &rule});
    for (const v1::Fact& fact : set.facts())
      facts_.push_back({entry, &fact});
    for (const v1::Parameter& parameter : set.parameters())
      parameters_.push_back({entry, &parameter});
  }
  SortById<RuleEntry>(rules_, [](const auto& e) { return e.rule->id(); });
  SortById<FactEntry>(facts_, [](const auto& e) {
    return FactPath(*e.set->rule_set, *e.fact);
  });
  SortById<ParameterEntry>(parameters_,
                           [](const auto& e) { return e.parameter->id(); });
  for (const auto& [id, scope] : scopes_) {
    for (const Language language : kLanguages) {
      Names& names = names_[{id, language}];
      for (const Entry* entry : scope) {
        for (const v1::Fact& fact : entry->rule_set->facts()) {
          const std::string title = engine::PickText(fact.title(), language);
          names.facts.emplace(fact.name(),
                              NamedThing{title.empty() ? fact.name() : title,
                                         FactPath(*entry->rule_set, fact),
                                         fact.type() == "Date"});
        }
        for (const v1::Parameter& parameter : entry->rule_set->parameters()) {
          const std::string title =
              engine::PickText(parameter.title(), language);
          names.parameters.emplace(
              parameter.id(), NamedThing{title.empty() ? parameter.id() : title,
                                         ParameterPath(parameter), false});
        }
      }
    }
  }
  for (const FactEntry& fact : facts_)
    used_by_facts_[fact.fact] = UsedBy(fact);
  for (const RuleEntry& rule : rules_)
    used_by_rules_[rule.rule] = UsedBy(rule);
  CollectFields();
}

const Names& SiteIndex::NamesOf(const v1::RuleSet& set,
                                Language language) const {
  return names_.at({set.id(), language});
}

const FactEntry* SiteIndex::FindFact(const v1::RuleSet& set,
                                     absl::string_view name) const {
  for (const Entry* entry : scopes_.at(set.id())) {
    for (const FactEntry& fact : facts_) {
      if (fact.set == entry && fact.fact->name() == name) return &fact;
    }
  }
  return nullptr;
}

const ParameterEntry* SiteIndex::FindParameter(absl::string_view id) const {
  for (const ParameterEntry& parameter : parameters_) {
    if (parameter.parameter->id() == id) return &parameter;
  }
  return nullptr;
}

const v1::Instrument* SiteIndex::FindInstrument(
    const v1::RuleSet& set, absl::string_view short_name) const {
  for (const Entry* entry : scopes_.at(set.id())) {
    for (const v1::Instrument& instrument : entry->rule_set->instruments()) {
      if (instrument.short_name() == short_name) return &instrument;
    }
  }
  return nullptr;
}

SiteIndex::Used SiteIndex::UsedBy(const v1::RuleSet& set,
                                  absl::string_view expression) const {
  Used used;
  const Words words = WordsOf(expression);
  for (const std::string& name : words.identifiers) {
    const FactEntry* fact = FindFact(set, name);
    if (fact != nullptr) used.facts.insert(fact->fact);
  }
  used.parameters = words.parameters;
  return used;
}

SiteIndex::Used SiteIndex::UsedBy(const FactEntry& fact) const {
  Used used;
  for (const v1::Fact::Version& version : fact.fact->versions()) {
    Used more = UsedBy(*fact.set->rule_set, version.expression().text());
    used.facts.merge(more.facts);
    used.parameters.merge(more.parameters);
  }
  return used;
}

SiteIndex::Used SiteIndex::UsedBy(const RuleEntry& rule) const {
  Used used;
  for (const absl::string_view expression : ExpressionsOf(*rule.rule)) {
    Used more = UsedBy(*rule.set->rule_set, expression);
    used.facts.merge(more.facts);
    used.parameters.merge(more.parameters);
  }
  // Arguments hide facts of their name, which is then what they show.
  for (const std::string& name : PlaceholdersOf(*rule.rule)) {
    const FactEntry* fact = FindFact(*rule.set->rule_set, name);
    if (fact != nullptr) used.facts.insert(fact->fact);
    if (FindParameter(name) != nullptr) used.parameters.insert(name);
  }
  return used;
}

void SiteIndex::CollectFields() {
  const auto fields_in = [&](const v1::RuleSet& set,
                             absl::string_view expression, bool condition) {
    const Names& names = NamesOf(set, Language::kEnglish);
    std::set<std::string> fields;
    CollectFieldsIn(
        condition ? ConditionInWords(expression, names, Language::kEnglish)
                  : ValueInWords(expression, names, Language::kEnglish),
        fields);
    return fields;
  };
  for (const RuleEntry& entry : rules_) {
    const v1::RuleSet& set = *entry.set->rule_set;
    const v1::Rule& rule = *entry.rule;
    std::set<std::string> all = fields_in(set, rule.applies().text(), true);
    all.merge(fields_in(set, rule.requirement().text(), true));
    for (const v1::Rule::Argument& argument : rule.args())
      all.merge(fields_in(set, argument.expression().text(), false));
    for (const std::string& field : all)
      fields_[field].rules.insert(rule.id());
  }
  for (const FactEntry& entry : facts_) {
    for (const v1::Fact::Version& version : entry.fact->versions()) {
      for (const std::string& field :
           fields_in(*entry.set->rule_set, version.expression().text(),
                     entry.fact->type() == "bool")) {
        fields_[field].facts.insert(
            FactPath(*entry.set->rule_set, *entry.fact));
      }
    }
  }
}

std::vector<const FactEntry*> SiteIndex::FactsOf(const RuleEntry& rule) const {
  const Used& used = used_by_rules_.at(rule.rule);
  std::vector<const FactEntry*> facts;
  for (const FactEntry& fact : facts_) {
    if (used.facts.count(fact.fact) > 0) facts.push_back(&fact);
  }
  return facts;
}

SiteIndex::ParametersUsed SiteIndex::ParametersOf(const RuleEntry& rule) const {
  const Used& direct = used_by_rules_.at(rule.rule);
  std::set<std::string> through_facts;
  std::set<const v1::Fact*> seen;
  std::vector<const v1::Fact*> waiting(direct.facts.begin(),
                                       direct.facts.end());
  while (!waiting.empty()) {
    const v1::Fact* fact = waiting.back();
    waiting.pop_back();
    if (!seen.insert(fact).second) continue;
    const Used& used = used_by_facts_.at(fact);
    through_facts.insert(used.parameters.begin(), used.parameters.end());
    waiting.insert(waiting.end(), used.facts.begin(), used.facts.end());
  }
  ParametersUsed parameters;
  for (const ParameterEntry& parameter : parameters_) {
    if (direct.parameters.count(parameter.parameter->id()) > 0) {
      parameters.direct.push_back(&parameter);
    } else if (through_facts.count(parameter.parameter->id()) > 0) {
      parameters.through_facts.push_back(&parameter);
    }
  }
  return parameters;
}

std::vector<RuleEntry> SiteIndex::RulesThatUse(const FactEntry& fact) const {
  std::vector<RuleEntry> rules;
  for (const RuleEntry& rule : rules_) {
    if (used_by_rules_.at(rule.rule).facts.count(fact.fact) > 0) {
      rules.push_back(rule);
    }
  }
  return rules;
}

std::vector<RuleEntry> SiteIndex::RulesThatUse(
    const ParameterEntry& parameter) const {
  std::vector<RuleEntry> rules;
  for (const RuleEntry& rule : rules_) {
    if (used_by_rules_.at(rule.rule).parameters.count(
            parameter.parameter->id()) > 0) {
      rules.push_back(rule);
    }
  }
  return rules;
}

std::vector<FactEntry> SiteIndex::FactsThatUse(const FactEntry& fact) const {
  std::vector<FactEntry> facts;
  for (const FactEntry& other : facts_) {
    if (used_by_facts_.at(other.fact).facts.count(fact.fact) > 0) {
      facts.push_back(other);
    }
  }
  return facts;
}

std::vector<FactEntry> SiteIndex::FactsThatUse(
    const ParameterEntry& parameter) const {
  std::vector<FactEntry> facts;
  for (const FactEntry& other : facts_) {
    if (used_by_facts_.at(other.fact)
            .parameters.count(parameter.parameter->id()) > 0) {
      facts.push_back(other);
    }
  }
  return facts;
}

std::string RulePath(const v1::Rule& rule) {
  return absl::StrCat("rules/", rule.id());
}

std::string FactPath(const v1::RuleSet& set, const v1::Fact& fact) {
  return absl::StrCat("facts/", set.id(), ".", fact.name());
}

std::string ParameterPath(const v1::Parameter& parameter) {
  return absl::StrCat("parameters/", parameter.id());
}

std::string PlanPath(const v1::RuleSet& set, absl::string_view stem) {
  return absl::StrCat("plans/", set.id(), ".", stem);
}

std::string SubjectOf(const v1::Rule& rule) {
  return std::string(StemOf(rule.file()));
}

std::string AnchorOf(absl::string_view name) {
  std::string anchor;
  for (const char c : name) {
    // Bytes of other letters stay: they are letters of an id too.
    const auto byte = static_cast<unsigned char>(c);
    anchor += absl::ascii_isalnum(byte) || byte >= 0x80 || c == '.' ||
                      c == '_' || c == '-'
                  ? c
                  : '-';
  }
  return anchor;
}

}  // namespace klausul::ruleset::docs
