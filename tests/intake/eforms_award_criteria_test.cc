// service/intake/eforms/award_criteria.cc.

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

std::string Number(const std::string& list, const std::string& code,
                   const std::string& number) {
  return absl::StrCat(
      "<efac:AwardCriterionParameter><efbc:ParameterCode listName=\"", list,
      "\">", code, "</efbc:ParameterCode><efbc:ParameterNumeric>", number,
      "</efbc:ParameterNumeric></efac:AwardCriterionParameter>");
}

std::string Criterion(const std::string& type, const std::string& numbers) {
  return absl::StrCat(
      "<cac:SubordinateAwardingCriterion>",
      numbers.empty() ? "" : NoticeText::Extension(numbers),
      "<cbc:AwardingCriterionTypeCode listName=\"award-criterion-type\">", type,
      "</cbc:AwardingCriterionTypeCode><cbc:Description "
      "languageID=\"NOB\">Om dette</cbc:Description>"
      "</cac:SubordinateAwardingCriterion>");
}

std::string Weighted(const std::string& type, const std::string& weight) {
  return Criterion(type, Number("number-weight", "per-exa", weight));
}

NoticeText WithCriteria(const std::string& criteria) {
  NoticeText notice;
  notice.lot_terms =
      absl::StrCat("<cac:AwardingTerms><cac:AwardingCriterion>", criteria,
                   "</cac:AwardingCriterion></cac:AwardingTerms>");
  return notice;
}

NoticeText Norwegian(const std::string& criteria) {
  NoticeText notice = WithCriteria(criteria);
  notice.customization =
      "eforms-sdk-1.14#extended#urn:fdc:anskaffelser.no:2026:eforms:national-e";
  return notice;
}

v1::Award AwardOf(const std::string& criteria) {
  return ReadText(WithCriteria(criteria)).plan.award();
}

TEST(AwardCriteriaTest, WeightsMeanWhatTheirCodeSays) {
  const v1::Award award = AwardOf(
      Weighted("price", "60") +
      Criterion("quality", Number("number-weight", "per-exa", "40") +
                               Number("number-threshold", "min-score", "5")));
  ASSERT_EQ(award.criteria_size(), 2);
  EXPECT_EQ(award.criteria(0).kind(), v1::CRITERION_KIND_PRICE);
  EXPECT_EQ(award.criteria(0).weight(), 60);
  EXPECT_EQ(award.criteria(1).minimum_score(), 5);
  EXPECT_EQ(award.ranking(), v1::CRITERIA_RANKING_WEIGHTED);
  EXPECT_EQ(award.basis(), v1::AWARD_BASIS_BEST_PRICE_QUALITY);

  const v1::Award shares =
      AwardOf(Criterion("price", Number("number-weight", "dec-mid", "0.35")));
  EXPECT_DOUBLE_EQ(shares.criteria(0).weight(), 35);
  EXPECT_EQ(shares.ranking(), v1::CRITERIA_RANKING_WEIGHT_RANGES);

  const v1::Award points =
      AwardOf(Criterion("price", Number("number-weight", "poi-exa", "12")));
  EXPECT_EQ(points.criteria(0).points(), 12);
  EXPECT_FALSE(points.criteria(0).has_weight());

  const v1::Award order =
      AwardOf(Criterion("price", Number("number-weight", "ord-imp", "2")));
  EXPECT_EQ(order.criteria(0).rank(), 2);
  EXPECT_EQ(order.ranking(), v1::CRITERIA_RANKING_PRIORITY_ORDER);
}

TEST(AwardCriteriaTest, TheBasisFollowsTheTypes) {
  EXPECT_EQ(AwardOf(Criterion("price", "")).basis(),
            v1::AWARD_BASIS_LOWEST_PRICE);
  EXPECT_EQ(AwardOf(Criterion("cost", "")).basis(),
            v1::AWARD_BASIS_LOWEST_COST);
  // Quality alone says nothing of the price, unless that is fixed.
  EXPECT_FALSE(AwardOf(Criterion("quality", "")).has_basis());
  EXPECT_EQ(AwardOf(Criterion("quality", "") +
                    Criterion("price", Number("number-fixed", "fix-tot", "9")))
                .basis(),
            v1::AWARD_BASIS_QUALITY_AT_FIXED_PRICE);
  EXPECT_FALSE(
      AwardOf(Criterion("price", "") + Criterion("beauty", "")).has_basis());
}

