#include "service/cli/console.h"

#include <cstdlib>

#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

TEST(ConsoleTest, ComplaintsEndInALineBreak) {
  testing::internal::CaptureStderr();
  Complain("one");
  Complain("two\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "one\ntwo\n");
}

TEST(ConsoleTest, NoColourWhereTheOutputIsNoTerminal) {
  testing::internal::CaptureStdout();
  EXPECT_FALSE(ColorOnOutput());
  testing::internal::GetCapturedStdout();
}

TEST(ConsoleTest, NoColorIsHonoured) {
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(ColorOnOutput());
  EXPECT_FALSE(ColorOnError());
  ::unsetenv("NO_COLOR");
}

}  // namespace
}  // namespace klausul::cli
