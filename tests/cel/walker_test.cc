#include "service/cel/walker.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class WalkerTest : public EvalTableTest {};

TEST_P(WalkerTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Logic, WalkerTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"false && 1 / 0 > 0", "false"},
        {"1 / 0 > 0 && false", "false"},
        {"1 / 0 > 0 || true || false", "true"},
        {"1 / 0 > 0 && true", "error(divide-by-zero: divide by zero)"},
        {"dyn(1) && true",
         "error(no-matching-overload: `&&` takes a bool, not a int)"},
        {"dyn(1) || true", "true"},
        {"dyn('x') ? 1 : 2",
         "error(no-matching-overload: `? :` takes a bool, not a string)"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Let, WalkerTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"cel.bind(x, 2, x * x)", "4"},
        // Never read, so never worked out.
        {"cel.bind(x, 1 / 0, 5)", "5"},
        // The value has variables of its own, in places that the body uses for
        // others.
        {"cel.bind(x, [1, 2].map(y, y * 10), [7].map(z, z + x[1]))", "[27]"},
        {"[1, 2].map(a, cel.bind(x, a * 2, [x].map(b, b + a + x)))",
         "[[5], [10]]"},
        {"cel.bind(x, 1, cel.bind(y, x + 1, [x, y].map(x, x + y)))", "[3, 4]"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Optionals, WalkerTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"order.?part.count", "optional.none()"},
        {"{'a': {'b': 1}}.?a.b", "optional.of(1)"},
        // What follows an optional is optional, too.
        {"{'a': {'b': 1}}.?a.c", "optional.none()"},
        {"{'a': {'b': {}}}.?a.b.c.d", "optional.none()"},
        {"{'a': {}}.a.?b.c", "optional.none()"},
        {"{'a': dyn(1)}.?a.c",
         "error(no-matching-overload: cannot select `c` from a value of type "
         "int)"},
        {"order.?part.items", "optional.none()"},
        {"dyn(order.?items)[1].count", "optional.of(5)"},
        {"dyn(order.?items)[2].count", "optional.none()"},
        {"has({'a': {'b': 1}}.?a.b) && !has(order.?part.count)", "true"},
    }));

}  // namespace
}  // namespace klausul::cel
