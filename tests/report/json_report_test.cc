#include "service/report/json_report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/util/json_util.h>

#include "service/report/summary.h"

namespace klausul::report {
namespace {

v1::DocumentReport Document(const std::string& uri) {
  v1::DocumentReport document;
  document.set_uri(uri);
  document.set_kind(v1::DocumentReport::EFORMS_NOTICE);
  v1::Finding& finding = *document.add_findings();
  finding.set_rule_id("no.foa.7-9.weight");
  finding.set_outcome(v1::Finding::VIOLATED);
  finding.set_severity(v1::Rule::ERROR);
  finding.add_missing("award.criteria");
  return document;
}

TEST(JsonReportTest, IsOneCheckReportWithZerosInTheSummary) {
  std::string out;
  auto writer =
      NewJsonReport([&](absl::string_view s) { out += std::string(s); });
  writer->Add(Document("a.xml"));
  writer->Add(Document("b.xml"));
  v1::CheckSummary summary = EmptySummary();
  summary.set_documents(2);
  writer->Finish(summary);

  v1::CheckReport report;
  const auto status = google::protobuf::util::JsonStringToMessage(out, &report);
  ASSERT_TRUE(status.ok()) << out;
  EXPECT_EQ(report.documents_size(), 2);
  EXPECT_EQ(report.documents(1).findings(0).outcome(), v1::Finding::VIOLATED);
  EXPECT_THAT(out, testing::HasSubstr("\"unreadable\":0"));
  EXPECT_THAT(out, testing::HasSubstr("\"severity\":\"ERROR\""));
  EXPECT_THAT(out,
              testing::HasSubstr(
                  "\"violated\":{\"error\":0,\"warning\":0,\"advice\":0}"));
}

TEST(JsonReportTest, WithoutDocumentsTheListIsEmpty) {
  std::string out;
  auto writer =
      NewJsonReport([&](absl::string_view s) { out += std::string(s); });
  writer->Finish(EmptySummary());
  EXPECT_THAT(out, testing::StartsWith("{\"documents\":[],\"summary\":{"));
}

TEST(JsonLinesReportTest, IsOneDocumentALineAndNoTotals) {
  std::string out;
  auto writer =
      NewJsonLinesReport([&](absl::string_view s) { out += std::string(s); });
  writer->Add(Document("a.xml"));
  const std::size_t first = out.size();
  EXPECT_EQ(out.find('\n'), first - 1);
  writer->Add(Document("b.xml"));
  writer->Finish(EmptySummary());
  EXPECT_EQ(out.size(), 2 * first);
}

}  // namespace
}  // namespace klausul::report
