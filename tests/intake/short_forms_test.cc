#include "service/intake/plan_file/short_forms.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

// A short form, and what it is written back as, or the message that refuses it.
struct FormCase {
  std::string name;
  std::string text;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const FormCase& c) {
  return out << c.name;
}

const auto kName = [](const auto& test) { return test.param.name; };

class MoneyTest : public testing::TestWithParam<FormCase> {};

TEST_P(MoneyTest, IsReadOrRefused) {
  const auto money = ParseMoney(GetParam().text);
  EXPECT_EQ(
      money.ok() ? FormatMoney(*money) : std::string(money.status().message()),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Money, MoneyTest,
    testing::ValuesIn(std::vector<FormCase>{
        {"Whole", "NOK 9600000", "NOK 9600000"},
        {"Spaced", "NOK 1 300 000.50", "NOK 1300000.5"},
        {"NoBreakSpaces", "NOK 1\u00A0300\u202F000", "NOK 1300000"},
        {"Zero", "NOK 0", "NOK 0"},
        {"LeadingZeros", "NOK 007", "NOK 7"},
        {"Negative", "EUR -12.05", "EUR -12.05"},
        {"NegativeFraction", "EUR -0.5", "EUR -0.5"},
        {"Nanos", "EUR 0.000000001", "EUR 0.000000001"},
        {"FifteenDigits", "NOK 999 999 999 999 999", "NOK 999999999999999"},
        {"SixteenDigits", "NOK 1000000000000000",
         "an amount has at most 15 digits before the point, got "
         "`1000000000000000`"},
        {"NoCurrency", "9600000",
         "expected an amount with its currency such as `NOK 1300000`, got "
         "`9600000`"},
        {"LowerCase", "nok 5",
         "expected an amount with its currency such as `NOK 1300000`, got "
         "`nok 5`"},
        {"Symbol", "kr 5",
         "expected an amount with its currency such as `NOK 1300000`, got "
         "`kr 5`"},
        {"Behind", "5 NOK",
         "expected an amount with its currency such as `NOK 1300000`, got `5 "
         "NOK`"},
        {"Commas", "NOK 1,300,000",
         "expected a number such as `1300000` or `1 300 000.50`, got "
         "`1,300,000`"},
        {"WrongGroups", "NOK 13 00",
         "expected a number such as `1300000` or `1 300 000.50`, got `13 00`"},
        {"Exponent", "NOK 1e6",
         "expected a number such as `1300000` or `1 300 000.50`, got `1e6`"},
        {"NoDecimals", "NOK 1.",
         "expected a number such as `1300000` or `1 300 000.50`, got `1.`"},
        {"Nothing", "NOK ",
         "expected a number such as `1300000` or `1 300 000.50`, got ``"},
    }),
    kName);

class DateTest : public testing::TestWithParam<FormCase> {};

TEST_P(DateTest, IsReadOrRefused) {
  const auto date = ParseDate(GetParam().text);
  EXPECT_EQ(
      date.ok() ? FormatDate(*date) : std::string(date.status().message()),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Date, DateTest,
    testing::ValuesIn(std::vector<FormCase>{
        {"Day", "2026-07-01", "2026-07-01"},
        {"LeapDay", "2024-02-29", "2024-02-29"},
        {"NoLeapDay", "2026-02-29", "there is no day `2026-02-29`"},
        {"MonthThirteen", "2026-13-01", "there is no day `2026-13-01`"},
        {"DayZero", "2026-01-00", "there is no day `2026-01-00`"},
        {"FirstYear", "1900-01-01", "1900-01-01"},
        {"TooEarly", "1899-12-31",
         "the year of `1899-12-31` is not within 1900 to 2200"},
        {"LastYear", "2200-12-31", "2200-12-31"},
        {"TooLate", "2201-01-01",
         "the year of `2201-01-01` is not within 1900 to 2200"},
        {"Norwegian", "1.7.2026",
         "expected a date such as `2026-07-01`, got `1.7.2026`"},
        {"Timestamp", "2026-07-01T12:00:00Z",
         "expected a date such as `2026-07-01`, got `2026-07-01T12:00:00Z`"},
    }),
    kName);

class TimeTest : public testing::TestWithParam<FormCase> {};

TEST_P(TimeTest, IsReadOrRefused) {
  const auto time = ParseTimeOfDay(GetParam().text);
  EXPECT_EQ(
      time.ok() ? FormatTimeOfDay(*time) : std::string(time.status().message()),
      GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    TimeOfDay, TimeTest,
    testing::ValuesIn(std::vector<FormCase>{
        {"Noon", "12:00", "12:00"},
        {"Seconds", "12:00:30", "12:00:30"},
        {"Offset", "12:00+01:00", "12:00+01:00"},
        {"West", "23:59:59-03:30", "23:59:59-03:30"},
        {"Utc", "12:00Z", "12:00+00:00"},
        {"EndOfDay", "24:00", "24:00"},
        {"PastTheEnd", "24:01", "there is no clock time 24:01:00"},
        {"MinuteSixty", "12:60", "there is no clock time 12:60:00"},
        {"FarOffset", "12:00+15:00",
         "no place is more than 14 hours away from UTC"},
        {"HourAlone", "12",
         "expected a clock time such as `12:00` or `12:00+01:00`, got `12`"},
        {"Point", "12.00",
         "expected a clock time such as `12:00` or `12:00+01:00`, got "
         "`12.00`"},
        {"HalfOffset", "12:00+1",
         "expected a clock time such as `12:00` or `12:00+01:00`, got "
         "`12:00+1`"},
    }),
    kName);

class LengthTest : public testing::TestWithParam<FormCase> {};

TEST_P(LengthTest, IsReadOrRefused) {
  const auto span = ParseSpan(GetParam().text);
  EXPECT_EQ(span.ok() ? FormatSpan(*span).value_or("no short form")
                      : std::string(span.status().message()),
            GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Span, LengthTest,
    testing::ValuesIn(std::vector<FormCase>{
        {"Months", "24 months", "24 months"},
        {"Years", "2 years", "24 months"},
        {"Weeks", "6 weeks", "42 days"},
        {"One", "1 day", "1 day"},
        {"Mixed", "1 year 14 days", "12 months 14 days"},
        {"None", "0 days", "0 days"},
        {"Indefinite", "indefinite", "indefinite"},
        {"NoUnit", "24",
         "expected a length such as `24 months`, `30 days` or `indefinite`, "
         "got `24`"},
        {"OtherUnit", "24 hours",
         "expected a length such as `24 months`, `30 days` or `indefinite`, "
         "got `24 hours`"},
        {"Negative", "-1 day",
         "expected a length such as `24 months`, `30 days` or `indefinite`, "
         "got `-1 day`"},
        {"TooLong", "999999 years",
         "`999999 years` is longer than a thousand years; write `indefinite` "
         "for no end"},
    }),
    kName);

TEST(ShortFormsTest, NumbersAreDecimal) {
  EXPECT_EQ(ParseNumber("-2.50"), -2.5);
  EXPECT_EQ(ParseNumber("1e3"), 1000);
  for (const char* text : {"", "1.", ".5", "nan", "inf", "0x10", "1,5", "1 0",
                           "1e999", "--1", "+1"}) {
    EXPECT_EQ(ParseNumber(text), absl::nullopt) << text;
  }
  EXPECT_EQ(ParseInteger("-9223372036854775808"),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ParseInteger("9223372036854775808"), absl::nullopt);
  EXPECT_EQ(ParseInteger("1.0"), absl::nullopt);
}

TEST(ShortFormsTest, NumbersReadBackTheSame) {
  for (const double number : {0.1, 1.0 / 3, 30.0, 1e300, -2.5, 12345678.9}) {
    EXPECT_EQ(ParseNumber(FormatNumber(number)), number);
  }
  EXPECT_EQ(FormatNumber(0.1), "0.1");
  EXPECT_EQ(FormatNumber(30), "30.0");
}

}  // namespace
}  // namespace klausul::intake
