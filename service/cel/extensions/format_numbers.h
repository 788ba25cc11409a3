#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_NUMBERS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_NUMBERS_H_

#include <cstdint>
#include <string>

// Numbers as the clauses of `format` write them. Nothing depends on the locale.
// A NaN is `NaN`, infinities are `Infinity` and `-Infinity`.

namespace klausul::cel {

// The shortest digits that read back as the same double, never with an
// exponent: `2.5`, `3`, `100000000000000000000`.
std::string FormatPlain(double value);

// With exactly `precision` digits behind the point, from 0 to
// FormatPiece::kMaxPrecision; a value halfway between two goes to the even one.
std::string FormatFixed(double value, int precision);
std::string FormatFixed(std::int64_t value, int precision);
std::string FormatFixed(std::uint64_t value, int precision);

// The same with one digit before the point and an exponent: `1.500000e+03`.
std::string FormatScientific(double value, int precision);
std::string FormatScientific(std::int64_t value, int precision);
std::string FormatScientific(std::uint64_t value, int precision);

// In a base of 2, 8 or 16, in lower case; a negative number with `-` in front.
std::string FormatInBase(std::int64_t value, int base);
std::string FormatInBase(std::uint64_t value, int base);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_FORMAT_NUMBERS_H_
