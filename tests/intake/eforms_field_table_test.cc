// service/intake/eforms/field_table.cc, by the fields of whole notices.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/intake/eforms/field_table.h"
#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

TEST(FieldTableTest, ThePageShowsTheTable) {
  const std::string path = KLAUSUL_SOURCE_DIR "/docs/eforms.md";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << FieldTablePage();
  }
  std::ifstream file(path, std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(page, FieldTablePage()) << "write it anew with UPDATE_GOLDEN=1";
}

TEST(FieldTableTest, DeadlinesOfALot) {
  NoticeText notice;
  notice.lot_process =
      "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-04-15+02:00"
      "</cbc:EndDate><cbc:EndTime>12:00:00+02:00</cbc:EndTime>"
      "</cac:TenderSubmissionDeadlinePeriod>"
      "<cac:ParticipationRequestReceptionPeriod><cbc:EndDate>2026-03-20+01:00"
      "</cbc:EndDate></cac:ParticipationRequestReceptionPeriod>";
  const v1::Dates dates = ReadText(notice).plan.dates();
  EXPECT_EQ(dates.tender_deadline().day(), 15);
  EXPECT_EQ(dates.tender_deadline_time().hours(), 12);
  EXPECT_EQ(dates.tender_deadline_time().utc_offset_minutes(), 120);
  EXPECT_EQ(dates.request_deadline().day(), 20);
  EXPECT_FALSE(dates.has_request_deadline_time());
}

TEST(FieldTableTest, OnePlaceHoldsManyTopics) {
  // The same element tells reserved participation, late documents and sources;
  // only the list name tells them apart.
  const auto request = [](const char* list, const char* code) {
    return absl::StrCat(
        "<cac:TendererQualificationRequest><cac:SpecificTendererRequirement>"
        "<cbc:TendererRequirementTypeCode listName=\"",
        list, "\">", code,
        "</cbc:TendererRequirementTypeCode></cac:SpecificTendererRequirement>"
        "</cac:TendererQualificationRequest>");
  };
  NoticeText notice;
  notice.lot_terms = request("missing-info-submission", "late-none") +
                     request("reserved-procurement", "res-ws");
  v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_THAT(plan.reserved().kinds(),
              ElementsAre(v1::RESERVED_FOR_WORK_INTEGRATION));
  EXPECT_THAT(plan.reserved().kinds_codes(), ElementsAre("res-ws"));

  notice.lot_terms = request("reserved-procurement", "none");
  plan = ReadText(notice).plan;
  EXPECT_FALSE(plan.has_reserved());
  EXPECT_THAT(plan.stated_empty(), Contains("reserved.kinds"));
}

std::string Execution(const char* list, const char* code) {
  return absl::StrCat(
      "<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode "
      "listName=\"",
      list, "\">", code,
      "</cbc:ExecutionRequirementCode></cac:ContractExecutionRequirement>");
}

TEST(FieldTableTest, YesNoAndNotKnown) {
  NoticeText notice;
  notice.lot_terms = Execution("reserved-execution", "yes");
  EXPECT_TRUE(ReadText(notice).plan.reserved().sheltered_execution());
  notice.lot_terms = Execution("reserved-execution", "no");
  EXPECT_TRUE(ReadText(notice).plan.reserved().has_sheltered_execution());
  notice.lot_terms = Execution("reserved-execution", "not-known");
  const ReadResult result = ReadText(notice);
  EXPECT_FALSE(result.plan.reserved().has_sheltered_execution());
  EXPECT_THAT(result.notes, ElementsAre());
}

TEST(FieldTableTest, ClausesAreKeyed) {
  NoticeText notice;
  notice.lot_terms = Execution("fsr", "true");
  const ReadResult result = ReadText(notice);
  ASSERT_EQ(result.plan.clauses().count("foreign_subsidies"), 1u);
  EXPECT_TRUE(result.plan.clauses().at("foreign_subsidies").announced());
  EXPECT_TRUE(
      result.source_map.Contains("clauses.foreign_subsidies.announced"));
}

TEST(FieldTableTest, AimsAndNone) {
  const auto aim = [](const char* list, const char* code) {
    return absl::StrCat(
        "<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName=\"",
        list, "\">", code,
        "</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>");
  };
  NoticeText notice;
  notice.lot_project = aim("strategic-procurement", "none") +
                       aim("social-objective", "opp") +
                       aim("environmental-impact", "clim-mitig");
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_THAT(plan.stated_empty(), Contains("aims.strategic"));
  EXPECT_THAT(plan.aims().social(),
              ElementsAre(v1::SOCIAL_AIM_EMPLOYMENT_OPPORTUNITIES));
  EXPECT_THAT(plan.aims().environment_codes(), ElementsAre("clim-mitig"));
}

TEST(FieldTableTest, FrameworksAndSystems) {
  const auto system = [](const char* list, const char* code) {
    return absl::StrCat(
        "<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName=\"",
        list, "\">", code,
        "</cbc:ContractingSystemTypeCode></cac:ContractingSystem>");
  };
  NoticeText notice;
  notice.lot_process =
      system("framework-agreement", "fa-wo-rc") + system("dps-usage", "none");
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_EQ(plan.framework().kind(), v1::FRAMEWORK_KIND_WITHOUT_REOPENING);
  EXPECT_EQ(plan.framework().kind_code(), "fa-wo-rc");
  EXPECT_EQ(plan.dps().kind(), v1::DPS_KIND_NO_DPS);
}

TEST(FieldTableTest, TheFirstOfTwoTextsIsNotMixed) {
  NoticeText notice;
  notice.project = "<cbc:Name languageID=\"NOB\">Hele</cbc:Name>";
  notice.lot_project =
      "<cbc:Name languageID=\"NOB\">Delen</cbc:Name>"
      "<cbc:Name languageID=\"ENG\">The lot</cbc:Name>";
  const auto title = ReadText(notice).plan.title().by_language();
  EXPECT_EQ(title.size(), 1u);
  EXPECT_EQ(title.at("nb"), "Hele");
}

}  // namespace
}  // namespace klausul::intake::eforms
