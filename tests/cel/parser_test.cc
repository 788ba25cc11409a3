#include "service/cel/parser.h"

#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(ParserTreeTest, Parses) {
  DiagnosticSink sink;
  const auto ast = ParseText(GetParam().source, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(ast, nullptr);
  EXPECT_EQ(Show(*ast->root()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Precedence, ParserTreeTest,
    testing::ValuesIn(std::vector<TreeCase>{
        {"ProductBeforeSum", "1 + 2 * 3", "(_+_ 1 (_*_ 2 3))"},
        {"SumsToTheLeft", "a - b - c", "(_-_ (_-_ a b) c)"},
        {"RelationsToTheLeft", "a < b < c", "(_<_ (_<_ a b) c)"},
        {"AndBeforeOr", "a || b && c", "(_||_ a (_&&_ b c))"},
        {"ChainsAreOneNode", "a && b && c", "(_&&_ a b c)"},
        {"ParenthesesKeepChainsApart", "(a && b) && c", "(_&&_ (_&&_ a b) c)"},
        {"ConditionalToTheRight", "a ? b : c ? d : e",
         "(_?_:_ a b (_?_:_ c d e))"},
        {"In", "a in b || c", "(_||_ (@in a b) c)"},
        {"Prefix", "!!a", "(!_ (!_ a))"},
        {"PrefixBindsLooserThanMember", "-a.b", "(-_ (. a b))"},
        {"Negation", "- -a", "(-_ (-_ a))"},
        {"Index", "a[b][c]", "(_[_] (_[_] a b) c)"},
        {"Call", "a.f(b, c).g()", "((a .f b c) .g)"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ParserTest, KeepsSpans) {
  DiagnosticSink sink;
  const auto ast = ParseText("(a.b) + f(\u00E6.c)", sink);
  EXPECT_EQ(ast, nullptr);

  DiagnosticSink good;
  const std::string text = "(a.b) + x.f( c )";
  const auto sum = ParseText(text, good);
  ASSERT_NE(sum, nullptr);
  const auto at = [&text](Span span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  const Expr& root = *sum->root();
  EXPECT_EQ(at(root.span), text);
  EXPECT_EQ(at(root.name_span), "+");
  EXPECT_EQ(at(root.args[0]->span), "a.b");
  EXPECT_EQ(at(root.args[0]->name_span), "b");
  EXPECT_EQ(at(root.args[1]->span), "x.f( c )");
  EXPECT_EQ(at(root.args[1]->name_span), "f");
  EXPECT_EQ(at(root.args[1]->args[0]->span), "c");
}

TEST(ParserTest, OptionalSyntaxIsSwitchedOnByTheHost) {
  DiagnosticSink sink;
  EXPECT_EQ(Parse(Source("a.?b"), {}, sink), nullptr);
  EXPECT_THAT(Describe(sink),
              ElementsAre("syntax: `?` cannot stand here «?» help: optional "
                          "values are not switched on"));
}

TEST(ParserTest, RefusesInvalidUtf8) {
  DiagnosticSink sink;
  EXPECT_EQ(ParseText("'a\xFF'", sink), nullptr);
  EXPECT_THAT(Describe(sink),
              ElementsAre("invalid-utf8: the expression is not valid UTF-8 "
                          "«\xFF»"));
}

TEST(ParserLimitTest, Size) {
  const std::string most(ParseLimits::kMaxSourceBytes - 1, ' ');
  EXPECT_THAT(ErrorsOf(most + "a"), IsEmpty());
  EXPECT_THAT(ErrorsOf(most + "ab"),
              ElementsAre("size-limit: the expression has 1048577 bytes; at "
                          "most 1048576 are read «»"));
}

}  // namespace
}  // namespace klausul::cel
