#include "service/cel/extensions/math.h"

#include <vector>

#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class MathTest : public ExtensionTableTest {};

TEST_P(MathTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    All, MathTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"math.ceil(1.2)", "2.0"},
        {"math.ceil(-1.2)", "-1.0"},
        {"math.floor(1.2)", "1.0"},
        {"math.floor(-1.2)", "-2.0"},
        {"math.floor(1.0 / 0.0)", "Infinity"},
        {"math.round(1.2)", "1.0"},
        {"math.round(0.5)", "1.0"},
        {"math.round(2.5)", "3.0"},
        {"math.round(-1.5)", "-2.0"},
        {"math.round(0.49999999999999994)", "0.0"},
        {"math.trunc(1.9)", "1.0"},
        {"math.trunc(-1.9)", "-1.0"},
        {"math.abs(-1)", "1"},
        {"math.abs(0)", "0"},
        {"math.abs(9223372036854775807)", "9223372036854775807"},
        {"math.abs(-9223372036854775807)", "9223372036854775807"},
        {"math.abs(-9223372036854775808)",
         "error(overflow: the absolute value does not fit an int)"},
        {"math.abs(2u)", "2u"},
        {"math.abs(-2.5)", "2.5"},
        {"math.isNaN(math.abs(0.0 / 0.0))", "true"},
        {"math.sign(-42)", "-1"},
        {"math.sign(0)", "0"},
        {"math.sign(9223372036854775807)", "1"},
        {"math.sign(0u)", "0u"},
        {"math.sign(42u)", "1u"},
        {"math.sign(-0.5)", "-1.0"},
        {"math.sign(-0.0)", "0.0"},
        {"math.sign(1.0 / 0.0)", "1.0"},
        {"math.isNaN(math.sign(0.0 / 0.0))", "true"},
        {"math.sqrt(81)", "9.0"},
        {"math.sqrt(81u)", "9.0"},
        {"math.sqrt(985.25)", "31.388692231439016"},
        {"math.isNaN(math.sqrt(-15))", "true"},
        {"math.isNaN(0.0 / 0.0) && !math.isNaN(1.0)", "true"},
        {"math.isInf(-1.0 / 0.0) && !math.isInf(0.0 / 0.0)", "true"},
        {"math.isFinite(1.0)", "true"},
        {"math.isFinite(1.0 / 0.0) || math.isFinite(0.0 / 0.0)", "false"},
    }));

class MathTypesTest : public ExtensionTableTest {};

TEST_P(MathTypesTest, AreDeduced) {
  CheckType();
}

INSTANTIATE_TEST_SUITE_P(All, MathTypesTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"math.ceil(1.0)", "double"},
                             {"math.abs(1)", "int"},
                             {"math.abs(1u)", "uint"},
                             {"math.sign(1.0)", "double"},
                             {"math.sign(dyn(1))", "dyn"},
                             {"math.sqrt(1)", "double"},
                             {"math.sqrt(dyn(1))", "double"},
                             {"math.isNaN(1.0)", "bool"},
                         }));

TEST(MathTest, ArgumentsOfAnotherTypeAreRefused) {
  ExtensionFixture fixture;
  for (const char* expression :
       {"math.ceil(1)", "math.floor(1u)", "math.round('1')", "math.trunc(1)",
        "math.isNaN(1)", "math.isInf(1)", "math.isFinite(1u)", "math.abs('1')",
        "math.sign(true)", "math.sqrt('4')"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "));
  }
}

}  // namespace
}  // namespace klausul::cel
