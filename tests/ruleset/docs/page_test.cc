#include "service/ruleset/docs/page.h"

#include "gtest/gtest.h"

namespace klausul::ruleset::docs {
namespace {

TEST(Enumerate, PutsTheWordBeforeTheLast) {
  EXPECT_EQ(PlainText(Enumerate({}, "og")), "");
  EXPECT_EQ(PlainText(Enumerate({{Text("a")}}, "og")), "a");
  EXPECT_EQ(PlainText(Enumerate({{Text("a")}, {Text("b")}}, "og")), "a og b");
  EXPECT_EQ(PlainText(Enumerate({{Text("a")}, {Text("b")}, {Text("c")}}, "og")),
            "a, b og c");
}

TEST(Append, KeepsTheOrder) {
  Blocks blocks = {Paragraph({Text("1")})};
  Append(Blocks{CodeBlock("2"), Heading("3", "three")}, blocks);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[1].code, "2");
  EXPECT_EQ(blocks[2].kind, Block::Kind::kHeading);
  EXPECT_EQ(blocks[2].id, "three");
}

}  // namespace
}  // namespace klausul::ruleset::docs
