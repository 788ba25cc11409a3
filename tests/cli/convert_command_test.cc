#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

using ConvertCommandTest = testing_support::CommandLineTest;

TEST_F(ConvertCommandTest, WritesWhatItReads) {
  const auto yaml = Run({"convert", Write("plan.yaml", kBreach)});
  EXPECT_EQ(yaml.exit_code, 0);
  EXPECT_THAT(yaml.out, HasSubstr("2026-03-05"));
  const auto json =
      Run({"convert", "--to", "json", Write("again.yaml", yaml.out)});
  EXPECT_EQ(json.exit_code, 0);
  const auto back = Run({"convert", Write("plan.json", json.out)});
  EXPECT_EQ(back.out, yaml.out);
}

TEST_F(ConvertCommandTest, AnUnreadableDocumentIsToldWithItsPlace) {
  const auto result =
      Run({"convert", Write("plan.yaml", "dates: {notice_sent: soon}\n")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("plan.yaml:1:22"));
  EXPECT_EQ(result.out, "");
}

}  // namespace
}  // namespace klausul::cli
