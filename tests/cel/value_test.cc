#include "service/cel/value.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class ValueTest : public ValueFixtureTest {};

TEST_F(ValueTest, KnowsItsTypeName) {
  EXPECT_EQ(Value::Null().TypeName(), "null_type");
  EXPECT_EQ(Value::Int(1).TypeName(), "int");
  EXPECT_EQ(Value::Type("int").TypeName(), "type");
  EXPECT_EQ(Value::Timestamp({0, 0}).TypeName(), "google.protobuf.Timestamp");
  EXPECT_EQ(Value::None().TypeName(), "optional_type");
  EXPECT_EQ(fixture_.Evaluate("order").TypeName(), "shop.Order");
  EXPECT_EQ(Value::UnknownBecause("why", arena_).TypeName(), "");
}

TEST_F(ValueTest, CopiesTextIntoTheArenaWhereAsked) {
  std::string text = "gone";
  const Value borrowed = Value::String(text);
  const Value kept = Value::String(text, arena_);
  text = "over";
  EXPECT_EQ(borrowed.text(), "over");
  EXPECT_EQ(kept.text(), "gone");
}

TEST_F(ValueTest, ErrorCodesHaveNames) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::kCancelled); ++code) {
    EXPECT_NE(ErrorCodeName(static_cast<ErrorCode>(code)), "");
  }
}

TEST_F(ValueTest, UnionWithWhatIsKnownIsTheUnknown) {
  const Value unknown = Value::UnknownBecause("why", arena_);
  EXPECT_TRUE(UnionOfUnknowns(Value::Null(), unknown, arena_).is_unknown());
  EXPECT_TRUE(UnionOfUnknowns(unknown, Value::Int(1), arena_).is_unknown());
}

}  // namespace
}  // namespace klausul::cel
