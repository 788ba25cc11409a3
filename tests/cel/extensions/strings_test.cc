#include "service/cel/extensions/strings.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class StringsTest : public ExtensionTableTest {};

TEST_P(StringsTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Searching, StringsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'hello mellow'.indexOf('')", "0"},
        {"'hello mellow'.indexOf('ello')", "1"},
        {"'hello mellow'.indexOf('jello')", "-1"},
        {"'hello mellow'.indexOf('', 2)", "2"},
        {"'hello mellow'.indexOf('ello', 2)", "7"},
        {"'hello'.indexOf('', 5)", "5"},
        {"'hello'.indexOf('o', 5)", "-1"},
        {"'hello'.indexOf('', 6)",
         "error(index-out-of-range: index out of range: 6)"},
        {"'hello'.indexOf('h', -1)",
         "error(index-out-of-range: index out of range: -1)"},
        {"''.indexOf('')", "0"},
        {"''.indexOf('a')", "-1"},
        {"'\u00E6\u00F8\u00E5\u00E6'.indexOf('\u00E6', 1)", "3"},
        {"'\U0001F600a'.indexOf('a')", "1"},
        {"'hello mellow'.lastIndexOf('')", "12"},
        {"'hello mellow'.lastIndexOf('ello')", "7"},
        {"'hello mellow'.lastIndexOf('jello')", "-1"},
        {"'hello mellow'.lastIndexOf('ello', 6)", "1"},
        {"'hello mellow'.lastIndexOf('ello', 7)", "7"},
        {"'hello'.lastIndexOf('hello!')", "-1"},
        {"'hello'.lastIndexOf('', 2)", "2"},
        {"'hello'.lastIndexOf('h', 0)", "0"},
        {"'hello'.lastIndexOf('o', 5)", "4"},
        {"'hello'.lastIndexOf('o', 6)",
         "error(index-out-of-range: index out of range: 6)"},
        {"'hello'.lastIndexOf('o', -1)",
         "error(index-out-of-range: index out of range: -1)"},
        {"'\u00E6\u00F8\u00E5\u00E6'.lastIndexOf('\u00E6', 2)", "0"},
        {"''.lastIndexOf('')", "0"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Parts, StringsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'hello'.charAt(4)", "\"o\""},
        {"'hello'.charAt(5)", "\"\""},
        {"'hello'.charAt(6)",
         "error(index-out-of-range: index out of range: 6)"},
        {"'hello'.charAt(-1)",
         "error(index-out-of-range: index out of range: -1)"},
        {"'hello'.charAt(-9223372036854775808)",
         "error(index-out-of-range: index out of range: "
         "-9223372036854775808)"},
        {"'bl\u00E5b\u00E6r'.charAt(4) == '\u00E6'", "true"},
        {"'tacocat'.substring(4)", "\"cat\""},
        {"'tacocat'.substring(7)", "\"\""},
        {"'tacocat'.substring(0, 4)", "\"taco\""},
        {"'tacocat'.substring(2, 2)", "\"\""},
        {"'bl\u00E5b\u00E6r'.substring(2, 5) == '\u00E5b\u00E6'", "true"},
        {"'tacocat'.substring(8)",
         "error(index-out-of-range: index out of range: 8)"},
        {"'tacocat'.substring(0, 8)",
         "error(index-out-of-range: index out of range: 8)"},
        {"'tacocat'.substring(0, -1)",
         "error(index-out-of-range: index out of range: -1)"},
        {"'tacocat'.substring(2, 1)",
         "error(index-out-of-range: a range that ends at 1 before it begins at "
         "2)"},
        {"'  \\t trim\\n '.trim()", "\"trim\""},
        {"' a b '.trim()", "\"a b\""},
        {"' \\u00a0\\u2003 '.trim()", "\"\""},
        {"''.trim()", "\"\""},
        {"'\\u3000\u00E6\\u1680'.trim() == '\u00E6'", "true"},
        {"'\\u200bx'.trim() == '\\u200bx'", "true"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Lists, StringsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'a b c'.split(' ')", "[\"a\", \"b\", \"c\"]"},
        {"'a b c'.split(' ', 0)", "[]"},
        {"'a b c'.split(' ', 1)", "[\"a b c\"]"},
        {"'a b c'.split(' ', 2)", "[\"a\", \"b c\"]"},
        {"'a b c'.split(' ', 3)", "[\"a\", \"b\", \"c\"]"},
        {"'a b c'.split(' ', 4)", "[\"a\", \"b\", \"c\"]"},
        {"'a b'.split(' ', -9223372036854775808)", "[\"a\", \"b\"]"},
        {"' a '.split(' ')", "[\"\", \"a\", \"\"]"},
        {"''.split(' ')", "[\"\"]"},
        {"''.split('')", "[]"},
        {"'abc'.split('')", "[\"a\", \"b\", \"c\"]"},
        {"'abc'.split('', 2)", "[\"a\", \"bc\"]"},
        {"'\u00E6\u00F8'.split('') == ['\u00E6', '\u00F8']", "true"},
        {"'aaa'.split('aa')", "[\"\", \"a\"]"},
        {"['a', 'b'].join()", "\"ab\""},
        {"['a', 'b', 'c'].join(', ')", "\"a, b, c\""},
        {"['a'].join('-')", "\"a\""},
        {"[].join()", "\"\""},
        {"[].join('/')", "\"\""},
        {"dyn(['a', 1]).join()",
         "error(no-matching-overload: an element to join is no string but "
         "int)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    NewTexts, StringsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'Bl\u00C5B\u00C6R Z[`'.lowerAscii() == 'bl\u00C5b\u00C6r z[`'",
         "true"},
        {"'bl\u00E5b\u00E6r z{'.upperAscii() == 'BL\u00E5B\u00E6R Z{'", "true"},
        {"'hello hello'.replace('he', 'we')", "\"wello wello\""},
        {"'hello hello'.replace('he', 'we', -1)", "\"wello wello\""},
        {"'hello hello'.replace('he', 'we', 1)", "\"wello hello\""},
        {"'hello hello'.replace('he', 'we', 0)", "\"hello hello\""},
        {"'hello hello'.replace('he', 'we', 3)", "\"wello wello\""},
        {"'aaa'.replace('aa', 'b')", "\"ba\""},
        {"'aa'.replace('a', 'aa')", "\"aaaa\""},
        {"'ab'.replace('', '-')", "\"-a-b-\""},
        {"'ab'.replace('', '-', 2)", "\"-a-b\""},
        {"''.replace('', '-')", "\"-\""},
        {"'\u00E6\u00F8'.replace('', '-') == '-\u00E6-\u00F8-'", "true"},
        {"'abc'.replace('b', '')", "\"ac\""},
        {"'gums'.reverse()", "\"smug\""},
        {"''.reverse()", "\"\""},
        {"'a\u00E6\u20AC\U0001F600'.reverse() == '\U0001F600\u20AC\u00E6a'",
         "true"},
        {"strings.quote('a\"b\\\\') == '\"a\\\\\"b\\\\\\\\\"'", "true"},
        {"strings.quote('\\a\\b\\f\\n\\r\\t\\v') == "
         "r'\"\\a\\b\\f\\n\\r\\t\\v\"'",
         "true"},
        {"strings.quote(\"'\u00E6'\") == '\"\\'\u00E6\\'\"'", "true"},
        {"strings.quote('')", "\"\\\"\\\"\""},
    }));

