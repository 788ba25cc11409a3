#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class WalkerLiteralsTest : public EvalTableTest {};

TEST_P(WalkerLiteralsTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    All, WalkerLiteralsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[1, 1 / 0]", "error(divide-by-zero: divide by zero)"},
        {"{'a': 1 / 0}", "error(divide-by-zero: divide by zero)"},
        {"{1: 1, 1u: 2}", "error(duplicate-key: the map has the key 1u twice)"},
        {"{dyn(1.0): 1}",
         "error(no-matching-overload: a map key may be a bool, int, uint or "
         "string, not a double)"},
        {"[1, ?{}.?a, 2]", "[1, 2]"},
        {"{?'a': {'x': 1}.?x, ?'b': {'x': 1}.?y}", "{\"a\": 1}"},
        {"[?dyn(1)]",
         "error(no-matching-overload: `?` takes an optional, not a int)"},
        {"shop.Order{?count: {'x': 1}.?x, ?size: {'x': 2}.?y}",
         "shop.Order{count: 1}"},
        {"shop.Order{count: 1 / 0}", "error(divide-by-zero: divide by zero)"},
    }));

}  // namespace
}  // namespace klausul::cel
