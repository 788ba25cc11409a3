#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

class StandardTextTest : public EvalTableTest {};

TEST_P(StandardTextTest, ComesTo) {
  Check();
}

INSTANTIATE_TEST_SUITE_P(
    All, StandardTextTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"'abc'.contains('') && 'abc'.startsWith('') && ''.endsWith('')",
         "true"},
        {"'abc'.contains('bc') && !'abc'.contains('bd')", "true"},
        {"'xabcx'.matches('b') && matches('abc', '^a.c$')", "true"},
        {"'\u00e6'.matches('^.$')", "true"},
        {"'b'.matches('a' + '')", "false"},
        {"'a'.matches(dyn('(') + '')",
         "error(invalid-argument: not a regular expression: missing ): (; it "
         "may have 10000 bytes and a program of 1048576 bytes)"},
    }));

}  // namespace
}  // namespace klausul::cel
