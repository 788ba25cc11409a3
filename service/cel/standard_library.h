#ifndef KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_
#define KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_

#include "absl/status/status.h"
#include "service/cel/environment.h"

namespace klausul::cel {

// Declares the functions and operators of the language definition, each with
// what it does: arithmetic, order, equality, `in`, indexing, size, text,
// conversions, time. Not `&&`, `||` and `?:`, which the checker and the
// evaluator know themselves.
absl::Status AddStandardLibrary(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_STANDARD_LIBRARY_H_
