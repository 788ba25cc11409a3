#include "service/engine/effective_plan.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

std::unique_ptr<const EffectivePlan> Make(absl::string_view text) {
  auto plan = EffectivePlan::Make(Plan(text));
  EXPECT_TRUE(plan.ok()) << plan.status();
  return *std::move(plan);
}

constexpr char kInherited[] = R"pb(
  contract {
    nature : CONTRACT_NATURE_SERVICES
    cpv_additional : "85000000"
    estimated_value {currency_code : "NOK" units : 100}
    value_components {
      key : "prizes"
      value {currency_code : "NOK" units : 1}
    }
  }
  framework {
    kind : FRAMEWORK_KIND_WITH_REOPENING
    maximum_value {currency_code : "NOK" units : 100}
  }
  award {
    ranking : CRITERIA_RANKING_WEIGHTED
    criteria {id : "a"}
    criteria {id : "b"}
    notes {
      key : "formula"
      value {on_file : true}
    }
  }
  clauses {
    key : "wages"
    value {included : true}
  }
  clauses {
    key : "apprentices"
    value {included : true}
  }
  title {by_language {key : "nb" value : "Planen"}}
  lots {
    id : "LOT-1"
    award {
      criteria {id : "own"}
      notes {
        key : "other"
        value {on_file : true}
      }
    }
    clauses {
      key : "wages"
      value {included : false}
    }
  }
  lots {
    id : "LOT-2"
    contract {nature : CONTRACT_NATURE_WORKS}
  })pb";

TEST(EffectivePlan, ALotsFieldIsItsOwnElseThePlans) {
  const auto plan = Make(kInherited);
  ASSERT_EQ(plan->lots(), EffectivePlan::Lots::kListed);
  ASSERT_EQ(plan->lot_count(), 2u);
  const v1::Lot& first = plan->lot(0);
  EXPECT_EQ(first.contract().nature(), v1::CONTRACT_NATURE_SERVICES);
  EXPECT_EQ(first.contract().cpv_additional_size(), 1);
  ASSERT_EQ(first.award().criteria_size(), 1);
  EXPECT_EQ(first.award().criteria(0).id(), "own");
  EXPECT_EQ(first.award().ranking(), v1::CRITERIA_RANKING_WEIGHTED);
  EXPECT_EQ(first.award().notes().size(), 2u);
  EXPECT_FALSE(first.clauses().at("wages").included());
  EXPECT_TRUE(first.clauses().at("apprentices").included());
  EXPECT_FALSE(first.has_title());
  const v1::Lot& second = plan->lot(1);
  EXPECT_EQ(second.contract().nature(), v1::CONTRACT_NATURE_WORKS);
  EXPECT_EQ(second.award().criteria_size(), 2);
  EXPECT_EQ(&plan->plan().lots(1), &second);
}

TEST(EffectivePlan, AmountsAreNeverInherited) {
  const auto plan = Make(kInherited);
  EXPECT_FALSE(plan->lot(0).contract().has_estimated_value());
  EXPECT_TRUE(plan->lot(0).contract().value_components().empty());
  EXPECT_FALSE(plan->lot(0).framework().has_maximum_value());
  EXPECT_EQ(plan->lot(0).framework().kind(), v1::FRAMEWORK_KIND_WITH_REOPENING);
}

TEST(EffectivePlan, PathsLeadToWhereTheValueStands) {
  const auto plan = Make(kInherited);
  EXPECT_EQ(plan->PlanPath("award.criteria[0].id"), "award.criteria[0].id");
  EXPECT_EQ(plan->PlanPath("lots[0].award.criteria[0].id"),
            "lots[0].award.criteria[0].id");
  EXPECT_EQ(plan->PlanPath("lots[1].award.criteria[0].id"),
            "award.criteria[0].id");
  EXPECT_EQ(plan->PlanPath("lots[0].clauses.wages.included"),
            "lots[0].clauses.wages.included");
  EXPECT_EQ(plan->PlanPath("lots[0].clauses.apprentices.included"),
            "clauses.apprentices.included");
  EXPECT_EQ(plan->PlanPath("lots[0].award.notes.formula.place"),
            "award.notes.formula.place");
  EXPECT_EQ(plan->PlanPath("lots[0].award.notes.other.place"),
            "lots[0].award.notes.other.place");
  // Stated nowhere: to be stated on the lot.
  EXPECT_EQ(plan->PlanPath("lots[0].award.basis"), "lots[0].award.basis");
  EXPECT_EQ(plan->PlanPath("lots[0].contract.estimated_value"),
            "lots[0].contract.estimated_value");
  EXPECT_EQ(plan->PlanPath("lots[0].id"), "lots[0].id");
  EXPECT_EQ(plan->PlanPath("buyer.name"), "buyer.name");
}

