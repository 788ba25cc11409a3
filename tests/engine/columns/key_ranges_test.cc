#include "service/engine/columns/key_ranges.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

constexpr std::int64_t kMin = KeyRanges::kMin;
constexpr std::int64_t kMax = KeyRanges::kMax;

TEST(KeyRangesTest, ComplementOfTheEndsAndOfAll) {
  EXPECT_EQ(KeyRanges().Complement(), KeyRanges::Between(kMin, kMax));
  EXPECT_EQ(KeyRanges::Between(kMin, kMax).Complement(), KeyRanges());
  EXPECT_EQ(KeyRanges::Between(kMin, 3).Complement(),
            KeyRanges::Between(4, kMax));
  EXPECT_EQ(KeyRanges::Between(3, kMax).Complement(),
            KeyRanges::Between(kMin, 2));
}

TEST(KeyRangesTest, UnionJoinsWhatTouches) {
  const KeyRanges joined =
      KeyRanges::Between(1, 2).UnionWith(KeyRanges::Between(3, 4));
  EXPECT_EQ(joined, KeyRanges::Between(1, 4));
  const KeyRanges apart =
      KeyRanges::Between(1, 2).UnionWith(KeyRanges::Between(4, 5));
  EXPECT_EQ(apart.ranges().size(), 2u);
  EXPECT_FALSE(apart.Contains(3));
}

TEST(KeyRangesTest, IntersectionKeepsWhatBothHave) {
  EXPECT_EQ(KeyRanges::Between(1, 5).IntersectWith(KeyRanges::Between(4, 9)),
            KeyRanges::Between(4, 5));
  EXPECT_EQ(KeyRanges::Between(1, 2).IntersectWith(KeyRanges::Between(3, 4)),
            KeyRanges());
}

TEST(KeyRangesTest, DoubleKeysAreInTheOrderOfDoubles) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double ascending[] = {-infinity, -1e300, -1.5,  -5e-324, 0.0,
                              5e-324,    1.0,    1e300, infinity};
  for (std::size_t i = 1; i < std::size(ascending); ++i)
    EXPECT_LT(DoubleKey(ascending[i - 1]), DoubleKey(ascending[i]));
  EXPECT_EQ(DoubleKey(-0.0), DoubleKey(0.0));
}

TEST(KeyRangesTest, NanIsUnequalAndInNoOrder) {
  const std::int64_t nan = DoubleKey(std::nan(""));
  const std::int64_t one = DoubleKey(1.0);
  for (const Relation relation :
       {Relation::kEquals, Relation::kLess, Relation::kLessEquals,
        Relation::kGreater, Relation::kGreaterEquals}) {
    EXPECT_FALSE(RangesOf(KeyType::kDouble, relation, one).Contains(nan));
    EXPECT_FALSE(RangesOf(KeyType::kDouble, relation, nan).Contains(one));
  }
  EXPECT_TRUE(
      RangesOf(KeyType::kDouble, Relation::kNotEquals, one).Contains(nan));
}

TEST(KeyRangesTest, RelationsAtTheEndsOfTheRange) {
  EXPECT_EQ(RangesOf(KeyType::kInt, Relation::kLess, kMin), KeyRanges());
  EXPECT_EQ(RangesOf(KeyType::kInt, Relation::kGreater, kMax), KeyRanges());
  EXPECT_EQ(RangesOf(KeyType::kInt, Relation::kLessEquals, kMax),
            KeyRanges::Between(kMin, kMax));
}

TEST(KeyRangesTest, UnsignedKeysAreInOrder) {
  EXPECT_LT(UintKey(0), UintKey(1));
  EXPECT_LT(UintKey(1), UintKey(~std::uint64_t{0}));
}

TEST(KeyRangesTest, TimesTooFarAwayHaveNoKeyOfTheirOwn) {
  EXPECT_EQ(TimeKey({1, 5}), 1'000'000'005);
  EXPECT_EQ(TimeKey({-1, 5}), -999'999'995);
  EXPECT_FALSE(IsExactTime(TimeKey({20'000'000'000, 0})));
  EXPECT_FALSE(IsExactTime(TimeKey({-20'000'000'000, 0})));
  EXPECT_EQ(ConstantKey(KeyType::kTimestamp,
                        cel::Value::Timestamp({20'000'000'000, 0})),
            absl::nullopt);
}

}  // namespace
}  // namespace klausul::engine
