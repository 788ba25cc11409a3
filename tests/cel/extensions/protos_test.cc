#include "service/cel/extensions/protos.h"

#include <vector>

#include "tests/cel/extensions/extension_fixture.h"
#include "tests/cel/proto2_fixture.h"

namespace klausul::cel {
namespace {

class ProtosTest : public testing::TestWithParam<EvalCase> {};

TEST_P(ProtosTest, ComesTo) {
  Proto2Pool old;
  ExtensionFixture fixture;
  fixture.builder().set_descriptor_pool(&old.pool()).set_container("old");
  fixture.options().message_factory = &old.factory();
  EXPECT_EQ(fixture.Text(GetParam().expression), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Extensions, ProtosTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"proto.getExt(Item{`old.number`: 42}, old.number)", "42"},
        {"proto.hasExt(Item{`old.number`: 42}, old.number)", "true"},
        {"proto.getExt(Item{}, old.number)", "5"},
        {"proto.hasExt(Item{}, old.number)", "false"},
        {"proto.getExt(Item{}, .old.number)", "5"},
        {"proto.getExt(Item{}, old.items)", "[]"},
        {"proto.hasExt(Item{`old.items`: []}, old.items)", "false"},
        {"proto.getExt(Item{`old.items`: [Item{count: 1}]}, "
         "old.items)[0].count",
         "1"},
        {"proto.getExt(Item{}, old.item).count", "7"},
        {"proto.getExt(Item{`old.item`: Item{count: 3}}, old.item).count", "3"},
        {"proto.hasExt(Item{`old.item`: Item{}}, old.item)", "true"},
        {"proto.getExt(Item{`old.Scope.inner`: 9}, old.Scope.inner)", "9"},
        {"Item{`old.number`: 1} == Item{`old.number`: 1}", "true"},
        {"Item{`old.number`: 1} == Item{}", "false"},
        {"proto.getExt(Item{any: Item{`old.number`: 8}}.any, old.number)", "8"},
        {"proto.getExt(dyn(Item{}), old.number)", "5"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Mistakes, ProtosTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"proto.getExt(Item{}, old.nothing)",
         "unknown-field: `Item` has no field `old.nothing` "
         "\u00ABold.nothing\u00BB"},
        {"proto.getExt(Scope{}, old.number)",
         "unknown-field: `Scope` has no field `old.number` "
         "\u00ABold.number\u00BB"},
        {"proto.getExt(dyn(Scope{}), old.number)",
         "error(no-such-field: `old.Scope` has no field `old.number`)"},
        {"proto.hasExt(Item{}, 'old.number')",
         "macro-argument: an extension field is told by its full name "
         "\u00AB'old.number'\u00BB help: write `proto.hasExt(message, "
         "pkg.extension)`"},
    }));

}  // namespace
}  // namespace klausul::cel
