#include "service/cel/time_text.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace klausul::cel {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

// Reads exactly `count` digits from the front.
absl::optional<int> ConsumeDigits(absl::string_view& text, std::size_t count) {
  if (text.size() < count) return absl::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) {
      return absl::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

// `.123` as nanoseconds; 0 where there is no fraction.
absl::optional<std::int32_t> ConsumeFraction(absl::string_view& text) {
  if (!absl::ConsumePrefix(&text, ".")) return 0;
  std::int32_t nanos = 0;
  std::size_t digits = 0;
  while (digits < text.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[digits]))) {
    if (digits < 9) nanos = nanos * 10 + (text[digits] - '0');
    ++digits;
  }
  if (digits == 0) return absl::nullopt;
  for (std::size_t i = digits; i < 9; ++i)
    nanos *= 10;
  text.remove_prefix(digits);
  return nanos;
}

// `01:30`, in seconds.
absl::optional<int> ConsumeHoursMinutes(absl::string_view& text) {
  const absl::optional<int> hours = ConsumeDigits(text, 2);
  if (!hours.has_value() || *hours > 23) return absl::nullopt;
  if (!absl::ConsumePrefix(&text, ":")) return absl::nullopt;
  const absl::optional<int> minutes = ConsumeDigits(text, 2);
  if (!minutes.has_value() || *minutes > 59) return absl::nullopt;
  return *hours * 3600 + *minutes * 60;
}

// `Z` or `+01:00`, the whole of `text`, in seconds east of UTC.
absl::optional<int> ParseOffset(absl::string_view text) {
  if (text == "Z") return 0;
  const bool west = absl::ConsumePrefix(&text, "-");
  if (!west && !absl::ConsumePrefix(&text, "+")) return absl::nullopt;
  const absl::optional<int> seconds = ConsumeHoursMinutes(text);
  if (!seconds.has_value() || !text.empty()) return absl::nullopt;
  return west ? -*seconds : *seconds;
}

// `2026-07-01T12:00:00` from the front.
absl::optional<absl::CivilSecond> ConsumeCivilSecond(absl::string_view& text) {
  constexpr absl::string_view kSeparators = "--T::";
  constexpr std::size_t kDigits[] = {4, 2, 2, 2, 2, 2};
  int part[6] = {};
  for (std::size_t i = 0; i < 6; ++i) {
    const absl::optional<int> value = ConsumeDigits(text, kDigits[i]);
    if (!value.has_value()) return absl::nullopt;
    part[i] = *value;
    if (i < 5 && !absl::ConsumePrefix(&text, kSeparators.substr(i, 1))) {
      return absl::nullopt;
    }
  }
  const absl::CivilSecond civil(part[0], part[1], part[2], part[3], part[4],
                                part[5]);
  // CivilSecond carries 31 February over; a time that moved was none.
  if (civil.year() != part[0] || civil.month() != part[1] ||
      civil.day() != part[2] || civil.hour() != part[3] ||
      civil.minute() != part[4] || civil.second() != part[5]) {
    return absl::nullopt;
  }
  return civil;
}

// `.5` for 500 000 000; empty for 0.
std::string TrimmedFraction(std::int32_t nanos) {
  if (nanos == 0) return "";
  std::string text = absl::StrFormat(".%09d", nanos);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

// The same in groups of three digits.
std::string JsonFraction(std::int32_t nanos) {
  std::string text = TrimmedFraction(nanos);
  while (!text.empty() && text.size() % 3 != 1)
    text += '0';
  return text;
}

std::string CivilText(TimeValue time) {
  const absl::CivilSecond civil = CivilTime(time, absl::UTCTimeZone());
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d", civil.year(),
                         civil.month(), civil.day(), civil.hour(),
                         civil.minute(), civil.second());
}

std::string SecondsText(TimeValue duration) {
  const bool negative = duration.seconds < 0 || duration.nanos < 0;
  // Negated as unsigned, so that the smallest number is no overflow.
  const std::uint64_t seconds =
      duration.seconds < 0
          ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.seconds)
          : static_cast<std::uint64_t>(duration.seconds);
  return absl::StrCat(negative ? "-" : "", seconds);
}

