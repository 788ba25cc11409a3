#include "service/engine/span_length.h"

#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

struct RangeCase {
  std::string name;
  std::int64_t months;
  std::int64_t min;
  std::int64_t max;
};

std::ostream& operator<<(std::ostream& out, const RangeCase& c) {
  return out << c.name;
}

class DaysOfMonthsTest : public testing::TestWithParam<RangeCase> {};

TEST_P(DaysOfMonthsTest, IsTheLeastAndTheMost) {
  const DayRange range = DaysOfMonths(GetParam().months);
  EXPECT_EQ(range.min, GetParam().min);
  EXPECT_EQ(range.max, GetParam().max);
}

INSTANTIATE_TEST_SUITE_P(Gregorian, DaysOfMonthsTest,
                         testing::ValuesIn(std::vector<RangeCase>{
                             {"None", 0, 0, 0},
                             {"One", 1, 28, 31},
                             {"Two", 2, 59, 62},
                             {"Three", 3, 89, 92},
                             {"Six", 6, 181, 184},
                             {"Year", 12, 365, 366},
                             {"FourYears", 48, 1460, 1461},
                             {"EightYears", 96, 2921, 2922},
                             {"FourCenturies", 4800, 146'097, 146'097},
                             {"FourCenturiesAndAMonth", 4801, 146'125, 146'128},
                         }),
                         [](const auto& test) { return test.param.name; });

v1::Span Months(std::int32_t months, std::int32_t days = 0) {
  v1::Span span;
  span.set_months(months);
  if (days != 0) span.set_days(days);
  return span;
}

v1::Span Days(std::int32_t days) {
  v1::Span span;
  span.set_days(days);
  return span;
}

v1::Span Indefinite() {
  v1::Span span;
  span.set_indefinite(true);
  return span;
}

TEST(Span, IsDecidedWhereAllReadingsAgree) {
  EXPECT_EQ(SpanLess(Days(27), Months(1)), true);
  EXPECT_EQ(SpanLess(Days(28), Months(1)), absl::nullopt);
  EXPECT_EQ(SpanLess(Days(31), Months(1)), false);
  EXPECT_EQ(SpanLessEquals(Days(28), Months(1)), true);
  EXPECT_EQ(SpanLessEquals(Days(29), Months(1)), absl::nullopt);
  EXPECT_EQ(SpanLessEquals(Days(32), Months(1)), false);
  EXPECT_EQ(SpanEquals(Days(30), Months(1)), absl::nullopt);
  EXPECT_EQ(SpanEquals(Days(32), Months(1)), false);
}

TEST(Span, CommonMonthsFallAway) {
  EXPECT_EQ(SpanLess(Months(24), Months(24, 1)), true);
  EXPECT_EQ(SpanEquals(Months(24, 1), Months(24, 1)), true);
  EXPECT_EQ(SpanLess(Months(13), Months(12, 28)), false);
  EXPECT_EQ(SpanLess(Months(13), Months(12, 30)), absl::nullopt);
}

TEST(Span, WithoutEndIsLongerThanAny) {
  EXPECT_EQ(SpanLess(Months(1'000'000), Indefinite()), true);
  EXPECT_EQ(SpanLess(Indefinite(), Indefinite()), false);
  EXPECT_EQ(SpanLessEquals(Indefinite(), Indefinite()), true);
  EXPECT_EQ(SpanEquals(Indefinite(), Indefinite()), true);
  EXPECT_EQ(SpanEquals(Indefinite(), Days(1)), false);
}

TEST(Span, AddsAndScales) {
  EXPECT_EQ(PlainSpan(*AddSpans(Months(24), Months(1, 10))),
            "25 months 10 days");
  EXPECT_EQ(PlainSpan(*AddSpans(Months(24), Indefinite())), "indefinite");
  EXPECT_EQ(PlainSpan(*ScaleSpan(Months(12), 2)), "24 months");
  EXPECT_EQ(PlainSpan(*ScaleSpan(Indefinite(), 0)), "0 months");
  constexpr std::int32_t kMax = std::numeric_limits<std::int32_t>::max();
  EXPECT_FALSE(AddSpans(Months(kMax), Months(1)).has_value());
  EXPECT_FALSE(ScaleSpan(Months(kMax), 2).has_value());
  EXPECT_FALSE(ScaleSpan(Months(1), -1).has_value());
}

TEST(Span, PlainForm) {
  EXPECT_EQ(PlainSpan(Months(1)), "1 month");
  EXPECT_EQ(PlainSpan(Days(1)), "1 day");
  EXPECT_EQ(PlainSpan(Days(0)), "0 days");
}

}  // namespace
}  // namespace klausul::engine
