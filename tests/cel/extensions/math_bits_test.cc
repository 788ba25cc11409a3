#include <vector>

#include "gmock/gmock.h"

#include "service/cel/extensions/math.h"
#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class MathBitsTest : public ExtensionTableTest {};

TEST_P(MathBitsTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    All, MathBitsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"math.bitAnd(3u, 2u)", "2u"},
        {"math.bitAnd(-3, -5)", "-7"},
        {"math.bitOr(1u, 2u)", "3u"},
        {"math.bitOr(-2, -4)", "-2"},
        {"math.bitXor(3u, 5u)", "6u"},
        {"math.bitXor(1, -1)", "-2"},
        {"math.bitNot(-1)", "0"},
        {"math.bitNot(9223372036854775807)", "-9223372036854775808"},
        {"math.bitNot(0u)", "18446744073709551615u"},
        {"math.bitShiftLeft(1, 0)", "1"},
        {"math.bitShiftLeft(-1, 2)", "-4"},
        {"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
        {"math.bitShiftLeft(1, 64)", "0"},
        {"math.bitShiftLeft(1u, 63)", "9223372036854775808u"},
        {"math.bitShiftLeft(1u, 9223372036854775807)", "0u"},
        {"math.bitShiftLeft(1, -1)",
         "error(invalid-argument: the number of bits to shift by is "
         "negative)"},
        {"math.bitShiftRight(1024, 2)", "256"},
        {"math.bitShiftRight(-1, 63)", "1"},
        {"math.bitShiftRight(-1, 0)", "-1"},
        {"math.bitShiftRight(-1, 64)", "0"},
        {"math.bitShiftRight(1024u, 63)", "0u"},
        {"math.bitShiftRight(1u, -9223372036854775808)",
         "error(invalid-argument: the number of bits to shift by is "
         "negative)"},
    }));

TEST(MathBitsTest, KeepTheTypeAndMixNone) {
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.TypeText("math.bitAnd(1, 2)"), "int");
  EXPECT_EQ(fixture.TypeText("math.bitNot(1u)"), "uint");
  EXPECT_EQ(fixture.TypeText("math.bitShiftLeft(1u, 2)"), "uint");
  for (const char* expression :
       {"math.bitAnd(1, 2u)", "math.bitOr(1.0, 2.0)", "math.bitXor(1)",
        "math.bitNot(true)", "math.bitShiftLeft(1, 2u)",
        "math.bitShiftRight(1.0, 2)"}) {
    EXPECT_THAT(fixture.TypeText(expression),
                testing::StartsWith("no-overload: "));
  }
}

}  // namespace
}  // namespace klausul::cel
