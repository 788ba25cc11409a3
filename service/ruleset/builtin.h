#ifndef KLAUSUL_SERVICE_RULESET_BUILTIN_H_
#define KLAUSUL_SERVICE_RULESET_BUILTIN_H_

#include <vector>

#include "absl/status/statusor.h"

#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

// The rule sets of this repository's `rules/`, read and checked at build time
// and carried inside the binary. Link klausul::builtin_rules.

namespace klausul::ruleset {

// The sets, ready for RuleSetRepository::FromRuleSets(): no YAML is read.
// Examples have no plans. DATA_LOSS where the bytes in the program are damaged.
absl::StatusOr<std::vector<SharedRuleSet>> BuiltinRuleSets();

// The files that they were read from, for lint and examples. Give them to
// RuleSetRepository::Load(). DATA_LOSS as above.
absl::StatusOr<std::vector<RuleFile>> BuiltinRuleFiles();

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_BUILTIN_H_
