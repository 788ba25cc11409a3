#include "service/cel/extensions/regex_extension.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class RegexTest : public ExtensionTableTest {};

TEST_P(RegexTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Replace, RegexTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"regex.replace('hello world hello', 'hello', 'hi')",
         "\"hi world hi\""},
        {"regex.replace('banana', 'a', 'x', 0)", "\"banana\""},
        {"regex.replace('banana', 'a', 'x', 1)", "\"bxnana\""},
        {"regex.replace('banana', 'a', 'x', 2)", "\"bxnxna\""},
        {"regex.replace('banana', 'a', 'x', 9)", "\"bxnxnx\""},
        {"regex.replace('banana', 'a', 'x', -9223372036854775808)",
         "\"bxnxnx\""},
        {"regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1')", "\"ba fo\""},
        {"regex.replace('ab', 'a', r'[\\0]')", "\"[a]b\""},
        {"regex.replace('ab', 'a', r'\\\\') == r'\\b'", "true"},
        {"regex.replace('ab', 'b', '$1')", "\"a$1\""},
        {"regex.replace('ac', 'a(b)?c', r'<\\1>')", "\"<>\""},
        {"regex.replace('abc', 'x*', '-')", "\"-a-b-c-\""},
        {"regex.replace('axb', 'x*', '-')", "\"-a-b-\""},
        {"regex.replace('\u00E6\u00F8', '', '-') == '-\u00E6-\u00F8-'", "true"},
        {"regex.replace('bl\u00E5b\u00E6r', '[\u00E5\u00E6]', '.')",
         "\"bl.b.r\""},
        {"regex.replace('', 'a', 'b')", "\"\""},
        {"regex.replace('', '', 'b')", "\"b\""},
        {"regex.replace('aa', '^a', 'b')", "\"ba\""},
        {"regex.replace('aa', r'\\ba', 'b')", "\"ba\""},
        {"regex.replace('test', '(.)', r'\\2')",
         "error(invalid-argument: the replacement names group 2, the pattern "
         "has 1)"},
        {"regex.replace('id=123', r'id=(?P<value>\\d+)', r'value: \\values')",
         "error(invalid-argument: a replacement has a backslash before "
         "something else than a digit or a backslash)"},
        {"regex.replace('a', 'a', '\\\\')",
         "error(invalid-argument: a replacement has a backslash before "
         "something else than a digit or a backslash)"},
        {"regex.replace('foo bar', '(', 'x')",
         "error(invalid-argument: not a regular expression: missing ): (; it "
         "may have 10000 bytes and a program of 1048576 bytes)"},
        {"regex.replace('abcdefghij', '(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)', "
         "r'\\9\\1')",
         "\"ia\""},
    }));

INSTANTIATE_TEST_SUITE_P(
    Extract, RegexTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"regex.extract('hello world', 'hello(.*)')",
         "optional.of(\" world\")"},
        {"regex.extract('item-A, item-B', r'item-(\\w+)')",
         "optional.of(\"A\")"},
        {"regex.extract('HELLO', 'hello')", "optional.none()"},
        {"regex.extract('brand', 'ran')", "optional.of(\"ran\")"},
        {"regex.extract('ab', '(?:a)(b)')", "optional.of(\"b\")"},
        {"regex.extract('', '.*')", "optional.of(\"\")"},
        {"regex.extract([].join(), '(.*)')", "optional.of(\"\")"},
        {"regex.extract('', 'a(.*)')", "optional.none()"},
        {"regex.extract('a', 'a(.*)')", "optional.of(\"\")"},
        {"regex.extract('a', 'a(b)?')", "optional.none()"},
        {"regex.extract('bl\u00E5', 'l(.)') == optional.of('\u00E5')", "true"},
        {"regex.extract('a@b', '(.*)@([^.]*)')",
         "error(invalid-argument: the pattern has 2 groups that capture; to "
         "extract there may be one, and `(?:...)` captures nothing)"},
        {"regex.extract('a', '[')",
         "error(invalid-argument: not a regular expression: missing ]: [; it "
         "may have 10000 bytes and a program of 1048576 bytes)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    ExtractAll, RegexTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"regex.extractAll('id:123, id:456', r'id:\\d+')",
         "[\"id:123\", \"id:456\"]"},
        {"regex.extractAll('id:123, id:456', r'id:(\\d+)')",
         "[\"123\", \"456\"]"},
        {"regex.extractAll('id:123', 'assa')", "[]"},
        {"regex.extractAll('', 'a')", "[]"},
        {"regex.extractAll('ab', 'x*')", "[\"\", \"\", \"\"]"},
        {"regex.extractAll('aab', 'a(b)?')", "[\"b\"]"},
        {"regex.extractAll('aaaa', 'aa')", "[\"aa\", \"aa\"]"},
        {"regex.extractAll('\u00E6\u00F8', '.') == ['\u00E6', '\u00F8']",
         "true"},
        {"regex.extractAll('a@b', '(.*)@([^.]*)')",
         "error(invalid-argument: the pattern has 2 groups that capture; to "
         "extract there may be one, and `(?:...)` captures nothing)"},
        {"regex.extractAll('a', '(') == [] || true", "true"},
    }));

