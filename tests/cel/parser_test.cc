#include "service/cel/parser.h"

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

const std::vector<Macro>& AllMacros() {
  static const auto& macros = *[] {
    auto* all = new std::vector<Macro>(StandardMacros());
    for (const auto* more : {&TwoVariableMacros(), &BindMacros()}) {
      all->insert(all->end(), more->begin(), more->end());
    }
    return all;
  }();
  return macros;
}

std::shared_ptr<const Ast> ParseText(absl::string_view text,
                                     DiagnosticSink& sink) {
  ParseOptions options;
  options.macros = &AllMacros();
  options.optional_syntax = true;
  return Parse(Source(text), options, sink);
}

// A tree in a form that hides nothing: `(f a b)`, `(. a f)`.
std::string Show(const Expr& expr);

std::string ShowAll(const std::vector<Expr*>& exprs) {
  return absl::StrJoin(exprs, " ", [](std::string* out, const Expr* expr) {
    absl::StrAppend(out, Show(*expr));
  });
}

std::string ShowEntries(const Expr& expr) {
  return absl::StrJoin(
      expr.entries, " ", [](std::string* out, const Entry& entry) {
        absl::StrAppend(
            out, entry.optional ? "?" : "",
            entry.key != nullptr ? Show(*entry.key) : std::string(entry.field),
            ":", Show(*entry.value));
      });
}

std::string ShowConstant(const Constant& constant) {
  switch (constant.kind) {
    case ConstantKind::kNull:
      return "null";
    case ConstantKind::kBool:
      return constant.bool_value ? "true" : "false";
    case ConstantKind::kInt:
      return absl::StrCat(constant.int_value);
    case ConstantKind::kUint:
      return absl::StrCat(constant.uint_value, "u");
    case ConstantKind::kDouble:
      return absl::StrCat(constant.double_value, "d");
    case ConstantKind::kString:
      return absl::StrCat("'", constant.text, "'");
    case ConstantKind::kBytes:
      return absl::StrCat("b'", constant.text, "'");
  }
  return "";
}

std::string Show(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return ShowConstant(expr.constant);
    case ExprKind::kIdent:
      return std::string(expr.name);
    case ExprKind::kSelect:
      return absl::StrCat("(",
                          expr.mode == SelectMode::kHas ? "has"
                          : expr.optional               ? ".?"
                                                        : ".",
                          " ", Show(*expr.operand), " ", expr.name, ")");
    case ExprKind::kCall:
      return absl::StrCat(
          "(",
          expr.has_receiver() ? absl::StrCat(Show(*expr.operand), " ") : "",
          expr.has_receiver() ? "." : "", expr.name,
          expr.args.empty() ? "" : " ", ShowAll(expr.args), ")");
    case ExprKind::kList:
      return absl::StrCat("[", ShowAll(expr.args), "]",
                          expr.optional_indices.empty() ? "" : "?",
                          absl::StrJoin(expr.optional_indices, ","));
    case ExprKind::kMap:
      return absl::StrCat("{", ShowEntries(expr), "}");
    case ExprKind::kStruct:
      return absl::StrCat(expr.name, "{", ShowEntries(expr), "}");
    case ExprKind::kFold:
      return absl::StrCat(
          "(fold", static_cast<int>(expr.fold), " ", Show(*expr.operand), " ",
          expr.var, expr.var2.empty() ? "" : ",", expr.var2,
          expr.predicate == nullptr ? "" : " if ",
          expr.predicate == nullptr ? "" : Show(*expr.predicate),
          expr.transform == nullptr ? "" : " to ",
          expr.transform == nullptr ? "" : Show(*expr.transform), ")");
    case ExprKind::kLet:
      return absl::StrCat("(let ", expr.var, " ", Show(*expr.operand), " ",
                          Show(*expr.transform), ")");
  }
  return "";
}

struct TreeCase {
  std::string name;
  std::string source;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const TreeCase& test) {
  return out << test.name;
}

class ParserTreeTest : public testing::TestWithParam<TreeCase> {};

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

