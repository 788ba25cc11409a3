#include "service/report/report_writer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(NewReportWriterTest, KnowsItsForms) {
  for (const char* format : {"text", "json", "jsonl"}) {
    EXPECT_TRUE(NewReportWriter(format, {}, [](absl::string_view) {}).ok());
  }
}

TEST(NewReportWriterTest, NamesTheKnownFormsForAnUnknownOne) {
  const auto writer = NewReportWriter("xml", {}, [](absl::string_view) {});
  EXPECT_EQ(writer.status().message(),
            "unknown report format `xml`; known: text, json, jsonl, "
            "sarif, junit, csv, html, github");
}

}  // namespace
}  // namespace klausul::report
