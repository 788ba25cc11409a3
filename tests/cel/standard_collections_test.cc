#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardCollectionsTest : public EvalTableTest {};

TEST_P(StandardCollectionsTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    Access, StandardCollectionsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"[1, 2][dyn(1.0)]", "2"},
        {"[1, 2][dyn(1u)]", "2"},
        {"[1, 2][dyn(0.5)]",
         "error(invalid-argument: a list index has to be a whole number)"},
        {"[1, 2][-1]",
         "error(index-out-of-range: the index -1 is out of range for a list of "
         "2)"},
        {"[1][dyn(double('NaN'))]",
         "error(invalid-argument: a list index has to be a whole number)"},
        {"[1][dyn(double('Infinity'))]",
         "error(index-out-of-range: the index Infinity is out of range for a "
         "list of 1)"},
        {"[1][dyn(18446744073709551615u)]",
         "error(index-out-of-range: the index 18446744073709551615u is out of "
         "range for a list of 1)"},
        {"{1: 'a'}[dyn(1.0)]", "\"a\""},
        {"dyn({1: 'a'})['x']", "error(no-such-key: the map has no key \"x\")"},
        {"dyn({1: 'a'})[[]]", "error(no-such-key: the map has no key [])"},
        {"dyn([]) in {1: 'a'}", "false"},
        {"size('\u00e6\u00f8\u00e5')", "3"},
        {"size(b'\u00e6')", "2"},
    }));

}  // namespace
}  // namespace klausul::cel
