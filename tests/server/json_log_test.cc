#include "service/server/json_log.h"

#include <limits>

#include "gtest/gtest.h"

namespace klausul::server {
namespace {

TEST(JsonLogTest, ALineIsOneObject) {
  LogLine line("info", "call", absl::FromUnixMillis(1'772'359'200'042));
  line.Add("code", "OK").Add("count", 3).Add("seconds", 0.0015).Add("ok", true);
  EXPECT_EQ(line.Text(),
            "{\"time\":\"2026-03-01T10:00:00.042Z\",\"level\":\"info\","
            "\"event\":\"call\",\"code\":\"OK\",\"count\":3,"
            "\"seconds\":0.0015,\"ok\":true}\n");
}

TEST(JsonLogTest, NumbersThatJsonLacksAreNull) {
  LogLine line("info", "x", absl::UnixEpoch());
  line.Add("d", std::numeric_limits<double>::infinity());
  EXPECT_EQ(line.Text(),
            "{\"time\":\"1970-01-01T00:00:00.000Z\",\"level\":\"info\","
            "\"event\":\"x\",\"d\":null}\n");
}

TEST(JsonLogTest, TextsCannotBreakOutOfTheirLine) {
  LogLine line("info", "x", absl::UnixEpoch());
  line.Add("a", "b\"c\\d\ne\x01 æ\xff");
  EXPECT_EQ(line.Text(),
            "{\"time\":\"1970-01-01T00:00:00.000Z\",\"level\":\"info\","
            "\"event\":\"x\",\"a\":\"b\\\"c\\\\d\\ne\\u0001 æ\xEF\xBF\xBD\"}"
            "\n");
}

TEST(JsonLogTest, StandardErrorGetsTheLine) {
  testing::internal::CaptureStderr();
  const LogLine line("error", "x", absl::UnixEpoch());
  LogToStandardError()(line);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), line.Text());
}

}  // namespace
}  // namespace klausul::server
