// service/intake/eforms/lots.cc: division, direct award, the only lot.

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

constexpr char kValue[] =
    "<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount "
    "currencyID=\"NOK\">%</cbc:EstimatedOverallContractAmount>"
    "</cac:RequestedTenderTotal>";

std::string Value(const std::string& amount) {
  std::string text = kValue;
  return text.replace(text.find('%'), 1, amount);
}

TEST(LotsTest, AnOnlyLotIsLiftedToThePlan) {
  NoticeText notice;
  notice.project = "<cbc:Name languageID=\"NOB\">Hele</cbc:Name>";
  notice.lot_project =
      "<cbc:Name languageID=\"NOB\">Delen</cbc:Name>" + Value("500000");
  const ReadResult result = ReadText(notice);
  const v1::ProcurementPlan& plan = result.plan;
  EXPECT_FALSE(plan.division().divided());
  EXPECT_TRUE(plan.division().has_divided());
  EXPECT_EQ(plan.division().undivided_lot_id(), "LOT-0001");
  EXPECT_EQ(plan.lots_size(), 0);
  EXPECT_THAT(plan.stated_empty(), Contains("lots"));
  // What is said of the whole stands before what is said of its only lot.
  EXPECT_EQ(plan.title().by_language().at("nb"), "Hele");
  EXPECT_EQ(plan.contract().estimated_value().units(), 500000);
}

TEST(LotsTest, TwoValuesThatDifferAreNoted) {
  NoticeText notice;
  notice.project = Value("700000");
  notice.lot_project = Value("500000");
  const ReadResult result = ReadText(notice);
  EXPECT_EQ(result.plan.contract().estimated_value().units(), 700000);
  EXPECT_THAT(result.notes,
              ElementsAre("line 13: `contract.estimated_value` is stated twice "
                          "and differs; the first is used"));
  notice.lot_project = Value("700000.00");
  EXPECT_THAT(ReadText(notice).notes, ElementsAre());
}

TEST(LotsTest, SeveralLotsKeepTheirOwnFacts) {
  NoticeText notice;
  notice.project = Value("900000");
  notice.lot_project = Value("500000");
  notice.lots = NoticeText::Lot("LOT-0002", "", "",
                                "<cbc:ID>B</cbc:ID>" + Value("400000"));
  const ReadResult result = ReadText(notice);
  const v1::ProcurementPlan& plan = result.plan;
  EXPECT_TRUE(plan.division().divided());
  EXPECT_FALSE(plan.division().has_undivided_lot_id());
  ASSERT_EQ(plan.lots_size(), 2);
  EXPECT_EQ(plan.lots(1).id(), "LOT-0002");
  EXPECT_EQ(plan.lots(1).internal_id(), "B");
  EXPECT_EQ(plan.lots(1).contract().estimated_value().units(), 400000);
  EXPECT_EQ(plan.contract().estimated_value().units(), 900000);
  EXPECT_THAT(plan.stated_empty(), Not(Contains("lots")));
  EXPECT_EQ(result.source_map.Locate("lots[1].contract.estimated_value").xpath,
            "/*/cac:ProcurementProjectLot[2]/cac:ProcurementProject/"
            "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount");
}

TEST(LotsTest, GroupsAreNoLots) {
  NoticeText notice;
  notice.terms =
      "<cac:LotDistribution><cac:LotsGroup><cbc:LotsGroupID>GLO-0001"
      "</cbc:LotsGroupID><cac:ProcurementProjectLotReference><cbc:ID>LOT-0001"
      "</cbc:ID></cac:ProcurementProjectLotReference></cac:LotsGroup>"
      "</cac:LotDistribution>";
  notice.lots =
      "<cac:ProcurementProjectLot><cbc:ID schemeName=\"LotsGroup\">GLO-0001"
      "</cbc:ID></cac:ProcurementProjectLot>";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_FALSE(plan.division().divided());
  ASSERT_EQ(plan.division().combinations_size(), 1);
  EXPECT_EQ(plan.division().combinations(0).id(), "GLO-0001");
  EXPECT_THAT(plan.division().combinations(0).lot_ids(),
              ElementsAre("LOT-0001"));
}