INSTANTIATE_TEST_SUITE_P(
    Literals, ParserTreeTest,
    testing::ValuesIn(std::vector<TreeCase>{
        {"LeastInt", "-9223372036854775808", "-9223372036854775808"},
        {"LeastHexInt", "-0x8000000000000000", "-9223372036854775808"},
        {"MostInt", "9223372036854775807", "9223372036854775807"},
        {"MostUint", "18446744073709551615u", "18446744073709551615u"},
        {"HexUint", "0xFu", "15u"},
        {"NegativeDouble", "-1.5", "-1.5d"},
        {"TinyDoubleIsZero", "1e-324", "0d"},
        {"NotOfANegativeNumber", "!-1", "(!_ -1)"},
        {"MinusOfANegativeNumber", "--1", "(-_ -1)"},
        {"MinusIsPartOfTheLiteral", "-1.f()", "(-1 .f)"},
        {"Subtraction", "1 -1", "(_-_ 1 1)"},
        {"NegatedUint", "-1u", "(-_ 1u)"},
        {"Bools", "[true, false, null]", "[true false null]"},
        {"Texts", "['a', b'c']", "['a' b'c']"},
        {"TrailingCommas", "[1, {2: 3,}, M{f: 4,},]", "[1 {2:3} M{f:4}]"},
        {"Empty", "[[], {}, M{}]", "[[] {} M{}]"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Names, ParserTreeTest,
    testing::ValuesIn(std::vector<TreeCase>{
        {"LeadingDot", ".a.b", "(. .a b)"},
        {"LeadingDotCall", ".f(a)", "(.f a)"},
        {"Message", "a . b.C{x: 1, in_: 2}", "a.b.C{x:1 in_:2}"},
        {"RootMessage", ".a.C{}", ".a.C{}"},
        {"ReservedField", "a.package.for", "(. (. a package) for)"},
        {"ReservedMethod", "a.import()", "(a .import)"},
        {"ReservedMessageField", "M{as: 1}", "M{as:1}"},
        {"QuotedField", "a.`b-c`", "(. a b-c)"},
        {"QuotedMessageField", "M{`in`: true}", "M{in:true}"},
        {"OptionalField", "a.?b", "(.? a b)"},
        {"OptionalIndex", "a[?b]", "(_[?_] a b)"},
        {"OptionalElements", "[a, ?b, ?c]", "[a b c]?1,2"},
        {"OptionalEntries", "{?a: b, c: d}", "{?a:b c:d}"},
        {"OptionalMessageField", "M{?a: b}", "M{?a:b}"},
        {"ConditionalKey", "{a ? b : c: d}", "{(_?_:_ a b c):d}"},
    }),
    [](const auto& test) { return test.param.name; });

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

struct ErrorCase {
  std::string name;
  std::string source;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const ErrorCase& test) {
  return out << test.name;
}

class ParserErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(ParserErrorTest, IsToldWithItsPlace) {
  DiagnosticSink sink;
  EXPECT_EQ(ParseText(GetParam().source, sink), nullptr);
  EXPECT_THAT(Describe(sink), testing::ElementsAreArray(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Errors, ParserErrorTest,
    testing::ValuesIn(std::vector<ErrorCase>{
        {"Empty", " // nothing\n", {"syntax: the expression is empty «»"}},
        {"MissingOperand",
         "a +",
         {"syntax: expected an expression, found the end of the expression "
          "«»"}},
        {"MissingLeftOperand",
         "* 2 + b",
         {"syntax: expected an expression, found `*` «*»"}},
        {"TwoOperands",
         "a b",
         {"syntax: expected an operator or the end, found `b` «b»"}},
        {"And",
         "a and b or c",
         {"unknown-operator: `and` is not an operator «and» help: write `&&`",
          "unknown-operator: `or` is not an operator «or» help: write `||`"}},
        {"Not",
         "not a && NOT b",
         {"unknown-operator: `not` is not an operator «not» help: write `!`",
          "unknown-operator: `NOT` is not an operator «NOT» help: write "
          "`!`"}},
        {"Assignment",
         "a = 1 && b = 2",
         {"unknown-operator: `=` is not an operator «=» help: did you mean "
          "`==`?",
          "unknown-operator: `=` is not an operator «=» help: did you mean "
          "`==`?"}},
        {"NeverClosed",
         "f(a, [b)",
         {"unbalanced-bracket: `)` does not close `[` «)» help: write `]` "
          "note: opened here at 5",
          "unbalanced-bracket: `(` is never closed «(» help: add `)`"}},
        {"NeverClosedAtTheEnd",
         "(a + (b",
         {"unbalanced-bracket: `(` is never closed «(» help: add `)`"}},
        {"ClosesNothing",
         "a) + b",
         {"syntax: `)` closes nothing «)» help: take it away, or add the "
          "opening bracket"}},
        {"MissingComma",
         "[a b, c d]",
         {"syntax: expected `,` or `]`, found `b` «b»",
          "syntax: expected `,` or `]`, found `d` «d»"}},
        {"TrailingCommaInACall",
         "f(a,)",
         {"syntax: a call does not end in a comma «,» help: take it away"}},
        {"Tuple",
         "(a, b)",
         {"syntax: `,` cannot stand in parentheses «,» help: a list is "
          "written `[a, b]`"}},
        {"ConditionalWithoutElse",
         "a ? b",
         {"syntax: expected `:` and the value of the other case, found the "
          "end of the expression «» help: a condition is written `condition "
          "? value : other`"}},
        {"ConditionalInTheMiddle",
         "a ? b ? c : d : e",
         {"syntax: a `?:` in the middle of another needs parentheses «?» "
          "help: write `a ? (b ? c : d) : e`"}},
        {"MixedPrefixes",
         "!-a || -!b",
         {"syntax: `!` and `-` cannot be mixed without parentheses «-» help: "
          "write `!(-x)`",
          "syntax: `-` and `!` cannot be mixed without parentheses «!» help: "
          "write `-(!x)`"}},
        {"ReservedWord",
         "if + for(1)",
         {"reserved-word: `if` is a reserved word «if» help: it can be a "
          "field or a method, but no name of its own",
          "reserved-word: `for` is a reserved word «for» help: it can be a "
          "field or a method, but no name of its own"}},
        {"KeywordAsField",
         "a.in",
         {"syntax: expected a field name, found `in` «in» help: write `in` "
          "between backticks"}},
        {"BacktickAlone",
         "`a-b` + 1",
         {"syntax: `a-b` cannot stand on its own «`a-b`» help: backticks "
          "quote a field, after a dot"}},
        {"MessageOfAnExpression",
         "(a.b){}",
         {"syntax: only a plain name can stand before `{` «{» help: a message "
          "is written `package.Message{field: value}`"}},
        {"MapWithoutValue",
         "{a, b: 1}",
         {"syntax: expected `:` and a value, found `,` «,»"}},
        {"IntTooLarge",
         "9223372036854775808",
         {"invalid-number: `9223372036854775808` does not fit into an int "
          "«9223372036854775808» help: ints go from `-9223372036854775808` "
          "to `9223372036854775807`"}},
        {"UintTooLarge",
         "18446744073709551616u",
         {"invalid-number: `18446744073709551616u` does not fit into a uint "
          "«18446744073709551616u» help: the largest one is "
          "`18446744073709551615u`"}},
        {"DoubleTooLarge",
         "1e999",
         {"invalid-number: `1e999` is too large for a double «1e999»"}},
        {"HasOfAnIndex",
         "has(a['b'])",
         {"macro-argument: `has` takes a field selection «a['b']» help: write "
          "`has(message.field)`"}},
        {"MacroVariable",
         "a.all(x.y, true) && b.exists(1, true)",
         {"macro-argument: a macro variable must be a plain name «x.y» help: "
          "write a name such as `x`, without dots or brackets",
          "macro-argument: a macro variable must be a plain name «1» help: "
          "write a name such as `x`, without dots or brackets"}},
        {"MacroAccumulator",
         "a.all(__result__, true)",
         {"macro-argument: `__result__` cannot be the name of a macro "
          "variable «__result__»"}},
        {"MacroVariableTwice",
         "a.all(x, x, true)",
         {"macro-argument: the variable `x` is named twice «x»"}},
        {"TransformMapEntryOfNoMap",
         "a.transformMapEntry(k, v, v)",
         {"macro-argument: `transformMapEntry` makes a map of one entry «v» "
          "help: write `{key: value}` as its last argument"}},
        {"ManyAtOnce",
         "(a = ) + [1_0, 'x\\q'] + f(b c",
         {"unknown-operator: `=` is not an operator «=» help: did you mean "
          "`==`?",
          "syntax: expected an expression, found `)` «)»",
          "invalid-number: `1_0` is not a number «1_0» help: write the "
          "digits without `_` between them",
          "invalid-escape: `\\q` is not an escape sequence «\\q» help: write "
          "`\\\\` for a backslash, or put `r` before the quote",
          "syntax: expected `,` or `)`, found `c` «c»",
          "unbalanced-bracket: `(` is never closed «(» help: add `)`"}},
    }),
    [](const auto& test) { return test.param.name; });

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

// --- limits ------------------------------------------------------------------

std::string Repeat(int count, absl::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i)
    absl::StrAppend(&out, text);
  return out;
}

std::vector<std::string> ErrorsOf(absl::string_view text) {
  DiagnosticSink sink;
  const auto ast = ParseText(text, sink);
  EXPECT_EQ(ast == nullptr, sink.has_errors());
  return Describe(sink);
}

TEST(ParserLimitTest, Nesting) {
  const int limit = ParseLimits::kMaxNesting;
  const std::string error =
      "nesting-limit: the expression is nested more than 250 levels deep";
  EXPECT_THAT(ErrorsOf(Repeat(limit, "(") + "a" + Repeat(limit, ")")),
              IsEmpty());
  EXPECT_THAT(ErrorsOf(Repeat(limit + 1, "(") + "a" + Repeat(limit + 1, ")")),
              ElementsAre(StartsWith(error)));
  EXPECT_THAT(ErrorsOf(Repeat(10'000, "[")), ElementsAre(StartsWith(error)));
  EXPECT_THAT(ErrorsOf(Repeat(10'000, "f(")), ElementsAre(StartsWith(error)));
  EXPECT_THAT(ErrorsOf(Repeat(10'000, "a ? b : ")),
              ElementsAre(StartsWith(error)));
}

TEST(ParserLimitTest, NestingOfWhatIsWrongAnyway) {
  // Words are told once; the walk ends at the limit.
  EXPECT_THAT(ErrorsOf(Repeat(100'000, "not ")).size(),
              testing::Le(ParseLimits::kMaxErrors + 1));
  EXPECT_THAT(ErrorsOf(Repeat(100'000, "a = ")).size(), testing::Le(1000U));
  EXPECT_THAT(ErrorsOf(Repeat(100'000, "* ")).size(),
              testing::Le(ParseLimits::kMaxErrors + 1));
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

TEST(ParserLimitTest, Size) {
  const std::string most(ParseLimits::kMaxSourceBytes - 1, ' ');
  EXPECT_THAT(ErrorsOf(most + "a"), IsEmpty());
  EXPECT_THAT(ErrorsOf(most + "ab"),
              ElementsAre("size-limit: the expression has 1048577 bytes; at "
                          "most 1048576 are read «»"));
}

TEST(ParserLimitTest, GivesUpAfterManyErrors) {
  const std::vector<std::string> errors =
      ErrorsOf("[" + Repeat(1000, "a b, ") + "]");
  EXPECT_EQ(errors.size(), ParseLimits::kMaxErrors + 1);
  EXPECT_THAT(errors.back(),
              StartsWith("too-many-errors: too many errors; the rest is not "
                         "read"));
}

}  // namespace
}  // namespace klausul::cel
