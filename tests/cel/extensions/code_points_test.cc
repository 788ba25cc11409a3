#include "service/cel/extensions/code_points.h"

#include "gtest/gtest.h"

namespace klausul::cel {
namespace {

// One code point of each length: 1, 2, 3 and 4 bytes.
constexpr absl::string_view kText = "a\u00E6\u20AC\U0001F600";

TEST(CodePointsTest, HaveTheLengthThatTheirFirstByteTells) {
  EXPECT_EQ(CodePointBytes(kText), 1u);
  EXPECT_EQ(CodePointBytes(kText.substr(1)), 2u);
  EXPECT_EQ(CodePointBytes(kText.substr(3)), 3u);
  EXPECT_EQ(CodePointBytes(kText.substr(6)), 4u);
}

// A field of proto2 may hold what is not UTF-8.
TEST(CodePointsTest, EndWithTheText) {
  EXPECT_EQ(CodePointBytes("\xF0\x9F"), 2u);
  EXPECT_EQ(LastCodePoint("\x80\x80"), "\x80\x80");
  EXPECT_EQ(ByteOffset("a\xE2\x82", 2), 3u);
  EXPECT_EQ(ByteOffset("a\xE2\x82", 3), absl::nullopt);
}

TEST(CodePointsTest, AreReadFromTheFront) {
  EXPECT_EQ(FirstCodePoint(kText), U'a');
  EXPECT_EQ(FirstCodePoint(kText.substr(1)), U'\u00E6');
  EXPECT_EQ(FirstCodePoint(kText.substr(3)), U'\u20AC');
  EXPECT_EQ(FirstCodePoint(kText.substr(6)), U'\U0001F600');
}

TEST(CodePointsTest, AreFoundFromTheBack) {
  EXPECT_EQ(LastCodePoint(kText), "\U0001F600");
  EXPECT_EQ(LastCodePoint(kText.substr(0, 6)), "\u20AC");
  EXPECT_EQ(LastCodePoint(kText.substr(0, 3)), "\u00E6");
  EXPECT_EQ(LastCodePoint(kText.substr(0, 1)), "a");
}

TEST(CodePointsTest, AreCountedFromZeroToTheEnd) {
  EXPECT_EQ(ByteOffset(kText, 0), 0u);
  EXPECT_EQ(ByteOffset(kText, 2), 3u);
  EXPECT_EQ(ByteOffset(kText, 4), kText.size());
  EXPECT_EQ(ByteOffset("", 0), 0u);
  EXPECT_EQ(ByteOffset(kText, 5), absl::nullopt);
  EXPECT_EQ(ByteOffset(kText, -1), absl::nullopt);
}

}  // namespace
}  // namespace klausul::cel
