#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

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

}  // namespace
}  // namespace klausul::cel
