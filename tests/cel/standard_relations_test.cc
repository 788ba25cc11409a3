#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardRelationsTest : public EvalTableTest {};

TEST_P(StandardRelationsTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    All, StandardRelationsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"dyn(1) < 1.5 && dyn(2u) > 1 && dyn(1.0) <= 1u", "true"},
        {"dyn(9223372036854775807) < 9223372036854775808u", "true"},
        {"double('NaN') < 1.0 || double('NaN') >= 1.0", "false"},
        {"double('NaN') != double('NaN')", "true"},
        {"b'\\x7f' < b'\\x80' && 'z' < '\u00e6' && 'a' < 'aa'", "true"},
        {"false < true", "true"},
        {"dyn('a') < 1",
         "error(no-matching-overload: no overload of `_<_` takes (string, "
         "int))"},
        {"dyn([1]) < dyn([2])",
         "error(no-matching-overload: no overload of `_<_` takes (list, "
         "list))"},
        {"dyn([1, 'a']) == [1.0, 'a'] && dyn({1: 2}) == {1u: 2u}", "true"},
        {"!dyn(1)",
         "error(no-matching-overload: no overload of `!_` takes (int))"},
    }));

}  // namespace
}  // namespace klausul::cel