TEST(LotsTest, TheScopeOfATenderFollowsTheNumberOfLots) {
  const auto scope = [](const std::string& most) {
    NoticeText notice;
    notice.terms = absl::StrCat(
        "<cac:LotDistribution><cbc:MaximumLotsSubmittedNumeric>", most,
        "</cbc:MaximumLotsSubmittedNumeric></cac:LotDistribution>");
    notice.lots = NoticeText::Lot("LOT-0002", "", "", "") +
                  NoticeText::Lot("LOT-0003", "", "", "");
    return ReadText(notice).plan.division().tender_scope();
  };
  EXPECT_EQ(scope("1"), v1::LOTS_SCOPE_ONE_LOT_ONLY);
  EXPECT_EQ(scope("2"), v1::LOTS_SCOPE_SEVERAL_LOTS);
  EXPECT_EQ(scope("3"), v1::LOTS_SCOPE_ANY_LOTS);
  EXPECT_EQ(scope("x"), v1::LOTS_SCOPE_UNSPECIFIED);
  NoticeText notice;
  notice.process = "<cbc:PartPresentationCode>all</cbc:PartPresentationCode>";
  EXPECT_EQ(ReadText(notice).plan.division().tender_scope(),
            v1::LOTS_SCOPE_ALL_LOTS_REQUIRED);
}

std::string Justification(const std::string& code, const std::string& text) {
  return absl::StrCat(
      "<cac:ProcessJustification><cbc:ProcessReasonCode "
      "listName=\"direct-award-justification\">",
      code, "</cbc:ProcessReasonCode><cbc:ProcessReason languageID=\"NOB\">",
      text,
      "</cbc:ProcessReason><cbc:Description>old-procedure</cbc:Description>"
      "</cac:ProcessJustification>");
}

TEST(LotsTest, GroundsOfADirectAward) {
  NoticeText notice;
  notice.process = Justification("technical", "Bare én kan.") +
                   Justification("urgency", "Det haster.");
  const ReadResult result = ReadText(notice);
  const v1::DirectAward& award = result.plan.direct_award();
  EXPECT_EQ(award.ground(), v1::DIRECT_AWARD_GROUND_TECHNICAL_REASONS);
  EXPECT_EQ(award.reason().text().by_language().at("nb"), "Bare én kan.");
  EXPECT_TRUE(award.reason().on_file());
  EXPECT_EQ(result.plan.procedure().previous().id(), "old-procedure");
  EXPECT_THAT(result.notes,
              ElementsAre("line 8: a further ground `urgency` is given; the "
                          "first is used"));
}

TEST(LotsTest, AnExemptionIsNoDirectAward) {
  NoticeText notice;
  notice.process = Justification("in-house", "Eget selskap.");
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_FALSE(plan.has_direct_award());
  // The code stands for three grounds.
  EXPECT_FALSE(plan.exemption().has_ground());
  EXPECT_EQ(plan.exemption().ground_code(), "in-house");
  EXPECT_EQ(plan.exemption().reason().text().by_language().at("nb"),
            "Eget selskap.");
}

TEST(LotsTest, AnEarlierNoticeIsAClaimOfShorterLimits) {
  NoticeText notice;
  EXPECT_FALSE(
      ReadText(notice).plan.procedure().has_shortened_by_prior_notice());
  notice.lot_process =
      "<cac:NoticeDocumentReference><cbc:ID>123-2026</cbc:ID>"
      "</cac:NoticeDocumentReference>";
  const v1::ProcurementPlan plan = ReadText(notice).plan;
  EXPECT_TRUE(plan.procedure().shortened_by_prior_notice());
  EXPECT_EQ(plan.notices().call().previous_id(), "123-2026");
}

}  // namespace
}  // namespace klausul::intake::eforms
