#include "service/syntax/tree.h"

#include <string>

#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/yaml.h"

namespace klausul::syntax {
namespace {

TEST(TreeTest, FindsKeys) {
  DiagnosticSink sink;
  const auto tree = ReadYaml(MakeSourceFile("a", "x: 1\ny: [2]\n"), {}, sink);
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(tree->root().Find("x")->text, "1");
  EXPECT_EQ(tree->root().Find("z"), nullptr);
  EXPECT_EQ(tree->root().Find("y")->Find("x"), nullptr);
  EXPECT_EQ(tree->root().Find("y")->parent, &tree->root());
}

TEST(TreeTest, PointerEscapesKeys) {
  DiagnosticSink sink;
  const auto tree =
      ReadYaml(MakeSourceFile("a", "a/b: [0, {~c: 1}]\nd: 2\n"), {}, sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  EXPECT_EQ(JsonPointer(tree->root()), "");
  EXPECT_EQ(JsonPointer(*tree->root().Find("a/b")->items[1]->Find("~c")),
            "/a~1b/1/~0c");
}

TEST(TreeTest, DescribesWhatANodeIs) {
  DiagnosticSink sink;
  const auto tree = ReadYaml(
      MakeSourceFile("a",
                     "n:\nm: {}\nl: []\np: 12\nq: \"12\"\nb: |\n  x\n"
                     "long: "
                     "\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6"
                     "\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6"
                     "\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6"
                     "\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6"
                     "\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\u00E6\n"),
      {}, sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  const auto describe = [&](const char* key) {
    return Describe(*tree->root().Find(key));
  };
  EXPECT_EQ(describe("n"), "nothing");
  EXPECT_EQ(describe("m"), "a mapping");
  EXPECT_EQ(describe("l"), "a list");
  EXPECT_EQ(describe("p"), "`12`");
  EXPECT_EQ(describe("q"), "`\"12\"`");
  EXPECT_EQ(describe("b"), "a block of text");
  // Forty code points, then a mark that more was there.
  EXPECT_EQ(describe("long").size(), 40 * 2 + 5);
}

TEST(TreeTest, ByteOrderMarkIsNoPartOfTheText) {
  EXPECT_EQ(MakeSourceFile("a", "\xEF\xBB\xBFx")->text(), "x");
  EXPECT_EQ(MakeSourceFile("a", "x\xEF\xBB\xBF")->text(), "x\xEF\xBB\xBF");
}

}  // namespace
}  // namespace klausul::syntax
