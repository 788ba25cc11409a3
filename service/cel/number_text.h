#ifndef KLAUSUL_SERVICE_CEL_NUMBER_TEXT_H_
#define KLAUSUL_SERVICE_CEL_NUMBER_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

// Numbers to text and back, as conversions between types read and write them.

namespace klausul::cel {

// The shortest text that reads back as the same double: `0.1`, `1e+20`, `2`.
// `NaN`, `Infinity`, `-Infinity`.
std::string FormatDouble(double value);

// The whole text, a decimal number with or without exponent, or one of the
// three names that FormatDouble() writes (also `Inf`, `+Inf`, `-Inf`). Too
// large is infinite, too small is zero.
absl::optional<double> ParseDouble(absl::string_view text);

// Decimal digits with an optional minus; the whole text, within range.
absl::optional<std::int64_t> ParseInt(absl::string_view text);

// Decimal digits; the whole text, within range.
absl::optional<std::uint64_t> ParseUint(absl::string_view text);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_NUMBER_TEXT_H_
