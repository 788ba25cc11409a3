#ifndef KLAUSUL_SERVICE_BASE_CIVIL_DAY_H_
#define KLAUSUL_SERVICE_BASE_CIVIL_DAY_H_

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

namespace klausul {

// Years that a date of ours may have; outside them a typing error is likelier
// than a date.
inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2200;

// `2026-07-01`, exactly; nullopt for any other form, a day that does not exist
// or a year outside kMinYear..kMaxYear.
inline absl::optional<absl::CivilDay> ParseCivilDay(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[i] < '0' || text[i] > '9') return {};
  }
  int year = 0;
  int month = 0;
  int day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) ||
      !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return {};
  }
  const absl::CivilDay civil(year, month, day);
  // CivilDay carries 31 February over to March; a date that moved was none.
  if (civil.year() != year || civil.month() != month || civil.day() != day ||
      year < kMinYear || year > kMaxYear) {
    return {};
  }
  return civil;
}

// `2026-07-01`.
inline std::string FormatCivilDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_CIVIL_DAY_H_
