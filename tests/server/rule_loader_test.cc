#include "service/server/rule_loader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/rules_folder.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing_support::BrokenRules;
using testing_support::RulesWithAWrongExample;
using testing_support::TinyRules;

const absl::Time kNow = absl::FromUnixSeconds(1'772'323'200);

TEST(RuleLoaderTest, TakesRulesWhoseExamplesComeOut) {
  const LoadedRules loaded = LoadRules(TinyRules(), "rules", kNow);
  ASSERT_NE(loaded.catalogue, nullptr) << loaded.refused.DebugString();
  EXPECT_EQ(loaded.files.size(), TinyRules().size());
  EXPECT_TRUE(loaded.catalogue->ProgramFor({"no"}).ok());
}

TEST(RuleLoaderTest, RefusesRulesThatDoNotCompile) {
  const LoadedRules loaded = LoadRules(BrokenRules(), "my-rules", kNow);
  EXPECT_EQ(loaded.catalogue, nullptr);
  EXPECT_EQ(loaded.refused.refuse_time().seconds(), 1'772'323'200);
  EXPECT_THAT(loaded.refused.message(), HasSubstr("1 error"));
  ASSERT_EQ(loaded.refused.diagnostics_size(), 1);
  EXPECT_THAT(loaded.refused.diagnostics(0), HasSubstr("`days_givn`"));
  EXPECT_THAT(loaded.refused.diagnostics(0),
              HasSubstr("my-rules/no/rules.yaml:12:"));
}

TEST(RuleLoaderTest, RefusesRulesWithAnExampleThatComesOutOtherwise) {
  const LoadedRules loaded = LoadRules(RulesWithAWrongExample(), "r", kNow);
  EXPECT_EQ(loaded.catalogue, nullptr);
  EXPECT_THAT(loaded.refused.message(),
              HasSubstr("1 of 9 examples do not come out"));
  ASSERT_EQ(loaded.refused.diagnostics_size(), 1);
  EXPECT_THAT(loaded.refused.diagnostics(0),
              HasSubstr("no.tiny.deadline: example `ten days`"));
}

TEST(RuleLoaderTest, RefusesWhatHoldsNoRules) {
  EXPECT_NE(LoadRules({}, "r", kNow).refused.message(), "");
}

TEST(RuleLoaderTest, DiagnosticsAreBounded) {
  auto files = TinyRules();
  for (int i = 0; i < 2 * kMaxRefusalDiagnostics; ++i) {
    files.push_back({"no/bad" + std::to_string(i) + ".yaml", "rules: 7\n"});
  }
  EXPECT_EQ(LoadRules(files, "r", kNow).refused.diagnostics_size(),
            kMaxRefusalDiagnostics);
}

}  // namespace
}  // namespace klausul::server
