#include "service/base/civil_day.h"

#include "gtest/gtest.h"

namespace klausul {
namespace {

TEST(ParseCivilDayTest, TakesOneFormOnly) {
  EXPECT_EQ(ParseCivilDay("2026-07-01"), absl::CivilDay(2026, 7, 1));
  EXPECT_EQ(ParseCivilDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  for (const char* wrong :
       {"", "2026-7-1", "01.07.2026", "2026-07-01Z", "2026-02-30", "2025-02-29",
        "2026-13-01", "1899-12-31", "2201-01-01", "+026-07-01"}) {
    EXPECT_FALSE(ParseCivilDay(wrong).has_value()) << wrong;
  }
}

TEST(FormatCivilDayTest, TurnsParsingRound) {
  EXPECT_EQ(FormatCivilDay(absl::CivilDay(2026, 7, 1)), "2026-07-01");
}

}  // namespace
}  // namespace klausul
