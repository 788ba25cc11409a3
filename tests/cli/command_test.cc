#include "service/cli/command.h"

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using CommandTest = testing_support::CommandLineTest;

TEST_F(CommandTest, ToEvaluateOptionsSplitsRuleSetsAndReadsTheDate) {
  RuleArguments arguments;
  arguments.rules = "no, no.oslo,";
  arguments.as_of = "2026-07-01";
  arguments.language = "nn";
  const auto options = ToEvaluateOptions(arguments);
  ASSERT_TRUE(options.ok());
  EXPECT_THAT(options->rule_sets(), testing::ElementsAre("no", "no.oslo"));
  EXPECT_EQ(options->as_of().month(), 7);
  EXPECT_EQ(options->language(), "nn");
}

TEST_F(CommandTest, ReadSingleDocumentTakesOneOnly) {
  EXPECT_TRUE(ReadSingleDocument(Write("one.yaml", "id: a\n")).ok());
  const auto two = ReadSingleDocument(
      Write("two.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"));
  EXPECT_THAT(std::string(two.status().message()),
              testing::HasSubstr("holds 2 documents"));
  EXPECT_THAT(std::string(ReadSingleDocument(Path("none")).status().message()),
              testing::HasSubstr("no such file or folder"));
}

TEST_F(CommandTest, WithoutAFolderTheBuiltInRulesAreTaken) {
  ::unsetenv("KLAUSUL_RULES_DIR");
  const auto catalogue = LoadCatalogue({});
  ASSERT_TRUE(catalogue.ok());
  EXPECT_THAT((*catalogue)->Ids(), testing::Contains("no"));
  EXPECT_EQ((*catalogue)->repository().FindRule("no.tiny.deadline"), nullptr);
}

TEST_F(CommandTest, TheOptionComesBeforeTheEnvironment) {
  ::setenv("KLAUSUL_RULES_DIR", "/no/such/folder", 1);
  RuleArguments arguments;
  arguments.rules_dir = Path("rules");
  EXPECT_TRUE(LoadCatalogue(arguments).ok());
  testing::internal::CaptureStderr();
  EXPECT_FALSE(LoadCatalogue({}).ok());
  EXPECT_NE(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace klausul::cli
