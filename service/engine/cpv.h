#ifndef KLAUSUL_SERVICE_ENGINE_CPV_H_
#define KLAUSUL_SERVICE_ENGINE_CPV_H_

#include "absl/strings/string_view.h"

// The common procurement vocabulary, Regulation (EC) 2195/2002: eight digits,
// a hierarchy by prefix with zeros behind, and a check digit after a hyphen.

namespace klausul::engine {

// The eight digits of `80100000-5` or `80100000`; empty where it is no code.
absl::string_view CpvDigits(absl::string_view code);

// The part of a group's code that all codes below it begin with: its digits
// without trailing zeros, but never fewer than the two of a division, so that
// 80 (education) is not 8. Groups may be written short: `80`, `801`. Empty
// where it is no group.
absl::string_view CpvPrefix(absl::string_view group);

// Whether the code is the group's or below it. Something that is no code is in
// no group.
bool InCpv(absl::string_view code, absl::string_view group);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_CPV_H_
