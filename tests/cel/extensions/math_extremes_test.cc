#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include "service/cel/extensions/math.h"
#include "service/cel/unparse.h"
#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class MathExtremesTest : public ExtensionTableTest {};

TEST_P(MathExtremesTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Values, MathExtremesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"math.greatest(1)", "1"},
        {"math.greatest(1u, 2u)", "2u"},
        {"math.greatest(-42.0, -21.5, -100.0)", "-21.5"},
        {"math.greatest([-42.0, -21.5, -100.0])", "-21.5"},
        {"math.least(-42.0, -21.5, -100.0)", "-100.0"},
        {"math.least(1u, 2u)", "1u"},
        {"math.least([3, 1, 2])", "1"},
        {"math.greatest(1, 2u, 3.5)", "3.5"},
        {"math.least(1, 2u, 3.5, -1.0, 7)", "-1.0"},
        {"math.greatest([1, 2u, 1.5])", "2u"},
        // Of equal ones the first, as it is.
        {"math.greatest(1, 1u, 1.0)", "1"},
        {"math.least(1.0, 1, 1u)", "1.0"},
        {"math.greatest([1u, 1])", "1u"},
        // Equal to `==` as well: the int is rounded to a double.
        {"math.greatest(9007199254740993, 9007199254740992.0)",
         "9007199254740993"},
        {"math.greatest(9223372036854775807, 1e19)", "1e+19"},
        {"math.least(18446744073709551615u, -9223372036854775808)",
         "-9223372036854775808"},
        {"[1, 5, 3].map(x, math.greatest(x, 3))", "[3, 5, 3]"},
        {"math.greatest([1, 5].map(x, -x))", "-1"},
        {"math.greatest(dyn([]))",
         "error(invalid-argument: an empty list has no greatest or least "
         "number)"},
        {"math.least(dyn([1, 'a']))",
         "error(no-matching-overload: numbers have an order, not string)"},
        {"math.least(1.0, 0.0 / 0.0)",
         "error(invalid-argument: a NaN has no order)"},
        {"math.least([0.0 / 0.0, 1.0])",
         "error(invalid-argument: a NaN has no order)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Mistakes, MathExtremesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"math.greatest()",
         "macro-argument: `math.greatest` takes at least one argument "
         "\u00ABmath.greatest()\u00BB"},
        {"math.least([])",
         "macro-argument: an empty list has no greatest or least number "
         "\u00AB[]\u00BB"},
        {"math.greatest('a')",
         "macro-argument: this literal is no number \u00AB'a'\u00BB"},
        {"math.greatest(1, null)",
         "macro-argument: this literal is no number \u00ABnull\u00BB"},
        {"math.least(1, [2])",
         "macro-argument: this literal is no number \u00AB[2]\u00BB"},
        {"math.least([1, true])",
         "macro-argument: this literal is no number \u00ABtrue\u00BB"},
        {"math.least({})",
         "macro-argument: this literal is no number \u00AB{}\u00BB"},
    }));

TEST(MathExtremesTest, WrongTypesAreFoundByTheChecker) {
  ExtensionFixture fixture;
  for (const char* expression :
       {"math.greatest(string(1))", "math.least(1, 'a' + 'b')",
        "math.least(1, 2, type(1))", "math.greatest(['a'].map(x, x))"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "));
  }
}

TEST(MathExtremesTest, WrongValuesAreErrors) {
  ExtensionFixture fixture;
  EXPECT_THAT(fixture.Text("math.greatest(dyn('a'))"),
              testing::StartsWith("error(no-matching-overload: "));
  EXPECT_THAT(fixture.Text("math.greatest(1, dyn('a'))"),
              testing::StartsWith("error(no-matching-overload: "));
}

class MathExtremeTypesTest : public ExtensionTableTest {};

TEST_P(MathExtremeTypesTest, AreDeduced) {
  CheckType();
}

INSTANTIATE_TEST_SUITE_P(All, MathExtremeTypesTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"math.greatest(1)", "int"},
                             {"math.greatest(1u, 2u)", "uint"},
                             {"math.least(1.0, 2.0, 3.0)", "double"},
                             {"math.least([1.0, 2.0])", "double"},
                             {"math.least(1, 2u)", "dyn"},
                             {"math.least(1, 2, 3.0)", "dyn"},
                             {"math.least([1, 2u])", "dyn"},
                             {"math.least(dyn(1))", "dyn"},
                         }));

TEST(MathExtremesTest, AMethodOfAHostMayHaveTheName) {
  ExtensionFixture fixture;
  EXPECT_THAT(fixture.TypeText("[1].greatest('a')"),
              testing::StartsWith("unknown-function: "));
}

// Rather than a chain as deep as the arguments are many.
TEST(MathExtremesTest, ManyArgumentsMakeAShallowTree) {
  std::string expression = "math.greatest(0";
  for (int i = 1; i < 2000; ++i)
    absl::StrAppend(&expression, ", ", i);
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.Text(expression + ")"), "1999");
}

TEST(MathExtremesTest, MixedNumbersGoInRulesToo) {
  ExtensionFixture fixture(Mode::kRules);
  EXPECT_EQ(fixture.Text("math.greatest(1, 2u, 2.5)"), "2.5");
}

TEST(MathExtremesTest, ArePrintedAsTheyWereWritten) {
  ExtensionFixture fixture;
  const std::string expression = "math.greatest(1, 2, 3)";
  EXPECT_EQ(Unparse(*fixture.Compiled(expression)->ast().root()), expression);
}

TEST(MathExtremesTest, LongListsUseUpTheSteps) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 1500;
  EXPECT_EQ(fixture.Text("math.greatest(lists.range(700))"), "699");
  EXPECT_EQ(fixture.Text("math.greatest(lists.range(1000))"),
            "error(limit: the evaluation needs more than 1500 steps)");
}

}  // namespace
}  // namespace klausul::cel
