#ifndef KLAUSUL_SERVICE_CEL_TYPE_ERRORS_H_
#define KLAUSUL_SERVICE_CEL_TYPE_ERRORS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

// The errors of values that are of a type for which nothing is defined, in the
// words that every evaluator uses.

namespace klausul::cel {

// `where` is an operator as an author writes it: `&&`, with backticks.
Value NotABool(absl::string_view where, const Value& value,
               EvalContext& context);

// The condition of a fold.
Value ConditionNotABool(const Value& value, EvalContext& context);

// The range of a fold.
Value NotARange(const Value& value, EvalContext& context);

Value NoOverload(absl::string_view function, absl::Span<const Value> args,
                 EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_TYPE_ERRORS_H_
