#include "service/cli/application.h"

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using ApplicationTest = testing_support::CommandLineTest;

TEST_F(ApplicationTest, HelpOpensWithExamples) {
  const auto result = Run({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("klausul check plan.yaml"));
  EXPECT_EQ(result.err, "");
}

TEST_F(ApplicationTest, EveryCommandHasHelpWithTwoExamples) {
  for (const char* command :
       {"check", "explain", "eval", "convert", "rules", "serve", "ping"}) {
    const auto result = Run({command, "--help"});
    EXPECT_EQ(result.exit_code, 0) << command;
    const std::string example = std::string("  klausul ") + command;
    const std::size_t first = result.out.find(example);
    ASSERT_NE(first, std::string::npos) << command;
    EXPECT_NE(result.out.find(example, first + 1), std::string::npos)
        << command;
  }
}

TEST_F(ApplicationTest, TellsItsVersion) {
  const auto result = Run({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "klausul " KLAUSUL_VERSION "\n");
}

TEST_F(ApplicationTest, AMistypedCommandGetsASuggestion) {
  const auto result = Run({"chek", "plan.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err,
            "klausul: no command `chek`; did you mean `check`?\n"
            "Run `klausul --help` for its use.\n");
}

TEST_F(ApplicationTest, AMistypedSubcommandGetsASuggestion) {
  const auto result = Run({"rules", "lst"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no command `lst`; did you mean `list`?"));
}

TEST_F(ApplicationTest, AMistypedOptionGetsASuggestion) {
  const auto result = Run({"check", "--formt", "json", "plan.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err,
            "klausul: no option `--formt`; did you mean `--format`?\n"
            "Run `klausul check --help` for its use.\n");
}

TEST_F(ApplicationTest, NoCommandIsBadUsage) {
  const auto result = Run({});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("a command is needed"));
}

TEST_F(ApplicationTest, AWrongValueIsBadUsage) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"check", "--format", "xml", "x.yaml"},
           {"check", "--lang", "de", "x.yaml"},
           {"check", "--fail-on", "always", "x.yaml"},
           {"check", "--jobs", "0", "x.yaml"},
           {"check"}}) {
    EXPECT_EQ(Run(arguments).exit_code, 2) << arguments.back();
  }
}

}  // namespace
}  // namespace klausul::cli
