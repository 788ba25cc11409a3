// What only messages of proto2 have.

#include <vector>

#include "tests/cel/language_fixture.h"
#include "tests/cel/proto2_fixture.h"

namespace klausul::cel {
namespace {

class Proto2Test : public testing::TestWithParam<EvalCase> {};

TEST_P(Proto2Test, ComesTo) {
  Proto2Pool old;
  LanguageFixture fixture(old.pool(), old.factory(), "old");
  fixture.ExpectBothWays(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Defaults, Proto2Test,
    testing::ValuesIn(std::vector<EvalCase>{
        {"Item{}.count", "7"},
        {"Item{}.title", "\"none\""},
        {"Item{}.colour == Colour.BLUE", "true"},
        {"Item{}.plain", "false"},
        {"has(Item{}.count)", "false"},
        {"has(Item{count: 7}.count)", "true"},
        {"has(Item{plain: false}.plain)", "true"},
        // What is set differs from what is not, whatever it is set to.
        {"Item{count: 7} == Item{}", "false"},
        {"Item{count: 7}.count == Item{}.count", "true"},
        {"optional.ofNonZeroValue(Item{}).hasValue()", "false"},
        {"optional.ofNonZeroValue(Item{count: 7}).hasValue()", "true"},
        {"Item{}.?count", "optional.none()"},
        {"Item{count: 7}.?count", "optional.of(7)"},
        {"Strict{}.must", "0"},
        {"has(Strict{}.must)", "false"},
        {"Strict{must: 0} == Strict{must: 0}", "true"},
        {"Item{any: Strict{}}.any == Strict{}", "true"},
    }));

INSTANTIATE_TEST_SUITE_P(Groups, Proto2Test,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"Item{}.box.width", "0"},
                             {"has(Item{}.box)", "false"},
                             {"Item{box: Item.Box{width: 3}}.box.width", "3"},
                             {"has(Item{box: Item.Box{}}.box)", "true"},
                             {"type(Item{}.box) == Item.Box", "true"},
                         }));

INSTANTIATE_TEST_SUITE_P(
    Extensions, Proto2Test,
    testing::ValuesIn(std::vector<EvalCase>{
        {"Item{}.`old.number`", "5"},
        {"Item{`old.number`: 1}.`old.number`", "1"},
        {"has(Item{}.`old.number`)", "false"},
        {"has(Item{`old.number`: 5}.`old.number`)", "true"},
        {"Item{`old.items`: [Item{}, Item{}]}.`old.items`.size()", "2"},
        {"Item{`old.Scope.inner`: 2}.`old.Scope.inner`", "2"},
        {"Item{}.`old.nothing`", "no-such-field"},
        {"Strict{}.`old.number`", "no-such-field"},
    }));

}  // namespace
}  // namespace klausul::cel
