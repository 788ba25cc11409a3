#include "service/server/page_token.h"

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

TEST(PageTokenTest, GivesBackTheIdItWasMadeOf) {
  for (const char* id : {"no.foa.7-9.weight", "æøå", "a"}) {
    EXPECT_EQ(ReadPageToken("list", MakePageToken("list", id)), id);
  }
}

TEST(PageTokenTest, NoTokenIsTheFirstPage) {
  EXPECT_EQ(ReadPageToken("list", ""), "");
}

TEST(PageTokenTest, IsBoundToItsList) {
  const std::string token = MakePageToken("ListRules\nno\nnb", "no.a");
  EXPECT_EQ(ReadPageToken("ListRules\nno\nen", token), absl::nullopt);
  EXPECT_EQ(ReadPageToken("ListRuleSets", token), absl::nullopt);
}

TEST(PageTokenTest, RefusesWhatItDidNotMake) {
  const std::string token = MakePageToken("list", "no.a");
  EXPECT_EQ(ReadPageToken("list", "nonsense!"), absl::nullopt);
  EXPECT_EQ(ReadPageToken("list", "AAAA"), absl::nullopt);
  EXPECT_EQ(ReadPageToken("list", token.substr(1)), absl::nullopt);
  EXPECT_EQ(ReadPageToken("list", token + "AAAA"), absl::nullopt);
}

}  // namespace
}  // namespace klausul::server
