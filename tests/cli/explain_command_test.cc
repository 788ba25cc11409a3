#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using ExplainCommandTest = testing_support::CommandLineTest;

TEST_F(ExplainCommandTest, ShowsTheRuleAndEverySubexpression) {
  const auto result = Run({"explain", "no.tiny.deadline", "--lang", "en",
                           Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("Period too short"));
  EXPECT_THAT(result.out, HasSubstr("TINY § 1"));
  EXPECT_THAT(result.out, HasSubstr("VIOLATED"));
  EXPECT_THAT(result.out, HasSubstr("days_given >= 10"));
  EXPECT_THAT(result.out, HasSubstr("dates.tender_deadline = 2026-03-05"));
}

TEST_F(ExplainCommandTest, ARuleOutOfForceSaysSo) {
  const auto result = Run(
      {"explain", "no.tiny.old", "--lang", "en", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("not in force on 2026-03-01"));
}

TEST_F(ExplainCommandTest, AMistypedRuleGetsASuggestion) {
  const auto result =
      Run({"explain", "no.tiny.deadlin", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err,
            "klausul: no rule `no.tiny.deadlin`; did you mean "
            "`no.tiny.deadline`?\n");
}

}  // namespace
}  // namespace klausul::cli
