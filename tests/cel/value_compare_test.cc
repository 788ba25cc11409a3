#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/optional.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

class ValueCompareTest : public ValueFixtureTest {};

struct NumberCase {
  Value a;
  Value b;
  absl::optional<int> want;
};

TEST_F(ValueCompareTest, NumbersHaveOneOrderAcrossTheirKinds) {
  const std::int64_t max = std::numeric_limits<std::int64_t>::max();
  const std::int64_t min = std::numeric_limits<std::int64_t>::min();
  const std::uint64_t umax = std::numeric_limits<std::uint64_t>::max();
  const std::vector<NumberCase> cases = {
      {Value::Int(1), Value::Uint(1), 0},
      {Value::Int(-1), Value::Uint(umax), -1},
      {Value::Int(max), Value::Uint(umax), -1},
      {Value::Int(1), Value::Double(1.5), -1},
      {Value::Int(max), Value::Double(9223372036854775808.0), 0},
      {Value::Int(max), Value::Double(1e300), -1},
      {Value::Int(min), Value::Double(-1e300), 1},
      {Value::Uint(umax), Value::Double(18446744073709551616.0), 0},
      {Value::Uint(0), Value::Double(-0.5), 1},
      {Value::Uint(0), Value::Double(-0.0), 0},
      {Value::Double(kInfinity), Value::Int(max), 1},
      {Value::Double(kNaN), Value::Int(0), absl::nullopt},
      {Value::Uint(0), Value::Double(kNaN), absl::nullopt},
      {Value::Double(kNaN), Value::Double(kNaN), absl::nullopt},
  };
  for (const NumberCase& test : cases) {
    SCOPED_TRACE(DebugString(test.a, context_) + " with " +
                 DebugString(test.b, context_));
    EXPECT_EQ(CompareNumbers(test.a, test.b), test.want);
    absl::optional<int> reversed = test.want;
    if (reversed.has_value()) reversed = -*reversed;
    EXPECT_EQ(CompareNumbers(test.b, test.a), reversed);
  }
}

TEST_F(ValueCompareTest, ValuesOfDifferentKindsAreUnequal) {
  EXPECT_FALSE(Equal(Value::Null(), Value::Bool(false), context_));
  EXPECT_FALSE(Equal(Value::String("1"), Value::Int(1), context_));
  EXPECT_FALSE(Equal(Value::String("a"), Value::Bytes("a"), context_));
  EXPECT_TRUE(Equal(Value::Null(), Value::Null(), context_));
  EXPECT_TRUE(Equal(Value::None(), Value::None(), context_));
  EXPECT_FALSE(
      Equal(Value::None(), Value::Optional(Value::Int(1), arena_), context_));
}

}  // namespace
}  // namespace klausul::cel
