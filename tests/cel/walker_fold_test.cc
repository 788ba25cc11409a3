#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class WalkerFoldTest : public EvalTableTest {};

TEST_P(WalkerFoldTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Folds, WalkerFoldTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[1, 2, 3].all(e, 6 / (2 - e) == 6)", "false"},
        {"[1, 2, 3].exists(e, 6 / (2 - e) == 6)", "true"},
        {"[2, 2].exists(e, 6 / (2 - e) == 6)",
         "error(divide-by-zero: divide by zero)"},
        {"[1, 2].exists_one(e, 6 / (2 - e) == 6)",
         "error(divide-by-zero: divide by zero)"},
        {"[].all(e, false)", "true"},
        {"[3, 1, 2].map(e, e > 1, e * e)", "[9, 4]"},
        {"[3, 1, 2].filter(e, e > 1)", "[3, 2]"},
        {"{'a': 1, 'b': 2}.map(k, k)", "[\"a\", \"b\"]"},
        {"[1, 2].map(x, [3, 4].map(x, x + 1))", "[[4, 5], [4, 5]]"},
        {"[5, 6].transformList(i, v, i < 1, v + i)", "[5]"},
        {"{'a': 1}.transformMap(k, v, k + string(v))", "{\"a\": \"a1\"}"},
        {"[7].transformMapEntry(i, v, {v: i})", "{7: 0}"},
        {"[7, 7].transformMapEntry(i, v, {v: i})",
         "error(duplicate-key: the map has the key 7 twice)"},
        {"[7].transformMapEntry(i, v, cel.bind(x, v + 1, {x: i}))", "{8: 0}"},
        {"[7, 8].transformMapEntry(i, v, i > 0, {v: i})", "{8: 1}"},
        {"[7].transformMapEntry(i, v, {?v: {}.?nothing})", "{}"},
        {"[7].transformMapEntry(i, v, dyn(v))",
         "error(no-matching-overload: an entry is a map of one key and value, "
         "not a int)"},
        {"[1, dyn(1u)].transformMapEntry(i, v, {v: i})",
         "error(duplicate-key: the map has the key 1u twice)"},
        {"[7].transformMap(i, v, i > 0, v)", "{}"},
        {"[1].all(i, v, i == 0 && v == 1)", "true"},
        {"[1, 2].exists_one(i, v, v > 1) && [1, 2].existsOne(i, v, i == 0)",
         "true"},
        {"[1, 0].all(i, v, 1 / v > 5)", "false"},
        {"[0, 1].exists(i, v, 1 / v == 1)", "true"},
        {"[0, 1].existsOne(i, v, 1 / v == 1)",
         "error(divide-by-zero: divide by zero)"},
        {"dyn({1: 2}).transformList(k, v, k + v)", "[3]"},
        {"dyn(1).transformList(k, v, k + v)",
         "error(no-matching-overload: elements are those of a list or a map, "
         "not of a int)"},
        {"dyn(1).all(e, true)",
         "error(no-matching-overload: elements are those of a list or a map, "
         "not of a int)"},
    }));

}  // namespace
}  // namespace klausul::cel
