#include "service/cel/number_text.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace klausul::cel {

std::string FormatDouble(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  char text[40];
  const std::to_chars_result end =
      std::to_chars(text, text + sizeof(text), value);
  return std::string(text, end.ptr);
}

absl::optional<double> ParseDouble(absl::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  absl::string_view digits = text;
  const bool negative = absl::ConsumePrefix(&digits, "-");
  if (!negative) absl::ConsumePrefix(&digits, "+");
  if (digits == "Infinity" || digits == "Inf") {
    return negative ? -kInfinity : kInfinity;
  }
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  // Abseil also takes spaces and hexadecimal, infinite and NaN spellings.
  if (digits.find_first_not_of("0123456789.eE+-") != absl::string_view::npos) {
    return absl::nullopt;
  }
  double value = 0;
  if (digits.empty() || !absl::SimpleAtod(text, &value)) return absl::nullopt;
  return value;
}

absl::optional<std::int64_t> ParseInt(absl::string_view text) {
  std::int64_t value = 0;
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    return absl::nullopt;
  }
  return value;
}

absl::optional<std::uint64_t> ParseUint(absl::string_view text) {
  std::uint64_t value = 0;
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    return absl::nullopt;
  }
  return value;
}

}  // namespace klausul::cel
