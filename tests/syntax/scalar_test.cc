#include "service/syntax/scalar.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/json.h"
#include "service/syntax/tree.h"
#include "service/syntax/yaml.h"

namespace klausul::syntax {
namespace {

// Every case holds the word `MARK` once in the value; its place there has to
// lead to its place in the text.
struct OffsetCase {
  std::string name;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const OffsetCase& c) {
  return out << c.name;
}

class OffsetTest : public testing::TestWithParam<OffsetCase> {};

TEST_P(OffsetTest, LeadsFromTheValueToTheText) {
  const std::string& text = GetParam().text;
  DiagnosticSink sink;
  const auto file = MakeSourceFile("a", text);
  const auto tree =
      text[0] == '{' ? ReadJson(file, {}, sink) : ReadYaml(file, {}, sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  const Node* node = tree->root().Find("v");
  ASSERT_NE(node, nullptr);
  const std::size_t in_value = node->text.find("MARK");
  ASSERT_NE(in_value, std::string::npos) << node->text;
  EXPECT_EQ(FileOffset(*tree, *node, in_value), text.find("MARK"))
      << node->text;
  // The end is where the value ends, or inside the text at least.
  EXPECT_LE(FileOffset(*tree, *node, node->text.size()), text.size());
}

INSTANTIATE_TEST_SUITE_P(
    Scalar, OffsetTest,
    testing::ValuesIn(std::vector<OffsetCase>{
        {"Plain", "v: a b MARK"},
        {"PlainTwoLines", "v: a  b   \n   c\n   MARK d\n"},
        {"PlainBlankLines", "v: a\n\n\n   MARK d\n"},
        {"PlainCarriageReturns", "v: a\r\n  b\r\n  MARK\r\n"},
        {"SingleQuoted", "v: 'it''s MARK'"},
        {"SingleQuotedLines", "v: 'a\n\n   b''\n  MARK'"},
        {"DoubleQuoted", "v: \"a\\n\\\"\\\\ \\x41 \\u00e6 \\U0001F600 MARK\""},
        {"DoubleQuotedNamed", "v: \"\\L\\P\\e\\tMARK\""},
        {"DoubleQuotedContinued", "v: \"a\\\n    b\n  MARK\""},
        {"Literal", "v: |\n  a &&\n    b\n  MARK\n"},
        {"LiteralFirst", "v: |\n  MARK\n"},
        {"LiteralBlankLines", "v: |\n\n  a\n\n\n     MARK\n"},
        {"LiteralBlankWithSpaces", "v: |\n  a\n \n      \n  MARK\n"},
        {"LiteralIndicator", "v: |2\n    a\n  MARK\n"},
        {"LiteralStrip", "v: |-  # why\n      a\n      MARK"},
        {"LiteralKeep", "v: |+\n  a\n\n  MARK\n\n\nw: 1\n"},
        {"LiteralCarriageReturns", "v: |\r\n  a\r\n\r\n  MARK\r\n"},
        {"Folded", "v: >\n  a &&\n  b\n  MARK\n"},
        {"FoldedParagraphs", "v: >\n  a\n\n  b\n\n\n  MARK\n"},
        {"FoldedMoreIndented", "v: >\n  a\n    b\n    c\n  MARK\n"},
        {"Deeper", "u:\n  - w: |\n      x\nv: |\n         a\n         MARK\n"},
        {"Json", "{\"v\": \"a\\n\\/\\u00e6\\ud83d\\ude00 \\\"MARK\\\"\"}"},
        {"JsonNorwegian", "{\"v\": \"\u00E6\u00F8\u00E5 MARK\"}"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ScalarTest, EndOfABlockIsTheEndOfItsLastLine) {
  const std::string text = "v: |\n  a\n  b\n\n\nw: 1\n";
  EXPECT_EQ(RawEnd(text, 3, Node::Style::kLiteral, "a\nb\n"),
            text.find("b\n") + 1);
}

TEST(ScalarTest, TextThatDoesNotFitIsNotLeft) {
  EXPECT_LE(RawOffset("abc", 0, Node::Style::kPlain, "xyz", 3), 3);
  EXPECT_LE(RawOffset("\"a\\", 0, Node::Style::kDoubleQuoted, "ab", 2), 3);
  EXPECT_LE(RawEnd("|", 0, Node::Style::kLiteral, "a\nb"), 1);
  EXPECT_LE(RawEnd("'", 0, Node::Style::kSingleQuoted, ""), 1);
}

}  // namespace
}  // namespace klausul::syntax
