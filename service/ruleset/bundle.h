#ifndef KLAUSUL_SERVICE_RULESET_BUNDLE_H_
#define KLAUSUL_SERVICE_RULESET_BUNDLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

// The form in which rule sets are built into the binary: pieces of bytes, each
// after its length as a varint. Written at build time by klausul_bundle.

namespace klausul::ruleset {

// A piece a set: a serialised `v1::RuleSet`, the examples without their plans.
std::string SerializeRuleSets(const std::vector<SharedRuleSet>& rule_sets);
absl::StatusOr<std::vector<SharedRuleSet>> ParseRuleSets(
    absl::string_view bytes);

// Two pieces a file: path and content. For `klausul rules lint` and `test`.
std::string SerializeRuleFiles(const std::vector<RuleFile>& files);
absl::StatusOr<std::vector<RuleFile>> ParseRuleFiles(absl::string_view bytes);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_BUNDLE_H_
