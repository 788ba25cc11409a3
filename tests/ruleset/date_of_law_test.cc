#include "service/ruleset/date_of_law.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/base/civil_day.h"
#include "service/engine/calendar.h"

namespace klausul::ruleset {
namespace {

absl::CivilDay Day(const char* text) {
  return *ParseCivilDay(text);
}

v1::Date Date(const char* text) {
  return engine::ToDate(Day(text));
}

absl::Time At(const char* text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error))
      << error;
  return time;
}

const absl::Time kNow = absl::FromUnixSeconds(1795392000);  // 2026-11-23

TEST(FindDateOfLawTest, TheRequestComesFirst) {
  v1::ProcurementPlan plan;
  *plan.mutable_dates()->mutable_notice_sent() = Date("2026-03-01");
  const DateOfLaw law = FindDateOfLaw(plan, Day("2020-01-01"), kNow);
  EXPECT_EQ(law.day, Day("2020-01-01"));
  EXPECT_EQ(law.basis, v1::DocumentReport::REQUEST);
}

TEST(FindDateOfLawTest, TheEarlierOfNoticeAndFirstRequestStartsIt) {
  v1::ProcurementPlan plan;
  *plan.mutable_dates()->mutable_planned_notice() = Date("2026-01-01");
  *plan.mutable_dates()->mutable_notice_sent() = Date("2026-03-01");
  EXPECT_EQ(FindDateOfLaw(plan, {}, kNow).day, Day("2026-03-01"));
  *plan.mutable_dates()->mutable_first_request_sent() = Date("2026-02-01");
  const DateOfLaw law = FindDateOfLaw(plan, {}, kNow);
  EXPECT_EQ(law.day, Day("2026-02-01"));
  EXPECT_EQ(law.basis, v1::DocumentReport::STARTED);
}

TEST(FindDateOfLawTest, ThenThePlannedNotice) {
  v1::ProcurementPlan plan;
  *plan.mutable_dates()->mutable_planned_notice() = Date("2027-01-01");
  const DateOfLaw law = FindDateOfLaw(plan, {}, kNow);
  EXPECT_EQ(law.day, Day("2027-01-01"));
  EXPECT_EQ(law.basis, v1::DocumentReport::PLANNED);
}

TEST(FindDateOfLawTest, ThenToday) {
  const DateOfLaw law = FindDateOfLaw(v1::ProcurementPlan(), {}, kNow);
  EXPECT_EQ(law.day, Day("2026-11-23"));
  EXPECT_EQ(law.basis, v1::DocumentReport::TODAY);
}

TEST(FindDateOfLawTest, ADayThatDoesNotExistIsNotStated) {
  v1::ProcurementPlan plan;
  v1::Date& sent = *plan.mutable_dates()->mutable_notice_sent();
  sent.set_year(2026);
  sent.set_month(2);
  sent.set_day(30);
  EXPECT_EQ(FindDateOfLaw(plan, {}, kNow).basis, v1::DocumentReport::TODAY);
}

struct DayCase {
  const char* name;
  const char* country;
  const char* now;
  const char* want;
};

std::ostream& operator<<(std::ostream& out, const DayCase& c) {
  return out << c.name;
}

class DayAtTest : public testing::TestWithParam<DayCase> {};

TEST_P(DayAtTest, IsTheDayOnTheWallOfTheBuyer) {
  EXPECT_EQ(DayAt(GetParam().country, At(GetParam().now)),
            Day(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Countries, DayAtTest,
    testing::ValuesIn(std::vector<DayCase>{
        {"WinterBeforeMidnight", "NO", "2026-01-15T22:59:59Z", "2026-01-15"},
        {"WinterAtMidnight", "NO", "2026-01-15T23:00:00Z", "2026-01-16"},
        {"SummerBeforeMidnight", "NO", "2026-06-30T21:59:59Z", "2026-06-30"},
        {"SummerAtMidnight", "NO", "2026-06-30T22:00:00Z", "2026-07-01"},
        // Last Sundays: 29 March and 25 October 2026.
        {"DayBeforeSummerTime", "DK", "2026-03-28T22:30:00Z", "2026-03-28"},
        {"FirstDayOfSummerTime", "DK", "2026-03-29T22:00:00Z", "2026-03-30"},
        {"LastNightOfSummerTime", "DK", "2026-10-24T22:00:00Z", "2026-10-25"},
        {"FirstNightOfWinter", "DK", "2026-10-25T22:30:00Z", "2026-10-25"},
        {"Finland", "FI", "2026-01-15T22:00:00Z", "2026-01-16"},
        {"BritishWinter", "GB", "2026-01-15T23:30:00Z", "2026-01-15"},
        {"BritishSummer", "GB", "2026-07-15T23:30:00Z", "2026-07-16"},
        {"IcelandKeepsOneTime", "IS", "2026-07-15T23:30:00Z", "2026-07-15"},
        {"UnknownIsUtc", "", "2026-07-15T23:30:00Z", "2026-07-15"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset
