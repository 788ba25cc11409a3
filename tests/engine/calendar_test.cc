#include "service/engine/calendar.h"

#include <ostream>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "service/base/civil_day.h"

namespace klausul::engine {
namespace {

using absl::CivilDay;

TEST(EasterSunday, FallsOnTheKnownDays) {
  EXPECT_EQ(EasterSunday(1818), CivilDay(1818, 3, 22)) << "the earliest";
  EXPECT_EQ(EasterSunday(2024), CivilDay(2024, 3, 31));
  EXPECT_EQ(EasterSunday(2025), CivilDay(2025, 4, 20));
  EXPECT_EQ(EasterSunday(2026), CivilDay(2026, 4, 5));
  EXPECT_EQ(EasterSunday(2038), CivilDay(2038, 4, 25)) << "the latest";
}

TEST(ToCivilDay, RefusesDaysThatDoNotExist) {
  v1::Date date;
  EXPECT_FALSE(ToCivilDay(date).has_value());
  date = ToDate(CivilDay(2024, 2, 29));
  EXPECT_EQ(ToCivilDay(date), CivilDay(2024, 2, 29));
  date.set_year(2026);
  EXPECT_FALSE(ToCivilDay(date).has_value());
  date.set_month(13);
  EXPECT_FALSE(ToCivilDay(date).has_value());
}

TEST(AddMonths, ClipsToTheEndOfTheMonth) {
  EXPECT_EQ(AddMonths(CivilDay(2026, 1, 31), 1), CivilDay(2026, 2, 28));
  EXPECT_EQ(AddMonths(CivilDay(2024, 2, 29), 12), CivilDay(2025, 2, 28));
  EXPECT_EQ(AddMonths(CivilDay(2026, 3, 31), -1), CivilDay(2026, 2, 28));
  EXPECT_EQ(AddMonths(CivilDay(2026, 11, 15), 2), CivilDay(2027, 1, 15));
}

Calendar Norway() {
  v1::Calendar calendar;
  google::protobuf::TextFormat::ParseFromString(
      R"pb(jurisdiction : "NO"
           fixed {month : 1 day : 1}
           fixed {month : 5 day : 1}
           fixed {month : 5 day : 17}
           fixed {month : 12 day : 25}
           fixed {month : 12 day : 26}
           easter {offset_days : -3}
           easter {offset_days : -2}
           easter {offset_days : 0}
           easter {offset_days : 1}
           easter {offset_days : 39}
           easter {offset_days : 49}
           easter {offset_days : 50}
           weekend : [ 6, 7 ])pb",
      &calendar);
  return Calendar(calendar);
}

// Day by day, as a clerk would count.
std::int64_t Count(const Calendar& calendar, CivilDay from, CivilDay to) {
  std::int64_t days = 0;
  for (CivilDay day = from + 1; day <= to; ++day) {
    if (calendar.IsWorkingDay(day)) ++days;
  }
  return days;
}

TEST(Calendar, CountsAsAClerkWould) {
  const Calendar norway = Norway();
  const CivilDay from(2025, 12, 20);
  for (int length = 0; length < 500; length += 7) {
    for (int start = 0; start < 9; ++start) {
      const CivilDay begin = from + start;
      EXPECT_EQ(norway.WorkingDaysBetween(begin, begin + length),
                Count(norway, begin, begin + length))
          << FormatCivilDay(begin) << " and " << length << " days";
    }
  }
}

TEST(Calendar, CountsBackwards) {
  const Calendar norway = Norway();
  EXPECT_EQ(
      norway.WorkingDaysBetween(CivilDay(2026, 3, 9), CivilDay(2026, 3, 6)),
      -1);
  EXPECT_EQ(
      norway.WorkingDaysBetween(CivilDay(2026, 3, 9), CivilDay(2026, 3, 9)), 0);
}

TEST(Calendar, AHolidayOnASundayIsOneDayOfRest) {
  // 17 May 2026 is a Sunday; 14 May is Ascension Day, 25 May Whit Monday.
  const Calendar norway = Norway();
  EXPECT_EQ(
      norway.WorkingDaysBetween(CivilDay(2026, 5, 11), CivilDay(2026, 5, 18)),
      4);
  // 1 May 2008 was Ascension Day, too.
  EXPECT_EQ(
      norway.WorkingDaysBetween(CivilDay(2008, 4, 28), CivilDay(2008, 5, 2)),
      3);
}

}  // namespace
}  // namespace klausul::engine
