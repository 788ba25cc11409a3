#include "service/ruleset/date_of_law.h"

#include <algorithm>

#include "service/engine/calendar.h"

namespace klausul::ruleset {
namespace {

struct Zone {
  absl::string_view country;
  int standard_hours;
  bool summer_time;
};

// Offsets of standard time from UTC. Iceland keeps one time all year.
constexpr Zone kZones[] = {
    {"AT", 1, true}, {"BE", 1, true},  {"BG", 2, true}, {"CH", 1, true},
    {"CY", 2, true}, {"CZ", 1, true},  {"DE", 1, true}, {"DK", 1, true},
    {"EE", 2, true}, {"ES", 1, true},  {"FI", 2, true}, {"FR", 1, true},
    {"GB", 0, true}, {"GR", 2, true},  {"HR", 1, true}, {"HU", 1, true},
    {"IE", 0, true}, {"IS", 0, false}, {"IT", 1, true}, {"LI", 1, true},
    {"LT", 2, true}, {"LU", 1, true},  {"LV", 2, true}, {"MT", 1, true},
    {"NL", 1, true}, {"NO", 1, true},  {"PL", 1, true}, {"PT", 0, true},
    {"RO", 2, true}, {"SE", 1, true},  {"SI", 1, true}, {"SK", 1, true},
    {"UK", 0, true},
};

// 01:00 UTC on the last Sunday of a month of 31 days.
absl::Time LastSunday(absl::civil_year_t year, int month) {
  const absl::CivilDay last(year, month, 31);
  const absl::CivilDay sunday =
      absl::PrevWeekday(last + 1, absl::Weekday::sunday);
  return absl::FromCivil(absl::CivilSecond(sunday) + 3600, absl::UTCTimeZone());
}

absl::optional<absl::CivilDay> Earlier(absl::optional<absl::CivilDay> a,
                                       absl::optional<absl::CivilDay> b) {
  if (!a.has_value()) return b;
  if (!b.has_value()) return a;
  return std::min(*a, *b);
}

}  // namespace

absl::CivilDay DayAt(absl::string_view country, absl::Time now) {
  const auto* zone =
      std::find_if(std::begin(kZones), std::end(kZones),
                   [&](const Zone& z) { return z.country == country; });
  if (zone == std::end(kZones))
    return absl::ToCivilDay(now, absl::UTCTimeZone());

  absl::Duration offset = absl::Hours(zone->standard_hours);
  const absl::civil_year_t year =
      absl::ToCivilYear(now, absl::UTCTimeZone()).year();
  if (zone->summer_time && now >= LastSunday(year, 3) &&
      now < LastSunday(year, 10)) {
    offset += absl::Hours(1);
  }
  return absl::ToCivilDay(now + offset, absl::UTCTimeZone());
}

DateOfLaw FindDateOfLaw(const v1::ProcurementPlan& plan,
                        absl::optional<absl::CivilDay> requested,
                        absl::Time now) {
  if (requested.has_value()) return {*requested, v1::DocumentReport::REQUEST};

  const v1::Dates& dates = plan.dates();
  const auto day = [](bool stated, const v1::Date& date) {
    return stated ? engine::ToCivilDay(date) : absl::nullopt;
  };
  const absl::optional<absl::CivilDay> started =
      Earlier(day(dates.has_notice_sent(), dates.notice_sent()),
              day(dates.has_first_request_sent(), dates.first_request_sent()));
  if (started.has_value()) return {*started, v1::DocumentReport::STARTED};

  const absl::optional<absl::CivilDay> planned =
      day(dates.has_planned_notice(), dates.planned_notice());
  if (planned.has_value()) return {*planned, v1::DocumentReport::PLANNED};

  return {DayAt(plan.buyer().country(), now), v1::DocumentReport::TODAY};
}

}  // namespace klausul::ruleset
