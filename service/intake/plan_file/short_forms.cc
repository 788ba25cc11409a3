#include "service/intake/plan_file/short_forms.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

#include "service/base/civil_day.h"
#include "service/base/status_macros.h"

namespace klausul::intake {
namespace {

constexpr int kNanoDigits = 9;
constexpr int kMaxOffsetMinutes = 840;
// A thousand years, which no contract lasts.
constexpr std::int64_t kMaxMonths = 12'000;
constexpr std::int64_t kMaxDays = 366'000;

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

absl::Status Expected(absl::string_view what, absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", what, ", got `", text, "`"));
}

bool IsCurrency(absl::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

// `1 300 000` -> `1300000`; empty where the groups are no thousands.
std::string JoinThousands(absl::string_view text) {
  const std::vector<absl::string_view> groups = absl::StrSplit(text, ' ');
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool sized = i == 0 ? (groups.size() == 1 || groups[i].size() <= 3)
                              : groups[i].size() == 3;
    if (!AllDigits(groups[i]) || !sized) return "";
    absl::StrAppend(&digits, groups[i]);
  }
  return digits;
}

absl::optional<int> TwoDigits(absl::string_view text) {
  int value = 0;
  if (text.size() != 2 || !AllDigits(text) || !absl::SimpleAtoi(text, &value)) {
    return {};
  }
  return value;
}

}  // namespace

absl::Status ParseAmount(absl::string_view text, v1::Money& money) {
  // No-break spaces, as word processors set thousands apart.
  const std::string spaced =
      absl::StrReplaceAll(text, {{"\xC2\xA0", " "}, {"\xE2\x80\xAF", " "}});
  absl::string_view rest = spaced;
  const bool negative = absl::ConsumePrefix(&rest, "-");
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(rest, absl::MaxSplits('.', 1));
  const bool has_point = absl::StrContains(rest, '.');
  std::string units = JoinThousands(parts.first);
  absl::string_view decimals = parts.second;
  if (units.empty() || (has_point && !AllDigits(decimals)) ||
      decimals.size() > kNanoDigits) {
    return Expected("a number such as `1300000` or `1 300 000.50`", text);
  }
  units.erase(0, std::min(units.find_first_not_of('0'), units.size() - 1));
  if (units.size() > kMaxAmountDigits) {
    return absl::InvalidArgumentError(
        absl::StrCat("an amount has at most ", kMaxAmountDigits,
                     " digits before the point, got `", text, "`"));
  }
  std::int64_t whole = 0;
  std::int32_t nanos = 0;
  std::string padded(decimals);
  padded.resize(kNanoDigits, '0');
  // Cannot fail: digits alone, and few enough of them.
  (void)absl::SimpleAtoi(units, &whole);
  (void)absl::SimpleAtoi(padded, &nanos);
  money.set_units(negative ? -whole : whole);
  money.set_nanos(negative ? -nanos : nanos);
  return absl::OkStatus();
}

absl::StatusOr<v1::Money> ParseMoney(absl::string_view text) {
  constexpr absl::string_view kForm =
      "an amount with its currency such as `NOK 1300000`";
  const std::size_t space = text.find(' ');
  const absl::string_view currency = text.substr(0, space);
  if (space == absl::string_view::npos || !IsCurrency(currency)) {
    return Expected(kForm, text);
  }
  v1::Money money;
  money.set_currency_code(std::string(currency));
  RETURN_IF_ERROR(ParseAmount(text.substr(space + 1), money));
  return money;
}

std::string FormatAmount(const v1::Money& money) {
  std::string amount;
  if (money.units() < 0 || money.nanos() < 0) amount = "-";
  // As unsigned, because the least int64 has no opposite.
  const auto units = static_cast<std::uint64_t>(money.units());
  absl::StrAppend(&amount,
                  money.units() < 0 ? std::uint64_t{0} - units : units);
  if (money.nanos() != 0) {
    std::string decimals = absl::StrFormat(
        ".%09d", std::abs(static_cast<std::int64_t>(money.nanos())));
    decimals.erase(decimals.find_last_not_of('0') + 1);
    amount += decimals;
  }
  return amount;
}

std::string FormatMoney(const v1::Money& money) {
  return absl::StrCat(money.currency_code(), " ", FormatAmount(money));
}

absl::StatusOr<v1::Date> ParseDate(absl::string_view text) {
  const bool shaped = text.size() == 10 && AllDigits(text.substr(0, 4)) &&
                      text[4] == '-' && AllDigits(text.substr(5, 2)) &&
                      text[7] == '-' && AllDigits(text.substr(8, 2));
  if (!shaped) return Expected("a date such as `2026-07-01`", text);
  v1::Date date;
  std::int32_t number = 0;
  (void)absl::SimpleAtoi(text.substr(0, 4), &number);
  date.set_year(number);
  (void)absl::SimpleAtoi(text.substr(5, 2), &number);
  date.set_month(number);
  (void)absl::SimpleAtoi(text.substr(8, 2), &number);
  date.set_day(number);
  if (IsDay(date)) return date;
  if (date.year() < kMinYear || date.year() > kMaxYear) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the year of `", text, "` is not within ", kMinYear, " to ", kMaxYear));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("there is no day `", text, "`"));
}

std::string FormatDate(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

bool IsDay(const v1::Date& date) {
  return date.year() >= kMinYear && date.year() <= kMaxYear &&
         ParseCivilDay(FormatDate(date)).has_value();
}

std::string TimeOfDayFault(const v1::TimeOfDay& time) {
  const bool end_of_day =
      time.hours() == 24 && time.minutes() == 0 && time.seconds() == 0;
  const bool in_range = time.hours() >= 0 && time.hours() <= 23 &&
                        time.minutes() >= 0 && time.minutes() <= 59 &&
                        time.seconds() >= 0 && time.seconds() <= 59;
  if (!in_range && !end_of_day) {
    return absl::StrFormat("there is no clock time %02d:%02d:%02d",
                           time.hours(), time.minutes(), time.seconds());
  }
  if (time.has_utc_offset_minutes() &&
      std::abs(time.utc_offset_minutes()) > kMaxOffsetMinutes) {
    return "no place is more than 14 hours away from UTC";
  }
  return "";
}

absl::StatusOr<v1::TimeOfDay> ParseTimeOfDay(absl::string_view text) {
  const absl::Status bad =
      Expected("a clock time such as `12:00` or `12:00+01:00`", text);
  v1::TimeOfDay time;
  absl::string_view rest = text;
  std::vector<int> parts;
  while (true) {
    const absl::optional<int> part = TwoDigits(rest.substr(0, 2));
    if (!part.has_value()) return bad;
    parts.push_back(*part);
    rest.remove_prefix(2);
    if (parts.size() == 3 || !absl::ConsumePrefix(&rest, ":")) break;
  }
  if (parts.size() < 2) return bad;
  time.set_hours(parts[0]);
  time.set_minutes(parts[1]);
  if (parts.size() == 3) time.set_seconds(parts[2]);
  if (rest == "Z") {
    time.set_utc_offset_minutes(0);
  } else if (!rest.empty()) {
    const absl::optional<int> hours = TwoDigits(rest.substr(1, 2));
    const absl::optional<int> minutes =
        rest.size() == 6 ? TwoDigits(rest.substr(4, 2)) : absl::nullopt;
    if ((rest[0] != '+' && rest[0] != '-') || !hours.has_value() ||
        !minutes.has_value() || rest[3] != ':' || *minutes > 59) {
      return bad;
    }
    const int offset = *hours * 60 + *minutes;
    time.set_utc_offset_minutes(rest[0] == '-' ? -offset : offset);
  }
  const std::string fault = TimeOfDayFault(time);
  if (!fault.empty()) return absl::InvalidArgumentError(fault);
  return time;
}

std::string FormatTimeOfDay(const v1::TimeOfDay& time) {
  std::string text = absl::StrFormat("%02d:%02d", time.hours(), time.minutes());
  if (time.seconds() != 0)
    absl::StrAppendFormat(&text, ":%02d", time.seconds());
  if (time.has_utc_offset_minutes()) {
    const int offset = time.utc_offset_minutes();
    absl::StrAppendFormat(&text, "%c%02d:%02d", offset < 0 ? '-' : '+',
                          std::abs(offset) / 60, std::abs(offset) % 60);
  }
  return text;
}

absl::StatusOr<v1::Span> ParseSpan(absl::string_view text) {
  v1::Span span;
  if (text == "indefinite") {
    span.set_indefinite(true);
    return span;
  }
  const absl::Status bad =
      Expected("a length such as `24 months`, `30 days` or `indefinite`", text);
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (words.empty() || words.size() % 2 != 0) return bad;
  std::int64_t months = 0;
  std::int64_t days = 0;
  bool has_months = false;
  bool has_days = false;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    std::int64_t count = 0;
    if (!AllDigits(words[i]) || words[i].size() > 6 ||
        !absl::SimpleAtoi(words[i], &count)) {
      return bad;
    }
    const absl::string_view unit = absl::StripSuffix(words[i + 1], "s");
    if (unit == "year" || unit == "month") {
      months += unit == "year" ? 12 * count : count;
      has_months = true;
    } else if (unit == "week" || unit == "day") {
      days += unit == "week" ? 7 * count : count;
      has_days = true;
    } else {
      return bad;
    }
  }
  if (months > kMaxMonths || days > kMaxDays) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text,
                     "` is longer than a thousand years; write "
                     "`indefinite` for no end"));
  }
  if (has_months) span.set_months(static_cast<std::int32_t>(months));
  if (has_days) span.set_days(static_cast<std::int32_t>(days));
  return span;
}

