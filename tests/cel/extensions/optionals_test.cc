#include "service/cel/extensions/optionals.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class OptionalsTest : public ExtensionTableTest {};

TEST_P(OptionalsTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Functions, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"optional.of(1)", "optional.of(1)"},
        {"optional.none()", "optional.none()"},
        {"optional.of(null).hasValue()", "true"},
        {"optional.none().hasValue()", "false"},
        {"optional.of(1).value()", "1"},
        {"optional.none().value()",
         "error(invalid-argument: optional.none() has no value)"},
        {"optional.of(1).or(optional.of(2))", "optional.of(1)"},
        {"optional.none().or(optional.of(2))", "optional.of(2)"},
        {"optional.of(1).orValue(2)", "1"},
        {"optional.none().orValue(2)", "2"},
        {"optional.unwrap([optional.of(1), optional.none()])", "[1]"},
        {"[optional.none(), optional.of(1)].unwrapOpt()", "[1]"},
        {"[1, 2].first()", "optional.of(1)"},
        {"[1, 2].last()", "optional.of(2)"},
        {"[].first()", "optional.none()"},
        {"[].last()", "optional.none()"},
        {"type(optional.of(1)) == optional_type", "true"},
    }));

INSTANTIATE_TEST_SUITE_P(
    TheAlternativeIsOnlyLookedAtWhereItIsNeeded, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"optional.of(1).orValue(1 / 0)", "1"},
        {"optional.of(1).or(optional.of(1 / 0))", "optional.of(1)"},
        {"optional.none().orValue(1 / 0)",
         "error(divide-by-zero: divide by zero)"},
        {"optional.of(1 / 0).orValue(1)",
         "error(divide-by-zero: divide by zero)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    NonZero, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"optional.ofNonZeroValue(null)", "optional.none()"},
        {"optional.ofNonZeroValue(false)", "optional.none()"},
        {"optional.ofNonZeroValue(0)", "optional.none()"},
        {"optional.ofNonZeroValue(0u)", "optional.none()"},
        {"optional.ofNonZeroValue(-0.0)", "optional.none()"},
        {"optional.ofNonZeroValue('')", "optional.none()"},
        {"optional.ofNonZeroValue(b'')", "optional.none()"},
        {"optional.ofNonZeroValue([])", "optional.none()"},
        {"optional.ofNonZeroValue({})", "optional.none()"},
        {"optional.ofNonZeroValue(timestamp(0))", "optional.none()"},
        {"optional.ofNonZeroValue(duration('0s'))", "optional.none()"},
        {"optional.ofNonZeroValue(optional.none())", "optional.none()"},
        {"optional.ofNonZeroValue([0])", "optional.of([0])"},
        {"optional.ofNonZeroValue(int)", "optional.of(int)"},
        {"optional.ofNonZeroValue(google.protobuf.Empty{})", "optional.none()"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Macros, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"optional.of(1).optMap(x, x + 1)", "optional.of(2)"},
        {"optional.none().optMap(x, x + 1)", "optional.none()"},
        {"optional.of(1).optMap(x, x + 1).optMap(x, x * 2)", "optional.of(4)"},
        {"optional.of(1).optMap(x, optional.of(2).optMap(y, x + y))",
         "optional.of(optional.of(3))"},
        {"optional.of(1).optFlatMap(x, optional.of(x + 1))", "optional.of(2)"},
        {"optional.of(1).optFlatMap(x, optional.none())", "optional.none()"},
        {"optional.of(1).optMap(x, 1 / 0)",
         "error(divide-by-zero: divide by zero)"},
        {"optional.of(1).optMap(x.y, 1)",
         "macro-argument: a macro variable must be a plain name "
         "\u00ABx.y\u00BB "
         "help: write a name such as `x`, without dots or brackets"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Selecting, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"{'a': 1}.?a", "optional.of(1)"},
        {"{'a': 1}.?b", "optional.none()"},
        {"{'a': {'b': 1}}.?a.b", "optional.of(1)"},
        {"{'a': {}}.?a.b", "optional.none()"},
        {"{}.?a.b.c", "optional.none()"},
        {"{'a': optional.of(1)}.?a", "optional.of(optional.of(1))"},
        {"has({'a': {}}.?a.b)", "false"},
        {"[1][?0]", "optional.of(1)"},
        {"[1][?1]", "optional.none()"},
        {"[1][?-1]", "optional.none()"},
        {"dyn([1])[?0u]", "optional.of(1)"},
        {"dyn([1])[?0.5]",
         "error(invalid-argument: a list index has to be a whole number)"},
        {"{1: 2}[?1]", "optional.of(2)"},
        {"optional.of([1])[0]", "optional.of(1)"},
        {"optional.of([1])[1]", "optional.none()"},
        {"optional.of({1: 2})[1]", "optional.of(2)"},
        {"optional.none()[1]", "optional.none()"},
        {"dyn(optional.of(1))[1]",
         "error(no-matching-overload: no overload of `_[_]` takes (int, int))"},
        {"optional.of(dyn(1)).a",
         "error(no-matching-overload: cannot select `a` from a value of type "
         "int)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Literals, OptionalsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[?optional.of(1), ?optional.none(), 2]", "[1, 2]"},
        {"{?'a': optional.of(1), ?'b': optional.none()}", "{\"a\": 1}"},
        {"[?dyn(1)]",
         "error(no-matching-overload: `?` takes an optional, not a int)"},
    }));

