// service/intake/eforms/notice_head.cc: form, law, dates, the notice itself.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::ElementsAre;

std::string Law(const std::string& id, const std::string& text) {
  return absl::StrCat(
      "<cac:ProcurementLegislationDocumentReference><cbc:ID "
      "schemeName=\"ELI\">",
      id,
      "</cbc:ID><cbc:DocumentDescription "
      "languageID=\"NOR\">",
      text,
      "</cbc:DocumentDescription>"
      "</cac:ProcurementLegislationDocumentReference>");
}

v1::ProcurementPlan WithLaw(const std::string& law) {
  NoticeText notice;
  notice.subtype = "E3";
  notice.regime = "other";
  notice.terms = law;
  return ReadText(notice).plan;
}

constexpr char kFoa[] = "https://lovdata.no/eli/forskrift/2016/8/12/974";

TEST(NoticeHeadTest, ReadsThePartThatTheBuyerNames) {
  const auto part = [](const char* text) {
    return WithLaw(Law(kFoa, text)).regime_part();
  };
  EXPECT_EQ(part("NOR — Anskaffelsesforskriften Del 1"), "I");
  EXPECT_EQ(part("NOR — Anskaffelsesforskriften Del 1 og 2"), "II");
  EXPECT_EQ(part("NOR — Public Procurement Regulations Parts 1 and 2"), "II");
  EXPECT_EQ(part("Anskaffelsesforskriften del III"), "III");
  EXPECT_EQ(part("FOA del I, II og IV."), "IV");
  EXPECT_EQ(part("Anskaffelsesforskriften"), "");
  EXPECT_EQ(part("en del av forskriften, kapittel 2"), "");
}

TEST(NoticeHeadTest, KeepsTheLawsNamed) {
  const v1::ProcurementPlan plan = WithLaw(Law(kFoa, "Del 1"));
  ASSERT_EQ(plan.legal_bases_size(), 1);
  EXPECT_EQ(plan.legal_bases(0).scheme(), "ELI");
  EXPECT_EQ(plan.legal_bases(0).id(), kFoa);
  EXPECT_EQ(plan.legal_bases(0).description().by_language().at("no"), "Del 1");
  EXPECT_EQ(plan.regime(), v1::REGIME_NATIONAL_LAW);
  EXPECT_EQ(plan.regime_code(), "other");
}

TEST(NoticeHeadTest, KnowsTheLocalBasisForNoLawAtAll) {
  const v1::ProcurementPlan plan = WithLaw(Law(
      "LocalLegalBasis", "NOR — Unntatt fra lov om offentlige anskaffelser"));
  EXPECT_EQ(plan.regime(), v1::REGIME_OUTSIDE_PROCUREMENT_LAW);
}

TEST(NoticeHeadTest, ConcessionsShowByRegulationSubtypeAndDirective) {
  EXPECT_EQ(WithLaw(Law("https://lovdata.no/eli/forskrift/2016/8/12/976",
                        "NOR — Konsesjonskontraktforskriften Del 1"))
                .contract()
                .form(),
            v1::CONTRACT_FORM_CONCESSION);
  NoticeText notice;
  notice.subtype = "19";
  EXPECT_EQ(ReadText(notice).plan.contract().form(),
            v1::CONTRACT_FORM_CONCESSION);
  notice.subtype = "4";
  notice.regime = "32014L0023";
  EXPECT_EQ(ReadText(notice).plan.contract().form(),
            v1::CONTRACT_FORM_CONCESSION);
  notice.subtype = "23";
  EXPECT_EQ(ReadText(notice).plan.contract().form(),
            v1::CONTRACT_FORM_DESIGN_CONTEST);
}

TEST(NoticeHeadTest, ServiceClassIsAsTheBuyerCodesIt) {
  NoticeText notice;
  notice.project =
      "<cbc:ProcurementTypeCode>services</cbc:ProcurementTypeCode>";
  EXPECT_EQ(ReadText(notice).plan.contract().service_class(),
            v1::SERVICE_CLASS_ORDINARY_SERVICE);
  notice.type = "cn-social";
  EXPECT_EQ(ReadText(notice).plan.contract().service_class(),
            v1::SERVICE_CLASS_LIGHT_SERVICE);
  notice.type = "cn-standard";
  notice.subtype = "E3";
  EXPECT_FALSE(ReadText(notice).plan.contract().has_service_class());
}

