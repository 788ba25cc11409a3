#ifndef KLAUSUL_SERVICE_ENGINE_CALENDAR_H_
#define KLAUSUL_SERVICE_ENGINE_CALENDAR_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"
#include "klausul/v1/rule_set.pb.h"

namespace klausul::engine {

// Easter Sunday of the western churches in the Gregorian calendar, for years
// from 1583. Source: the anonymous algorithm in J. Meeus, Astronomical
// Algorithms, chapter 8.
absl::CivilDay EasterSunday(absl::civil_year_t year);

// The civil day of a date; nullopt where there is no such day.
absl::optional<absl::CivilDay> ToCivilDay(const v1::Date& date);
v1::Date ToDate(absl::CivilDay day);

// The same day of the month `months` later (or earlier), or the last day of
// that month where it has no such day. Source: Regulation (EEC, Euratom)
// 1182/71, article 3(2)(c).
absl::CivilDay AddMonths(absl::CivilDay day, std::int64_t months);

// Days of rest of one jurisdiction.
class Calendar {
 public:
  explicit Calendar(const v1::Calendar& proto) : proto_(proto) {}

  // Neither a holiday nor a weekly day of rest.
  bool IsWorkingDay(absl::CivilDay day) const;

  // Working days of a period that starts with an event on `from` and ends on
  // `to`. The day of the event is not counted; negative when `to` is earlier.
  std::int64_t WorkingDaysBetween(absl::CivilDay from, absl::CivilDay to) const;

 private:
  v1::Calendar proto_;
};

// Calendars by jurisdiction, such as `NO`.
using CalendarTable = absl::flat_hash_map<std::string, Calendar>;

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_CALENDAR_H_