TEST(AwardCriteriaTest, WithoutCriteriaNothingIsStated) {
  const v1::ProcurementPlan plan = ReadText(NoticeText()).plan;
  EXPECT_FALSE(plan.has_award());
  EXPECT_THAT(plan.stated_empty(), Not(Contains("award.criteria")));
}

TEST(AwardCriteriaTest, AFormulaStandsForWeights) {
  const v1::Award award =
      AwardOf(Criterion("price", "") +
              "<cbc:CalculationExpression languageID=\"NOB\">p/k"
              "</cbc:CalculationExpression>");
  EXPECT_EQ(award.ranking(), v1::CRITERIA_RANKING_FORMULA_ONLY);
  EXPECT_EQ(award.formula().by_language().at("nb"), "p/k");
}

TEST(AwardCriteriaTest, MixedWeightsAreNoted) {
  const ReadResult result = ReadText(WithCriteria(
      Weighted("price", "60") +
      Criterion("quality", Number("number-weight", "poi-exa", "10"))));
  EXPECT_FALSE(result.plan.award().has_ranking());
  EXPECT_EQ(result.notes.size(), 1u);
}

TEST(AwardCriteriaTest, TheNorwegianTypesTellClimate) {
  const ReadResult result = ReadText(Norwegian(
      Weighted("price", "50") + Weighted("quality-nor-env-criteria", "30") +
      Weighted("quality", "20")));
  const v1::ProcurementPlan& plan = result.plan;
  ASSERT_EQ(plan.award().criteria_size(), 3);
  EXPECT_THAT(plan.award().criteria(1).aspects(),
              ElementsAre(v1::ASPECT_CLIMATE, v1::ASPECT_ENVIRONMENT));
  EXPECT_EQ(plan.award().criteria(1).kind(), v1::CRITERION_KIND_QUALITY);
  EXPECT_THAT(plan.stated_empty(), Contains("award.criteria[0].aspects"));
  EXPECT_THAT(plan.stated_empty(), Contains("award.criteria[2].aspects"));
  EXPECT_THAT(result.notes, ElementsAre());
}

TEST(AwardCriteriaTest, ElsewhereQualityMayBeAboutAnything) {
  const v1::ProcurementPlan plan =
      ReadText(WithCriteria(Criterion("price", "") + Criterion("quality", "")))
          .plan;
  EXPECT_THAT(plan.stated_empty(), Contains("award.criteria[0].aspects"));
  EXPECT_THAT(plan.stated_empty(), Not(Contains("award.criteria[1].aspects")));
}

TEST(AwardCriteriaTest, ClaimsAreNoCriteria) {
  const auto climate = [](const std::string& type, const char* beside) {
    return ReadText(Norwegian(Weighted(type, "0") + Weighted(beside, "100")))
        .plan;
  };
  const v1::ProcurementPlan replaced = climate("quality-nor-env-spec", "price");
  EXPECT_EQ(replaced.award().criteria_size(), 1);
  EXPECT_EQ(replaced.award().basis(), v1::AWARD_BASIS_LOWEST_PRICE);
  EXPECT_TRUE(replaced.climate().requirements_replace_criteria());
  EXPECT_TRUE(replaced.climate().reason().on_file());
  EXPECT_TRUE(climate("quality-nor-env-spec", "quality-nor-env-criteria")
                  .climate()
                  .requirements_join_criteria());
  EXPECT_TRUE(climate("quality-nor-env-none", "price")
                  .climate()
                  .footprint_is_immaterial());
  EXPECT_TRUE(climate("quality-nor-env-exempt-insignificant", "price")
                  .climate()
                  .footprint_is_immaterial());
  EXPECT_TRUE(climate("quality-nor-env-exempt-critical-interest", "price")
                  .climate()
                  .critical_interest_exempts());
  EXPECT_TRUE(climate("quality-nor-env-exempt-national-minimum", "price")
                  .climate()
                  .national_minimum_applies());
}

TEST(AwardCriteriaTest, WithheldNumbersAreNotStated) {
  const v1::Award award =
      AwardOf(Criterion("price", Number("number-weight", "unpublished", "-1")) +
              Weighted("quality", "-1"));
  EXPECT_FALSE(award.criteria(0).has_weight());
  EXPECT_FALSE(award.criteria(1).has_weight());
}

}  // namespace
}  // namespace klausul::intake::eforms
