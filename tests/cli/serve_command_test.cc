#include "gmock/gmock.h"

#include "tests/support/command_line.h"

namespace klausul::cli {
namespace {

using testing::HasSubstr;

// That it serves and drains is told in tests/e2e, by the real process.
using ServeCommandTest = testing_support::CommandLineTest;

TEST_F(ServeCommandTest, AnAddressThatCannotBeTakenIsTrouble) {
  const auto result = Run({"serve", "--listen", "not an address"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("`not an address` is no HOST:PORT"));
}

TEST_F(ServeCommandTest, ABrokenRuleSetIsTrouble) {
  Write("rules/no/rules.yaml", "rules: 7\n");
  const auto result = Run({"serve", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no/rules.yaml:1:8"));
}

}  // namespace
}  // namespace klausul::cli
