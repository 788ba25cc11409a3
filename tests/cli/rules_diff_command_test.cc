#include <string>

#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class RulesDiffCommandTest : public testing_support::CommandLineTest {
 protected:
  // The rules of the fixture with a replacement in rules.yaml, as a folder.
  std::string Changed(const std::string& from, const std::string& to) {
    for (const ruleset::RuleFile& file : testing_support::TinyRules()) {
      std::string content = file.content;
      const std::size_t at = content.find(from);
      if (file.path == "no/rules.yaml") content.replace(at, from.size(), to);
      Write("changed/" + file.path, content);
    }
    return Path("changed");
  }
};

TEST_F(RulesDiffCommandTest, NothingDiffers) {
  Write("in/a.yaml", kBreach);
  const auto result =
      Run({"rules", "diff", Path("rules"), Path("rules"), "--on", Path("in")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "Rule sets\n  no differences\n\n"
            "1 documents, 0 with differences; findings: 0 appear, 0 vanish, 0 "
            "change\n");
}

TEST_F(RulesDiffCommandTest, FindingsAppearVanishAndChange) {
  Write("in/a.yaml", kBreach);
  Write("in/b.yaml", kClean);
  // Ten days become twelve: eleven are too few now.
  const std::string stricter = Changed("days_given >= 10", "days_given >= 12");
  auto result = Run({"rules", "diff", Path("rules"), stricter, "--on",
                     Path("in"), "--lang", "en"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("  ~ rule no.tiny.deadline\n"
                                    "      requires\n"
                                    "        - days_given >= 10\n"
                                    "        + days_given >= 12\n"));
  EXPECT_THAT(result.out, HasSubstr("in/b.yaml\n"
                                    "  + no.tiny.deadline: satisfied -> "
                                    "violated error\n"
                                    "      11 days are too short.\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("in/a.yaml")));
  EXPECT_THAT(result.out, HasSubstr("2 documents, 1 with differences; "
                                    "findings: 1 appear, 0 vanish, 0 change"));
  result = Run({"rules", "diff", stricter, Path("rules"), "--on", Path("in")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("  - no.tiny.deadline: violated error -> "
                                    "satisfied\n"));
}

TEST_F(RulesDiffCommandTest, ASeverityThatChangesIsADifference) {
  Write("a.yaml", kBreach);
  const std::string milder = Changed("severity: error", "severity: warning");
  const auto result = Run({"rules", "diff", Path("rules"), milder, "--on",
                           Path("a.yaml"), "--format", "json"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"change\":\"CHANGES\",\"ruleId\":"
                                    "\"no.tiny.deadline\",\"subject\":\"\","
                                    "\"fields\":[\"severity\"]"));
  EXPECT_THAT(result.out, HasSubstr("\"summary\":{\"documents\":1,"
                                    "\"unreadable\":0,\"skipped\":0,"
                                    "\"appear\":0,\"vanish\":0,\"change\":1}"));
}

TEST_F(RulesDiffCommandTest, WithoutDocumentsOnlyTheSetsAreCompared) {
  const auto result =
      Run({"rules", "diff", Path("rules"),
           Changed("nb: For kort frist", "nb: Altfor kort frist")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("title.nb\n        - For kort frist\n"
                                    "        + Altfor kort frist\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("documents")));
}

TEST_F(RulesDiffCommandTest,
       AnUnreadableDocumentIsTroubleAndTheRestIsCompared) {
  Write("in/a.xml", "<a>");
  Write("in/b.yaml", kClean);
  Write("in/c.json", "{\"no\": \"procurement\"}");
  const auto result = Run({"rules", "diff", Path("rules"),
                           Changed("days_given >= 10", "days_given >= 12"),
                           "--on", Path("in")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("in/a.xml: "));
  EXPECT_THAT(result.out, HasSubstr("in/a.xml\n  unreadable: "));
  EXPECT_THAT(result.out, HasSubstr("+ no.tiny.deadline"));
  EXPECT_THAT(result.out, HasSubstr("1 unreadable"));
}

TEST_F(RulesDiffCommandTest, RulesThatDoNotLoadAreTrouble) {
  const auto result = Run({"rules", "diff", Path("rules"),
                           Changed("severity: error", "severity: grave")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("grave"));
  EXPECT_EQ(Run({"rules", "diff", Path("rules"), Path("nowhere")}).exit_code,
            2);
}

TEST_F(RulesDiffCommandTest, SeveralPlacesCanBeNamed) {
  const std::string a = Write("a.yaml", kBreach);
  const std::string b = Write("b.yaml", kClean);
  const auto result = Run(
      {"rules", "diff", "--on", a, "--on", b, Path("rules"), Path("rules")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("2 documents, 0 with differences"));
}

}  // namespace
}  // namespace klausul::cli
