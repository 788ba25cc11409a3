// service/intake/eforms/eforms.cc: whole notices, and what is refused.

#include "service/intake/eforms/eforms.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

TEST(ReadNoticeTest, NationalCallUnderPartTwo) {
  const ReadResult result = ReadText(ReadTestFile("e3_part2.xml"));
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(result.notes, ElementsAre());
  const v1::ProcurementPlan& plan = result.plan;
  EXPECT_EQ(plan.stage(), v1::STAGE_ANNOUNCED);
  EXPECT_EQ(plan.regime_part(), "II");
  EXPECT_EQ(plan.buyer().name(), "Fjordvik kommune");
  EXPECT_EQ(plan.procedure().kind(), v1::PROCEDURE_KIND_OPEN);
  EXPECT_EQ(plan.contract().estimated_value().units(), 2100000);
  EXPECT_EQ(plan.dates().tender_deadline().month(), 10);
  EXPECT_EQ(plan.term().duration().months(), 24);
  EXPECT_EQ(plan.term().renewal_count(), 1);
  EXPECT_EQ(plan.award().criteria_size(), 3);
  EXPECT_EQ(plan.award().criteria(2).weight(), 30);
  EXPECT_EQ(plan.submission().variants(), v1::PERMISSION_NOT_ALLOWED);
  EXPECT_EQ(plan.qualification().requirements_size(), 1);
  EXPECT_TRUE(plan.reserved().has_sheltered_execution());
  EXPECT_THAT(plan.stated_empty(), Contains("reserved.kinds"));
}

TEST(ReadNoticeTest, NationalCallUnderPartOne) {
  const v1::ProcurementPlan plan = ReadText(ReadTestFile("e3_part1.xml")).plan;
  EXPECT_EQ(plan.regime_part(), "I");
  EXPECT_EQ(plan.award().criteria_size(), 2);
  EXPECT_TRUE(plan.climate().requirements_replace_criteria());
}

TEST(ReadNoticeTest, CallOfTwoBuyersWithTwoLots) {
  const ReadResult result = ReadText(ReadTestFile("cn_lots.xml"));
  ASSERT_TRUE(result.ok());
  const v1::ProcurementPlan& plan = result.plan;
  EXPECT_EQ(plan.buyer().name(), "Lilleby kommune");
  EXPECT_EQ(plan.buyer().co_buyers_size(), 1);
  ASSERT_EQ(plan.lots_size(), 2);
  EXPECT_EQ(plan.lots(0).award().ranking(),
            v1::CRITERIA_RANKING_PRIORITY_ORDER);
  EXPECT_EQ(plan.lots(0).award().criteria(2).rank(), 2);
  EXPECT_THAT(plan.stated_empty(), Contains("lots[0].reserved.kinds"));
  EXPECT_THAT(plan.lots(1).reserved().kinds(),
              ElementsAre(v1::RESERVED_FOR_WORK_INTEGRATION));
  EXPECT_FALSE(plan.lots(1).contract().has_estimated_value());
  EXPECT_EQ(plan.division().tender_scope(), v1::LOTS_SCOPE_ANY_LOTS);
  EXPECT_EQ(plan.division().combinations(0).maximum_value().units(), 60000000);
  EXPECT_EQ(plan.lots(1).dates().request_deadline().day(), 9);
  EXPECT_TRUE(plan.procedure().negotiation().may_award_without());
}

TEST(ReadNoticeTest, PlanningNoticeWithParts) {
  const v1::ProcurementPlan plan =
      ReadText(ReadTestFile("planning_e2.xml")).plan;
  EXPECT_EQ(plan.stage(), v1::STAGE_PREPARATION);
  EXPECT_EQ(plan.dates().planned_notice().month(), 10);
  EXPECT_FALSE(plan.dates().has_notice_sent());
  ASSERT_EQ(plan.lots_size(), 2);
  EXPECT_EQ(plan.lots(1).id(), "PAR-0002");
  EXPECT_EQ(plan.lots(1).contract().estimated_value().units(), 5000000);
  EXPECT_EQ(plan.title().by_language().at("nn"), "Bruer");
}

TEST(ReadNoticeTest, EveryFieldHasALineAColumnAndAnXPath) {
  const ReadResult result = ReadText(ReadTestFile("e3_part2.xml"));
  const Location place = result.source_map.Locate("award.criteria[2].weight");
  const std::string text(result.source->text());
  const std::size_t offset =
      result.source->OffsetOf({place.line, place.column});
  EXPECT_EQ(text.substr(offset, 45),
            "<efbc:ParameterNumeric>30</efbc:ParameterNume");
  EXPECT_EQ(place.xpath,
            "/*/cac:ProcurementProjectLot/cac:TenderingTerms/"
            "cac:AwardingTerms/cac:AwardingCriterion/"
            "cac:SubordinateAwardingCriterion[3]/ext:UBLExtensions/"
            "ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/"
            "efac:AwardCriterionParameter/efbc:ParameterNumeric");
  // What is not stated is shown at its nearest stated group.
  EXPECT_EQ(result.source_map.Locate("award.criteria[2].minimum_score").xpath,
            "/*/cac:ProcurementProjectLot/cac:TenderingTerms/"
            "cac:AwardingTerms/cac:AwardingCriterion/"
            "cac:SubordinateAwardingCriterion[3]");
  EXPECT_EQ(result.source_map.Locate("need.notes").xpath, "/*");
}

