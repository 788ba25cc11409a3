#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using RulesCoverageCommandTest = testing_support::CommandLineTest;

constexpr char kReasons[] =
    "| reason | means |\n|---|---|\n| judgement | a |\n";

TEST_F(RulesCoverageCommandTest, CountsRowsAndListsWhatIsMissing) {
  Write("rules/no/register/tiny.md", "| NO-1 | first |\n");
  Write("rules/no/COVERAGE.md", kReasons);
  const auto result = Run({"rules", "coverage"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("no: 1 rows of law\n"));
  EXPECT_THAT(result.out, HasSubstr("     1  unaccounted\n"));
  EXPECT_THAT(result.out, HasSubstr("  NO-1  "));
  EXPECT_THAT(result.out, HasSubstr("tiny.md:1  first\n"));
  // The rules name rows of a register that is not there.
  EXPECT_THAT(result.out, HasSubstr("in no register\n  T-1  "));
}

TEST_F(RulesCoverageCommandTest, IsSilentWhenAllIsAccountedFor) {
  Write("rules/no/register/tiny.md",
        "| NO-1 | first |\n| T-1 | x |\n| T-2 | x |\n| T-3 | x |\n");
  Write("rules/no/COVERAGE.md",
        std::string(kReasons) + "\n| NO-1 | judgement | why |\n");
  const auto result = Run({"rules", "coverage"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("     1  left to people: judgement\n"));
}

TEST_F(RulesCoverageCommandTest, WritesJson) {
  Write("rules/no/register/tiny.md",
        "| NO-1 | first |\n| T-1 | x |\n| T-2 | x |\n| T-3 | x |\n");
  const auto result = Run({"rules", "coverage", "--format", "json"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("\"rows\":1,\"rules\":0,\"figures\":0,"
                                    "\"excused\":{},\"unaccounted\":[{\"id\":"
                                    "\"NO-1\""));
}

TEST_F(RulesCoverageCommandTest, WithoutRegistersItIsTrouble) {
  const auto result = Run({"rules", "coverage"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no registers under"));
}

}  // namespace
}  // namespace klausul::cli
