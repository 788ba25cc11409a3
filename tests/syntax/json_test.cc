#include "service/syntax/json.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/tree.h"
#include "tests/syntax/tree_text.h"

namespace klausul::syntax {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::shared_ptr<const Tree> Read(std::string text, DiagnosticSink& sink) {
  return ReadJson(MakeSourceFile("plan.json", std::move(text)), {}, sink);
}

TEST(JsonTest, ReadsEveryKindOfValue) {
  DiagnosticSink sink;
  const auto tree = Read(
      "\xEF\xBB\xBF {\"a\" : [1, -2.50, 1e300, true, false, null], "
      "\"b\\u00e6\": {\"c\":\"\\ud83d\\ude00 \\\"x\\\"\"}, \"d\": []} \n",
      sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  EXPECT_EQ(TreeText(tree->root()),
            "{a: [1, -2.50, 1e300, true, false, null], b\u00E6: {c: "
            "\"\U0001F600 \"x\"\"}, d: []}");
  EXPECT_FALSE(tree->root().Find("a")->items[3]->text.empty());
  EXPECT_TRUE(tree->root().Find("a")->items[5]->is_null());
}

TEST(JsonTest, SpansCoverWhatIsWritten) {
  DiagnosticSink sink;
  const auto tree = Read("{ \"a\" : [ 12 , \"x\\ny\" ] ,\n \"b\":null }", sink);
  ASSERT_NE(tree, nullptr) << sink.RenderAll();
  const Node& root = tree->root();
  EXPECT_EQ(Covered(*tree, root.entries[0].key_span), "\"a\"");
  EXPECT_EQ(Covered(*tree, root.entries[0].value->span), "[ 12 , \"x\\ny\" ]");
  EXPECT_EQ(Covered(*tree, root.entries[0].value->items[0]->span), "12");
  EXPECT_EQ(Covered(*tree, root.entries[0].value->items[1]->span), "\"x\\ny\"");
  EXPECT_EQ(Covered(*tree, root.entries[1].value->span), "null");
  EXPECT_EQ(root.span.begin, 0);
  EXPECT_EQ(root.span.end, tree->file()->text().size());
}

struct BadCase {
  std::string name;
  std::string text;
  // The first two lines of the diagnostic.
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const BadCase& c) {
  return out << c.name;
}

class JsonBadTest : public testing::TestWithParam<BadCase> {};

TEST_P(JsonBadTest, IsRefused) {
  DiagnosticSink sink;
  EXPECT_EQ(Read(GetParam().text, sink), nullptr);
  EXPECT_THAT(sink.RenderAll(), StartsWith(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Json, JsonBadTest,
    testing::ValuesIn(std::vector<BadCase>{
        {"Empty", " ",
         "error[json-syntax]: not well-formed JSON: the text is empty\n"
         "  --> plan.json:1:2\n"},
        {"TrailingComma", "{\"a\": 1,}",
         "error[json-syntax]: not well-formed JSON: expected a key in double "
         "quotes\n  --> plan.json:1:9\n"},
        {"ListTrailingComma", "[1,]",
         "error[json-syntax]: not well-formed JSON: expected a value\n"
         "  --> plan.json:1:4\n"},
        {"Comment", "{\n// x\n}",
         "error[json-syntax]: not well-formed JSON: expected a key in double "
         "quotes\n  --> plan.json:2:1\n"},
        {"SingleQuotes", "{'a': 1}",
         "error[json-syntax]: not well-formed JSON: expected a key in double "
         "quotes\n  --> plan.json:1:2\n"},
        {"BareKey", "{a: 1}",
         "error[json-syntax]: not well-formed JSON: expected a key in double "
         "quotes\n  --> plan.json:1:2\n"},
        {"NaN", "[NaN]",
         "error[json-syntax]: not well-formed JSON: expected a value\n"
         "  --> plan.json:1:2\n"},
        {"Infinity", "[-Infinity]",
         "error[json-syntax]: not well-formed JSON: expected a value\n"
         "  --> plan.json:1:3\n"},
        {"LeadingZero", "[01]",
         "error[json-syntax]: not well-formed JSON: expected `,` or `]`\n"
         "  --> plan.json:1:3\n"},
        {"MissingColon", "{\"a\" 1}",
         "error[json-syntax]: not well-formed JSON: expected `:` after the "
         "key\n  --> plan.json:1:6\n"},
        {"MissingComma", "{\"a\": 1 \"b\": 2}",
         "error[json-syntax]: not well-formed JSON: expected `,` or `}`\n"
         "  --> plan.json:1:9\n"},
        {"CutShort", "{\"a\": [1, 2",
         "error[json-syntax]: not well-formed JSON: expected `,` or `]`\n"
         "  --> plan.json:1:12\n"},
        {"SecondValue", "{} {}",
         "error[json-syntax]: not well-formed JSON: unexpected text after the "
         "end of the document\n  --> plan.json:1:4\n"},
        {"OpenString", "{\"a\": \"x}\n",
         "error[json-syntax]: not well-formed JSON: "},
        {"BadEscape", "[\"\\q\"]",
         "error[json-syntax]: not well-formed JSON: no such escape\n"},
        {"LoneHighSurrogate", "[\"\\ud800\"]",
         "error[json-syntax]: not well-formed JSON: half of a surrogate pair "
         "alone is no character\n"},
        {"LoneLowSurrogate", "[\"\\udc00\"]", "error["},
        {"ZeroCharacter", "[\"a\\u0000b\"]",
         "error[json-syntax]: a text cannot hold `\\u0000`\n"
         "  --> plan.json:1:2\n"},
        {"HugeNumber", "[1e400]",
         "error[json-syntax]: not well-formed JSON: the number is too large\n"
         "  --> plan.json:1:2\n"},
        {"DuplicateKey", "{\"a\": 1, \"\\u0061\": 2}",
         "error[duplicate-key]: key `a` appears twice\n"
         "  --> plan.json:1:10\n"},
        {"InvalidUtf8", "[\"\xC3(\"]",
         "error[invalid-utf8]: byte 0xC3 is not valid UTF-8 here\n"
         "  --> plan.json:1:3\n"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(JsonTest, TenThousandLevelsAreRefused) {
  for (const absl::string_view open : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 10'000; ++i)
      absl::StrAppend(&text, open);
    DiagnosticSink sink;
    EXPECT_EQ(Read(text, sink), nullptr);
    EXPECT_THAT(sink.RenderAll(),
                HasSubstr("error[too-deep]: more than 100 levels of lists and "
                          "mappings in one another; that is the limit"));
    EXPECT_EQ(sink.error_count(), 1);
  }
}

TEST(JsonTest, DepthAtTheLimitIsRead) {
  DiagnosticSink sink;
  EXPECT_NE(Read(std::string(100, '[') + std::string(100, ']'), sink), nullptr);
}

}  // namespace
}  // namespace klausul::syntax
