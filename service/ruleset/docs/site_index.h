#ifndef KLAUSUL_SERVICE_RULESET_DOCS_SITE_INDEX_H_
#define KLAUSUL_SERVICE_RULESET_DOCS_SITE_INDEX_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/engine/reason.h"
#include "service/ruleset/docs/condition_words.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset::docs {

// A rule, fact or parameter and the set that it stands in.
struct RuleEntry {
  const RuleSetRepository::Entry* set = nullptr;
  const v1::Rule* rule = nullptr;
};

struct FactEntry {
  const RuleSetRepository::Entry* set = nullptr;
  const v1::Fact* fact = nullptr;
};

struct ParameterEntry {
  const RuleSetRepository::Entry* set = nullptr;
  const v1::Parameter* parameter = nullptr;
};

// Who stands where and who uses what, over all sets of the site: what the pages
// of every language are made from. Borrows the repository.
class SiteIndex {
 public:
  // The sets in their order: what is extended first.
  SiteIndex(const RuleSetRepository& repository,
            std::vector<const RuleSetRepository::Entry*> sets);

  const std::vector<const RuleSetRepository::Entry*>& sets() const {
    return sets_;
  }

  // By id; facts by set, then name.
  const std::vector<RuleEntry>& rules() const { return rules_; }

  const std::vector<FactEntry>& facts() const { return facts_; }

  const std::vector<ParameterEntry>& parameters() const { return parameters_; }

  // The facts and parameters that the expressions of a set see.
  const Names& NamesOf(const v1::RuleSet& set, engine::Language language) const;

  // The fact that a set's expressions mean by a name, or null.
  const FactEntry* FindFact(const v1::RuleSet& set,
                            absl::string_view name) const;

  // Null where there is none.
  const ParameterEntry* FindParameter(absl::string_view id) const;

  // The instrument that a rule of the set cites, or null.
  const v1::Instrument* FindInstrument(const v1::RuleSet& set,
                                       absl::string_view short_name) const;

  // What expressions and texts of a rule name, in order of name.
  std::vector<const FactEntry*> FactsOf(const RuleEntry& rule) const;

  struct ParametersUsed {
    std::vector<const ParameterEntry*> direct;
    // By the facts that it builds on, and theirs, and not directly.
    std::vector<const ParameterEntry*> through_facts;
  };

  ParametersUsed ParametersOf(const RuleEntry& rule) const;

  // The rules and facts that name a fact or a parameter themselves.
  std::vector<RuleEntry> RulesThatUse(const FactEntry& fact) const;
  std::vector<RuleEntry> RulesThatUse(const ParameterEntry& parameter) const;
  std::vector<FactEntry> FactsThatUse(const FactEntry& fact) const;
  std::vector<FactEntry> FactsThatUse(const ParameterEntry& parameter) const;

  // Fields of the plan that expressions name, such as
  // `contract.estimated_value`, each with the rules and facts that do.
  struct FieldUse {
    std::set<std::string> rules;
    // Pages of facts.
    std::set<std::string> facts;
  };

  const std::map<std::string, FieldUse>& fields() const { return fields_; }

 private:
  struct Used {
    std::set<const v1::Fact*> facts;
    std::set<std::string> parameters;
  };

  Used UsedBy(const v1::RuleSet& set, absl::string_view expression) const;
  Used UsedBy(const FactEntry& fact) const;
  Used UsedBy(const RuleEntry& rule) const;
  void CollectFields();

  const RuleSetRepository& repository_;
  std::vector<const RuleSetRepository::Entry*> sets_;
  std::vector<RuleEntry> rules_;
  std::vector<FactEntry> facts_;
  std::vector<ParameterEntry> parameters_;
  // Of a set's id: it and what it extends.
  std::map<std::string, std::vector<const RuleSetRepository::Entry*>> scopes_;
  std::map<std::pair<std::string, engine::Language>, Names> names_;
  std::map<const v1::Rule*, Used> used_by_rules_;
  std::map<const v1::Fact*, Used> used_by_facts_;
  std::map<std::string, FieldUse> fields_;
};

// Paths of pages.
std::string RulePath(const v1::Rule& rule);
std::string FactPath(const v1::RuleSet& set, const v1::Fact& fact);
std::string ParameterPath(const v1::Parameter& parameter);
std::string PlanPath(const v1::RuleSet& set, absl::string_view stem);
// `foa-climate` of a rule in `foa-climate.yaml`.
std::string SubjectOf(const v1::Rule& rule);
// An id of the page for any name: `KS-DFØ` for `KS/DFØ`.
std::string AnchorOf(absl::string_view name);

}  // namespace klausul::ruleset::docs

#endif  // KLAUSUL_SERVICE_RULESET_DOCS_SITE_INDEX_H_
