#ifndef KLAUSUL_SERVICE_CEL_OVERLOAD_MATCH_H_
#define KLAUSUL_SERVICE_CEL_OVERLOAD_MATCH_H_

#include "absl/types/span.h"

#include "service/cel/environment.h"
#include "service/cel/value.h"

namespace klausul::cel {

// Whether a value may stand for a parameter of this type at run time, where
// lists and maps have no element types. Errors and unknowns fit anything.
bool Accepts(const Type& type, const Value& value);

// The same for all parameters, which have to be as many as there are values.
bool Accepts(const Overload& overload, absl::Span<const Value> args);

// True where a parameter takes values of any type.
bool IsGeneric(const Overload& overload);

// The overload that these values are handed to: the first that accepts them,
// but a host's `==` for its own message goes before the one for anything. Null
// where none does.
const Overload* ChooseOverload(absl::Span<const Overload* const> overloads,
                               bool receiver_style,
                               absl::Span<const Value> args);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_OVERLOAD_MATCH_H_
