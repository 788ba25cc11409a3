#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

using RulesCommandTest = testing_support::CommandLineTest;

TEST_F(RulesCommandTest, ListShowsSetsAndRules) {
  const auto result = Run({"rules", "list", "--lang", "en"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("no 2026.1.0  3 rules"));
  EXPECT_THAT(result.out, HasSubstr("TINY § 1: Period too short"));
}

TEST_F(RulesCommandTest, ListTakesADateOfLaw) {
  const auto result = Run({"rules", "list", "--as-of", "2025-06-01"});
  EXPECT_THAT(result.out, HasSubstr("no.tiny.old"));
  EXPECT_THAT(result.out, Not(HasSubstr("no.tiny.deadline")));
}

TEST_F(RulesCommandTest, ShowPrintsOneRule) {
  const auto result =
      Run({"rules", "show", "no.tiny.deadline", "--lang", "en"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("days_given >= 10"));
  EXPECT_THAT(result.out, HasSubstr("Move the deadline."));
}

TEST_F(RulesCommandTest, ShowSuggestsTheNearestRule) {
  const auto result = Run({"rules", "show", "no.tiny.deadlines"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean `no.tiny.deadline`?"));
}

TEST_F(RulesCommandTest, TestRunsTheExamples) {
  const auto result = Run({"rules", "test"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("3 rules, 9 examples: 9 passed, 0 failed"));
}

TEST_F(RulesCommandTest, AnExampleThatComesOutOtherwiseIsShown) {
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

TEST_F(RulesCommandTest, LintTellsDoubtsWithTheirPlaces) {
  // The rule that is out of force has one example of the four.
  const auto result = Run({"rules", "lint"});
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("warning[few-examples]"));
  EXPECT_THAT(result.out, HasSubstr("no/rules.yaml:"));
  EXPECT_THAT(result.out, HasSubstr("1 rule sets, 3 rules: 0 errors"));
}

TEST_F(RulesCommandTest, LintOfFilesThatDoNotLoadIsTrouble) {
  Write("rules/no/rules.yaml", "rules: 7\n");
  EXPECT_EQ(Run({"rules", "lint"}).exit_code, 2);
}

}  // namespace
}  // namespace klausul::cli