TEST(RegexTest, TypesAreThoseOfTheLibrary) {
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.TypeText("regex.replace('a', 'a', 'b', 1)"), "string");
  EXPECT_EQ(fixture.TypeText("regex.extract('a', 'a')"),
            "optional_type(string)");
  EXPECT_EQ(fixture.TypeText("regex.extractAll('a', 'a')"), "list(string)");
  for (const char* expression :
       {"regex.replace('a', 'a')", "regex.replace('a', 'a', 'a', '1')",
        "regex.extract('a', 1)", "regex.extractAll(b'a', 'a')"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "));
  }
}

TEST(RegexTest, LiteralsAreLookedAtWhenARuleIsChecked) {
  ExtensionFixture fixture(Mode::kRules);
  for (const char* expression :
       {"regex.extract('a', '(')", "regex.extractAll('a', '(a)(b)')",
        "regex.replace('a', '(', 'x')", "regex.replace('a', 'a', '\\\\1')"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("invalid-constant: "));
  }
  EXPECT_EQ(fixture.TypeText("regex.replace('a', '(a)', '\\\\1')"), "string");
  EXPECT_EQ(fixture.TypeText("regex.replace('a', 'a' + 'b', '\\\\1')"),
            "string");
}

TEST(RegexTest, PatternsAreBounded) {
  ExtensionFixture fixture;
  EXPECT_THAT(fixture.Text("regex.extract('a', '((a{100}){100}){100}')"),
              testing::StartsWith("error(invalid-argument: "));
  const std::string long_pattern(10'001, 'a');
  EXPECT_THAT(
      fixture.Text(absl::StrCat("regex.extract('a', '", long_pattern, "')")),
      testing::StartsWith("error(invalid-argument: "));
}

// Each match may look at all of the rest.
TEST(RegexTest, ManyMatchesInALongTextUseUpTheSteps) {
  const std::string text =
      "cel.bind(t, 'aaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaa')"
      ".replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaa'), ";
  for (const char* call :
       {"size(regex.extractAll(t, 'a*b|a'))",
        "size(regex.replace(t, 'a', 'b'))",
        "size(regex.replace(t, 'a*', r'\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
        "\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'))"}) {
    ExtensionFixture fixture;
    fixture.options().step_limit = 10'000;
    EXPECT_EQ(fixture.Text(text + call + ")"),
              "error(limit: the evaluation needs more than 10000 steps)")
        << call;
  }
  ExtensionFixture fixture;
  fixture.options().step_limit = 1500;
  EXPECT_THAT(fixture.Text("['a', 'b'].map(p, regex.extract('a', p))"),
              testing::StartsWith("error(limit: "));
}

}  // namespace
}  // namespace klausul::cel
