#include "service/cel/extensions/sets.h"

#include <vector>

#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class SetsTest : public ExtensionTableTest {};

TEST_P(SetsTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    All, SetsTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"sets.contains([], [])", "true"},
        {"sets.contains([], [1])", "false"},
        {"sets.contains([1, 2, 3], [2, 3, 2])", "true"},
        {"sets.contains([1, 2.0, 3u], [1.0, 2u, 3])", "true"},
        {"sets.contains([1], [1, 2])", "false"},
        {"sets.equivalent([], [])", "true"},
        {"sets.equivalent([1], [1, 1])", "true"},
        {"sets.equivalent([1], [1u, 1.0])", "true"},
        {"sets.equivalent([1], [1, 2])", "false"},
        {"sets.equivalent([1, 2], [1])", "false"},
        {"sets.intersects([1], [])", "false"},
        {"sets.intersects([], [1])", "false"},
        {"sets.intersects([1, 2], [2, 3])", "true"},
        {"sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]])", "true"},
        {"sets.contains([{'a': [1]}], dyn([{'a': [1.0]}]))", "true"},
        {"sets.contains([-0.0], dyn([0u]))", "true"},
        {"sets.contains([0.0 / 0.0], [0.0 / 0.0])", "false"},
        {"sets.contains([null, true, type(1)], [int, true, null])", "true"},
        {"sets.contains([dyn(true)], [1])", "false"},
        {"sets.contains([true], [1])",
         "no-overload: argument 2 of `sets.contains` is `list(int)`, expected "
         "`list(bool)` \u00AB[1]\u00BB"},
    }));

TEST(SetsTest, CostNearlyWhatTheListsAreLong) {
  ExtensionFixture fixture;
  fixture.options().step_limit = 100'000;
  EXPECT_EQ(fixture.Text("cel.bind(r, lists.range(5000), "
                         "sets.equivalent(r, r.reverse()))"),
            "true");
}

}  // namespace
}  // namespace klausul::cel