TEST(ReadNoticeTest, PrefixesAreTheDocumentsOwnAffair) {
  const std::string text = ReadTestFile("cn_lots.xml");
  const std::string renamed = absl::StrReplaceAll(text, {{"cac:", "x1:"},
                                                         {"cbc:", "x2:"},
                                                         {":cac=", ":x1="},
                                                         {":cbc=", ":x2="},
                                                         {"efac:", "q:"},
                                                         {":efac=", ":q="}});
  ASSERT_NE(renamed, text);
  EXPECT_EQ(ReadText(renamed).plan.SerializeAsString().size(),
            ReadText(text).plan.SerializeAsString().size());
}

TEST(ReadNoticeTest, OtherEncodingsAreReadWithTheirPlaces) {
  const std::string utf8 = absl::StrReplaceAll(ReadTestFile("e3_part1.xml"),
                                               {{"\xE2\x80\x94", "-"}});
  const std::string declared = absl::StrReplaceAll(
      utf8, {{"encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""}});
  // The letters of the file all lie in Latin-1.
  std::string latin1;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const auto byte = static_cast<unsigned char>(declared[i]);
    if (byte < 0x80) {
      latin1.push_back(declared[i]);
    } else {
      latin1.push_back(static_cast<char>(
          (byte << 6) | (static_cast<unsigned char>(declared[++i]) & 0x3F)));
    }
  }
  const ReadResult from_utf8 = ReadText(utf8);
  const ReadResult from_latin1 = ReadText(latin1);
  ASSERT_TRUE(from_latin1.ok());
  EXPECT_EQ(from_latin1.plan.DebugString(), from_utf8.plan.DebugString());
  EXPECT_EQ(from_latin1.source_map.Locate("dates.tender_deadline").line,
            from_utf8.source_map.Locate("dates.tender_deadline").line);
}

struct RefusedCase {
  const char* name;
  std::string text;
  ReadResult::Status status;
  std::string code;
  std::string message;
};

std::ostream& operator<<(std::ostream& os, const RefusedCase& c) {
  return os << c.name;
}

class RefusedTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedTest, SaysWhatAndWhere) {
  const ReadResult result = ReadText(GetParam().text);
  EXPECT_EQ(result.status, GetParam().status);
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].code, GetParam().code);
  EXPECT_EQ(result.diagnostics[0].message, GetParam().message);
  EXPECT_NE(result.diagnostics[0].file, nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RefusedTest,
    testing::ValuesIn(std::vector<RefusedCase>{
        {"Empty", "", ReadResult::Status::kUnreadable, "xml-syntax",
         "the file is empty"},
        {"EntityBomb",
         "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aa\">"
         "<!ENTITY b \"&a;&a;&a;\">]>\n<x>&b;</x>",
         ReadResult::Status::kUnreadable, "xml-doctype",
         "a document type declaration is refused"},
        {"OtherXml", "<html/>", ReadResult::Status::kNotADocument,
         "not-a-notice", "`html` is no eForms notice"},
        {"WrongNamespace", "<ContractNotice/>", ReadResult::Status::kUnreadable,
         "notice-namespace",
         "`ContractNotice` is not in the namespace of UBL 2"},
        {"OldTed", "<TED_EXPORT xmlns=\"http://ted.europa.eu\"/>",
         ReadResult::Status::kUnreadable, "notice-kind",
         "`TED_EXPORT` is the format before eForms and is not read"},
        {"Registration",
         "<b:BusinessRegistrationInformationNotice xmlns:b=\"urn:b\"/>",
         ReadResult::Status::kUnreadable, "notice-kind",
         "a company registration notice holds no procurement"},
        {"InvalidUtf8", "<a>\xFF</a>", ReadResult::Status::kUnreadable,
         "xml-encoding", "byte 0xFF is not valid UTF-8"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(ReadNoticeTest, BoundsTheSize) {
  ReadOptions options;
  options.max_notice_bytes = 10;
  const ReadResult result = ReadNotice("big.xml", "<a>12345</a>", options);
  EXPECT_EQ(result.status, ReadResult::Status::kUnreadable);
  EXPECT_EQ(result.diagnostics[0].message,
            "the file has 12 bytes; a notice may have 10");
}

TEST(ReadNoticeTest, DeepNestingIsRefusedQuickly) {
  std::string text;
  for (int i = 0; i < 100000; ++i)
    text += "<a>";
  const ReadResult result = ReadText(text);
  EXPECT_EQ(result.diagnostics[0].message,
            "more than 256 elements inside each other");
}

TEST(ReadNoticeTest, AnEmptyNoticeStillReads) {
  const ReadResult result = ReadText(
      "<ContractNotice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:"
      "ContractNotice-2\"/>");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.plan.stage(), v1::STAGE_ANNOUNCED);
  EXPECT_FALSE(result.plan.has_division());
  EXPECT_FALSE(result.plan.has_contract());
}

}  // namespace
}  // namespace klausul::intake::eforms
