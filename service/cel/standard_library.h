#ifndef KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_
#define KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/cel/environment.h"
#include "service/cel/value.h"

namespace klausul::cel {

// Declares the functions and operators of the language definition, each with
// what it does: arithmetic, order, equality, `in`, indexing, size, text,
// conversions, time. Not `&&`, `||` and `?:`, which the checker and the
// evaluator know themselves.
absl::Status AddStandardLibrary(EnvironmentBuilder& builder);

// What operators do beyond their declared overloads, for values whose types
// only evaluation shows: numbers of two kinds have an order, a list takes a
// whole number of any kind as an index. nullopt for anything else.
absl::optional<Value> DynamicOperator(absl::string_view name,
                                      absl::Span<const Value> args,
                                      EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_
