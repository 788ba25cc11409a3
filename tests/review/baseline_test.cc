#include "service/review/baseline.h"

#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using testing::HasSubstr;

absl::StatusOr<Baseline> Read(const std::string& text) {
  std::istringstream in(text);
  return Baseline::Read(in);
}

constexpr char kDocument[] =
    R"({"uri":"a","findings":[{"ruleId":"r","outcome":"VIOLATED",)"
    R"("fields":[{"path":"p"}],"fingerprint":"f1"},)"
    R"({"outcome":"UNDETERMINED","fingerprint":"f2"},)"
    R"({"outcome":"WAIVED","fingerprint":"f3"}]})";

TEST(BaselineTest, KnowsTheBrokenRulesOfAJsonReport) {
  const auto baseline =
      Read(std::string("{\"documents\":[") + kDocument + "],\"summary\":{}}\n");
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  EXPECT_EQ(baseline->size(), 1U);
  EXPECT_TRUE(baseline->Contains("f1"));
  EXPECT_FALSE(baseline->Contains("f2"));
}

TEST(BaselineTest, ReadsJsonLines) {
  const auto baseline =
      Read(std::string(kDocument) +
           "\n{\"uri\":\"b\",\"findings\":[{\"outcome\":\"VIOLATED\","
           "\"fingerprint\":\"f9\"}]}\n");
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  EXPECT_EQ(baseline->size(), 2U);
  EXPECT_TRUE(baseline->Contains("f9"));
}

TEST(BaselineTest, ReadsSarifWithoutWhatWasSuppressed) {
  const auto baseline = Read(R"({"version":"2.1.0","runs":[{"results":[
      {"ruleId":"r","kind":"fail","partialFingerprints":{"klausul/v1":"f1"}},
      {"partialFingerprints":{"klausul/v1":"f2"},
       "suppressions":[{"kind":"external"}]},
      {"partialFingerprints":{"klausul/v1":"f3"},"suppressions":[]},
      {"kind":"open","partialFingerprints":{"klausul/v1":"f4"}}]}]})");
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  EXPECT_EQ(baseline->size(), 2U);
  EXPECT_TRUE(baseline->Contains("f1"));
  EXPECT_TRUE(baseline->Contains("f3"));
}

TEST(BaselineTest, AReportOfNothingKnowsNothing) {
  EXPECT_EQ(Read("")->size(), 0U);
  EXPECT_EQ(Read("{\"documents\":[],\"summary\":{}}")->size(), 0U);
}

TEST(BaselineTest, RefusesWhatIsNoReport) {
  EXPECT_THAT(std::string(Read("{\"a\":1}").status().message()),
              HasSubstr("is no report of `klausul check`"));
  EXPECT_THAT(std::string(Read("[1,").status().message()),
              HasSubstr("is no JSON at byte 3"));
  EXPECT_FALSE(Read("\"text\"").ok());
  EXPECT_FALSE(Read(std::string(100'000, '[')).ok());
}

}  // namespace
}  // namespace klausul::review
