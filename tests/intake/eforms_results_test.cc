// service/intake/eforms/results.cc: results and contract changes.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

NoticeText Result() {
  NoticeText notice;
  notice.root = "ContractAwardNotice";
  notice.subtype = "29";
  notice.type = "can-standard";
  notice.form = "result";
  return notice;
}

constexpr char kOrganizations[] = R"(
  <efac:Organizations><efac:Organization><efac:Company>
    <efbc:CompanySizeCode>small</efbc:CompanySizeCode>
    <cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID>
    </cac:PartyIdentification>
    <cac:PartyName><cbc:Name>Vinneren AS</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cac:Country>
      <cbc:IdentificationCode>SWE</cbc:IdentificationCode>
    </cac:Country></cac:PostalAddress>
  </efac:Company></efac:Organization></efac:Organizations>)";

TEST(ResultsTest, FollowsContractTenderAndParty) {
  NoticeText notice = Result();
  notice.extension = std::string(kOrganizations) + R"(
    <efac:NoticeResult>
      <cbc:TotalAmount currencyID="NOK">900</cbc:TotalAmount>
      <efac:LotResult><cbc:TenderResultCode>selec-w</cbc:TenderResultCode>
        <efac:ReceivedSubmissionsStatistics>
          <efbc:StatisticsCode>tenders</efbc:StatisticsCode>
          <efbc:StatisticsNumeric>3</efbc:StatisticsNumeric>
        </efac:ReceivedSubmissionsStatistics>
      </efac:LotResult>
      <efac:LotTender><cbc:ID>TEN-0001</cbc:ID>
        <cac:LegalMonetaryTotal>
          <cbc:PayableAmount currencyID="NOK">850</cbc:PayableAmount>
        </cac:LegalMonetaryTotal>
        <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty>
        <efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot>
      </efac:LotTender>
      <efac:SettledContract><cbc:ID>CON-0001</cbc:ID>
        <cbc:AwardDate>2026-02-01Z</cbc:AwardDate>
        <cbc:IssueDate>2026-02-20Z</cbc:IssueDate>
        <efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender>
      </efac:SettledContract>
      <efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID>
        <efac:Tenderer><cbc:ID>ORG-0002</cbc:ID></efac:Tenderer>
      </efac:TenderingParty>
    </efac:NoticeResult>)";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_EQ(plan.stage(), v1::STAGE_CONTRACT_SIGNED);
  EXPECT_EQ(plan.decision().total_value().units(), 900);
  EXPECT_EQ(plan.procedure().tender_count(), 3);
  EXPECT_EQ(plan.dates().contract_signed().day(), 20);
  ASSERT_EQ(plan.decision().awards_size(), 1);
  const v1::AwardResult& award = plan.decision().awards(0);
  EXPECT_EQ(award.value().units(), 850);
  EXPECT_EQ(award.contract_id(), "CON-0001");
  EXPECT_EQ(award.decided_date().day(), 1);
  EXPECT_EQ(award.supplier().country(), "SE");
  EXPECT_EQ(award.supplier().size(), v1::SUPPLIER_SIZE_SMALL);
  // An undivided plan leaves the lots out, and no plan names a tenderer.
  EXPECT_EQ(award.lot_ids_size(), 0);
  EXPECT_EQ(plan.DebugString().find("Vinneren"), std::string::npos);
}

TEST(ResultsTest, NoWinnerIsACancellation) {
  NoticeText notice = Result();
  notice.extension = R"(
    <efac:NoticeResult><efac:LotResult>
      <cbc:TenderResultCode>clos-nw</cbc:TenderResultCode>
      <efac:DecisionReason>
        <efbc:DecisionReasonCode>no-rece</efbc:DecisionReasonCode>
      </efac:DecisionReason>
    </efac:LotResult></efac:NoticeResult>)";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_EQ(plan.stage(), v1::STAGE_CANCELLED);
  EXPECT_EQ(plan.decision().cancellation_reason_code(), "no-rece");
  EXPECT_THAT(plan.stated_empty(), Contains("decision.awards"));
}

TEST(ResultsTest, AChangeOfTheContract) {
  NoticeText notice;
  notice.root = "ContractAwardNotice";
  notice.subtype = "38";
  notice.form = "cont-modif";
  notice.extension = R"(
    <efac:ContractModification>
      <efbc:ModifiedContractIdentifier>CON-7</efbc:ModifiedContractIdentifier>
      <efac:ChangeReason><cbc:ReasonCode>mod-cir</cbc:ReasonCode>
        <efbc:ReasonDescription languageID="NOB">Flom.</efbc:ReasonDescription>
      </efac:ChangeReason>
    </efac:ContractModification>)";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  ASSERT_EQ(plan.modifications_size(), 1);
  EXPECT_EQ(plan.modifications(0).contract_id(), "CON-7");
  EXPECT_EQ(plan.modifications(0).kind(), v1::MODIFICATION_KIND_UNFORESEEN);
  EXPECT_EQ(plan.modifications(0).notice_sent_date().day(), 2);
  EXPECT_EQ(plan.modifications(0).reason().text().by_language().at("nb"),
            "Flom.");
}

}  // namespace
}  // namespace klausul::intake::eforms
