// service/intake/eforms/buyers.cc: the lead buyer and the others.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

using ::testing::ElementsAre;

std::string Organization(const std::string& id, const std::string& name,
                         const std::string& more = "") {
  return absl::StrCat(
      "<efac:Organization>", more,
      "<efac:Company><cac:PartyIdentification><cbc:ID>", id,
      "</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>", name,
      "</cbc:Name></cac:PartyName><cac:PostalAddress>"
      "<cbc:CountrySubentityCode>NO082</cbc:CountrySubentityCode><cac:Country>"
      "<cbc:IdentificationCode>NOR</cbc:IdentificationCode></cac:Country>"
      "</cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>99",
      id, "</cbc:CompanyID></cac:PartyLegalEntity></efac:Company>",
      "</efac:Organization>");
}

std::string Party(const std::string& id, const std::string& type,
                  const std::string& activities = "") {
  return absl::StrCat(
      "<cac:ContractingParty><cac:ContractingPartyType>"
      "<cbc:PartyTypeCode listName=\"buyer-legal-type\">",
      type,
      "</cbc:PartyTypeCode></cac:ContractingPartyType>"
      "<cac:ContractingPartyType><cbc:PartyTypeCode "
      "listName=\"buyer-contracting-type\">not-cont-ent</cbc:PartyTypeCode>"
      "</cac:ContractingPartyType>",
      activities, "<cac:Party><cac:PartyIdentification><cbc:ID>", id,
      "</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>");
}

std::string Activity(const std::string& list, const std::string& code) {
  return absl::StrCat(
      "<cac:ContractingActivity><cbc:ActivityTypeCode "
      "listName=\"",
      list, "\">", code, "</cbc:ActivityTypeCode></cac:ContractingActivity>");
}

NoticeText WithOrganizations(const std::string& organizations,
                             const std::string& parties) {
  NoticeText notice;
  notice.extension = absl::StrCat("<efac:Organizations>", organizations,
                                  "</efac:Organizations>");
  notice.buyers = parties;
  return notice;
}

TEST(BuyersTest, FollowsTheReferenceToTheOrganisation) {
  const ReadResult result = ReadText(WithOrganizations(
      Organization("ORG-0009", "Retten") + Organization("ORG-0001", "Byen"),
      Party("ORG-0001", "body-pl-la",
            Activity("authority-activity", "health"))));
  const v1::Buyer& buyer = result.plan.buyer();
  EXPECT_EQ(buyer.name(), "Byen");
  EXPECT_EQ(buyer.id(), "99ORG-0001");
  EXPECT_EQ(buyer.country(), "NO");
  EXPECT_EQ(buyer.region(), "NO082");
  EXPECT_EQ(buyer.legal_type(),
            v1::BUYER_LEGAL_TYPE_BODY_GOVERNED_BY_PUBLIC_LAW);
  EXPECT_EQ(buyer.legal_type_code(), "body-pl-la");
  EXPECT_EQ(buyer.level(), v1::GOVERNMENT_LEVEL_LOCAL);
  EXPECT_EQ(buyer.co_buyers_size(), 0);
  EXPECT_EQ(result.plan.contract().activity(),
            v1::ACTIVITY_KIND_GENERAL_ACTIVITY);
  EXPECT_EQ(result.plan.contract().activity_code(), "health");
  EXPECT_THAT(result.notes, ElementsAre());
}

TEST(BuyersTest, ABareTypeDoesNotTellTheLevel) {
  const ReadResult result = ReadText(WithOrganizations(
      Organization("ORG-0001", "Byen"), Party("ORG-0001", "body-pl")));
  EXPECT_FALSE(result.plan.buyer().has_level());
  EXPECT_FALSE(result.plan.buyer().has_level_code());
  EXPECT_THAT(result.notes, ElementsAre());
}

TEST(BuyersTest, TheLeadOfTheGroupIsTheBuyer) {
  const ReadResult result = ReadText(
      WithOrganizations(Organization("ORG-0001", "Første") +
                            Organization("ORG-0002", "Andre",
                                         "<efbc:GroupLeadIndicator>true"
                                         "</efbc:GroupLeadIndicator>"
                                         "<efbc:AcquiringCPBIndicator>true"
                                         "</efbc:AcquiringCPBIndicator>"),
                        Party("ORG-0001", "la") + Party("ORG-0002", "cga")));
  const v1::Buyer& buyer = result.plan.buyer();
  EXPECT_EQ(buyer.name(), "Andre");
  EXPECT_TRUE(buyer.is_central_purchasing_body());
  ASSERT_EQ(buyer.co_buyers_size(), 1);
  EXPECT_EQ(buyer.co_buyers(0).name(), "Første");
  EXPECT_EQ(buyer.co_buyers(0).level(), v1::GOVERNMENT_LEVEL_LOCAL);
}

TEST(BuyersTest, UtilitiesServeTheirSector) {
  NoticeText notice =
      WithOrganizations(Organization("ORG-0001", "Vannverket"),
                        Party("ORG-0001", "pub-undert-la",
                              Activity("authority-activity", "env-pro") +
                                  Activity("entity-activity", "water")));
  EXPECT_EQ(ReadText(notice).plan.contract().activity_code(), "env-pro");
  notice.regime = "32014L0025";
  EXPECT_EQ(ReadText(notice).plan.contract().activity(),
            v1::ACTIVITY_KIND_UTILITY_ACTIVITY);
}

TEST(BuyersTest, AReferenceToNothingIsNoted) {
  const ReadResult result = ReadText(WithOrganizations(
      Organization("ORG-0001", "Byen"), Party("ORG-0007", "la")));
  ASSERT_TRUE(result.ok());
  EXPECT_FALSE(result.plan.buyer().has_name());
  EXPECT_EQ(result.plan.buyer().level(), v1::GOVERNMENT_LEVEL_LOCAL);
  EXPECT_THAT(result.notes,
              ElementsAre("line 7: the buyer `ORG-0007` names no organisation "
                          "of the notice"));
}

}  // namespace
}  // namespace klausul::intake::eforms
