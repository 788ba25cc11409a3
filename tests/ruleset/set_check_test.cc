#include "service/ruleset/set_check.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/sample_set.h"

namespace klausul::ruleset {
namespace {

absl::StatusOr<SetCheck> Check(std::vector<RuleFile> files) {
  const auto nothing = RuleSetRepository::FromRuleSets({});
  return CheckRuleSet(std::move(files), *nothing, SmallPlanReader(),
                      absl::FromUnixSeconds(1795392000));
}

TEST(CheckRuleSetTest, AGoodSetIsOk) {
  const auto check = Check(SampleSet());
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_TRUE(check->ok);
  EXPECT_TRUE(check->diagnostics.empty());
  EXPECT_EQ(check->examples.example_count, 4);
  EXPECT_THAT(check->digest, testing::StartsWith("sha256:"));
}

TEST(CheckRuleSetTest, LintAloneDoesNotRefuse) {
  const auto check = Check(SampleSet(Rule({{"[NO-1]", "[]"}})));
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_TRUE(check->ok);
  ASSERT_EQ(check->diagnostics.size(), 1U);
  EXPECT_EQ(check->diagnostics[0].level, Diagnostic::Level::kWarning);
}

TEST(CheckRuleSetTest, AFailedExampleRefuses) {
  const auto check = Check(SampleSet(Rule({{"NOK 99999", "NOK 100000"}})));
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_FALSE(check->ok);
  EXPECT_EQ(check->examples.failed.size(), 1U);
}

TEST(CheckRuleSetTest, ABrokenSetHasNoExamplesAndNoDigest) {
  const auto check = Check(SampleSet(Rule({{"severity: error", "x: y"}})));
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_FALSE(check->ok);
  EXPECT_EQ(check->diagnostics.size(), 2U);
  EXPECT_EQ(check->examples.example_count, 0);
  EXPECT_EQ(check->digest, "");
}

TEST(CheckRuleSetTest, FilesWithoutAHeaderAreToldSo) {
  const auto check = Check({{"rules.yaml", "rules: []\n"}});
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_FALSE(check->ok);
  ASSERT_EQ(check->diagnostics.size(), 1U);
  EXPECT_EQ(check->diagnostics[0].code, "no-rule-set");
}

TEST(CheckRuleSetTest, RequestsThatMakeNoSenseFail) {
  EXPECT_EQ(Check({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Check({{"../a.yaml", ""}}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Check({{"a/rule_set.yaml", Header("a")},
                   {"b/rule_set.yaml", Header("b")}})
                .status()
                .message(),
            "the files hold 2 rule sets: send one at a time");
}

}  // namespace
}  // namespace klausul::ruleset
