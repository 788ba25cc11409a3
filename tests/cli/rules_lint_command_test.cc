#include <string>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

using RulesLintCommandTest = testing_support::CommandLineTest;

TEST_F(RulesLintCommandTest, LintTellsDoubtsWithTheirPlaces) {
  // The rule that is out of force has one example of the four.
  const auto result = Run({"rules", "lint"});
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("warning[few-examples]"));
  EXPECT_THAT(result.out, HasSubstr("no/rules.yaml:"));
  EXPECT_THAT(result.out, HasSubstr("1 rule sets, 3 rules: 0 errors"));
}

TEST_F(RulesLintCommandTest, TheAgeOfSourcesCountsFromADay) {
  const auto lint = [](const char* today, const char* months) {
    return Run({"rules", "lint", "--today", today, "--max-source-age", months})
        .out;
  };
  EXPECT_THAT(lint("2027-01-01", "12"), HasSubstr("warning[old-source]"));
  EXPECT_THAT(lint("2026-12-31", "12"), Not(HasSubstr("old-source")));
  EXPECT_THAT(lint("2027-01-01", "13"), Not(HasSubstr("old-source")));
  const auto result = Run({"rules", "lint", "--today", "tomorrow"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("`tomorrow` is no day"));
}

TEST_F(RulesLintCommandTest, LintOfFilesThatDoNotLoadIsTrouble) {
  Write("rules/no/rules.yaml", "rules: 7\n");
  EXPECT_EQ(Run({"rules", "lint"}).exit_code, 2);
}

}  // namespace
}  // namespace klausul::cli
