#ifndef KLAUSUL_SERVICE_ENGINE_EXPRESSION_COMPILER_H_
#define KLAUSUL_SERVICE_ENGINE_EXPRESSION_COMPILER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/type.h"
#include "service/engine/calendar.h"
#include "service/engine/program_parts.h"

// From the text of one expression to one that is ready to run. Internal to
// this folder.

namespace klausul::engine {

// What surrounds an expression.
struct ExpressionScope {
  const PlanEnvironment* environment = nullptr;
  const ProgramParts* program = nullptr;
  // Names of facts that there are, but only for each lot.
  const absl::flat_hash_set<std::string>* lot_facts = nullptr;
  const CalendarTable* calendars = nullptr;
};

// A mistake in the expression: a span in its text.
struct ExpressionDiagnostic {
  Diagnostic::Level level = Diagnostic::Level::kError;
  std::string code;
  std::string message;
  std::string help;
  Span span;
};

struct ExpressionRequest {
  absl::string_view text;
  absl::optional<cel::Type> expected_type;
  // Of a condition that decides whether a rule applies: a bool that may be not
  // stated must be asked for with `claimed` or `has`.
  bool is_applies = false;
};

// Parses, checks and looks for what only this folder knows to be wrong:
// unknown parameters, constants that can never work, amounts in two
// currencies. Appends every mistake; the result has no evaluator where one is
// an error.
CompiledExpression CompileExpression(
    const ExpressionRequest& request, const ExpressionScope& scope,
    std::vector<ExpressionDiagnostic>& diagnostics);

// The currency of a parameter, where all its values are in one; else empty.
std::string CurrencyOf(const v1::Parameter& parameter);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_EXPRESSION_COMPILER_H_
