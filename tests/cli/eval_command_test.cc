#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using EvalCommandTest = testing_support::CommandLineTest;

TEST_F(EvalCommandTest, PrintsTheValue) {
  const std::string plan = Write("plan.yaml", kBreach);
  EXPECT_EQ(Run({"eval", "days_given", plan}).out, "4\n");
  EXPECT_EQ(Run({"eval", "contract.nature == SERVICES", plan}).out, "true\n");
  EXPECT_EQ(Run({"eval", "dates.tender_deadline", plan}).out, "2026-03-05\n");
}

TEST_F(EvalCommandTest, AnUnknownValueNamesWhatWouldDecideIt) {
  const auto result =
      Run({"eval", "contract.estimated_value", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "unknown\n  missing: contract.estimated_value\n");
}

TEST_F(EvalCommandTest, AWrongExpressionIsToldWithACaret) {
  const auto result =
      Run({"eval", "contract.natur == SERVICES", Write("plan.yaml", kBreach)});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("nature"));
  EXPECT_THAT(result.err, HasSubstr("^^^^^"));
}

}  // namespace
}  // namespace klausul::cli
