#include "service/ruleset/rule_format.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

using testing::HasSubstr;

struct FileCase {
  std::string name;
  std::string before;
  // Empty: nothing changes.
  std::string after;
};

std::ostream& operator<<(std::ostream& out, const FileCase& test) {
  return out << test.name;
}

class RuleFormatTest : public testing::TestWithParam<FileCase> {};

TEST_P(RuleFormatTest, ChangesOnlyExpressions) {
  const std::string& after =
      GetParam().after.empty() ? GetParam().before : GetParam().after;
  DiagnosticSink sink;
  EXPECT_EQ(FormatRuleFile("rules.yaml", GetParam().before, sink), after)
      << sink.RenderAll();
  EXPECT_EQ(FormatRuleFile("rules.yaml", after, sink), after)
      << "once more: " << sink.RenderAll();
}

INSTANTIATE_TEST_SUITE_P(
    Files, RuleFormatTest,
    testing::ValuesIn(std::vector<FileCase>{
        {"Nothing", "facts: []\n# a+b\n", ""},
        {"LeavesTheRest",
         "# a+b\nrules:\n- id:   x   # a+b\n  title: {nb: 'a+b'}\n"
         "  applies: |   # why\n     a+b\n\n  requires: >-\n    a+b  \n"
         "  sources: [ {url: a+b} ]\n",
         "# a+b\nrules:\n- id:   x   # a+b\n  title: {nb: 'a+b'}\n"
         "  applies: |   # why\n     a + b\n\n  requires: >-\n    a + b\n"
         "  sources: [ {url: a+b} ]\n"},
        {"Arguments",
         "rules:\n  - args: {a: 'f( ''x'' )', b: \"f( \\\"x\\\" )\"}\n",
         "rules:\n  - args: {a: 'f(''x'')', b: \"f(\\\"x\\\")\"}\n"},
        {"QuotedStaysAsItIsSpelled", "rules:\n- args: {a: \"\\x61 + b\"}\n",
         ""},
        {"QuotedOverLines", "rules:\n- args:\n    a: 'a\n      +b'\n",
         "rules:\n- args:\n    a: 'a + b'\n"},
        {"Facts",
         "facts:\n  - expr: |\n      a+b\n  - versions:\n"
         "      - {from: 2020-01-01, expr: 'a+b'}\n",
         "facts:\n  - expr: |\n      a + b\n  - versions:\n"
         "      - {from: 2020-01-01, expr: 'a + b'}\n"},
        {"LinesAreFilledToColumn80",
         "facts:\n  - expr: |\n"
         "      aaaaaaaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbbbbbbb && "
         "cccccccccccccccccc\n"
         "  - expr: |\n"
         "      aaaaaaaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbbbbbbb && "
         "ccccccccccccccccccccc\n",
         "facts:\n  - expr: |\n"
         "      aaaaaaaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbbbbbbb && "
         "cccccccccccccccccc\n"
         "  - expr: |\n"
         "      aaaaaaaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbbbbbbb\n"
         "      && ccccccccccccccccccccc\n"},
        {"Comments", "facts:\n- expr: |\n    a // why\n    &&b\n",
         "facts:\n- expr: |\n    a  // why\n    && b\n"},
        {"WindowsLines",
         "facts:\r\n- expr: |\r\n    a\r\n    &&b\r\n- x: 1\r\n",
         "facts:\r\n- expr: |\r\n    a\r\n    && b\r\n- x: 1\r\n"},
        {"ByteOrderMark",
         "\xEF\xBB\xBF"
         "facts:\n- expr: |\n    a+b\n",
         "\xEF\xBB\xBF"
         "facts:\n- expr: |\n    a + b\n"},
        {"NoLineBreakAtTheEnd", "facts:\n- expr: |\n    a+b",
         "facts:\n- expr: |\n    a + b"},
        {"IndentationIsSaid", "facts:\n- expr: |2\n     a\n    && b\n",
         "facts:\n- expr: |2\n    a\n    && b\n"},
        {"TextOverLines",
         "facts:\n- expr: |\n    f('''a\n     b\n\n    c''')  \n",
         "facts:\n- expr: |\n    f('''a\n     b\n\n    c''')\n"},
        {"Plain", "facts:\n- expr: a+b\n", "facts:\n- expr: a + b\n"},
    }),
    [](const auto& test) { return test.param.name; });

struct RefusedCase {
  std::string name;
  std::string file;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const RefusedCase& test) {
  return out << test.name;
}

class RuleFormatRefusesTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RuleFormatRefusesTest, WithThePlace) {
  DiagnosticSink sink;
  EXPECT_EQ(FormatRuleFile("rules.yaml", GetParam().file, sink), absl::nullopt);
  EXPECT_THAT(sink.RenderAll(), HasSubstr(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Files, RuleFormatRefusesTest,
    testing::ValuesIn(std::vector<RefusedCase>{
        {"NoYaml", "rules: [\n", "rules.yaml:"},
        {"NoExpression", "rules:\n- applies: |\n    a &&\n    b c\n",
         "error[syntax]: expected an operator or the end, found `c`\n"
         "  --> rules.yaml:4:7"},
        {"CommentInAFoldedBlock",
         "facts:\n- expr: >\n    a  // why\n\n    && b\n",
         "error[not-formatted]: this expression cannot be laid out in the way "
         "it is written\n  --> rules.yaml:2:9"},
        {"CommentInQuotes", "facts:\n- expr: \"a // b\\n && c\"\n",
         "error[not-formatted]: a comment cannot stand in an expression of one "
         "line\n  --> rules.yaml:2:12"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset
