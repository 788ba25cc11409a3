#ifndef KLAUSUL_SERVICE_RULESET_SET_DIFF_H_
#define KLAUSUL_SERVICE_RULESET_SET_DIFF_H_

#include <string>
#include <vector>

#include "service/ruleset/repository.h"

namespace klausul::ruleset {

// A part of a rule, fact, parameter or set that two versions say otherwise, in
// the words of rule files: `requires`, `message.nb`, `values 2018-04-06`.
struct FieldChange {
  std::string field;
  // Empty where that version does not have it.
  std::string before;
  std::string after;
};

struct SetChange {
  enum class Kind { kAdded, kRemoved, kChanged };
  enum class Subject { kRuleSet, kRule, kFact, kParameter };

  Kind kind = Kind::kChanged;
  Subject subject = Subject::kRuleSet;
  std::string rule_set_id;
  // Id or name; of a set its id.
  std::string name;
  // Of kChanged, in the order of rule files.
  std::vector<FieldChange> fields;
};

// What `after` says otherwise than `before`: by set, then sets, rules, facts
// and parameters, then id. Layout and comments of expressions, examples and
// where things stand in files do not count; neither do digests, which follow
// from the rest.
std::vector<SetChange> DiffRuleSets(const RuleSetRepository& before,
                                    const RuleSetRepository& after);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_SET_DIFF_H_
