#include "service/cli/rules_tools.h"

#include <cstdlib>

#include "gmock/gmock.h"

#include "service/review/plan_reader_adapter.h"
#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using RulesToolsTest = testing_support::CommandLineTest;

TEST_F(RulesToolsTest, TheFolderIsThatOfTheOptionThenOfTheEnvironment) {
  RuleArguments arguments;
  EXPECT_EQ(*RulesFolder(arguments), Path("rules"));
  arguments.rules_dir = "mine";
  EXPECT_EQ(*RulesFolder(arguments), "mine");
}

TEST_F(RulesToolsTest, RuleFilesAreLoadedWithTheirPlaces) {
  const review::PlanReaderAdapter reader;
  DiagnosticSink sink;
  EXPECT_TRUE(LoadRuleFiles({}, reader, sink).ok());
  Write("rules/no/rules.yaml", "rules: 7\n");
  const auto broken = LoadRuleFiles({}, reader, sink);
  EXPECT_FALSE(broken.ok());
  testing::internal::CaptureStderr();
  EXPECT_EQ(TroubleWithRules(broken.status(), sink), 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("rules.yaml:1:8"));
}

}  // namespace
}  // namespace klausul::cli
