#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include <google/protobuf/util/json_util.h>

#include "klausul/v1/report.pb.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using CheckCommandTest = testing_support::CommandLineTest;

v1::CheckReport Parse(const std::string& json) {
  v1::CheckReport report;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &report);
  EXPECT_TRUE(status.ok()) << json;
  return report;
}

TEST_F(CheckCommandTest, ABreachIsExitCodeOne) {
  const auto result =
      Run({"check", "--lang", "en", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("BREACH  Period too short"));
  EXPECT_THAT(result.out, HasSubstr("plan.yaml:4:"));
  EXPECT_THAT(result.out, HasSubstr("1 breaches"));
  EXPECT_EQ(result.err, "");
}

TEST_F(CheckCommandTest, FailOnDecidesTheExitCode) {
  const std::string breach = Write("breach.yaml", kBreach);
  const std::string advice =
      Write("advice.yaml", std::string(kClean) + "lots:\n  - id: L1\n");
  EXPECT_EQ(Run({"check", "--fail-on", "never", breach}).exit_code, 0);
  EXPECT_EQ(Run({"check", "--fail-on", "advice", breach}).exit_code, 1);
  EXPECT_EQ(Run({"check", advice}).exit_code, 0);
  EXPECT_EQ(Run({"check", "--fail-on", "warning", advice}).exit_code, 0);
  EXPECT_EQ(Run({"check", "--fail-on", "advice", advice}).exit_code, 1);
}

TEST_F(CheckCommandTest, JsonIsACheckReportWithFacts) {
  const auto result =
      Run({"check", "--format", "json", Write("plan.yaml", kBreach)});
  const v1::CheckReport report = Parse(result.out);
  ASSERT_EQ(report.documents_size(), 1);
  EXPECT_EQ(report.documents(0).findings(0).rule_id(), "no.tiny.deadline");
  ASSERT_EQ(report.documents(0).facts_size(), 1);
  EXPECT_EQ(report.documents(0).facts(0).name(), "days_given");
  EXPECT_EQ(report.documents(0).facts(0).value(), "4");
  EXPECT_EQ(report.summary().violated().error(), 1);
}

TEST_F(CheckCommandTest, AnUnreadableInputStandsInItsPlaceAmongTheOthers) {
  const std::string a = Write("a.yaml", kClean);
  const std::string b = Write("b.yaml", "contract: {nature: SERVICE}\n");
  const std::string c = Write("c.yaml", kBreach);
  const auto result =
      Run({"check", "--format", "json", a, b, c, Path("gone.yaml")});
  EXPECT_EQ(result.exit_code, 2);
  const v1::CheckReport report = Parse(result.out);
  ASSERT_EQ(report.documents_size(), 4);
  EXPECT_EQ(report.documents(1).uri(), b);
  EXPECT_EQ(report.documents(1).error().line(), 1);
  EXPECT_EQ(report.documents(2).findings_size(), 1);
  EXPECT_EQ(report.documents(3).error().message(), "no such file or folder");
  EXPECT_EQ(report.summary().documents(), 2);
  EXPECT_EQ(report.summary().unreadable(), 2);
}

TEST_F(CheckCommandTest, WhatAWalkFindsAndIsNoDocumentIsSkipped) {
  Write("in/plan.yaml", kClean);
  const std::string other = Write("in/package.json", "{\"name\": \"x\"}");
  Write("in/.hidden.yaml", "not: [read");
  Write("in/readme.txt", "not read");
  const auto walked = Run({"check", "--format", "json", Path("in")});
  EXPECT_EQ(walked.exit_code, 0);
  EXPECT_EQ(Parse(walked.out).summary().skipped(), 1);
  EXPECT_EQ(Parse(walked.out).documents_size(), 1);
  EXPECT_EQ(Run({"check", other}).exit_code, 2);
}

TEST_F(CheckCommandTest, JsonLinesAreReadLineByLine) {
  const std::string lines =
      Write("plans.jsonl",
            "{\"id\": \"a\", \"buyer\": {\"country\": \"NO\"}}\n"
            "\n"
            "{\"id\": \"b\", \"buyer\": {\"contry\": \"NO\"}}\n");
  const auto result = Run({"check", "--format", "jsonl", lines});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.out, HasSubstr("plans.jsonl#/lines/1\""));
  EXPECT_THAT(result.out, HasSubstr("plans.jsonl#/lines/3\""));
  EXPECT_THAT(result.out, HasSubstr("\"line\":3"));
}