// The unit at the front, in nanoseconds; 0 where there is none.
std::int64_t ConsumeUnit(absl::string_view& text) {
  struct Unit {
    absl::string_view name;
    std::int64_t nanos;
  };

  // Longer names before those they begin with.
  constexpr Unit kUnits[] = {
      {"ns", 1},
      {"us", 1'000},
      {"\xc2\xb5s", 1'000},  // U+00B5 micro sign
      {"\xce\xbcs", 1'000},  // U+03BC Greek mu
      {"ms", 1'000'000},
      {"s", kNanosPerSecond},
      {"m", 60 * kNanosPerSecond},
      {"h", 3600 * kNanosPerSecond},
  };
  for (const Unit& unit : kUnits) {
    if (absl::ConsumePrefix(&text, unit.name)) return unit.nanos;
  }
  return 0;
}

// One number with its unit, in nanoseconds.
absl::optional<absl::int128> ConsumeQuantity(absl::string_view& text) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  absl::int128 whole = 0;
  absl::int128 fraction = 0;
  absl::int128 scale = 1;
  std::size_t digits = 0;
  bool after_dot = false;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char c = text[0];
    if (c == '.' && !after_dot) {
      after_dot = true;
      continue;
    }
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) break;
    ++digits;
    if (!after_dot) {
      whole = whole * 10 + (c - '0');
      if (whole > kMost) return absl::nullopt;
    } else if (scale < absl::int128{kMost} / 10) {
      // Further digits are below a nanosecond whatever the unit.
      fraction = fraction * 10 + (c - '0');
      scale *= 10;
    }
  }
  if (digits == 0) return absl::nullopt;
  const std::int64_t unit = ConsumeUnit(text);
  if (unit == 0) return absl::nullopt;
  return whole * unit + fraction * unit / scale;
}

TimeValue Normalize(std::int64_t seconds, std::int64_t nanos) {
  if (nanos < 0) {
    --seconds;
    nanos += kNanosPerSecond;
  } else if (nanos >= kNanosPerSecond) {
    ++seconds;
    nanos -= kNanosPerSecond;
  }
  return {seconds, static_cast<std::int32_t>(nanos)};
}

absl::optional<TimeValue> Shift(TimeValue time, TimeValue by, int sign) {
  // Longer than any two instants are apart; this also keeps the sum from
  // overflowing.
  constexpr std::int64_t kLongest = 1'000'000'000'000;
  if (by.seconds > kLongest || by.seconds < -kLongest) return absl::nullopt;
  const TimeValue sum =
      Normalize(time.seconds + sign * by.seconds,
                std::int64_t{time.nanos} + sign * std::int64_t{by.nanos});
  if (!IsValidTimestamp(sum)) return absl::nullopt;
  return sum;
}

absl::optional<TimeValue> FromWide(absl::int128 nanos) {
  if (nanos < std::numeric_limits<std::int64_t>::min() ||
      nanos > std::numeric_limits<std::int64_t>::max()) {
    return absl::nullopt;
  }
  return FromNanoseconds(static_cast<std::int64_t>(nanos));
}

absl::int128 WideNanoseconds(TimeValue time) {
  return absl::int128{time.seconds} * kNanosPerSecond + time.nanos;
}

// Names of zone files, not of other files: the library opens what it is told.
bool LooksLikeZoneName(absl::string_view name) {
  constexpr std::size_t kLongestName = 64;
  return !name.empty() && name.size() <= kLongestName &&
         absl::ascii_isalpha(static_cast<unsigned char>(name[0])) &&
         !absl::StartsWith(name, "Fixed/") && name != "localtime" &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '_' || c == '+' || c == '-' || c == '/';
         });
}

}  // namespace

bool IsValidTimestamp(TimeValue time) {
  return time.seconds >= kMinTimestampSeconds &&
         time.seconds <= kMaxTimestampSeconds && time.nanos >= 0 &&
         time.nanos < kNanosPerSecond;
}

