#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

INSTANTIATE_TEST_SUITE_P(
    Macros, ParserTreeTest,
    testing::ValuesIn(std::vector<TreeCase>{
        {"Has", "has(a.b.c)", "(has (. a b) c)"},
        {"HasQuoted", "has(a.`b/c`)", "(has a b/c)"},
        {"All", "a.all(x, x > 0)", "(fold0 a x if (_>_ x 0))"},
        {"Exists", "a.exists(x, x)", "(fold1 a x if x)"},
        {"ExistsOne", "a.exists_one(x, x)", "(fold2 a x if x)"},
        {"ExistsOneCamel", "a.existsOne(x, x)", "(fold2 a x if x)"},
        {"Map", "a.map(x, f(x))", "(fold3 a x to (f x))"},
        {"MapFilter", "a.map(x, p, t)", "(fold3 a x if p to t)"},
        {"Filter", "a.filter(x, p)", "(fold4 a x if p)"},
        {"TwoVariables", "a.all(i, v, p)", "(fold0 a i,v if p)"},
        {"TransformList", "a.transformList(i, v, t)", "(fold5 a i,v to t)"},
        {"TransformMap", "a.transformMap(k, v, p, t)",
         "(fold6 a k,v if p to t)"},
        {"TransformMapEntry", "a.transformMapEntry(k, v, {v: k})",
         "(fold7 a k,v to {v:k})"},
        {"Bind", "cel.bind(x, a, x + x)", "(let x a (_+_ x x))"},
        {"BindOfAnotherThing", "a.bind(x, y, z)", "(a .bind x y z)"},
        {"NotWithThatManyArguments", "a.all(x)", "(a .all x)"},
        {"NotAsAGlobalFunction", "all(x, y)", "(all x y)"},
        {"Nested", "a.all(x, x.exists(y, has(y.z)))",
         "(fold0 a x if (fold1 x y if (has y z)))"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ParserTest, AFoldKeepsTheCallItWasWrittenAs) {
  DiagnosticSink sink;
  const auto ast = ParseText("a.all(x, p)", sink);
  ASSERT_NE(ast, nullptr);
  const Expr& fold = *ast->root();
  EXPECT_EQ(fold.span, (Span{0, 11}));
  EXPECT_EQ(fold.name_span, (Span{2, 5}));
  EXPECT_EQ(fold.var_span, (Span{6, 7}));
  ASSERT_NE(fold.macro_call, nullptr);
  EXPECT_EQ(fold.macro_call->args[1], fold.predicate);
}

TEST(ParserTest, WithoutMacrosTheyAreCalls) {
  ParseOptions options;
  options.macros = nullptr;
  DiagnosticSink sink;
  const auto ast = Parse(Source("a.all(x, has(x.y))"), options, sink);
  ASSERT_NE(ast, nullptr);
  EXPECT_EQ(Show(*ast->root()), "(a .all x (has (. x y)))");
}

TEST(ParserLimitTest, Chains) {
  const int limit = ParseLimits::kMaxTreeDepth;
  const std::string error =
      "nesting-limit: more than 1000 operations follow one another";
  EXPECT_THAT(ErrorsOf(Repeat(limit - 1, "a + ") + "a"), IsEmpty());
  EXPECT_THAT(ErrorsOf(Repeat(limit, "a + ") + "a"),
              ElementsAre(StartsWith(error)));
  EXPECT_THAT(ErrorsOf("a" + Repeat(limit - 1, ".b")), IsEmpty());
  EXPECT_THAT(ErrorsOf("a" + Repeat(limit, ".b")),
              ElementsAre(StartsWith(error)));
  EXPECT_THAT(ErrorsOf(Repeat(limit, "!") + "a"),
              ElementsAre(StartsWith(error)));
}

TEST(ParserLimitTest, LongFlatChainsAreFine) {
  EXPECT_THAT(ErrorsOf(Repeat(50'000, "a && ") + "a"), IsEmpty());
  EXPECT_THAT(ErrorsOf("[" + Repeat(50'000, "1, ") + "]"), IsEmpty());
}

}  // namespace
}  // namespace klausul::cel
