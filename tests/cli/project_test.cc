#include "service/cli/project.h"

#include "gmock/gmock.h"
#include <google/protobuf/util/json_util.h>

#include "klausul/v1/report.pb.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

class ProjectTest : public testing_support::CommandLineTest {
 protected:
  // The report of `klausul check` with these arguments.
  v1::CheckReport Check(std::vector<std::string> arguments, int exit_code) {
    arguments.insert(arguments.begin(),
                     {"check", "--lang", "en", "--format", "json"});
    const auto result = Run(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    v1::CheckReport report;
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(result.out, &report).ok())
        << result.out;
    return report;
  }

  const std::string breach_ = Write("plans/breach.yaml", kBreach);
};

TEST_F(ProjectTest, AWaiverFileWaives) {
  const std::string waivers = Write(
      "waivers.yaml",
      "waivers:\n"
      "  - {rule: no.tiny.deadline, path: plans/, reason: Why., owner: Me,\n"
      "     until: 2199-12-31}\n");
  const v1::CheckReport report = Check({"--waivers", waivers, breach_}, 0);
  EXPECT_EQ(report.summary().waived(), 1);
  EXPECT_EQ(report.summary().violated().error(), 0);
  const v1::Finding& finding = report.documents(0).findings(0);
  EXPECT_EQ(finding.outcome(), v1::Finding::WAIVED);
  EXPECT_EQ(finding.waiver().reason(), "Why.");
}

TEST_F(ProjectTest, AWaiverOfARuleThatIsNoneIsBadUsage) {
  const std::string waivers =
      Write("waivers.yaml",
            "waivers: [{rule: no.tiny.dedline, reason: r, owner: o, "
            "until: 2199-12-31}]\n");
  const auto result = Run({"check", "--waivers", waivers, breach_});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("did you mean `no.tiny.deadline`?"));
  EXPECT_EQ(Run({"check", "--waivers", Path("gone"), breach_}).exit_code, 2);
}

TEST_F(ProjectTest, WhatABaselineKnowsFailsNothing) {
  const std::string baseline = Path("baseline.json");
  Run({"check", "--format", "json", "--output", baseline, breach_});
  const v1::CheckReport report = Check({"--baseline", baseline, breach_}, 0);
  EXPECT_TRUE(report.documents(0).findings(0).known());
  EXPECT_EQ(report.summary().violated().error(), 1);
  EXPECT_EQ(report.summary().known().error(), 1);
  const std::string other =
      Write("plans/other.yaml", std::string(kBreach).replace(4, 3, "p-9"));
  Check({"--baseline", baseline, breach_, other}, 1);
}

TEST_F(ProjectTest, ABaselineThatIsNoneIsBadUsage) {
  EXPECT_EQ(Run({"check", "--baseline", breach_, breach_}).exit_code, 2);
  EXPECT_EQ(Run({"check", "--baseline", Path("gone"), breach_}).exit_code, 2);
}

TEST_F(ProjectTest, TheBaselineInAFolderIsNoDocument) {
  const std::string baseline = Path("plans/base.jsonl");
  Run({"check", "--format", "jsonl", "--output", baseline, breach_});
  const v1::CheckReport report =
      Check({"--baseline", baseline, Path("plans")}, 0);
  EXPECT_EQ(report.summary().documents(), 1);
  EXPECT_EQ(report.summary().unreadable(), 0);
}

TEST_F(ProjectTest, TheConfigurationOfTheFolderHolds) {
  Write("plans/.klausul.yaml", "severities: {no.tiny.deadline: advice}\n");
  const v1::CheckReport report = Check({breach_}, 0);
  EXPECT_EQ(report.summary().violated().advice(), 1);
  EXPECT_EQ(report.documents(0).notes_size(), 1);
}

TEST_F(ProjectTest, RuleSetsOfTheCommandLineGoBeforeThoseOfTheFolder) {
  Write("plans/.klausul.yaml", "rule_sets: [\"no\"]\n");
  const std::string elsewhere =
      Write("plans/dk.yaml", std::string(kBreach).replace(26, 2, "DK"));
  EXPECT_EQ(Check({elsewhere}, 1).documents(0).rule_sets_size(), 1);
  EXPECT_EQ(Run({"check", "--rules", "nope", elsewhere}).exit_code, 2);
}

TEST_F(ProjectTest, NothingToCheckIsBadUsage) {
  const auto result = Run({"check"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("nothing to check"));
}

}  // namespace
}  // namespace klausul::cli
