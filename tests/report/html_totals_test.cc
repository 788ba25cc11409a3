#include "service/report/html_totals.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::report {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> Labels(const std::vector<Bar>& bars) {
  std::vector<std::string> labels;
  labels.reserve(bars.size());
  for (const Bar& bar : bars)
    labels.push_back(bar.label);
  return labels;
}

TEST(NamedTalliesTest, TheHighestComeFirst) {
  NamedTallies tallies;
  EXPECT_EQ(tallies.NumberOf("a"), 0U);
  EXPECT_EQ(tallies.NumberOf("b"), 1U);
  EXPECT_EQ(tallies.NumberOf("none"), 2U);
  tallies.Add(0, v1::Rule::ADVICE);
  tallies.Add(1, v1::Rule::ERROR);
  tallies.Add(1, v1::Rule::WARNING);
  const std::vector<Bar> bars = tallies.ByCount();
  EXPECT_THAT(Labels(bars), ElementsAre("b", "a"));
  EXPECT_EQ(bars[0].value, "1");
  EXPECT_THAT(bars[0].tally.counts, ElementsAre(1, 1, 0));
}

TEST(NamedTalliesTest, MonthsHaveThoseBetween) {
  NamedTallies tallies;
  for (const char* month : {"2027-02", "2026-11"})
    tallies.Add(tallies.NumberOf(month), v1::Rule::ERROR);
  const std::vector<Bar> bars = tallies.ByMonth();
  EXPECT_THAT(Labels(bars),
              ElementsAre("2026-11", "2026-12", "2027-01", "2027-02"));
  EXPECT_EQ(bars[1].tally.Total(), 0);
  EXPECT_EQ(bars[1].value, "");
}

TEST(NamedTalliesTest, TheLastMonthsAreShown) {
  NamedTallies tallies;
  for (const char* month : {"2001-01", "2026-01", "2026-02"})
    tallies.Add(tallies.NumberOf(month), v1::Rule::ERROR);
  EXPECT_THAT(Labels(tallies.ByMonth()), ElementsAre("2026-01", "2026-02"));
  tallies.Add(tallies.NumberOf("2023-02"), v1::Rule::ERROR);
  EXPECT_THAT(tallies.ByMonth(), SizeIs(NamedTallies::kMaxMonths));
}

TEST(NamedTalliesTest, ANameThatIsNoMonthDoesNoHarm) {
  NamedTallies tallies;
  for (const char* month : {"", "2026-02"})
    tallies.Add(tallies.NumberOf(month), v1::Rule::ERROR);
  EXPECT_THAT(Labels(tallies.ByMonth()), ElementsAre("", "2026-02"));
}

}  // namespace
}  // namespace klausul::report
