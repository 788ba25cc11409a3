#ifndef KLAUSUL_SERVICE_RULESET_LINT_PERIOD_LINT_H_
#define KLAUSUL_SERVICE_RULESET_LINT_PERIOD_LINT_H_

#include "service/base/diagnostic.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset {

// What does not go together in time. Two values or versions on one day are
// errors of loading; this tells the days that are left out:
//
// - between two values of a parameter, or two versions of a fact: a figure that
//   law did not fix for a time is so rare that it has to be said. `notes` that
//   name the first or last day of the gap, or the day after it (`2020-01-01`),
//   say it: those of a value, of the parameter, or of the fact;
// - days on which a rule in force asks for a parameter before its first value
//   or after its last, or for a fact outside its versions: it would stay
//   undetermined without anybody having decided so. Asked are the rule's
//   expressions and, on the days of each, the versions of the facts behind
//   them. What begins too late is told at the figure, once, unless its `notes`
//   name its first day or the day before; what ends too early is told at each
//   rule. A parameter with no value at all has said so in its notes;
// - two rules of a set that say one thing on one day: `applies`, `requires` and
//   `for_each` are the same.
//
// Codes: duplicate-condition, fact-gap, parameter-gap, period-gap.
void LintPeriods(const RuleSetRepository& repository, DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_PERIOD_LINT_H_
