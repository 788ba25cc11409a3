#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_OPTIONALS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_OPTIONALS_H_

#include "service/cel/environment.h"

namespace klausul::cel {

// Optional values: `optional.of`, `none`, `ofNonZeroValue`, `unwrap`; the
// methods `hasValue value or orValue optMap optFlatMap unwrapOpt`, `first` and
// `last` of a list; the syntax `e.?f`, `e[?i]`, `[?e]`, `{?k: v}`, `M{?f: v}`.
//
// `a.or(b)` and `a.orValue(b)` do not evaluate `b` where `a` has a value. A
// selection or index from an optional is one from what it holds, and none where
// that lacks it.
void AddOptionals(EnvironmentBuilder& builder);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_OPTIONALS_H_
