#include "service/intake/source_map.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

TEST(SourceMapTest, FallsBackToTheNearestStatedAncestor) {
  SourceMap map(std::make_shared<SourceFile>("a", "<a>\n\u00E6<b/>\n<c/>"));
  map.SetRoot({0, 3}, 7);
  map.Add("lots[0]", {6, 10}, 8);
  map.SetAddresses(SourceMap::AddressKind::kXPath, [](std::uint32_t handle) {
    return absl::StrCat("/", handle);
  });
  const Location lot = map.Locate("lots[0].award.criteria[2].weight");
  EXPECT_EQ(lot.line, 2);
  EXPECT_EQ(lot.column, 2);  // The letter before it is one column.
  EXPECT_EQ(lot.xpath, "/8");
  EXPECT_EQ(lot.pointer, "");
  EXPECT_EQ(map.Locate("lots[1].id").xpath, "/7");
  EXPECT_EQ(map.FindHandle(""), 7);
  EXPECT_EQ(map.Find("lots[0].id"), (Span{6, 10}));
}

TEST(SourceMapTest, KeepsTheFirstPlaceOfAPath) {
  SourceMap map;
  map.Add("id", {1, 2});
  map.Add("id", {5, 6});
  EXPECT_EQ(map.Find("id"), (Span{1, 2}));
  EXPECT_EQ(map.size(), 1);
}

TEST(SourceMapTest, WithoutAFileEverythingIsAtTheStart) {
  const Location at = SourceMap().Locate("award");
  EXPECT_EQ(at.line, 1);
  EXPECT_EQ(at.column, 1);
}

TEST(SourceMapTest, ParentPaths) {
  EXPECT_EQ(ParentPath("lots[0].award"), "lots[0]");
  EXPECT_EQ(ParentPath("lots[0]"), "lots");
  EXPECT_EQ(ParentPath("lots"), "");
  EXPECT_EQ(ParentPath(""), "");
  EXPECT_EQ(ParentPath("extra[\"a.b[0]\"]"), "extra");
}

}  // namespace
}  // namespace klausul::intake