TEST_F(CheckCommandTest, ShardsShareTheInputs) {
  const std::string b = Write("in/b.yaml", kBreach);
  const std::string a = Write("in/a.yaml", kClean);
  const auto uris = [](const testing_support::CommandResult& result) {
    const v1::CheckReport report = Parse(result.out);
    std::vector<std::string> uris;
    for (const v1::DocumentReport& document : report.documents())
      uris.push_back(document.uri());
    return uris;
  };
  // Sorted, although named the other way around.
  const auto first = Run({"check", "--format", "json", "--shard", "0/2", b, a});
  const auto second =
      Run({"check", "--format", "json", "--shard", "1/2", b, a});
  EXPECT_EQ(first.exit_code, 0);
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(uris(first), ElementsAre(a));
  EXPECT_THAT(uris(second), ElementsAre(b));
  // One that gets none has nothing to complain of.
  const auto third =
      Run({"check", "--format", "json", "--shard", "2/3", Path("in")});
  EXPECT_EQ(third.exit_code, 0);
  EXPECT_THAT(uris(third), ElementsAre());
}

TEST_F(CheckCommandTest, AShardBeyondTheCountIsBadUsage) {
  const auto result =
      Run({"check", "--shard", "2/2", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--shard: `2/2`: INDEX goes from 0 to 1"));
}

TEST_F(CheckCommandTest, AllShowsSatisfiedRulesToo) {
  const std::string clean = Write("plan.yaml", kClean);
  EXPECT_THAT(Run({"check", "--lang", "en", clean}).out,
              Not(HasSubstr("SATISFIED")));
  EXPECT_THAT(Run({"check", "--lang", "en", "--all", clean}).out,
              HasSubstr("SATISFIED"));
}

TEST_F(CheckCommandTest, BriefListsBreachesAndCountsTheRest) {
  const std::string open =
      Write("plan.yaml", std::string(kBreach) + "lots:\n  - id: L1\n");
  const std::string undecided =
      Write("undecided.yaml", "id: p\nbuyer: {country: \"NO\"}\n");
  const auto result =
      Run({"check", "--brief", "--format", "json", open, undecided});
  EXPECT_EQ(result.exit_code, 1);
  const v1::CheckReport report = Parse(result.out);
  ASSERT_EQ(report.documents_size(), 2);
  EXPECT_GT(report.documents(0).findings_size(), 0);
  EXPECT_EQ(report.documents(0).facts_size(), 0);
  EXPECT_EQ(report.documents(1).findings_size(), 0);
  EXPECT_GT(report.documents(1).counts().undetermined(), 0);
  EXPECT_GT(report.summary().undetermined(), 0);
  EXPECT_EQ(Run({"check", "--brief", "--all", open}).exit_code, 2);
}

TEST_F(CheckCommandTest, OutputGoesToAFile) {
  const std::string out = Path("report.json");
  const auto result = Run({"check", "--format", "json", "--output", out,
                           Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  std::ifstream file(out);
  const std::string json((std::istreambuf_iterator<char>(file)),
                         std::istreambuf_iterator<char>());
  EXPECT_EQ(Parse(json).documents_size(), 1);
}

TEST_F(CheckCommandTest, TheOrderIsThatOfTheInputsWhateverTheJobs) {
  std::vector<std::string> arguments = {"check", "--format", "jsonl", "--jobs",
                                        "8"};
  for (int i = 0; i < 40; ++i) {
    arguments.push_back(Write("plan" + std::to_string(i) + ".yaml", kBreach));
  }
  const std::string out = Run(arguments).out;
  std::size_t at = 0;
  for (int i = 0; i < 40; ++i) {
    at = out.find("plan" + std::to_string(i) + ".yaml\"", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(CheckCommandTest, AnUnknownRuleSetGetsASuggestion) {
  const auto result =
      Run({"check", "--rules", "noo", Write("plan.yaml", kClean)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no rule set `noo`"));
}

TEST_F(CheckCommandTest, ADateThatIsNoneIsBadUsage) {
  const auto result =
      Run({"check", "--as-of", "2026-02-30", Write("plan.yaml", kClean)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--as-of: `2026-02-30` is no day"));
}

TEST_F(CheckCommandTest, ABrokenRuleSetIsToldWithItsPlace) {
  Write("rules/no/rules.yaml", "rules:\n  - id: no.tiny.broken\n    foo: 1\n");
  const auto result = Run({"check", Write("plan.yaml", kClean)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no/rules.yaml:3:5"));
}

TEST_F(CheckCommandTest, AServerThatIsNotThereIsTrouble) {
  const auto result =
      Run({"check", "--server", "127.0.0.1:1", Write("plan.yaml", kClean)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err, "");
}

}  // namespace
}  // namespace klausul::cli
