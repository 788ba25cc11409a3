#include <limits>
#include <vector>

#include "absl/types/optional.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class ValueCollectionsTest : public ValueFixtureTest {};

TEST_F(ValueCollectionsTest, MapsFindNumbersUnderAnyKind) {
  std::vector<MapEntry> entries;
  // Enough for an index.
  for (int i = -10; i < 10; ++i) {
    entries.push_back({Value::Int(i), Value::Int(i * i)});
  }
  entries.push_back({Value::Bool(true), Value::String("yes")});
  const Value map = MakeMap(entries, context_);
  ASSERT_TRUE(map.is_map());
  const auto find = [&](const Value& key) {
    const absl::optional<Value> value = map.map().Find(key, context_);
    return value.has_value() ? DebugString(*value, context_) : "none";
  };
  EXPECT_EQ(find(Value::Uint(3)), "9");
  EXPECT_EQ(find(Value::Double(-4.0)), "16");
  EXPECT_EQ(find(Value::Double(0.5)), "none");
  EXPECT_EQ(find(Value::Double(std::numeric_limits<double>::quiet_NaN())),
            "none");
  EXPECT_EQ(find(Value::Double(1e300)), "none");
  EXPECT_EQ(find(Value::Bool(true)), "\"yes\"");
  EXPECT_EQ(find(Value::Bool(false)), "none");
  EXPECT_EQ(find(Value::Null()), "none");
}

TEST_F(ValueCollectionsTest, MapsRefuseKeysThatAreEqual) {
  const std::vector<MapEntry> twice = {{Value::Int(0), Value::Null()},
                                       {Value::Uint(0), Value::Null()}};
  EXPECT_EQ(MakeMap(twice, context_).error().code, ErrorCode::kDuplicateKey);
  const std::vector<MapEntry> wrong = {{Value::Double(0), Value::Null()}};
  EXPECT_EQ(MakeMap(wrong, context_).error().code,
            ErrorCode::kNoMatchingOverload);
}

}  // namespace
}  // namespace klausul::cel
