// What a name stands for.

#include <vector>

#include "tests/cel/language_fixture.h"
#include "tests/cel/proto2_fixture.h"

namespace klausul::cel {
namespace {

class NameResolutionTest : public testing::TestWithParam<EvalCase> {
 protected:
  NameResolutionTest() : fixture_(old_.pool(), old_.factory(), "a.b") {
    fixture_.Bind("a.b.v", Type::Int(), Value::Int(1));
    fixture_.Bind("a.v", Type::Int(), Value::Int(2));
    fixture_.Bind("v", Type::Int(), Value::Int(3));
    fixture_.Bind("a.w", Type::Int(), Value::Int(4));
    fixture_.Bind("w", Type::Int(), Value::Int(5));
    fixture_.Bind("x.y", Type::Int(), Value::Int(6));
    fixture_.Bind("y.z", Type::Int(), Value::Int(7));
    fixture_.Bind("a.b.y", Type::Int(), Value::Int(8));
    fixture_.Bind("deep.er", Type::Dyn(), Value::Null());
    fixture_.Bind("deep.er.still", Type::Int(), Value::Int(9));
  }

  Proto2Pool old_;
  LanguageFixture fixture_;
};

TEST_P(NameResolutionTest, ComesTo) {
  fixture_.ExpectBothWays(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Containers, NameResolutionTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"v", "1"},
                             {"w", "4"},
                             {".v", "3"},
                             {".a.v", "2"},
                             {".a.b.v", "1"},
                             {"a.v", "2"},
                             {"x.y", "6"},
                             {"deep.er.still", "9"},
                             {"nothing", "unknown-identifier"},
                             {".b.v", "unknown-identifier"},
                             {"old.Colour.BLUE", "2"},
                             {".old.Item{}.count", "7"},
                             {"type(.old.Item{}) == old.Item", "true"},
                         }));

INSTANTIATE_TEST_SUITE_P(VariablesOfMacrosComeFirst, NameResolutionTest,
                         testing::ValuesIn(std::vector<EvalCase>{
                             {"[0].map(v, v)", "[0]"},
                             {"[0].map(v, .v)", "[3]"},
                             {"[0].map(v, a.b.v)", "[1]"},
                             {"[{'z': 0}].map(y, y.z)", "[0]"},
                             {"[{'z': 0}].map(y, .y.z)", "[7]"},
                             {"[0].map(y, .a.b.y)", "[8]"},
                             {"cel.bind(v, 10, v + .v)", "13"},
                             {"cel.bind(v, v + 10, v)", "11"},
                             {"optional.of(10).optMap(v, v + .v)",
                              "optional.of(13)"},
                             {"[10].transformList(v, w, v + w + .v)", "[13]"},
                             {"[1].map(x, [2].map(x, x))", "[[2]]"},
                             {"[1].map(x, [2].map(y, x + y))", "[[3]]"},
                             {"[[1]].map(x, x.map(x, x))", "[[1]]"},
                             {"[1].map(int, int)", "[1]"},
                             {"[1].map(x, type(x) == int)", "[true]"},
                         }));

}  // namespace
}  // namespace klausul::cel
