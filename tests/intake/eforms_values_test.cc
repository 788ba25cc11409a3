#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

TEST(ReadDateTest, TakesTheDayAsWritten) {
  for (const char* text : {"2024-05-09", "2024-05-09Z", "2024-05-09+02:00"}) {
    const auto date = ReadDate(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(date->year(), 2024);
    EXPECT_EQ(date->month(), 5);
    EXPECT_EQ(date->day(), 9);
  }
  for (const char* text : {"", "2024-02-30", "2024-05-09+2", "2024-05-09+15:00",
                           "9999-01-01", "09.05.2024", "2024-05-09T10:00:00"}) {
    EXPECT_FALSE(ReadDate(text).has_value()) << text;
  }
}

TEST(ReadTimeTest, KeepsTheOffset) {
  const auto time = ReadTime("12:30:15.250-01:30");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(time->hours(), 12);
  EXPECT_EQ(time->minutes(), 30);
  EXPECT_EQ(time->seconds(), 15);
  EXPECT_EQ(time->utc_offset_minutes(), -90);
  EXPECT_FALSE(ReadTime("12:30:15")->has_utc_offset_minutes());
  EXPECT_EQ(ReadTime("24:00:00Z")->hours(), 24);
  for (const char* text : {"", "12:30", "25:00:00", "24:00:01", "12:60:00",
                           "12:30:15.Z", "ab:cd:ef"}) {
    EXPECT_FALSE(ReadTime(text).has_value()) << text;
  }
}

TEST(ReadMoneyTest, ReadsDecimals) {
  const auto money = ReadMoney("1966486.50", "EUR");
  ASSERT_TRUE(money.has_value());
  EXPECT_EQ(money->currency_code(), "EUR");
  EXPECT_EQ(money->units(), 1966486);
  EXPECT_EQ(money->nanos(), 500000000);
  EXPECT_EQ(ReadMoney("-1.25", "NOK")->nanos(), -250000000);
  for (const char* text : {"", "1,5", "1e6", "1 000", "abc", "1.2.3",
                           "99999999999999999999", "nan", "."}) {
    EXPECT_FALSE(ReadMoney(text, "NOK").has_value()) << text;
  }
  EXPECT_FALSE(ReadMoney("1", "").has_value());
  EXPECT_FALSE(ReadMoney("1", "kr.").has_value());
}

TEST(ReadDurationTest, MakesMonthsAndDays) {
  EXPECT_EQ(ReadDuration("2", "YEAR")->months(), 24);
  EXPECT_EQ(ReadDuration("1.5", "YEAR")->months(), 18);
  EXPECT_EQ(ReadDuration("2", "WEEK")->days(), 14);
  EXPECT_EQ(ReadDuration("180", "DAY")->days(), 180);
  EXPECT_FALSE(ReadDuration("1.5", "MONTH").has_value());
  EXPECT_FALSE(ReadDuration("2", "HOUR").has_value());
  EXPECT_FALSE(ReadDuration("-1", "DAY").has_value());
  EXPECT_FALSE(ReadDuration("99999999999", "DAY").has_value());
}

TEST(ReadCountTest, TakesWholeNumbersOnly) {
  EXPECT_EQ(ReadCount("3"), 3);
  EXPECT_EQ(ReadCount("3.0"), 3);
  EXPECT_FALSE(ReadCount("3.5").has_value());
  EXPECT_FALSE(ReadCount("-3").has_value());
  EXPECT_FALSE(ReadCount("99999999999").has_value());
}

TEST(ReadCpvTest, CutsTheCheckDigit) {
  EXPECT_EQ(ReadCpv("72000000"), "72000000");
  EXPECT_EQ(ReadCpv("72000000-5"), "72000000");
  EXPECT_FALSE(ReadCpv("7200000").has_value());
  EXPECT_FALSE(ReadCpv("72000000-").has_value());
  EXPECT_FALSE(ReadCpv("720000005").has_value());
}

TEST(ReadIndicatorTest, KnowsBothForms) {
  EXPECT_EQ(ReadIndicator("true"), true);
  EXPECT_EQ(ReadIndicator("0"), false);
  EXPECT_FALSE(ReadIndicator("TRUE").has_value());
}

}  // namespace
}  // namespace klausul::intake::eforms
