#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardArithmeticTest : public EvalTableTest {};

TEST_P(StandardArithmeticTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Arithmetic, StandardArithmeticTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"9223372036854775807 + 1", "error(overflow: int overflow)"},
        {"-9223372036854775808 - 1", "error(overflow: int overflow)"},
        {"-9223372036854775808 * -1", "error(overflow: int overflow)"},
        {"-9223372036854775808 / -1", "error(overflow: int overflow)"},
        {"-9223372036854775808 % -1", "error(overflow: int overflow)"},
        {"-(-9223372036854775808)", "error(overflow: int overflow)"},
        {"0u - 1u", "error(overflow: uint overflow)"},
        {"18446744073709551615u + 1u", "error(overflow: uint overflow)"},
        {"1 % 0", "error(modulus-by-zero: modulus by zero)"},
        {"1u / 0u", "error(divide-by-zero: divide by zero)"},
        {"1.0 / 0.0", "Infinity"},
        {"-7 / 2", "-3"},
        {"-7 % 2", "-1"},
    }));

}  // namespace
}  // namespace klausul::cel
