#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

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
         "a.transformMapEntry(k, v, [v])",
         {"macro-argument: `transformMapEntry` makes a map of one entry «[v]» "
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
