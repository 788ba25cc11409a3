#include "service/syntax/yaml.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/tree.h"
#include "tests/syntax/tree_text.h"

namespace klausul::syntax {
namespace {

using testing::HasSubstr;

std::shared_ptr<const Tree> Read(std::string text, DiagnosticSink& sink,
                                 const Limits& limits = {}) {
  return ReadYaml(MakeSourceFile("plan.yaml", std::move(text)), limits, sink);
}

struct GoodCase {
  std::string name;
  std::string text;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const GoodCase& c) {
  return out << c.name;
}

class YamlGoodTest : public testing::TestWithParam<GoodCase> {};

TEST_P(YamlGoodTest, IsRead) {
  DiagnosticSink sink;
  const auto tree = Read(GetParam().text, sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  EXPECT_EQ(TreeText(tree->root()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, YamlGoodTest,
    testing::ValuesIn(std::vector<GoodCase>{
        {"Empty", "", "null"},
        {"CommentOnly", "# nothing\n", "null"},
        {"Mapping", "a: 1\nb: x y\n", "{a: 1, b: x y}"},
        {"DocumentMark", "---\na: 1\n...\n", "{a: 1}"},
        {"ByteOrderMark",
         "\xEF\xBB\xBF"
         "a: 1\n",
         "{a: 1}"},
        {"CarriageReturns", "a: 1\r\nb:\r\n  - 2\r\n", "{a: 1, b: [2]}"},
        {"NorwayStaysText", "country: NO\n", "{country: NO}"},
        {"Nulls", "a:\nb: ~\nc: null\nd: \"\"\n",
         "{a: null, b: null, c: null, d: \"\"}"},
        {"NullEntry", "- \n- 1\n", "[null, 1]"},
        {"QuotedKeepsItsKind", "a: \"true\"\nb: 'x'\n",
         "{a: \"true\", b: \"x\"}"},
        {"Flow", "{a: [1, 2], b: {}, c: []}", "{a: [1, 2], b: {}, c: []}"},
        {"QuotedTag", "a: \"!urgent && x\"\n", "{a: \"!urgent && x\"}"},
        {"QuotedMergeKey", "\"<<\": 1\n", "{<<: 1}"},
        {"MergeSignAsValue", "a: <<\n", "{a: <<}"},
        {"Literal", "a: |\n  x\n   y\nb: 1\n", "{a: \"x\n y\n\", b: 1}"},
        {"Folded", "a: >-\n  x\n  y\n", "{a: \"x y\"}"},
    }),
    [](const auto& test) { return test.param.name; });

struct BadCase {
  std::string name;
  std::string text;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const BadCase& c) {
  return out << c.name;
}

class YamlBadTest : public testing::TestWithParam<BadCase> {};

TEST_P(YamlBadTest, IsRefused) {
  DiagnosticSink sink;
  EXPECT_EQ(Read(GetParam().text, sink), nullptr);
  EXPECT_EQ(sink.RenderAll(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, YamlBadTest,
    testing::ValuesIn(std::vector<BadCase>{
        {"Tag", "applies: !urgent && x\n",
         "error[yaml-tag]: `!urgent` is a tag\n"
         "  --> plan.yaml:1:10\n"
         "   |\n"
         "1  | applies: !urgent && x\n"
         "   |          ^^^^^^^\n"
         "   = help: quote a text that begins with `!`\n"},
        {"Anchor", "a: &x 1\n",
         "error[yaml-anchor]: `&x` is an anchor\n"
         "  --> plan.yaml:1:4\n"
         "   |\n"
         "1  | a: &x 1\n"
         "   |    ^^\n"
         "   = help: write the value out where it is needed, or quote a text "
         "that begins with `&`\n"},
        {"AnchoredMapping", "a: &x\n  b: 1\n",
         "error[yaml-anchor]: `&x` is an anchor\n"
         "  --> plan.yaml:1:4\n"
         "   |\n"
         "1  | a: &x\n"
         "   |    ^^\n"
         "   = help: write the value out where it is needed, or quote a text "
         "that begins with `&`\n"},
        {"MergeKey", "a:\n  <<: {b: 1}\n",
         "error[yaml-merge]: `<<` would merge a mapping\n"
         "  --> plan.yaml:2:3\n"
         "   |\n"
         "2  |   <<: {b: 1}\n"
         "   |   ^^\n"
         "   = help: write the fields out\n"},
        {"TwoDocuments", "a: 1\n---\nb: 2\n",
         "error[yaml-documents]: a second document starts here\n"
         "  --> plan.yaml:2:1\n"
         "   |\n"
         "2  | ---\n"
         "   | ^^^\n"
         "   = help: keep one document a file\n"},
        {"TextBehind", "{a: 1} b\n",
         "error[yaml-syntax]: unexpected text after the end of the document\n"
         "  --> plan.yaml:1:8\n"
         "   |\n"
         "1  | {a: 1} b\n"
         "   |        ^\n"},
        {"DuplicateKey", "a: 1\nb: 2\na: 3\n",
         "error[duplicate-key]: key `a` appears twice\n"
         "  --> plan.yaml:3:1\n"
         "   |\n"
         "3  | a: 3\n"
         "   | ^\n"
         "  --> plan.yaml:1:1\n"
         "   |\n"
         "1  | a: 1\n"
         "   | ^ it is here already\n"
         "   = help: keep one of the two\n"},
        {"ListAsKey", "[a]: 1\n",
         "error[yaml-key]: a list or mapping cannot be a key\n"
         "  --> plan.yaml:1:1\n"
         "   |\n"
         "1  | [a]: 1\n"
         "   | ^\n"
         "   = help: a key is a single word or a quoted text\n"},
        {"OpenBrackets", "a: 1\n[[[\n",
         "error[yaml-syntax]: not well-formed YAML: end of sequence flow not "
         "found\n"
         "  --> plan.yaml:3:1\n"
         "   |\n"
         "3  | \n"
         "   | ^\n"},
        {"NotWellFormed", "a: [1, 2\nb: 3\n",
         "error[yaml-syntax]: not well-formed YAML: end of sequence flow not "
         "found\n"
         "  --> plan.yaml:2:2\n"
         "   |\n"
         "2  | b: 3\n"
         "   |  ^\n"},
        {"InvalidUtf8", "a: bl\xE5\n",
         "error[invalid-utf8]: byte 0xE5 is not valid UTF-8 here\n"
         "  --> plan.yaml:1:6\n"
         "   |\n"
         "1  | a: bl\xEF\xBF\xBD\n"
         "   |      ^\n"
         "   = help: save the file as UTF-8\n"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(YamlTest, ReportsEveryDuplicateKey) {
  DiagnosticSink sink;
  EXPECT_EQ(Read("a: 1\na: 2\nb: {c: 1, c: 2}\n", sink), nullptr);
  EXPECT_EQ(sink.error_count(), 2);
}

TEST(YamlTest, AliasIsRefused) {
  DiagnosticSink sink;
  EXPECT_EQ(Read("a: *x\n", sink), nullptr);
  ASSERT_EQ(sink.error_count(), 1);
}

TEST(YamlTest, ControlCharactersDoNotEndTheText) {
  DiagnosticSink sink;
  EXPECT_EQ(Read("a: 1\n\x04\nb: 2\n", sink), nullptr);
  EXPECT_THAT(sink.RenderAll(),
              HasSubstr("error[control-character]: control character U+0004\n"
                        "  --> plan.yaml:2:1\n"));
}

TEST(YamlTest, SpansCoverWhatIsWritten) {
  DiagnosticSink sink;
  const std::string text =
      "pla\u00F8n: 'it''s'   # comment\n"
      "list: [a, \"b\\\"\", ]  # c ]\n"
      "block:\n"
      "  - one\n"
      "    two\n"
      "  - x: y z # cut\n"
      "nothing:\n"
      "text: |-\n"
      "    first\n"
      "\n"
      "    second\n";
  const auto tree = Read(text, sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  const Node& root = tree->root();
  EXPECT_EQ(Covered(*tree, root.entries[0].key_span), "pla\u00F8n");
  EXPECT_EQ(Covered(*tree, root.entries[0].value->span), "'it''s'");
  const Node& list = *root.Find("list");
  EXPECT_EQ(Covered(*tree, list.span), "[a, \"b\\\"\", ]");
  EXPECT_EQ(Covered(*tree, list.items[1]->span), "\"b\\\"\"");
  const Node& block = *root.Find("block");
  EXPECT_EQ(Covered(*tree, block.items[0]->span), "one\n    two");
  EXPECT_EQ(Covered(*tree, block.items[1]->span), "x: y z");
  EXPECT_EQ(Covered(*tree, root.Find("nothing")->span), "nothing");
  EXPECT_EQ(Covered(*tree, root.Find("text")->span),
            "|-\n    first\n\n    second");
}

TEST(YamlTest, TellsWhereACommentMayHaveCutAValue) {
  DiagnosticSink sink;
  const auto tree = Read("a: x #y\nb: 'x' # y\nc: x#y\nd: x\n# y\n", sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  EXPECT_TRUE(tree->root().Find("a")->followed_by_comment);
  EXPECT_FALSE(tree->root().Find("b")->followed_by_comment);
  EXPECT_FALSE(tree->root().Find("c")->followed_by_comment);
  EXPECT_FALSE(tree->root().Find("d")->followed_by_comment);
}

std::string Repeat(const std::string& text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i)
    out += text;
  return out;
}

TEST(YamlTest, DepthIsRefusedPastTheLimitOnly) {
  DiagnosticSink at_limit;
  EXPECT_NE(Read(Repeat("[", 100) + Repeat("]", 100), at_limit), nullptr);
  DiagnosticSink past_limit;
  EXPECT_EQ(Read(Repeat("[", 101) + Repeat("]", 101), past_limit), nullptr);
  EXPECT_THAT(past_limit.RenderAll(),
              HasSubstr("error[too-deep]: more than 100 levels of lists and "
                        "mappings in one another; that is the limit\n"
                        "  --> plan.yaml:1:101\n"));
}

TEST(YamlTest, TenThousandLevelsAreRefusedInEveryForm) {
  std::string block;
  for (int i = 0; i < 2000; ++i) {
    block += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  }
  for (const std::string& text :
       {Repeat("[", 10'000), Repeat("{a: ", 10'000), Repeat("- ", 10'000),
        Repeat("? ", 10'000), Repeat("[{", 10'000), block}) {
    DiagnosticSink sink;
    EXPECT_EQ(Read(text, sink), nullptr);
    ASSERT_EQ(sink.error_count(), 1) << text.substr(0, 20);
    EXPECT_EQ(sink.diagnostics()[0].code, "too-deep")
        << text.substr(0, 20) << sink.RenderAll();
  }
}

TEST(YamlTest, NumberOfValuesIsLimited) {
  Limits limits;
  limits.max_nodes = 4;
  DiagnosticSink at_limit;
  EXPECT_NE(Read("[1, 2, 3]", at_limit, limits), nullptr);
  DiagnosticSink past_limit;
  EXPECT_EQ(Read("[1, 2, 3, 4]", past_limit, limits), nullptr);
  EXPECT_THAT(past_limit.RenderAll(),
              HasSubstr("more than 4 values; that is the limit"));
}

}  // namespace
}  // namespace klausul::syntax
