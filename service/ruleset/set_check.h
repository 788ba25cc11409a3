#ifndef KLAUSUL_SERVICE_RULESET_SET_CHECK_H_
#define KLAUSUL_SERVICE_RULESET_SET_CHECK_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/example_runner.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"

namespace klausul::ruleset {

// What there is to say about a set that somebody sent.
struct SetCheck {
  // It compiles, and every example came out as its author says. Warnings do
  // not count.
  bool ok = false;
  // By file and place; warnings are lint.
  std::vector<Diagnostic> diagnostics;
  // Empty where the set does not compile.
  ExampleReport examples;
  std::string digest;
};

// Loads, lints and runs the examples of one set, as `RuleService.CheckRuleSet`
// answers; paths are relative to the set's folder. Sets that it extends come
// from `in_service`; nothing is installed. INVALID_ARGUMENT for no files, for
// more than one set and for paths that leave the folder; RESOURCE_EXHAUSTED
// past the limits; CANCELLED where `is_cancelled` says so between two examples.
absl::StatusOr<SetCheck> CheckRuleSet(
    std::vector<RuleFile> files, const RuleSetRepository& in_service,
    const PlanReader& reader, absl::Time now, const RuleFileLimits& limits = {},
    std::function<bool()> is_cancelled = nullptr);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_SET_CHECK_H_