absl::optional<TimeValue> ParseTimestamp(absl::string_view text) {
  const absl::optional<absl::CivilSecond> civil = ConsumeCivilSecond(text);
  if (!civil.has_value()) return absl::nullopt;
  const absl::optional<std::int32_t> nanos = ConsumeFraction(text);
  if (!nanos.has_value()) return absl::nullopt;
  const absl::optional<int> offset = ParseOffset(text);
  if (!offset.has_value()) return absl::nullopt;
  const TimeValue time = {*civil - absl::CivilSecond(1970, 1, 1) - *offset,
                          *nanos};
  if (!IsValidTimestamp(time)) return absl::nullopt;
  return time;
}

std::string FormatTimestamp(TimeValue time) {
  return absl::StrCat(CivilText(time), TrimmedFraction(time.nanos), "Z");
}

std::string FormatTimestampJson(TimeValue time) {
  return absl::StrCat(CivilText(time), JsonFraction(time.nanos), "Z");
}

absl::optional<TimeValue> ParseDuration(absl::string_view text) {
  const bool negative = absl::ConsumePrefix(&text, "-");
  if (!negative) absl::ConsumePrefix(&text, "+");
  if (text == "0") return TimeValue{};
  if (text.empty()) return absl::nullopt;
  absl::int128 nanos = 0;
  while (!text.empty()) {
    const absl::optional<absl::int128> quantity = ConsumeQuantity(text);
    if (!quantity.has_value()) return absl::nullopt;
    nanos += *quantity;
    if (nanos > absl::int128{1} << 63) return absl::nullopt;
  }
  return FromWide(negative ? -nanos : nanos);
}

std::string FormatDuration(TimeValue duration) {
  return absl::StrCat(SecondsText(duration),
                      TrimmedFraction(std::abs(duration.nanos)), "s");
}

std::string FormatDurationJson(TimeValue duration) {
  return absl::StrCat(SecondsText(duration),
                      JsonFraction(std::abs(duration.nanos)), "s");
}

absl::optional<std::int64_t> ToNanoseconds(TimeValue duration) {
  const absl::int128 nanos = WideNanoseconds(duration);
  if (!FromWide(nanos).has_value()) return absl::nullopt;
  return static_cast<std::int64_t>(nanos);
}

TimeValue FromNanoseconds(std::int64_t nanoseconds) {
  return {nanoseconds / kNanosPerSecond,
          static_cast<std::int32_t>(nanoseconds % kNanosPerSecond)};
}

absl::optional<TimeValue> AddDurations(TimeValue a, TimeValue b) {
  return FromWide(WideNanoseconds(a) + WideNanoseconds(b));
}

absl::optional<TimeValue> SubtractDurations(TimeValue a, TimeValue b) {
  return FromWide(WideNanoseconds(a) - WideNanoseconds(b));
}

absl::optional<TimeValue> AddToTimestamp(TimeValue time, TimeValue duration) {
  return Shift(time, duration, 1);
}

absl::optional<TimeValue> SubtractFromTimestamp(TimeValue time,
                                                TimeValue duration) {
  return Shift(time, duration, -1);
}

absl::optional<TimeValue> SubtractTimestamps(TimeValue a, TimeValue b) {
  return FromWide(WideNanoseconds(a) - WideNanoseconds(b));
}

absl::optional<absl::TimeZone> FindTimeZone(absl::string_view name) {
  if (name.empty() || name == "UTC") return absl::UTCTimeZone();
  absl::string_view offset = name;
  const bool west = absl::ConsumePrefix(&offset, "-");
  if (!west) absl::ConsumePrefix(&offset, "+");
  const absl::optional<int> seconds = ConsumeHoursMinutes(offset);
  if (seconds.has_value() && offset.empty()) {
    return absl::FixedTimeZone(west ? -*seconds : *seconds);
  }
  absl::TimeZone zone;
  if (!LooksLikeZoneName(name) || !absl::LoadTimeZone(name, &zone)) {
    return absl::nullopt;
  }
  return zone;
}

absl::CivilSecond CivilTime(TimeValue time, absl::TimeZone zone) {
  return zone
      .At(absl::FromUnixSeconds(time.seconds) + absl::Nanoseconds(time.nanos))
      .cs;
}

}  // namespace klausul::cel
