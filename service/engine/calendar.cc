#include "service/engine/calendar.h"

#include <algorithm>
#include <vector>

namespace klausul::engine {
namespace {

// Monday is 1.
int IsoWeekday(absl::CivilDay day) {
  return static_cast<int>(absl::GetWeekday(day)) + 1;
}

constexpr int kDaysPerWeek = 7;

bool IsWeekend(const v1::Calendar& calendar, absl::CivilDay day) {
  const int weekday = IsoWeekday(day);
  return std::find(calendar.weekend().begin(), calendar.weekend().end(),
                   weekday) != calendar.weekend().end();
}

// The holidays of a year, sorted, each day once.
std::vector<absl::CivilDay> HolidaysOf(const v1::Calendar& calendar,
                                       absl::civil_year_t year) {
  std::vector<absl::CivilDay> days;
  for (const auto& holiday : calendar.fixed()) {
    days.emplace_back(year, holiday.month(), holiday.day());
  }
  const absl::CivilDay easter = EasterSunday(year);
  for (const auto& holiday : calendar.easter()) {
    days.push_back(easter + holiday.offset_days());
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

absl::CivilDay EasterSunday(absl::civil_year_t year) {
  const auto a = year % 19;
  const auto b = year / 100;
  const auto c = year % 100;
  const auto d = b / 4;
  const auto e = b % 4;
  const auto f = (b + 8) / 25;
  const auto g = (b - f + 1) / 3;
  const auto h = (19 * a + b - d - g + 15) % 30;
  const auto i = c / 4;
  const auto k = c % 4;
  const auto l = (32 + 2 * e + 2 * i - h - k) % 7;
  const auto m = (a + 11 * h + 22 * l) / 451;
  const auto month = (h + l - 7 * m + 114) / 31;
  const auto day = (h + l - 7 * m + 114) % 31 + 1;
  return absl::CivilDay(year, static_cast<int>(month), static_cast<int>(day));
}

absl::optional<absl::CivilDay> ToCivilDay(const v1::Date& date) {
  if (date.year() < 1 || date.year() > 9999 || date.month() < 1 ||
      date.month() > 12 || date.day() < 1 || date.day() > 31) {
    return {};
  }
  const absl::CivilDay day(date.year(), date.month(), date.day());
  // CivilDay carries 31 February over to March.
  if (day.month() != date.month()) return {};
  return day;
}

v1::Date ToDate(absl::CivilDay day) {
  v1::Date date;
  date.set_year(static_cast<std::int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

absl::CivilDay AddMonths(absl::CivilDay day, std::int64_t months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month.year(), month.month(),
                        std::min(day.day(), last.day()));
}

bool Calendar::IsWorkingDay(absl::CivilDay day) const {
  if (IsWeekend(proto_, day)) return false;
  // A holiday counted from Easter may fall into the year before or after only
  // with absurd offsets, which the loader refuses.
  const std::vector<absl::CivilDay> holidays = HolidaysOf(proto_, day.year());
  return !std::binary_search(holidays.begin(), holidays.end(), day);
}

std::int64_t Calendar::WorkingDaysBetween(absl::CivilDay from,
                                          absl::CivilDay to) const {
  if (to < from) return -WorkingDaysBetween(to, from);
  const std::int64_t days = to - from;
  const std::int64_t weeks = days / kDaysPerWeek;
  // Whole weeks have equally many days of rest wherever they begin.
  std::int64_t working = 0;
  for (int i = 1; i <= kDaysPerWeek; ++i) {
    if (IsWeekend(proto_, from + i)) continue;
    working += weeks + (i <= days % kDaysPerWeek ? 1 : 0);
  }
  for (absl::civil_year_t year = from.year(); year <= to.year(); ++year) {
    for (const absl::CivilDay& holiday : HolidaysOf(proto_, year)) {
      if (from < holiday && holiday <= to && !IsWeekend(proto_, holiday)) {
        --working;
      }
    }
  }
  return working;
}

}  // namespace klausul::engine
