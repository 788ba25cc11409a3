#include "service/base/edit_distance.h"

#include "gtest/gtest.h"

namespace klausul {
namespace {

TEST(EditDistanceTest, CountsEditsAndSwapsOfNeighbours) {
  EXPECT_EQ(EditDistance("", "abc"), 3U);
  EXPECT_EQ(EditDistance("deadline", "deadlin"), 1U);
  EXPECT_EQ(EditDistance("chekc", "check"), 1U);
  EXPECT_EQ(EditDistance("same", "same"), 0U);
}

TEST(ClosestMatchTest, IsTheNearestCandidateOrNone) {
  const std::vector<std::string> names = {"check", "serve", "explain"};
  EXPECT_EQ(ClosestMatch("chek", names), "check");
  EXPECT_EQ(ClosestMatch("zzzzz", names), "");
  EXPECT_EQ(ClosestMatch("", names), "");
}

}  // namespace
}  // namespace klausul