absl::optional<std::string> FormatSpan(const v1::Span& span) {
  const auto unit = [](std::int32_t count, absl::string_view name) {
    return absl::StrCat(count, " ", name, count == 1 ? "" : "s");
  };
  if (span.has_indefinite()) {
    if (!span.indefinite() || span.has_months() || span.has_days()) return {};
    return "indefinite";
  }
  if (span.months() < 0 || span.months() > kMaxMonths || span.days() < 0 ||
      span.days() > kMaxDays) {
    return {};
  }
  if (span.has_months() && span.has_days()) {
    return absl::StrCat(unit(span.months(), "month"), " ",
                        unit(span.days(), "day"));
  }
  if (span.has_months()) return unit(span.months(), "month");
  if (span.has_days()) return unit(span.days(), "day");
  return {};
}

absl::optional<double> ParseNumber(absl::string_view text) {
  // Digits on both sides of the point, so that `1.`, `.5`, `nan` and hex
  // numbers, which the conversion would take, are none.
  absl::string_view rest = text;
  absl::ConsumePrefix(&rest, "-");
  const auto take_digits = [&rest] {
    std::size_t count = 0;
    while (count < rest.size() && IsDigit(rest[count]))
      ++count;
    rest.remove_prefix(count);
    return count > 0;
  };
  if (!take_digits()) return {};
  if (absl::ConsumePrefix(&rest, ".") && !take_digits()) return {};
  if (absl::ConsumePrefix(&rest, "e") || absl::ConsumePrefix(&rest, "E")) {
    if (!absl::ConsumePrefix(&rest, "-")) absl::ConsumePrefix(&rest, "+");
    if (!take_digits()) return {};
  }
  double number = 0;
  if (!rest.empty() || !absl::SimpleAtod(text, &number) ||
      !std::isfinite(number)) {
    return {};
  }
  return number;
}

absl::optional<std::int64_t> ParseInteger(absl::string_view text) {
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  std::int64_t number = 0;
  if (!AllDigits(digits) || !absl::SimpleAtoi(text, &number)) return {};
  return number;
}

std::string FormatNumber(double number) {
  std::string text;
  for (int precision = 15; precision <= 17; ++precision) {
    text = absl::StrFormat("%.*g", precision, number);
    double back = 0;
    if (absl::SimpleAtod(text, &back) && back == number) break;
  }
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace klausul::intake
