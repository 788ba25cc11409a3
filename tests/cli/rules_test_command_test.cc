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
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(
      result.out,
      Path("rules/no/rules.yaml") +
          ": no.tiny.old\n"
          "       58:7  applies   never false    contract.nature == SERVICES\n"
          "       60:7  requires  never true     contract.nature == WORKS\n"
          "\n"
          "conditions of 3 rules and 1 facts: 6 parts; 10 of 12 sides tried, "
          "83.3 per cent\n"
          "never true: 1, never false: 1, never decided: 0\n"
          "3 rules, 9 examples: 9 passed, 0 failed\n");
}

TEST_F(RulesTestCommandTest, CoverageOfOneRuleLeavesFactsOut) {
  const auto result = Run({"rules", "test", "no.tiny.deadline", "--coverage"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "conditions of 1 rules and 0 facts: 2 parts; 4 of 4 sides tried, "
            "100.0 per cent\n"
            "never true: 0, never false: 0, never decided: 0\n"
            "1 rules, 4 examples: 4 passed, 0 failed\n");
}

TEST_F(RulesTestCommandTest, CoverageAsJson) {
  const auto result = Run({"rules", "test", "--coverage", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::string place = "\"file\":\"" + Path("rules/no/rules.yaml") + "\"";
  EXPECT_EQ(
      result.out,
      "{\"rules\":3,\"examples\":9,\"failed\":[],\"coverage\":{\"rules\":3,"
      "\"facts\":1,\"parts\":6,\"sides\":12,\"decidedSides\":10,"
      "\"percent\":83.3,\"open\":["
      "{\"ruleSet\":\"no\",\"owner\":\"no.tiny.old\",\"part\":\"applies\"," +
          place +
          ",\"line\":58,\"column\":7,\"text\":\"contract.nature == SERVICES\","
          "\"wasTrue\":true,\"wasFalse\":false},"
          "{\"ruleSet\":\"no\",\"owner\":\"no.tiny.old\",\"part\":"
          "\"requires\"," +
          place +
          ",\"line\":60,\"column\":7,\"text\":\"contract.nature == WORKS\","
          "\"wasTrue\":false,\"wasFalse\":true}]}}\n");
}

TEST_F(RulesTestCommandTest, FailuresAsJson) {
  const auto result = Run({"rules", "test", "--format", "json"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "{\"rules\":3,\"examples\":9,\"failed\":[]}\n");
}

}  // namespace
}  // namespace klausul::cli
