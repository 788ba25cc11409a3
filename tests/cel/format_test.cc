#include "service/cel/format.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/describe.h"
#include "tests/cel/round_trip.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Formatted(const std::string& text, std::size_t width) {
  FormatOptions options;
  options.width = width;
  DiagnosticSink sink;
  const auto formatted = Format(Source(text), options, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  return formatted.value_or("");
}

struct FormatCase {
  std::string name;
  std::string source;
  std::string want;
  std::size_t width = 40;
};

std::ostream& operator<<(std::ostream& out, const FormatCase& test) {
  return out << test.name;
}

class FormatTest : public testing::TestWithParam<FormatCase> {};

TEST_P(FormatTest, LaysOut) {
  EXPECT_EQ(Formatted(GetParam().source, GetParam().width), GetParam().want);
  ParseOptions options;
  options.optional_syntax = true;
  EXPECT_EQ(RoundTripFault(GetParam().source, options), "");
}

INSTANTIATE_TEST_SUITE_P(
    Lines, FormatTest,
    testing::ValuesIn(std::vector<FormatCase>{
        {"OneLine", " a+b*c ", "a + b * c"},
        {"FillsAChain", "aaaaaaaaaa && bbbbbbbbbb && cccccccccc && d",
         "aaaaaaaaaa && bbbbbbbbbb && cccccccccc\n"
         "&& d"},
        {"JustFits", "aaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbb",
         "aaaaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbbbbb"},
        {"KeepsTheAuthorsBreaks", "a\n  && b && c\n && d",
         "a\n&& b && c\n&& d"},
        {"ABreakBehindAnOperatorCounts", "a &&\nb", "a\n&& b"},
        {"Nested", "aaaaaaaaaa && (bbbbbbbbbbbbbbbb || cccccccccccccccc)",
         "aaaaaaaaaa\n"
         "&& (bbbbbbbbbbbbbbbb\n"
         "    || cccccccccccccccc)"},
        {"AndWithinOrIsBracketed", "a && b || c", "(a && b) || c"},
        {"List", "x in [AAAAAAAAAA, BBBBBBBBBB, CCCCCCCCCC, DDDDDDDDDD]",
         "x in [AAAAAAAAAA, BBBBBBBBBB,\n"
         "      CCCCCCCCCC, DDDDDDDDDD]"},
        {"ListOneALineStays", "[1,\n2,\n3]", "[1,\n 2,\n 3]"},
        {"ListOfTwoLinesIsFilled", "[1,\n2]", "[1, 2]"},
        {"Comparison", "days_between(a, b) >= parameter(\"no.days.open\")",
         "days_between(a, b)\n"
         "  >= parameter(\"no.days.open\")"},
        {"SumInAComparison", "aaaaaaaa >= bbbbbbbbbbbbbbbb + cccccccccccccccc",
         "aaaaaaaa >= bbbbbbbbbbbbbbbb\n"
         "              + cccccccccccccccc"},
        {"Conditional", "aaaaaaaaaaaaaaaa ? bbbbbbbbbbbbbbbb : ccccccccccc",
         "aaaaaaaaaaaaaaaa\n"
         "  ? bbbbbbbbbbbbbbbb\n"
         "  : ccccccccccc"},
        {"Ladder",
         "kind == AAAAAA ? \"one\" : kind == BBBBBB ? \"two\" : \"three\"",
         "kind == AAAAAA ? \"one\"\n"
         "  : kind == BBBBBB ? \"two\"\n"
         "  : \"three\""},
        {"Fold", "criteria.exists(c, has(c.weight) || has(c.points))",
         "criteria.exists(c, has(c.weight)\n"
         "                   || has(c.points))"},
        {"FoldFarToTheRight",
         "aaaaaaaaaaaaaaaa.bbbbbbbb.all(c, cccccccccccc == dddddddd)",
         "aaaaaaaaaaaaaaaa.bbbbbbbb.all(c,\n"
         "  cccccccccccc == dddddddd)"},
        {"Calls", "list.filter(x, x.same_need).map(x, x.value)",
         "list.filter(x, x.same_need)\n"
         "  .map(x, x.value)"},
        {"Arguments", "ffffffffffffffffffffffff(aaaaaaaaaa, bbbbbbbbbb)",
         "ffffffffffffffffffffffff(aaaaaaaaaa,\n"
         "                         bbbbbbbbbb)"},
        {"ArgumentsWithMoreRoomBelow",
         "ffffffffffffffffffffffff(aaaaaaaaaaaaaaaa, bbbbbbbbb)",
         "ffffffffffffffffffffffff(\n"
         "  aaaaaaaaaaaaaaaa, bbbbbbbbb)"},
        {"Message", "M{aaaaaaaaaa: 1, ?bbbbbbbbbb: 2, `in`: [3]}",
         "M{aaaaaaaaaa: 1, ?bbbbbbbbbb: 2,\n  `in`: [3]}"},
        {"LongTextIsLeft", "f(\"a text that is longer than any of the lines\")",
         "f(\"a text that is longer than any of the lines\")"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Spelling, FormatTest,
    testing::ValuesIn(std::vector<FormatCase>{
        {"Numbers", "0xFF + 1e3 - - 1", "0xFF + 1e3 - -1"},
        {"Texts", "r\"\\d\" + 'a' + b'''b\"'''", "r\"\\d\" + 'a' + b'''b\"'''"},
        {"TextOfSeveralLines", "f('''a\n b''') == c", "f('''a\n b''') == c"},
        {"Parentheses", "((a)) + (b * c)", "a + b * c"},
        {"NeededParentheses", "-(-1) - (a - b)", "-(-1) - (a - b)"},
        {"Prefixes", "! ! a && -(-b)", "!!a && --b"},
        {"MacrosAreCalls", "a.all( x,x )&&has( a.b )",
         "a.all(x, x) && has(a.b)"},
        {"TrailingComma", "[1,2,]", "[1, 2]"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Comments, FormatTest,
    testing::ValuesIn(std::vector<FormatCase>{
        {"BehindAnOperand", "a // why\n&& b", "a  // why\n&& b"},
        {"OfItsOwnLine", "a\n   // why\n && b", "a\n// why\n&& b"},
        {"BetweenOperatorAndOperand", "a && // why\n b", "a  // why\n&& b"},
        {"First", "// why\na", "// why\na"},
        {"Last", "a\n// end\n", "a\n// end"},
        {"InAList", "[1, // one\n 2 // two\n]", "[1,  // one\n 2  // two\n]"},
        {"InAnEmptyList", "[ // none\n]", "[  // none\n]"},
        {"BeforeAName", "x. // what\nf", "x.f  // what"},
        {"TwoInARow", "a\n// one\n// two\n&& b", "a\n// one\n// two\n&& b"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(FormatTest, OneLineDropsBreaks) {
  FormatOptions options;
  options.width = 4;
  options.one_line = true;
  DiagnosticSink sink;
  EXPECT_EQ(Format(Source("aaaa\n&& bbbb"), options, sink), "aaaa && bbbb");
}

TEST(FormatTest, OneLineHasNoRoomForComments) {
  FormatOptions options;
  options.one_line = true;
  DiagnosticSink sink;
  EXPECT_EQ(Format(Source("a // why\n&& b"), options, sink), absl::nullopt);
  EXPECT_EQ(Format(Source("'''a\nb'''"), options, sink), absl::nullopt);
  const std::string help =
      " help: write the expression as a block: `|`, and the expression, "
      "indented, below it";
  EXPECT_THAT(
      Describe(sink),
      ElementsAre("not-formatted: a comment cannot stand in an expression of "
                  "one line \u00AB// why\u00BB" +
                      help,
                  "not-formatted: a text over several lines cannot stand in "
                  "an expression of one line \u00AB'''a\nb'''\u00BB" +
                      help));
}

TEST(FormatTest, ReportsWhatDoesNotParse) {
  DiagnosticSink sink;
  EXPECT_EQ(Format(Source("a &&"), {}, sink), absl::nullopt);
  EXPECT_THAT(Describe(sink),
              ElementsAre("syntax: expected an expression, found the end of "
                          "the expression \u00AB\u00BB"));
}

TEST(FormatTest, DeepAndLongExpressionsTakeLittleTime) {
  std::string deep(ParseLimits::kMaxNesting - 1, '(');
  deep += "a" + std::string(ParseLimits::kMaxNesting - 1, ')');
  EXPECT_EQ(Formatted(deep, 80), "a");
  std::string lists(ParseLimits::kMaxNesting - 1, '[');
  lists += std::string(ParseLimits::kMaxNesting - 1, ']');
  EXPECT_EQ(Formatted(lists, 80), lists);
  std::string chain = "a";
  for (int i = 0; i < 50'000; ++i)
    chain += " && aaaaaaaaaaa";
  EXPECT_GT(Formatted(chain, 80).size(), chain.size() - 1);
}

}  // namespace
}  // namespace klausul::cel
