#ifndef KLAUSUL_SERVICE_RULESET_LINT_CONDITION_LINT_H_
#define KLAUSUL_SERVICE_RULESET_LINT_CONDITION_LINT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/cel/checker.h"
#include "service/ruleset/lint/assumptions.h"
#include "service/ruleset/repository.h"

// Conditions that no plan can change: what is always true, what is never true,
// and what says again what stands beside it.
//
// Found by reasoning about the checked expressions, without plans: equal parts,
// `x && !x`, an enum compared with two values at once, an interval that is
// empty, constants. Facts and parameters are names here; what follows only from
// what they stand for is not found. Everything found is true.

namespace klausul::ruleset {

// A part of a condition that is not as its author can have meant it.
struct ConditionFault {
  enum class Kind { kAlwaysTrue, kNeverTrue, kSaidTwice };

  Kind kind = Kind::kAlwaysTrue;
  const cel::Expr* expr = nullptr;
};

// The faults of one expression, given what holds wherever it is asked. A whole
// expression that is the literal `true` or `false` is meant so.
std::vector<ConditionFault> FindConditionFaults(const cel::CheckedExpr& checked,
                                                const Assumptions& context);

// Warns of the faults of every rule and fact of a set that was loaded from
// files. `requires` is looked at where `applies` holds.
//
// Codes: always-true, never-true, said-twice.
void LintConditions(const RuleSetRepository::Entry& entry,
                    DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_CONDITION_LINT_H_
