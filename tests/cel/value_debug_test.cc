#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class ValueDebugTest : public EvalTableTest {};

TEST_P(ValueDebugTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ValueDebugTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[null, true, 1, 2u, 3.0, 'a\\n', b'\\x01']",
         "[null, true, 1, 2u, 3.0, \"a\\n\", b\"\\001\"]"},
        {"{1: [int], 'a': {}}", "{1: [int], \"a\": {}}"},
        {"[1e100, double('NaN'), -0.0]", "[1e+100, NaN, -0.0]"},
        {"timestamp(0)", "timestamp(\"1970-01-01T00:00:00Z\")"},
        {"duration('1m')", "duration(\"60s\")"},
        {"order.items[0]", "shop.Order{count: 1}"},
        {"[?order.?count, ?order.?part]", "[2]"},
        {"order.?count", "optional.of(2)"},
        {"order.?part", "optional.none()"},
    }));

}  // namespace
}  // namespace klausul::cel
