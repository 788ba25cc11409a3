#include "service/report/csv_report.h"

#include <algorithm>
#include <map>

#include "gmock/gmock.h"

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

using Row = std::vector<std::string>;

// Reads CSV as RFC 4180 has it.
std::vector<Row> ReadCsv(const std::string& text) {
  std::vector<Row> rows;
  Row row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text.substr(i, 2) == "\"\"") {
      row.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      row.emplace_back();
    } else if (!quoted && text.substr(i, 2) == "\r\n") {
      rows.push_back(std::exchange(row, Row(1)));
      ++i;
    } else {
      row.back() += c;
    }
  }
  EXPECT_EQ(row, Row(1)) << "the last line has no end";
  return rows;
}

// Rows by column name.
std::vector<std::map<std::string, std::string>> Read(const std::string& text) {
  const std::vector<Row> rows = ReadCsv(text);
  std::vector<std::map<std::string, std::string>> named;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].size(), rows[0].size()) << "row " << i;
    auto& row = named.emplace_back();
    for (std::size_t j = 0; j < std::min(rows[0].size(), rows[i].size()); ++j)
      row[rows[0][j]] = rows[i][j];
  }
  return named;
}

TEST(CsvReportTest, ReadsBackWhole) {
  auto rows = Read(WriteReport("csv", {SampleDocument()}, {}));
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0]["document"], "innkjøp/a b.xml");
  EXPECT_EQ(rows[0]["buyer"], "Sørvik <kommune>, \"innkjøp\"");
  EXPECT_EQ(rows[0]["rule_sets"], "no@2026.11.0");
  EXPECT_EQ(rows[0]["outcome"], "VIOLATED");
  EXPECT_EQ(rows[0]["severity"], "ERROR");
  EXPECT_EQ(rows[0]["message"], "Fristen er \"kort\",\nærlig talt 100%.");
  EXPECT_EQ(rows[0]["law"], "FOA § 1 (2)");
  EXPECT_EQ(rows[0]["line"], "120");
  EXPECT_EQ(rows[0]["column"], "9");
  EXPECT_EQ(rows[0]["address"], "/x[1]");
  EXPECT_EQ(rows[0]["fields"], "dates.tender_deadline = 2026-03-05");
  EXPECT_EQ(rows[1]["outcome"], "WAIVED");
  EXPECT_EQ(rows[1]["waiver_reason"], "Løper \"ut\".");
  EXPECT_EQ(rows[1]["waiver_owner"], "Åse");
  EXPECT_EQ(rows[4]["missing"], "award.criteria");
}

TEST(CsvReportTest, AFormulaIsNone) {
  auto rows = Read(WriteReport("csv", {SampleDocument()}, {}));
  EXPECT_EQ(rows[0]["plan_id"], "'=HYPERLINK(\"x\")");
}

TEST(CsvReportTest, ADocumentWithoutFindingsHasARow) {
  v1::DocumentReport clean;
  clean.set_uri("clean.yaml");
  auto rows = Read(WriteReport("csv", {clean, UnreadableDocument()}, {}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["document"], "clean.yaml");
  EXPECT_EQ(rows[0]["outcome"], "");
  EXPECT_EQ(rows[0]["line"], "");
  EXPECT_EQ(rows[1]["outcome"], "UNREADABLE");
  EXPECT_EQ(rows[1]["message"], "expected a \"value\"");
  EXPECT_EQ(rows[1]["line"], "3");
}

TEST(CsvReportTest, NothingCheckedIsTheHeader) {
  EXPECT_EQ(ReadCsv(WriteReport("csv", {}, {})).size(), 1U);
}

}  // namespace
}  // namespace klausul::report