TEST(EffectivePlan, AListStatedEmptyOnALotIsItsOwn) {
  const auto plan = Make(R"pb(
    award {criteria {id : "a"}}
    lots {id : "1"}
    lots {id : "2"}
    stated_empty : "lots[0].award.criteria"
    stated_empty : "reserved.kinds"
    still_open : "award.criteria")pb");
  EXPECT_EQ(plan->lot(0).award().criteria_size(), 0);
  EXPECT_EQ(plan->lot(1).award().criteria_size(), 1);
  const EffectivePlan::Presence& presence = plan->presence();
  EXPECT_TRUE(presence.stated_empty.contains("lots[0].award.criteria"));
  EXPECT_TRUE(presence.stated_empty.contains("reserved.kinds"));
  EXPECT_TRUE(presence.stated_empty.contains("lots[1].reserved.kinds"));
  EXPECT_EQ(plan->PlanPath("lots[1].reserved.kinds"), "reserved.kinds");
  EXPECT_TRUE(presence.still_open.contains("lots[1].award.criteria"));
  EXPECT_FALSE(presence.still_open.contains("lots[0].award.criteria"));
  EXPECT_TRUE(plan->IsStillOpen("award.criteria"));
}

TEST(EffectivePlan, ACompleteMapIsCompleteForItsLots) {
  const auto plan = Make(R"pb(
    clauses {
      key : "wages"
      value {included : true}
    }
    complete : "clauses"
    lots {
      id : "1"
      clauses {
        key : "pension"
        value {included : true}
      }
    }
    lots {id : "2"})pb");
  EXPECT_TRUE(plan->presence().complete.contains("lots[0].clauses"));
  EXPECT_EQ(plan->lot(0).clauses().size(), 2u);
}

TEST(EffectivePlan, AMapThatALotCompletesTakesNothingOn) {
  const auto plan = Make(R"pb(
    clauses {
      key : "wages"
      value {included : true}
    }
    complete : "lots[0].clauses"
    lots {
      id : "1"
      clauses {
        key : "pension"
        value {included : true}
      }
    }
    lots {id : "2"})pb");
  EXPECT_EQ(plan->lot(0).clauses().size(), 1u);
  EXPECT_EQ(plan->lot(1).clauses().size(), 1u);
  EXPECT_FALSE(plan->presence().complete.contains("lots[1].clauses"));
}

TEST(EffectivePlan, AnUndividedPlanIsOneLot) {
  const auto plan = Make(R"pb(
    division {divided : false undivided_lot_id : "LOT-0001"}
    contract {estimated_value {currency_code : "NOK" units : 100}}
    stated_empty : "award.criteria")pb");
  EXPECT_EQ(plan->lots(), EffectivePlan::Lots::kUndivided);
  ASSERT_EQ(plan->lot_count(), 1u);
  EXPECT_EQ(plan->subject(0), "LOT-0001");
  EXPECT_EQ(plan->lot(0).contract().estimated_value().units(), 100);
  EXPECT_TRUE(plan->presence().stated_empty.contains("lots"));
  EXPECT_TRUE(plan->presence().stated_empty.contains("lot.award.criteria"));
  EXPECT_EQ(plan->PlanPath("lot.award.basis"), "award.basis");
  EXPECT_EQ(plan->PlanPath("lot.id"), "division.undivided_lot_id");
}

TEST(EffectivePlan, WhetherItIsDividedMayBeUnstated) {
  const auto plan = Make("");
  EXPECT_EQ(plan->lots(), EffectivePlan::Lots::kUndivided);
  EXPECT_FALSE(plan->presence().stated_empty.contains("lots"));
  EXPECT_EQ(plan->subject(0), "");
}

TEST(EffectivePlan, LotsThatAreNotListedYetHaveNoAmounts) {
  const auto plan = Make(R"pb(
    division {divided : true}
    award {basis : AWARD_BASIS_LOWEST_PRICE}
    contract {estimated_value {currency_code : "NOK" units : 100}})pb");
  EXPECT_EQ(plan->lots(), EffectivePlan::Lots::kUnlisted);
  EXPECT_FALSE(plan->lot(0).contract().has_estimated_value());
  EXPECT_EQ(plan->lot(0).award().basis(), v1::AWARD_BASIS_LOWEST_PRICE);
  EXPECT_EQ(plan->PlanPath("lot.contract.estimated_value"), "lots");
  EXPECT_EQ(plan->PlanPath("lot.award.ranking"), "award.ranking");
}

TEST(EffectivePlan, IsFinalFromTheAnnouncementOn) {
  EXPECT_FALSE(Make("")->is_final());
  EXPECT_FALSE(Make("stage: STAGE_PREPARATION")->is_final());
  EXPECT_TRUE(Make("stage: STAGE_ANNOUNCED")->is_final());
}

TEST(EffectivePlan, InheritanceIsBounded) {
  v1::ProcurementPlan plan;
  plan.mutable_award()->add_criteria()->set_id(std::string(1 << 20, 'x'));
  for (int i = 0; i < 127; ++i)
    plan.add_lots();
  EXPECT_TRUE(EffectivePlan::Make(plan).ok());
  plan.add_lots();
  EXPECT_EQ(EffectivePlan::Make(plan).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace klausul::engine
