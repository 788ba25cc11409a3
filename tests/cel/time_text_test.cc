#include "service/cel/time_text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

struct TimeCase {
  std::string text;
  // Empty where it does not parse.
  std::string want;
};

TEST(TimeText, Timestamps) {
  const std::vector<TimeCase> cases = {
      {"2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z"},
      {"2026-07-01T12:00:00.120+02:00", "2026-07-01T10:00:00.12Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
      {"0001-01-01T00:00:00+00:01", ""},
      {"9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"},
      {"9999-12-31T23:59:59-00:01", ""},
      {"2026-02-29T00:00:00Z", ""},
      {"2026-07-01T24:00:00Z", ""},
      {"2026-07-01 12:00:00Z", ""},
      {"2026-07-01T12:00:00", ""},
      {"2026-07-01T12:00:00.Z", ""},
      {"2026-07-01T12:00:00+1:00", ""},
      {"", ""},
  };
  for (const TimeCase& test : cases) {
    const absl::optional<TimeValue> time = ParseTimestamp(test.text);
    EXPECT_EQ(time.has_value() ? FormatTimestamp(*time) : "", test.want)
        << test.text;
  }
}

TEST(TimeText, Durations) {
  const std::vector<TimeCase> cases = {
      {"1h30m", "5400s"},
      {"-1.5s", "-1.5s"},
      {"0", "0s"},
      {"+.5ms", "0.0005s"},
      {"1.s", "1s"},
      {"1us1\xc2\xb5s1\xce\xbcs", "0.000003s"},
      {"9223372036.854775807s", "9223372036.854775807s"},
      {"9223372036.854775808s", ""},
      {"-9223372036.854775808s", "-9223372036.854775808s"},
      {"99999999999999999999h", ""},
      {"0.00000000000000000000000000001h", "0s"},
      {"1d", ""},
      {"1", ""},
      {"s", ""},
      {".s", ""},
      {"-", ""},
      {"", ""},
      {"1h ", ""},
  };
  for (const TimeCase& test : cases) {
    const absl::optional<TimeValue> duration = ParseDuration(test.text);
    EXPECT_EQ(duration.has_value() ? FormatDuration(*duration) : "", test.want)
        << test.text;
  }
}

TEST(TimeText, JsonFractionsComeInThrees) {
  EXPECT_EQ(FormatTimestampJson({0, 0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTimestampJson({0, 500'000'000}), "1970-01-01T00:00:00.500Z");
  EXPECT_EQ(FormatTimestampJson({0, 1'000}), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(FormatDurationJson({-1, -1}), "-1.000000001s");
}

TEST(TimeText, ZonesAreNamesOrOffsetsButNeverFiles) {
  for (const char* name :
       {"", "UTC", "Europe/Oslo", "US/Central", "+05:45", "-02:30", "02:00"}) {
    EXPECT_TRUE(FindTimeZone(name).has_value()) << name;
  }
  for (const char* name : {"Europe/Nowhere", "/etc/passwd", "../../etc/passwd",
                           "localtime", "Fixed/UTC+01:00:00", "2:00", "+25:00",
                           "+01:60", "Z", "file:/etc/passwd"}) {
    EXPECT_FALSE(FindTimeZone(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace klausul::cel
