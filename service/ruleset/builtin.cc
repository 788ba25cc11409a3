#include "service/ruleset/builtin.h"

#include <cstddef>

#include "absl/strings/string_view.h"

#include "service/ruleset/bundle.h"

// Made by klausul_bundle; see CMakeLists.txt.
extern "C" {
extern const char klausul_builtin_rule_sets_begin[];
extern const char klausul_builtin_rule_sets_end[];
extern const char klausul_builtin_rule_files_begin[];
extern const char klausul_builtin_rule_files_end[];
}

namespace klausul::ruleset {
namespace {

absl::string_view Between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

absl::StatusOr<std::vector<SharedRuleSet>> BuiltinRuleSets() {
  return ParseRuleSets(
      Between(klausul_builtin_rule_sets_begin, klausul_builtin_rule_sets_end));
}

absl::StatusOr<std::vector<RuleFile>> BuiltinRuleFiles() {
  return ParseRuleFiles(Between(klausul_builtin_rule_files_begin,
                                klausul_builtin_rule_files_end));
}

}  // namespace klausul::ruleset
