#include "service/cel/extensions/block.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

#include "service/cel/unparse.h"
#include "tests/cel/extensions/extension_fixture.h"

namespace klausul::cel {
namespace {

class BlockTest : public ExtensionTableTest {};

TEST_P(BlockTest, ComesTo) {
  CheckValue();
}

INSTANTIATE_TEST_SUITE_P(
    All, BlockTest,
    testing::ValuesIn(std::vector<EvalCase>{
        {"cel.block([], 1)", "1"},
        {"cel.block([1, cel.index(0) + 1, cel.index(1) + 1], cel.index(2))",
         "3"},
        {"cel.block([1, dyn('a')], cel.index(0) == cel.index(1))", "false"},
        {"cel.block([1 / 0, 2], cel.index(1))", "2"},
        {"cel.block([1 / 0], cel.index(0))",
         "error(divide-by-zero: divide by zero)"},
        {"cel.block([1, 2], cel.block([10], cel.index(0)) + cel.index(1))",
         "12"},
        {"cel.block([[1, 2]], cel.index(0).map(cel.iterVar(0, 0), "
         "cel.index(0).map(cel.iterVar(1, 0), "
         "cel.iterVar(0, 0) * cel.iterVar(1, 0))))",
         "[[1, 2], [2, 4]]"},
        {"cel.bind(cel.accuVar(0, 0), 3, cel.accuVar(0, 0) + 1)", "4"},
        {"cel.block([cel.index(1), 1], cel.index(0))",
         "unknown-name: `@index1` is not known \u00ABcel.index(1)\u00BB"},
        {"cel.block(1, 1)",
         "macro-argument: the elements of a block are a list literal "
         "\u00AB1\u00BB help: write `cel.block([...], expression)`"},
        {"cel.block([1], cel.index(-1))",
         "macro-argument: a number of a block is a literal from 0 on "
         "\u00AB-1\u00BB"},
        {"cel.iterVar(0, 'a')",
         "macro-argument: a number of a block is a literal from 0 on "
         "\u00AB'a'\u00BB"},
    }));

// Each element adds the one before to itself: 2^40 if each were worked out
// where it is read.
TEST(BlockTest, AnElementIsWorkedOutOnce) {
  std::string elements = "1";
  for (int i = 0; i < 40; ++i) {
    absl::StrAppend(&elements, ", cel.index(", i, ") + cel.index(", i, ")");
  }
  ExtensionFixture fixture;
  fixture.options().step_limit = 1000;
  EXPECT_EQ(
      fixture.Text(absl::StrCat("cel.block([", elements, "], cel.index(40))")),
      "1099511627776");
}

// Lets that rest on one another deeply, each of a deep expression: the stack
// has to hold all of them.
TEST(BlockTest, ElementsThatRestOnOneAnotherAreBounded) {
  const auto chain = [](int count, int terms) {
    std::string elements = "1";
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(&elements, ", cel.index(", i, ")");
      for (int j = 0; j < terms; ++j)
        absl::StrAppend(&elements, " + 0");
    }
    return absl::StrCat("cel.block([", elements, "], cel.index(", count, "))");
  };
  ExtensionFixture fixture;
  EXPECT_EQ(fixture.Text(chain(100, 5)), "1");
  EXPECT_THAT(fixture.Text(chain(60, 60)),
              testing::StartsWith("error(limit: the values of variables"));
  EXPECT_THAT(fixture.Text(absl::StrCat(chain(60, 60), " == 1 || true")),
              testing::StartsWith("error(limit: the values of variables"));
}

TEST(BlockTest, ReadsBackAsWritten) {
  const std::string text =
      "cel.block([[1]], cel.index(0).map(cel.iterVar(0, 0), cel.index(0)))";
  ExtensionFixture fixture;
  const auto checked = fixture.Compiled(text);
  ASSERT_NE(checked, nullptr);
  EXPECT_EQ(Unparse(checked->root()), text);
}

}  // namespace
}  // namespace klausul::cel
