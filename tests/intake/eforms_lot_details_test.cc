// service/intake/eforms/lot_details.cc: what a lot says beyond the table.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::string Place(const std::string& nuts) {
  return absl::StrCat(
      "<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>", nuts,
      "</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode>NOR"
      "</cbc:IdentificationCode></cac:Country></cac:Address>"
      "</cac:RealizedLocation>");
}

TEST(LotDetailsTest, PlacesAreJoined) {
  NoticeText notice;
  notice.project = Place("NO081");
  notice.lot_project = Place("NO081") + Place("NO0A2");
  const v1::Contract contract = ReadText(notice).plan.contract();
  ASSERT_EQ(contract.places_size(), 2);
  EXPECT_EQ(contract.places(0).nuts(), "NO081");
  EXPECT_EQ(contract.places(0).country(), "NO");
  EXPECT_EQ(contract.places(1).nuts(), "NO0A2");
}

TEST(LotDetailsTest, FurtherNaturesAreParts) {
  NoticeText notice;
  notice.lot_project =
      "<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode "
      "listName=\"contract-nature\">works</cbc:ProcurementTypeCode>"
      "</cac:ProcurementAdditionalType>";
  const v1::Contract contract = ReadText(notice).plan.contract();
  ASSERT_EQ(contract.parts_size(), 1);
  EXPECT_EQ(contract.parts(0).nature(), v1::CONTRACT_NATURE_WORKS);
  // It is no main nature.
  EXPECT_FALSE(contract.has_nature());
}

TEST(LotDetailsTest, TermsWithoutEndAndOptions) {
  NoticeText notice;
  notice.lot_project =
      "<cac:PlannedPeriod><cbc:DescriptionCode>UNLIMITED"
      "</cbc:DescriptionCode></cac:PlannedPeriod><cac:ContractExtension>"
      "<cbc:OptionsDescription languageID=\"NOB\">Ett år</cbc:"
      "OptionsDescription><cbc:OptionsDescription languageID=\"ENG\">One year"
      "</cbc:OptionsDescription></cac:ContractExtension>";
  const v1::Term term = ReadText(notice).plan.term();
  EXPECT_TRUE(term.duration().indefinite());
  ASSERT_EQ(term.options_size(), 1);
  EXPECT_EQ(term.options(0).description().by_language_size(), 2);

  notice.lot_project =
      "<cac:PlannedPeriod><cbc:DescriptionCode>UNKNOWN"
      "</cbc:DescriptionCode></cac:PlannedPeriod>";
  EXPECT_FALSE(ReadText(notice).plan.has_term());
}

std::string Document(const std::string& type) {
  return absl::StrCat(
      "<cac:CallForTendersDocumentReference><cbc:DocumentType>", type,
      "</cbc:DocumentType></cac:CallForTendersDocumentReference>");
}

TEST(LotDetailsTest, OneRestrictedDocumentIsEnough) {
  NoticeText notice;
  notice.lot_terms = Document("non-restricted-document");
  EXPECT_TRUE(ReadText(notice).plan.submission().documents_free_access());
  notice.lot_terms += Document("restricted-document");
  notice.lot_terms += Document("non-restricted-document");
  const v1::Submission submission = ReadText(notice).plan.submission();
  EXPECT_TRUE(submission.has_documents_free_access());
  EXPECT_FALSE(submission.documents_free_access());
}

TEST(LotDetailsTest, ACodeAloneIsAReason) {
  NoticeText notice;
  notice.lot_process =
      "<cac:ProcessJustification><cbc:ProcessReasonCode "
      "listName=\"no-esubmission-justification\">phy-mod"
      "</cbc:ProcessReasonCode></cac:ProcessJustification>";
  const v1::Submission submission = ReadText(notice).plan.submission();
  EXPECT_EQ(submission.non_electronic_reason_code(), "phy-mod");
  EXPECT_TRUE(submission.non_electronic_reason().on_file());
}

std::string Accessibility(const std::string& code) {
  return absl::StrCat(
      "<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode "
      "listName=\"accessibility\">",
      code,
      "</cbc:ProcurementTypeCode><cbc:ProcurementType languageID=\"NOB\">Grunn"
      "</cbc:ProcurementType></cac:ProcurementAdditionalType>");
}

TEST(LotDetailsTest, AccessibilityTellsWhetherPeopleUseIt) {
  NoticeText notice;
  notice.lot_project = Accessibility("n-inc");
  EXPECT_FALSE(ReadText(notice).plan.contract().used_by_people());
  EXPECT_TRUE(ReadText(notice).plan.contract().has_used_by_people());
  notice.lot_project = Accessibility("n-inc-just");
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_TRUE(plan.contract().used_by_people());
  EXPECT_EQ(plan.universal_design().coverage(),
            v1::ACCESSIBILITY_COVERAGE_OMITTED_WITH_REASON);
  EXPECT_TRUE(plan.universal_design().reason().on_file());
}

