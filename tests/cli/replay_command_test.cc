#include <string>

#include "gmock/gmock.h"

#include "service/base/diagnostic.h"
#include "service/review/decision.h"
#include "service/ruleset/bundle_file.h"
#include "service/ruleset/rule_archive.h"
#include "tests/support/command_line.h"
#include "tests/support/rules_folder.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;
using testing_support::NewVersion;
using testing_support::TinyRules;

class ReplayCommandTest : public testing_support::CommandLineTest {
 protected:
  // Evaluates an empty plan under the rules and archives them: a line of a log.
  std::string Decide(const std::vector<ruleset::RuleFile>& files) const {
    DiagnosticSink sink;
    const auto repository = ruleset::RuleSetRepository::Load(files, {}, sink);
    EXPECT_TRUE(repository.ok()) << sink.RenderAll();
    EXPECT_TRUE(
        ruleset::RuleArchive(Path("archive")).Store(files, **repository).ok());
    const review::Reviewer reviewer(
        std::make_shared<const review::RuleCatalogue>(*repository));
    v1::ProcurementPlan plan;
    plan.mutable_buyer()->set_country("NO");
    const absl::Time time = absl::FromUnixSeconds(1'780'000'000);
    v1::DocumentReport report;
    EXPECT_TRUE(
        reviewer.ReviewPlanInto(plan, {}, {time, nullptr}, report).ok());
    review::Evaluated evaluated;
    evaluated.time = time;
    evaluated.bundle_digest = ruleset::BundleDigest(files);
    evaluated.plan = review::SerializeDeterministic(plan);
    evaluated.report = report.SerializeAsString();
    review::DecisionContents contents;
    contents.plan = true;
    const auto record = review::MakeDecision(evaluated, contents);
    EXPECT_TRUE(record.ok());
    return review::DecisionLine(*record);
  }
};

TEST_F(ReplayCommandTest, EachPlanMeetsTheRulesThatItMetThen) {
  const std::string log =
      Write("log", Decide(TinyRules()) + Decide(NewVersion("2026.2.0")));
  const auto result = Run({"replay", log, "--archive", Path("archive")});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(
      result.out,
      "2 evaluations: 2 identical, 0 different, 0 not replayed, 0 missing "
      "in the log\n");
}

TEST_F(ReplayCommandTest, WithoutAnArchiveAllMeetTheRulesAtHand) {
  const std::string log =
      Write("log", Decide(TinyRules()) + Decide(NewVersion("2026.2.0")));
  const auto result = Run({"replay", log});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("log:2:\nrule sets: no sha256:"));
  EXPECT_THAT(result.out, HasSubstr("2 evaluations: 1 identical, 1 different"));
}

TEST_F(ReplayCommandTest, WhatCannotBeReplayedIsTrouble) {
  const std::string log = Write("log", Decide(TinyRules()) + "no line\n");
  auto result = Run({"replay", log, "--archive", Path("archive")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("log:2: no line of a decision log"));
  EXPECT_THAT(result.out,
              HasSubstr("1 identical, 0 different, 1 not replayed"));
  result = Run({"replay", log, "--archive", Path("nowhere")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.out,
              HasSubstr("0 identical, 0 different, 2 not replayed"));
  EXPECT_EQ(Run({"replay", Path("none")}).exit_code, 2);
}

}  // namespace
}  // namespace klausul::cli