class StringTypesTest : public ExtensionTableTest {};

TEST_P(StringTypesTest, AreDeduced) {
  CheckType();
}

INSTANTIATE_TEST_SUITE_P(All, StringTypesTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"'a'.charAt(0)", "string"},
                             {"'a'.indexOf('a')", "int"},
                             {"'a'.lastIndexOf('a', 0)", "int"},
                             {"'a'.split(',')", "list(string)"},
                             {"[].join()", "string"},
                             {"'a'.reverse()", "string"},
                             {"[1].reverse()", "list(int)"},
                             {"dyn('a').reverse()", "dyn"},
                         }));

TEST(StringsTest, ArgumentsOfAnotherTypeAreRefused) {
  ExtensionFixture fixture;
  for (const char* expression :
       {"1.charAt(0)", "'a'.charAt('0')", "'a'.indexOf(1)", "'a'.split(1)",
        "[1].join()", "'a'.replace('a', 1)", "'a'.substring(1.0)",
        "strings.quote(1)", "'a'.trim(1)"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "));
  }
}

// Fields of proto2 may hold what is not UTF-8: whatever comes of it, nothing is
// read that is not there.
TEST(StringsTest, TextsThatAreNotUtf8DoNoHarm) {
  for (const char* text : {"\xF0", "a\xE2\x82", "\xF8\x09", "\x80\x80"}) {
    for (const char* call :
         {"charAt(0)", "charAt(1)", "substring(1)", "trim()", "reverse()",
          "split('')", "replace('', '-')", "indexOf('', 1)",
          "lastIndexOf('', 1)", "format([])", "lowerAscii()"}) {
      EvalFixture fixture(Mode::kConformance);
      AddStrings(fixture.builder());
      fixture.Bind("t", Type::String(), Value::String(text));
      EXPECT_NE(fixture.Text(absl::StrCat("t.", call)), "") << call;
    }
  }
}

// A text of 2^19 letters; the long part is not in it.
constexpr char kLong[] =
    "cel.bind(a, 'a'.replace('a', 'aaaaaaaaaaaaaaaa')"
    "  .replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaa')"
    "  .replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaa'), ";

// What would be 10^10 comparisons one by one.
TEST(StringsTest, SearchesAreLinear) {
  ExtensionFixture fixture;
  const std::string part = "a.substring(0, 262144)";
  EXPECT_EQ(fixture.Text(absl::StrCat(kLong, "a.indexOf('b' + ", part, "))")),
            "-1");
  EXPECT_EQ(fixture.Text(absl::StrCat(kLong, "a.indexOf(", part, " + 'b'))")),
            "-1");
  EXPECT_EQ(
      fixture.Text(absl::StrCat(kLong, "a.lastIndexOf('b' + ", part, "))")),
      "-1");
  EXPECT_EQ(fixture.Text(absl::StrCat(kLong, "a.lastIndexOf(", part, "))")),
            "262144");
}

TEST(StringsTest, LongTextsUseUpTheSteps) {
  for (const char* call :
       {"a.split('')", "a.replace('', 'xx')", "a.replace('a', 'b')",
        "[a, a, a, a, a, a, a, a, a, a, a, a, a].join().size()",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.charAt(i))",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.indexOf('b'))",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.lastIndexOf('b'))",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.substring(i))",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.trim())",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.reverse().size())",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.lowerAscii().size())",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, a.upperAscii().size())",
        "[0,1,2,3,4,5,6,7,8,9,10].map(i, strings.quote(a).size())"}) {
    ExtensionFixture fixture;
    fixture.options().step_limit = 150'000;
    EXPECT_EQ(fixture.Text(absl::StrCat(kLong, call, ")")),
              "error(limit: the evaluation needs more than 150000 steps)")
        << call;
  }
}

TEST(StringsTest, ATextTooLongIsALimitError) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 20'000'000;
  const std::string list = "[a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]";
  const std::string eight_lists =
      absl::StrCat("cel.bind(b, ", list, ".join(), [b, b, b, b, b, b, b, b, ");
  EXPECT_EQ(
      fixture.Text(absl::StrCat(kLong, eight_lists, "''].join().size()))")),
      "67108864");
  EXPECT_EQ(
      fixture.Text(absl::StrCat(kLong, eight_lists, "'x'].join().size()))")),
      "error(limit: a text of more than 67108864 bytes)");
}

}  // namespace
}  // namespace klausul::cel
