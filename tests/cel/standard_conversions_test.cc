#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardConversionsTest : public EvalTableTest {};

TEST_P(StandardConversionsTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Conversions, StandardConversionsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"int(9223372036854775807.0)",
         "error(range: the value is out of range for int)"},
        {"int(-9223372036854775808.0)",
         "error(range: the value is out of range for int)"},
        {"int(double('NaN'))",
         "error(range: the value is out of range for int)"},
        {"int(-1.9)", "-1"},
        {"uint(18446744073709551616.0)",
         "error(range: the value is out of range for uint)"},
        {"uint(-1)", "error(range: the value is out of range for uint)"},
        {"uint('-1')", "error(invalid-argument: the text \"-1\" is no uint)"},
        {"double('1e')",
         "error(invalid-argument: the text \"1e\" is no double)"},
        {"string(b'\\xff')", "error(invalid-utf8: the bytes are not UTF-8)"},
        {"string(1e21) + string(9876u)", "\"1e+219876\""},
        {"bool('yes')", "error(invalid-argument: the text \"yes\" is no bool)"},
        {"string(timestamp('2026-07-01T12:00:00.5+02:00'))",
         "\"2026-07-01T10:00:00.5Z\""},
        {"string(duration('-90m'))", "\"-5400s\""},
        {"type(type(1)) == type && type(1) == int", "true"},
    }));

}  // namespace
}  // namespace klausul::cel