TEST(LotDetailsTest, PrizesAreAdded) {
  const auto prize = [](const std::string& amount, const char* currency) {
    return absl::StrCat("<cac:Prize><cbc:ValueAmount currencyID=\"", currency,
                        "\">", amount, "</cbc:ValueAmount></cac:Prize>");
  };
  NoticeText notice;
  notice.lot_terms =
      absl::StrCat("<cac:AwardingTerms>", prize("100000.50", "NOK"),
                   prize("50000.75", "NOK"), "</cac:AwardingTerms>");
  const auto components = ReadText(notice).plan.contract().value_components();
  ASSERT_EQ(components.count("prizes"), 1u);
  EXPECT_EQ(components.at("prizes").units(), 150001);
  EXPECT_EQ(components.at("prizes").nanos(), 250000000);

  notice.lot_terms = absl::StrCat("<cac:AwardingTerms>", prize("1", "NOK"),
                                  prize("1", "EUR"), "</cac:AwardingTerms>");
  const ReadResult mixed = ReadText(notice);
  EXPECT_TRUE(mixed.plan.contract().value_components().empty());
  EXPECT_THAT(mixed.notes,
              ElementsAre("line 11: prizes in several currencies are not added "
                          "up"));
}

std::string OldCriterion(const std::string& code, const std::string& usage) {
  return absl::StrCat(
      "<efac:SelectionCriteria><cbc:CriterionTypeCode>", code,
      "</cbc:CriterionTypeCode><cbc:CalculationExpressionCode "
      "listName=\"usage\">",
      usage, "</cbc:CalculationExpressionCode></efac:SelectionCriteria>");
}

TEST(LotDetailsTest, CriteriaNotUsedAreNone) {
  NoticeText notice;
  notice.lot_terms = NoticeText::Extension(OldCriterion("sui-act", "used") +
                                           OldCriterion("tp-abil", "n-used"));
  v1::ProcurementPlan plan = ReadText(notice).plan;
  ASSERT_EQ(plan.qualification().requirements_size(), 1);
  EXPECT_EQ(plan.qualification().requirements(0).kind(),
            v1::QUALIFICATION_KIND_SUITABILITY);
  EXPECT_THAT(plan.stated_empty(), Not(Contains("qualification.requirements")));

  notice.lot_terms = NoticeText::Extension(OldCriterion("sui-act", "n-used") +
                                           OldCriterion("ef-stand", "n-used") +
                                           OldCriterion("tp-abil", "n-used"));
  plan = ReadText(notice).plan;
  EXPECT_EQ(plan.qualification().requirements_size(), 0);
  EXPECT_THAT(plan.stated_empty(), Contains("qualification.requirements"));
}

std::string Source(const std::string& list, const std::string& code) {
  return absl::StrCat(
      "<cac:TendererQualificationRequest><cac:SpecificTendererRequirement>"
      "<cbc:TendererRequirementTypeCode listName=\"",
      list, "\">", code,
      "</cbc:TendererRequirementTypeCode></cac:SpecificTendererRequirement>"
      "</cac:TendererQualificationRequest>");
}

TEST(LotDetailsTest, OneSourceAsksForTheEspd) {
  NoticeText notice;
  notice.terms = Source("exclusion-grounds-source", "epo-acc-espd-request");
  notice.lot_terms =
      Source("selection-criteria-source", "epo-procurement-document") +
      Source("missing-info-submission", "late-all");
  const ReadResult result = ReadText(notice);
  EXPECT_EQ(result.plan.evidence().espd(), v1::ESPD_USE_ESPD_REQUIRED);
  EXPECT_THAT(result.plan.qualification().stated_in(),
              ElementsAre(v1::REASON_PLACE_IN_DOCUMENTS));
  EXPECT_THAT(result.notes, ElementsAre());
}

TEST(LotDetailsTest, ConfidentialityAndSubcontracting) {
  NoticeText notice;
  notice.lot_terms =
      "<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode "
      "listName=\"nda\">false</cbc:ExecutionRequirementCode>"
      "</cac:ContractExecutionRequirement><cac:AllowedSubcontractTerms>"
      "<cbc:SubcontractingConditionsCode "
      "listName=\"subcontracting-obligation\">subc-min"
      "</cbc:SubcontractingConditionsCode></cac:AllowedSubcontractTerms>";
  v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_TRUE(plan.submission().confidentiality().has_on_file());
  EXPECT_FALSE(plan.submission().confidentiality().on_file());
  EXPECT_TRUE(plan.subcontracting().allowed());
}

}  // namespace
}  // namespace klausul::intake::eforms
