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

}  // namespace
}  // namespace klausul::cli
