#include "service/cel/extensions/format_numbers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/strings/str_cat.h"

#include "service/cel/extensions/format_clauses.h"
#include "service/cel/number_text.h"

namespace klausul::cel {
namespace {

// Every int and uint is one of these, so that none is rounded twice.
static_assert(std::numeric_limits<long double>::digits >= 64);

template <typename Float>
std::string ToChars(Float value, std::chars_format format, int precision) {
  // Sign, the digits before the point, the point, those behind, an exponent.
  std::array<char, 320 + FormatPiece::kMaxPrecision> text;
  const std::to_chars_result end = std::to_chars(
      text.data(), text.data() + text.size(), value, format, precision);
  return std::string(text.data(), end.ptr);
}

template <typename Integer>
std::string FixedInteger(Integer value, int precision) {
  std::string text = absl::StrCat(value);
  if (precision > 0) {
    absl::StrAppend(&text, ".",
                    std::string(static_cast<std::size_t>(precision), '0'));
  }
  return text;
}

template <typename Integer>
std::string IntegerInBase(Integer value, int base) {
  std::array<char, 66> text;
  const std::to_chars_result end =
      std::to_chars(text.data(), text.data() + text.size(), value, base);
  return std::string(text.data(), end.ptr);
}

}  // namespace

std::string FormatPlain(double value) {
  if (!std::isfinite(value)) return FormatDouble(value);
  // `d.ddde+xx`: the shortest digits, and where the point belongs.
  std::array<char, 40> text;
  const std::to_chars_result end =
      std::to_chars(text.data(), text.data() + text.size(), value,
                    std::chars_format::scientific);
  absl::string_view number(text.data(),
                           static_cast<std::size_t>(end.ptr - text.data()));
  std::string plain;
  if (number.front() == '-') {
    plain = "-";
    number.remove_prefix(1);
  }
  const std::size_t mark = number.find('e');
  int exponent = 0;
  const std::size_t sign = number[mark + 1] == '+' ? 2 : 1;
  std::from_chars(number.data() + mark + sign, number.data() + number.size(),
                  exponent);
  std::string digits;
  for (const char c : number.substr(0, mark)) {
    if (c != '.') digits += c;
  }
  if (exponent < 0) {
    return absl::StrCat(
        plain, "0.", std::string(static_cast<std::size_t>(-exponent - 1), '0'),
        digits);
  }
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) {
    return absl::StrCat(plain, digits, std::string(whole - digits.size(), '0'));
  }
  return absl::StrCat(plain, digits.substr(0, whole), ".",
                      digits.substr(whole));
}

std::string FormatFixed(double value, int precision) {
  if (!std::isfinite(value)) return FormatDouble(value);
  return ToChars(value, std::chars_format::fixed, precision);
}

std::string FormatFixed(std::int64_t value, int precision) {
  return FixedInteger(value, precision);
}

std::string FormatFixed(std::uint64_t value, int precision) {
  return FixedInteger(value, precision);
}

std::string FormatScientific(double value, int precision) {
  if (!std::isfinite(value)) return FormatDouble(value);
  return ToChars(value, std::chars_format::scientific, precision);
}

std::string FormatScientific(std::int64_t value, int precision) {
  return ToChars(static_cast<long double>(value), std::chars_format::scientific,
                 precision);
}

std::string FormatScientific(std::uint64_t value, int precision) {
  return ToChars(static_cast<long double>(value), std::chars_format::scientific,
                 precision);
}

std::string FormatInBase(std::int64_t value, int base) {
  return IntegerInBase(value, base);
}

std::string FormatInBase(std::uint64_t value, int base) {
  return IntegerInBase(value, base);
}

}  // namespace klausul::cel
