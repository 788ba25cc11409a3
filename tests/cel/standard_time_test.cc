#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardTimeTest : public EvalTableTest {};

TEST_P(StandardTimeTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Time, StandardTimeTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"timestamp('2026-03-29T00:59:59Z').getHours('Europe/Oslo')", "1"},
        {"timestamp('2026-03-29T01:00:00Z').getHours('Europe/Oslo')", "3"},
        {"timestamp('2026-01-04T12:00:00Z').getDayOfWeek()", "0"},
        {"timestamp('2026-12-31T23:30:00Z').getFullYear('+01:00')", "2027"},
        {"timestamp('2026-12-31T23:30:00Z').getMilliseconds('nowhere')",
         "error(invalid-argument: there is no time zone \"nowhere\")"},
        {"duration('-3730s').getMinutes()", "-62"},
        {"duration('1.5s').getMilliseconds()", "500"},
        {"timestamp(253402300799) + duration('1s')",
         "error(overflow: timestamp overflow)"},
        {"timestamp(0) - timestamp(253402300799)",
         "error(overflow: duration overflow)"},
    }));

}  // namespace
}  // namespace klausul::cel
