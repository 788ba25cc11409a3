#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

class RulesDocsCommandTest : public testing_support::CommandLineTest {
 protected:
  std::string Read(const std::string& name) const {
    std::ifstream in(Path(name), std::ios::binary);
    EXPECT_TRUE(in.good()) << name;
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(RulesDocsCommandTest, WritesASite) {
  const auto result = Run({"rules", "docs", "--output", Path("a/site")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("files; begin with " +
                                    Path("a/site/index.html") + "\n"));
  EXPECT_THAT(Read("a/site/index.html"), HasSubstr("nn/index.html"));
  EXPECT_THAT(Read("a/site/nn/rules/no.tiny.deadline.html"),
              HasSubstr("Dagar</a> er minst 10"));
  EXPECT_THAT(Read("a/site/en/rules/no.tiny.deadline.html"),
              HasSubstr("nine days"));
  EXPECT_THAT(Read("a/site/en/search-data.js"), HasSubstr("no.tiny.lots"));
  EXPECT_THAT(Read("a/site/assets/site.js"), HasSubstr("klausulSearch"));
}

TEST_F(RulesDocsCommandTest, WritesMarkdown) {
  const auto result = Run({"rules", "docs", "--output", Path("wiki"),
                           "--format", "markdown", "--rules", "no"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(Read("wiki/nb/rules/no.tiny.deadline.md"),
              HasSubstr("# For kort frist\n"));
  EXPECT_FALSE(std::filesystem::exists(Path("wiki/assets")));
}

TEST_F(RulesDocsCommandTest, AnUnknownSetIsTrouble) {
  const auto result =
      Run({"rules", "docs", "--output", Path("site"), "--rules", "nn"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean `no`?"));
  EXPECT_FALSE(std::filesystem::exists(Path("site")));
}

TEST_F(RulesDocsCommandTest, AFolderThatCannotBeWrittenIsTrouble) {
  const std::string file = Write("taken", "a file");
  const auto result = Run({"rules", "docs", "--output", file});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--output: cannot write `" + file + "/"));
}

TEST_F(RulesDocsCommandTest, RulesThatDoNotLoadAreTrouble) {
  Write("rules/no/rules.yaml", "rules: 1\n");
  const auto result = Run({"rules", "docs", "--output", Path("site")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("rules.yaml:1:8"));
}

}  // namespace
}  // namespace klausul::cli
