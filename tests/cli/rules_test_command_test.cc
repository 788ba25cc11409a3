#include <string>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using RulesTestCommandTest = testing_support::CommandLineTest;

TEST_F(RulesTestCommandTest, TestRunsTheExamples) {
  const auto result = Run({"rules", "test"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("3 rules, 9 examples: 9 passed, 0 failed"));
}

TEST_F(RulesTestCommandTest, AnExampleThatComesOutOtherwiseIsShown) {
  std::string rules;
  for (const auto& file : testing_support::TinyRules()) {
    if (file.path == "no/rules.yaml") rules = file.content;
  }
  const std::string right = "{name: ten days, base: open, outcome: satisfied}";
  rules.replace(rules.find(right), right.size(),
                "{name: ten days, base: open, outcome: violated}");
  Write("rules/no/rules.yaml", rules);
  const auto result = Run({"rules", "test"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("no.tiny.deadline: example `ten days`"));
  EXPECT_THAT(result.out, HasSubstr("8 passed, 1 failed"));
}

TEST_F(RulesTestCommandTest, CoverageListsWhatTheExamplesNeverTried) {
  const auto result = Run({"rules", "test", "--coverage"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "");
  const auto of_one = Run({"rules", "test", "no.tiny.deadline", "--coverage"});
  EXPECT_EQ(of_one.out, "");
}

TEST_F(RulesTestCommandTest, CoverageAsJson) {
  const auto result = Run({"rules", "test", "--coverage", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "");
}

TEST_F(RulesTestCommandTest, FailuresAsJson) {
  const auto result = Run({"rules", "test", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "{\"rules\":3,\"examples\":9,\"failed\":[]}\n");
}

}  // namespace
}  // namespace klausul::cli
