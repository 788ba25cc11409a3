#include "service/cli/progress.h"

#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'000'000);

TEST(ProgressTest, TellsHowFarHowFastAndHowLongYet) {
  std::string out;
  Progress progress(1000, kStart,
                    [&](absl::string_view text) { out += std::string(text); });
  progress.Update(120'000, 250, kStart + absl::Seconds(30));
  EXPECT_EQ(
      out, "\rklausul: 120,000 documents, 4,000 a second, 25% done, 1:30 left");
}

TEST(ProgressTest, WithoutATotalOnlyTheRate) {
  std::string out;
  Progress progress(absl::nullopt, kStart,
                    [&](absl::string_view text) { out += std::string(text); });
  progress.Update(10, 250, kStart + absl::Seconds(2));
  EXPECT_EQ(out, "\rklausul: 10 documents, 5 a second");
}

TEST(ProgressTest, IsSilentAtFirstAndBetweenTwoLines) {
  int lines = 0;
  Progress progress(1000, kStart, [&](absl::string_view) { ++lines; });
  progress.Update(1, 1, kStart + absl::Milliseconds(999));
  EXPECT_EQ(lines, 0);
  progress.Update(1, 1, kStart + absl::Milliseconds(1000));
  EXPECT_EQ(lines, 1);
  progress.Update(2, 2, kStart + absl::Milliseconds(1249));
  EXPECT_EQ(lines, 1);
  progress.Update(2, 2, kStart + absl::Milliseconds(1250));
  EXPECT_EQ(lines, 2);
  progress.Clear();
}

TEST(ProgressTest, TheLineIsWipedOnce) {
  std::string out;
  {
    Progress progress(absl::nullopt, kStart, [&](absl::string_view text) {
      out += std::string(text);
    });
    progress.Update(5, 1, kStart + absl::Seconds(1));
    EXPECT_EQ(out, "\rklausul: 5 documents, 5 a second");
    const std::string blanks(out.size() - 1, ' ');
    out.clear();
    progress.Clear();
    EXPECT_EQ(out, "\r" + blanks + "\r");
    out.clear();
    progress.Clear();
  }
  EXPECT_EQ(out, "");
}

TEST(ProgressTest, AShorterLineCoversALongerOne) {
  std::string out;
  Progress progress(absl::nullopt, kStart,
                    [&](absl::string_view text) { out = std::string(text); });
  progress.Update(1000, 1, kStart + absl::Seconds(1));
  const std::size_t width = out.size();
  progress.Update(1000, 1, kStart + absl::Seconds(100));
  EXPECT_EQ(out.size(), width);
}

TEST(ProgressTest, WithoutOutputNothingHappens) {
  Progress progress(1000, kStart, Progress::Output());
  progress.Update(1, 1, kStart + absl::Seconds(5));
}

TEST(GroupDigitsTest, EveryThreeFromTheRight) {
  EXPECT_EQ(GroupDigits(0), "0");
  EXPECT_EQ(GroupDigits(999), "999");
  EXPECT_EQ(GroupDigits(1000), "1,000");
  EXPECT_EQ(GroupDigits(1234567), "1,234,567");
}

TEST(FormatRemainingTest, MinutesAndSecondsOrHoursToo) {
  EXPECT_EQ(FormatRemaining(absl::Seconds(0)), "0:00");
  EXPECT_EQ(FormatRemaining(absl::Milliseconds(59'600)), "1:00");
  EXPECT_EQ(FormatRemaining(absl::Seconds(3599)), "59:59");
  EXPECT_EQ(FormatRemaining(absl::Seconds(3792)), "1:03:12");
}

}  // namespace
}  // namespace klausul::cli
