#include "service/cel/number_text.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(NumberText, DoublesAreAsShortAsReadsBack) {
  EXPECT_EQ(FormatDouble(-0.0045), "-0.0045");
  EXPECT_EQ(FormatDouble(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(FormatDouble(1e100), "1e+100");
  EXPECT_EQ(FormatDouble(-kInfinity), "-Infinity");
  EXPECT_EQ(FormatDouble(kNaN), "NaN");
}

TEST(NumberText, ReadsOnlyNumbers) {
  EXPECT_EQ(ParseDouble("1e-400"), 0.0);
  EXPECT_EQ(ParseDouble("1e400"), kInfinity);
  EXPECT_EQ(ParseDouble("-Infinity"), -kInfinity);
  EXPECT_TRUE(std::isnan(*ParseDouble("NaN")));
  for (const char* text : {"", " 1", "1 ", "0x10", "nan", "infinity", "1,5"}) {
    EXPECT_EQ(ParseDouble(text), absl::nullopt) << text;
  }
  EXPECT_EQ(ParseInt("-9223372036854775808"),
            std::numeric_limits<std::int64_t>::min());
  for (const char* text :
       {"", "+1", "9223372036854775808", "1.0", "-", "0x1"}) {
    EXPECT_EQ(ParseInt(text), absl::nullopt) << text;
  }
  EXPECT_EQ(ParseUint("-1"), absl::nullopt);
}

}  // namespace
}  // namespace klausul::cel
