#include "service/cel/extensions/format_numbers.h"

#include <cstdint>
#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

constexpr std::int64_t kMinInt = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMaxInt = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMaxUint = std::numeric_limits<std::uint64_t>::max();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kMaxDouble = std::numeric_limits<double>::max();

TEST(FormatNumbersTest, PlainHasTheShortestDigitsAndNoExponent) {
  EXPECT_EQ(FormatPlain(0.0), "0");
  EXPECT_EQ(FormatPlain(-0.0), "-0");
  EXPECT_EQ(FormatPlain(1.0), "1");
  EXPECT_EQ(FormatPlain(-12.5), "-12.5");
  EXPECT_EQ(FormatPlain(0.1), "0.1");
  EXPECT_EQ(FormatPlain(0.00001234), "0.00001234");
  EXPECT_EQ(FormatPlain(123456.789), "123456.789");
  EXPECT_EQ(FormatPlain(1e20), "100000000000000000000");
  EXPECT_EQ(FormatPlain(1.5e22), "15000000000000000000000");
  EXPECT_EQ(FormatPlain(kMaxDouble).size(), 309u);
  EXPECT_EQ(FormatPlain(5e-324).size(), 326u);
}

TEST(FormatNumbersTest, NumbersThatAreNoneHaveNames) {
  EXPECT_EQ(FormatPlain(kNan), "NaN");
  EXPECT_EQ(FormatFixed(kInfinity, 2), "Infinity");
  EXPECT_EQ(FormatScientific(-kInfinity, 2), "-Infinity");
}

TEST(FormatNumbersTest, FixedRoundsHalvesToEven) {
  EXPECT_EQ(FormatFixed(0.5, 0), "0");
  EXPECT_EQ(FormatFixed(1.5, 0), "2");
  EXPECT_EQ(FormatFixed(2.5, 0), "2");
  EXPECT_EQ(FormatFixed(0.125, 2), "0.12");
  EXPECT_EQ(FormatFixed(0.375, 2), "0.38");
  // Less than a half in binary.
  EXPECT_EQ(FormatFixed(1.2345, 3), "1.234");
  EXPECT_EQ(FormatFixed(123.4999, 3), "123.500");
  EXPECT_EQ(FormatFixed(-0.04, 1), "-0.0");
}

TEST(FormatNumbersTest, FixedOfIntegersIsExact) {
  EXPECT_EQ(FormatFixed(std::int64_t{5}, 0), "5");
  EXPECT_EQ(FormatFixed(kMinInt, 2), "-9223372036854775808.00");
  EXPECT_EQ(FormatFixed(kMaxUint, 1), "18446744073709551615.0");
}

TEST(FormatNumbersTest, ScientificHasTwoDigitsOrThreeInItsExponent) {
  EXPECT_EQ(FormatScientific(1052.032911275, 6), "1.052033e+03");
  EXPECT_EQ(FormatScientific(-3.14, 1), "-3.1e+00");
  EXPECT_EQ(FormatScientific(2.5, 0), "2e+00");
  EXPECT_EQ(FormatScientific(1e300, 1), "1.0e+300");
  EXPECT_EQ(FormatScientific(kMaxInt, 18), "9.223372036854775807e+18");
  EXPECT_EQ(FormatScientific(kMaxUint, 19), "1.8446744073709551615e+19");
}

TEST(FormatNumbersTest, TakeTheGreatestPrecision) {
  EXPECT_EQ(FormatFixed(-kMaxDouble, 1000).size(), 1u + 309 + 1 + 1000);
  EXPECT_EQ(FormatScientific(-kMaxDouble, 1000).size(), 1u + 1 + 1 + 1000 + 5);
  EXPECT_EQ(FormatScientific(kMinInt, 1000).size(), 1u + 1 + 1 + 1000 + 4);
  EXPECT_EQ(FormatFixed(kMinInt, 1000).size(), 20u + 1 + 1000);
}

TEST(FormatNumbersTest, BasesHaveASignRatherThanAComplement) {
  EXPECT_EQ(FormatInBase(std::int64_t{0}, 2), "0");
  EXPECT_EQ(FormatInBase(std::int64_t{-5}, 2), "-101");
  EXPECT_EQ(FormatInBase(kMinInt, 16), "-8000000000000000");
  EXPECT_EQ(FormatInBase(kMinInt, 2).size(), 65u);
  EXPECT_EQ(FormatInBase(kMaxUint, 16), "ffffffffffffffff");
  EXPECT_EQ(FormatInBase(kMaxUint, 8), "1777777777777777777777");
}

}  // namespace
}  // namespace klausul::cel