class OptionalTypesTest : public ExtensionTableTest {};

TEST_P(OptionalTypesTest, AreDeduced) {
  CheckType();
}

INSTANTIATE_TEST_SUITE_P(
    All, OptionalTypesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"optional.none()", "optional_type(dyn)"},
        {"optional.of(1)", "optional_type(int)"},
        {"[optional.none(), optional.of(1)]", "list(optional_type(int))"},
        {"true ? optional.none() : optional.of(1)", "optional_type(int)"},
        {"optional.of(1).or(optional.none())", "optional_type(int)"},
        {"optional.of(1).orValue(2)", "int"},
        {"optional.of(1).optMap(x, [x])", "optional_type(list(int))"},
        {"optional.of(1).optFlatMap(x, optional.of('a'))",
         "optional_type(string)"},
        {"{'a': {'b': 1}}.?a.b", "optional_type(int)"},
        {"{'a': optional.of(1)}.?a", "optional_type(optional_type(int))"},
        {"{'a': [1]}.?a[0]", "optional_type(int)"},
        {"dyn({}).?a", "optional_type(dyn)"},
        {"[?optional.of(1), 2]", "list(int)"},
        {"{?'a': optional.of(1)}", "map(string, int)"},
        {"[1].first()", "optional_type(int)"},
        {"optional.unwrap([optional.of(1)])", "list(int)"},
        {"optional.of(1).orValue('a')",
         "no-overload: argument 1 of `orValue` is `string`, expected `int` "
         "\u00AB'a'\u00BB"},
        {"[?1]",
         "type-mismatch: what stands behind `?` is `int`, expected an optional "
         "value \u00AB1\u00BB"},
    }));

TEST(OptionalsTest, AnAlternativeThatIsNotNeededCostsNothing) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 100;
  EXPECT_EQ(fixture.Text("optional.of(1).orValue(lists.range(1000).size())"),
            "1");
  EXPECT_EQ(
      fixture.Text("optional.of(1).or(optional.of(lists.range(1000).size()))"),
      "optional.of(1)");
  EXPECT_THAT(fixture.Text("optional.none().orValue(lists.range(1000).size())"),
              testing::StartsWith("error(limit: "));
}

// Each would work its receiver out twice, were it not kept.
TEST(OptionalsTest, AChainOfMapsCostsWhatItIsLong) {
  std::string expression = "optional.of(1)";
  for (int i = 0; i < 60; ++i)
    expression += ".optMap(x, x + 1)";
  ExtensionFixture fixture;
  fixture.options().step_limit = 2000;
  EXPECT_EQ(fixture.Text(expression), "optional.of(61)");
}

}  // namespace
}  // namespace klausul::cel
