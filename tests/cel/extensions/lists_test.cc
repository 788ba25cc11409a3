#include "service/cel/extensions/lists.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class ListsTest : public ExtensionTableTest {};

TEST_P(ListsTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    Parts, ListsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[1, 2, 3, 4].slice(1, 3)", "[2, 3]"},
        {"[1].slice(1, 1)", "[]"},
        {"[1].slice(0, 2)",
         "error(index-out-of-range: a list of 1 has no slice from 0 to 2)"},
        {"[1].slice(1, 0)",
         "error(index-out-of-range: a list of 1 has no slice from 1 to 0)"},
        {"[1].slice(-1, 1)",
         "error(index-out-of-range: a list of 1 has no slice from -1 to 1)"},
        {"[3, 2, 1].reverse()", "[1, 2, 3]"},
        {"[].reverse()", "[]"},
        {"[1, 1u, 1.0, 2, 'a', 'a'].distinct()", "[1, 2, \"a\"]"},
        {"[[1], [1.0], {1: 2}, {1u: 2.0}].distinct()", "[[1], {1: 2}]"},
        {"[0.0 / 0.0, 0.0 / 0.0].distinct().size()", "2"},
        {"[1, [2, [3]]].flatten()", "[1, 2, [3]]"},
        {"[[], [1], []].flatten()", "[1]"},
        {"[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"},
        {"[1, [2]].flatten(0)", "[1, [2]]"},
        {"[1].flatten(-1)",
         "error(invalid-argument: the depth to flatten to is negative)"},
        {"lists.range(4)", "[0, 1, 2, 3]"},
        {"lists.range(0)", "[]"},
        {"lists.range(-5)", "[]"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Order, ListsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[3, 1, 2].sort()", "[1, 2, 3]"},
        {"[].sort()", "[]"},
        {"['b', 'a', ''].sort()", "[\"\", \"a\", \"b\"]"},
        {"[true, false].sort()", "[false, true]"},
        {"[b'b', b'a'].sort()", "[b\"a\", b\"b\"]"},
        {"[duration('2s'), duration('1s')].sort()",
         "[duration(\"1s\"), duration(\"2s\")]"},
        {"dyn([1, 2u]).sort()",
         "error(no-matching-overload: values of different types cannot be "
         "sorted: int and uint)"},
        {"dyn([[1]]).sort()",
         "error(no-matching-overload: values of type list have no order)"},
        {"[0.0 / 0.0].sort()", "error(invalid-argument: a NaN has no order)"},
        {"['ccc', 'a', 'bb'].sortBy(s, size(s))", "[\"a\", \"bb\", \"ccc\"]"},
        {"['b2', 'a1', 'c1'].sortBy(s, s.endsWith('2'))",
         "[\"a1\", \"c1\", \"b2\"]"},
        {"[2, 1].sortBy(x, -x).sortBy(x, x)", "[1, 2]"},
        {"[1, 2].sortBy(x, 1 / 0)", "error(divide-by-zero: divide by zero)"},
        {"[1].sortBy(x.y, 1)",
         "macro-argument: a macro variable must be a plain name "
         "\u00ABx.y\u00BB "
         "help: write a name such as `x`, without dots or brackets"},
    }));

class ListTypesTest : public ExtensionTableTest {};

TEST_P(ListTypesTest, AreDeduced) {
  CheckType();
}

INSTANTIATE_TEST_SUITE_P(
    All, ListTypesTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[[1]].flatten()", "list(int)"},
        {"[1, [2]].flatten()", "list(dyn)"},
        {"[1, [2]].flatten(3)", "list(dyn)"},
        {"['a'].slice(0, 1)", "list(string)"},
        {"['a'].distinct()", "list(string)"},
        {"['a'].sort()", "list(string)"},
        {"[{'a': 1}].sortBy(m, m.a)", "list(map(string, int))"},
        {"lists.range(1)", "list(int)"},
        {"[[1]].sort()",
         "no-overload: `sort` cannot be applied to (`list(list(int))`) "
         "\u00ABsort\u00BB help: it takes (`list(int)`) or (`list(uint)`) or "
         "(`list(double)`) or (`list(bool)`) or "
         "(`list(google.protobuf.Duration)`)"},
    }));

// What would be 10^7 comparisons one by one.
TEST(ListsTest, DistinctAndSortCostNearlyWhatTheListIsLong) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 200'000;
  EXPECT_EQ(fixture.Text("lists.range(5000).distinct().size()"), "5000");
  EXPECT_EQ(fixture.Text("lists.range(5000).map(x, -x).sort()[0]"), "-4999");
}

TEST(ListsTest, ALongListIsALimitErrorBeforeItIsMade) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 1000;
  EXPECT_EQ(fixture.Text("lists.range(900).size()"), "900");
  EXPECT_THAT(fixture.Text("lists.range(9223372036854775807).size()"),
              testing::StartsWith("error(limit: "));
  EXPECT_THAT(fixture.Text("lists.range(900).reverse()"),
              testing::StartsWith("error(limit: "));
}

}  // namespace
}  // namespace klausul::cel
