#include "service/engine/normalise.h"

#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

v1::ProcurementPlan Normalised(absl::string_view text) {
  v1::ProcurementPlan plan = Plan(text);
  Normalise(plan);
  return plan;
}

TEST(Normalise, ClearsWhatCountsAsNotStated) {
  const v1::ProcurementPlan plan = Normalised(R"pb(
    id : ""
    stage : STAGE_UNSPECIFIED
    buyer {name : ""}
    contract {
      estimated_value {units : 5}
      value_components {
        key : "renewals"
        value {units : 5}
      }
      value_components {
        key : "prizes"
        value {currency_code : "NOK"}
      }
      value_method {text {by_language {key : "nb" value : ""}}}
    }
    term {duration {months : 0}}
    clauses {
      key : "wages"
      value {}
    })pb");
  EXPECT_FALSE(plan.has_id());
  EXPECT_FALSE(plan.has_stage());
  EXPECT_FALSE(plan.has_buyer());
  EXPECT_FALSE(plan.contract().has_estimated_value());
  EXPECT_EQ(plan.contract().value_components().size(), 1u);
  EXPECT_TRUE(plan.contract().value_components().contains("prizes"));
  EXPECT_FALSE(plan.contract().has_value_method());
  EXPECT_TRUE(plan.term().has_duration()) << "no months is a length";
  EXPECT_TRUE(plan.clauses().contains("wages")) << "the key says something";
}

TEST(Normalise, KeepsThePlacesOfEntries) {
  const v1::ProcurementPlan plan =
      Normalised("award { criteria {} criteria { weight: 0 } }");
  EXPECT_EQ(plan.award().criteria_size(), 2);
  EXPECT_TRUE(plan.award().criteria(1).has_weight());
}

TEST(Normalise, AReasonWithAnyPartIsOnFile) {
  const v1::ProcurementPlan plan = Normalised(R"pb(
    climate {
      considered {place : REASON_PLACE_IN_DOCUMENTS}
      reason {on_file : false reference : "26/1"}
    }
    need {
      notes {
        key : "goal"
        value {date {year : 2026 month : 1 day : 1}}
      }
    })pb");
  EXPECT_TRUE(plan.climate().considered().on_file());
  EXPECT_FALSE(plan.climate().reason().on_file());
  EXPECT_TRUE(plan.need().notes().at("goal").on_file());
}

TEST(Normalise, AmountsTakeThePlansVatBasis) {
  const v1::ProcurementPlan plan = Normalised(R"pb(
    vat_basis : VAT_BASIS_INCLUDED
    contract {
      estimated_value {currency_code : "NOK" units : 5}
      budget {currency_code : "NOK" units : 5 vat : VAT_BASIS_EXCLUDED}
    }
    lots {contract {estimated_value {currency_code : "NOK" units : 5}}})pb");
  EXPECT_EQ(plan.contract().estimated_value().vat(), v1::VAT_BASIS_INCLUDED);
  EXPECT_EQ(plan.contract().budget().vat(), v1::VAT_BASIS_EXCLUDED);
  EXPECT_EQ(plan.lots(0).contract().estimated_value().vat(),
            v1::VAT_BASIS_INCLUDED);
}

TEST(CopyField, KnowsEveryKindOfField) {
  const v1::ProcurementPlan from = Plan(R"pb(
    award {
      basis : AWARD_BASIS_LOWEST_PRICE
      criteria {weight : 5}
      formula {by_language {key : "nb" value : "x"}}
    })pb");
  v1::Award to;
  for (const char* name : {"basis", "criteria", "formula"}) {
    CopyField(from.award(), v1::Award::descriptor()->FindFieldByName(name), to);
  }
  EXPECT_EQ(to.SerializeAsString(), from.award().SerializeAsString());
}

}  // namespace
}  // namespace klausul::engine
