#include "service/ruleset/register/register_page.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;

std::shared_ptr<const SourceFile> Page(std::string text) {
  return std::make_shared<const SourceFile>("page.md", std::move(text));
}

TEST(RegisterPageTest, ARowStartsWithAnId) {
  const auto rows = ReadRegisterRows(
      Page("# Law\n\nNO-T-000 is no row.\n\n| id | what |\n|---|---|\n"
           "| NO-T-001 | value | 100 000 |\n"
           "|NO-SOC-B-OSL-01| æ |\n"
           "| NO-SOC-C-U02 | |\n| D-07 | q |\n| NO-T-023b | x |\n"
           "| NO-T-001 to NO-T-003 | a range |\n| S12 | source |\n"));
  std::vector<std::string> ids;
  for (const RegisterRow& row : rows)
    ids.push_back(row.id);
  EXPECT_THAT(ids, ElementsAre("NO-T-001", "NO-SOC-B-OSL-01", "NO-SOC-C-U02",
                               "D-07", "NO-T-023b"));
  EXPECT_THAT(rows[0].cells, ElementsAre("value", "100 000"));
  EXPECT_EQ(rows[1].file->Locate(rows[1].span.begin), (LineColumn{8, 2}));
}

TEST(RegisterPageTest, BookkeepingIsNoLaw) {
  for (const char* id :
       {"NO-T-001", "NO-SOC-A-010", "NO-D-014", "D-01", "DK-CMP-3"}) {
    EXPECT_TRUE(IsRowOfLaw(id)) << id;
  }
  for (const char* id : {"NO-REF-01", "NO-FRESH-02", "NO-CHG-15", "NO-OPEN-14",
                         "NO-DATA-3", "E-01", "S-2"}) {
    EXPECT_FALSE(IsRowOfLaw(id)) << id;
  }
}

TEST(RegisterPageTest, ReasonsStandInATableOfTheirOwn) {
  EXPECT_THAT(ReadReasons(Page("| reason | means |\n| --- | --- |\n"
                               "| judgement | a |\n| other regime | b |\n\n"
                               "| row | reason | why |\n| --- | --- | --- |\n"
                               "| NO-T-001 | judgement | because |\n")),
              ElementsAre("judgement", "other regime"));
}

}  // namespace
}  // namespace klausul::ruleset