TEST(NoticeHeadTest, TheDayOfSendingGoesUnderTheRoleOfTheNotice) {
  NoticeText notice;
  EXPECT_EQ(ReadText(notice).plan.dates().notice_sent().day(), 2);

  notice.root = "PriorInformationNotice";
  notice.subtype = "4";
  const v1::Dates planning = ReadText(notice).plan.dates();
  EXPECT_FALSE(planning.has_notice_sent());
  EXPECT_EQ(planning.prior_notice_sent().month(), 3);

  // Used as the call, it is both.
  notice.subtype = "10";
  const v1::Dates call = ReadText(notice).plan.dates();
  EXPECT_TRUE(call.has_notice_sent());
  EXPECT_TRUE(call.has_prior_notice_sent());

  notice.root = "ContractAwardNotice";
  notice.subtype = "29";
  const v1::Dates award = ReadText(notice).plan.dates();
  EXPECT_FALSE(award.has_notice_sent());
  EXPECT_TRUE(award.has_award_notice_sent());
}

TEST(NoticeHeadTest, PublicationIsReadWhereItHasHappened) {
  NoticeText notice;
  notice.extension =
      "<efac:Publication><efbc:PublicationDate>2026-03-05Z"
      "</efbc:PublicationDate></efac:Publication>";
  EXPECT_EQ(ReadText(notice).plan.dates().notice_published().day(), 5);
}

TEST(NoticeHeadTest, TheNoticeItself) {
  NoticeText notice;
  notice.customization =
      "eforms-sdk-1.14#extended#urn:fdc:anskaffelser.no:2026:eforms:national-e";
  notice.head =
      "<cbc:ID schemeName=\"notice-id\">n-1</cbc:ID>"
      "<cbc:NoticeLanguageCode>NOB</cbc:NoticeLanguageCode>"
      "<cac:AdditionalNoticeLanguage><cbc:ID>ENG</cbc:ID>"
      "</cac:AdditionalNoticeLanguage>";
  const v1::Notice call = ReadText(notice).plan.notices().call();
  EXPECT_EQ(call.id(), "n-1");
  EXPECT_EQ(call.subtype_code(), "16");
  EXPECT_EQ(call.type_code(), "cn-standard");
  EXPECT_THAT(call.languages(), ElementsAre("nb", "en"));
  EXPECT_THAT(call.channels(), ElementsAre(v1::CHANNEL_NATIONAL_PORTAL));

  notice.customization =
      "eforms-sdk-1.7#urn:fdc:anskaffelser.no:2023:eforms:eu";
  EXPECT_THAT(ReadText(notice).plan.notices().call().channels(),
              ElementsAre(v1::CHANNEL_NATIONAL_PORTAL, v1::CHANNEL_EU_JOURNAL));
}

TEST(NoticeHeadTest, AChangeNoticeNamesWhatItChanges) {
  NoticeText notice;
  notice.extension =
      "<efac:Changes><efbc:ChangedNoticeIdentifier>old-01"
      "</efbc:ChangedNoticeIdentifier><efac:Change>"
      "<efbc:ProcurementDocumentsChangeDate>2026-03-04Z"
      "</efbc:ProcurementDocumentsChangeDate>"
      "<efbc:ProcurementDocumentsChangeIndicator>true"
      "</efbc:ProcurementDocumentsChangeIndicator></efac:Change>"
      "<efac:ChangeReason><cbc:ReasonCode>cancel</cbc:ReasonCode>"
      "</efac:ChangeReason></efac:Changes>";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_EQ(plan.notices().call().previous_id(), "old-01");
  EXPECT_EQ(plan.notices().call().change_reason_code(), "cancel");
  EXPECT_EQ(plan.stage(), v1::STAGE_CANCELLED);
  ASSERT_EQ(plan.submission().changes_size(), 1);
  EXPECT_EQ(plan.submission().changes(0).date().day(), 4);
}

TEST(NoticeHeadTest, AConsultationIsAnActivity) {
  NoticeText notice;
  notice.root = "PriorInformationNotice";
  notice.subtype = "E1";
  notice.lot_process = NoticeText::Extension(
      "<efac:AnswerReceptionPeriod><cbc:EndDate>2026-04-01Z</cbc:EndDate>"
      "</efac:AnswerReceptionPeriod>");
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  ASSERT_EQ(plan.market_dialogue().activities_size(), 1);
  EXPECT_EQ(plan.market_dialogue().activities(0).kind(),
            v1::DIALOGUE_KIND_INFORMATION_REQUEST);
  EXPECT_EQ(plan.market_dialogue().activities(0).date().month(), 4);
  EXPECT_TRUE(plan.notices().has_consultation());
}

TEST(NoticeHeadTest, QualificationSystems) {
  NoticeText notice;
  notice.subtype = "15";
  notice.type = "qu-sy";
  EXPECT_EQ(ReadText(notice).plan.dps().kind(),
            v1::DPS_KIND_QUALIFICATION_SYSTEM);
}

TEST(NoticeHeadTest, AmountsOfANoticeAreNet) {
  EXPECT_EQ(ReadText(NoticeText()).plan.vat_basis(), v1::VAT_BASIS_EXCLUDED);
}

}  // namespace
}  // namespace klausul::intake::eforms
