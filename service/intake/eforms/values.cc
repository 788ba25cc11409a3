#include "service/intake/eforms/values.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

#include "service/base/civil_day.h"

namespace klausul::intake::eforms {
namespace {

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(c);
  });
}

// `Z`, `+02:00`, `-11:30`; empty gives nullopt, as does anything else, but
// then `good` is false.
absl::optional<std::int32_t> ReadOffset(absl::string_view text, bool& good) {
  good = true;
  if (text.empty()) return absl::nullopt;
  if (text == "Z") return 0;
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  good = text.size() == 6 && (text[0] == '+' || text[0] == '-') &&
         text[3] == ':' && AllDigits(text.substr(1, 2)) &&
         AllDigits(text.substr(4, 2)) &&
         absl::SimpleAtoi(text.substr(1, 2), &hours) &&
         absl::SimpleAtoi(text.substr(4, 2), &minutes) && minutes < 60 &&
         hours * 60 + minutes <= 14 * 60;
  if (!good) return absl::nullopt;
  const std::int32_t offset = hours * 60 + minutes;
  return text[0] == '-' ? -offset : offset;
}

// Whole and fractional digits of a decimal; false where it is none.
bool SplitDecimal(absl::string_view text, bool& negative,
                  absl::string_view& whole, absl::string_view& fraction) {
  negative = absl::ConsumePrefix(&text, "-");
  if (!negative) absl::ConsumePrefix(&text, "+");
  const std::size_t point = text.find('.');
  whole = text.substr(0, point);
  fraction = point == absl::string_view::npos ? absl::string_view()
                                              : text.substr(point + 1);
  if (whole.empty() && fraction.empty()) return false;
  return (whole.empty() || AllDigits(whole)) &&
         (fraction.empty() || AllDigits(fraction));
}

}  // namespace

absl::optional<v1::Date> ReadDate(absl::string_view text) {
  const absl::optional<absl::CivilDay> day = ParseCivilDay(text.substr(0, 10));
  if (!day.has_value()) return absl::nullopt;
  bool good = false;
  ReadOffset(text.substr(10), good);
  if (!good) return absl::nullopt;
  v1::Date date;
  date.set_year(static_cast<std::int32_t>(day->year()));
  date.set_month(day->month());
  date.set_day(day->day());
  return date;
}

absl::optional<v1::TimeOfDay> ReadTime(absl::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return absl::nullopt;
  std::int32_t part[3] = {};
  for (int i = 0; i < 3; ++i) {
    const absl::string_view digits = text.substr(3 * i, 2);
    if (!AllDigits(digits) || !absl::SimpleAtoi(digits, &part[i])) {
      return absl::nullopt;
    }
  }
  absl::string_view rest = text.substr(8);
  if (absl::ConsumePrefix(&rest, ".")) {
    const std::size_t end =
        std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (end == 0) return absl::nullopt;
    rest.remove_prefix(end);
  }
  const bool end_of_day = part[0] == 24 && part[1] == 0 && part[2] == 0;
  bool good = false;
  const absl::optional<std::int32_t> offset = ReadOffset(rest, good);
  if (!good || (part[0] > 23 && !end_of_day) || part[1] > 59 || part[2] > 59) {
    return absl::nullopt;
  }
  v1::TimeOfDay time;
  time.set_hours(part[0]);
  time.set_minutes(part[1]);
  time.set_seconds(part[2]);
  if (offset.has_value()) time.set_utc_offset_minutes(*offset);
  return time;
}

absl::optional<v1::Money> ReadMoney(absl::string_view amount,
                                    absl::string_view currency) {
  bool negative = false;
  absl::string_view whole;
  absl::string_view fraction;
  if (!SplitDecimal(amount, negative, whole, fraction)) return absl::nullopt;
  if (currency.size() != 3 ||
      !std::all_of(currency.begin(), currency.end(),
                   [](char c) { return absl::ascii_isupper(c); })) {
    return absl::nullopt;
  }
  std::int64_t units = 0;
  if (!whole.empty() && !absl::SimpleAtoi(whole, &units)) return absl::nullopt;
  std::int32_t nanos = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    nanos = nanos * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  v1::Money money;
  money.set_currency_code(std::string(currency));
  money.set_units(negative ? -units : units);
  money.set_nanos(negative ? -nanos : nanos);
  return money;
}

absl::optional<v1::Span> ReadDuration(absl::string_view number,
                                      absl::string_view unit) {
  const absl::optional<double> count = ReadNumber(number);
  if (!count.has_value() || *count < 0) return absl::nullopt;
  const std::string code = absl::AsciiStrToUpper(unit);
  int factor = 0;
  bool months = false;
  if (code == "DAY") {
    factor = 1;
  } else if (code == "WEEK") {
    factor = 7;
  } else if (code == "MONTH") {
    factor = 1;
    months = true;
  } else if (code == "YEAR") {
    factor = 12;
    months = true;
  } else {
    return absl::nullopt;
  }
  const double total = *count * factor;
  if (total != std::floor(total) ||
      total > std::numeric_limits<std::int32_t>::max()) {
    return absl::nullopt;
  }
  v1::Span span;
  if (months) {
    span.set_months(static_cast<std::int32_t>(total));
  } else {
    span.set_days(static_cast<std::int32_t>(total));
  }
  return span;
}

absl::optional<bool> ReadIndicator(absl::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return absl::nullopt;
}

absl::optional<double> ReadNumber(absl::string_view text) {
  bool negative = false;
  absl::string_view whole;
  absl::string_view fraction;
  double value = 0;
  if (!SplitDecimal(text, negative, whole, fraction) ||
      !absl::SimpleAtod(text, &value) || !std::isfinite(value)) {
    return absl::nullopt;
  }
  return value;
}

absl::optional<std::int32_t> ReadCount(absl::string_view text) {
  const absl::optional<double> number = ReadNumber(text);
  if (!number.has_value() || *number < 0 || *number != std::floor(*number) ||
      *number > std::numeric_limits<std::int32_t>::max()) {
    return absl::nullopt;
  }
  return static_cast<std::int32_t>(*number);
}

absl::optional<std::string> ReadCpv(absl::string_view code) {
  const absl::string_view digits = code.substr(0, 8);
  if (digits.size() != 8 || !AllDigits(digits)) return absl::nullopt;
  const absl::string_view rest = code.substr(8);
  if (!rest.empty() &&
      (rest.size() != 2 || rest[0] != '-' || !AllDigits(rest.substr(1)))) {
    return absl::nullopt;
  }
  return std::string(digits);
}

}  // namespace klausul::intake::eforms
