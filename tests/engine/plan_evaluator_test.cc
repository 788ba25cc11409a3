#include "service/engine/plan_evaluator.h"

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string OutcomeName(v1::Finding::Outcome outcome) {
  return v1::Finding::Outcome_Name(outcome);
}

// The outcome table of DESIGN 5.2, every cell. T, F, U and E are conditions
// that are true, false, unknown and wrong on the plan below.
constexpr char kTrue[] = "buyer.name == \"Fjordvik\"";
constexpr char kFalse[] = "buyer.name == \"Oslo\"";
constexpr char kUnknown[] = "procedure.kind == OPEN";
constexpr char kUnknownToo[] = "contract.nature == WORKS";
constexpr char kWrong[] = "1 / procedure.tender_count == 1";

struct OutcomeCase {
  std::string name;
  std::string applies;
  std::string requirement;
  std::string want;
  std::vector<std::string> missing;
};

std::ostream& operator<<(std::ostream& out, const OutcomeCase& c) {
  return out << c.name;
}

class OutcomeTest : public testing::TestWithParam<OutcomeCase> {};

TEST_P(OutcomeTest, FollowsTheTable) {
  const auto program =
      Compile(OneRule(GetParam().applies, GetParam().requirement));
  const EvaluationResult result =
      Evaluate(*program,
               Plan("buyer { name: \"Fjordvik\" } procedure { tender_count: 0 "
                    "}"),
               On(2026, 1, 1));
  ASSERT_EQ(result.rules.size(), 1u);
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), GetParam().want);
  EXPECT_EQ(result.rules[0].missing, GetParam().missing);
  EXPECT_EQ(result.rules[0].error.empty(), GetParam().want != "FAILED");
}

INSTANTIATE_TEST_SUITE_P(
    Design52, OutcomeTest,
    testing::ValuesIn(std::vector<OutcomeCase>{
        {"FalseTrue", kFalse, kTrue, "NOT_APPLICABLE", {}},
        {"FalseFalse", kFalse, kFalse, "NOT_APPLICABLE", {}},
        {"FalseUnknown", kFalse, kUnknown, "NOT_APPLICABLE", {}},
        {"FalseWrong", kFalse, kWrong, "NOT_APPLICABLE", {}},
        {"TrueTrue", kTrue, kTrue, "SATISFIED", {}},
        {"TrueFalse", kTrue, kFalse, "VIOLATED", {}},
        {"TrueUnknown", kTrue, kUnknown, "UNDETERMINED", {"procedure.kind"}},
        {"TrueWrong", kTrue, kWrong, "FAILED", {}},
        {"AlwaysFalse", "", kFalse, "VIOLATED", {}},
        {"UnknownTrue", kUnknown, kTrue, "SATISFIED", {}},
        {"UnknownFalse", kUnknown, kFalse, "UNDETERMINED", {"procedure.kind"}},
        {"UnknownUnknown",
         kUnknown,
         kUnknownToo,
         "UNDETERMINED",
         {"contract.nature", "procedure.kind"}},
        {"UnknownWrong", kUnknown, kWrong, "UNDETERMINED", {"procedure.kind"}},
        {"WrongTrue", kWrong, kTrue, "FAILED", {}},
        {"WrongFalse", kWrong, kFalse, "FAILED", {}},
        {"WrongUnknown", kWrong, kUnknown, "FAILED", {}},
        {"FalseAbsorbs",
         std::string(kUnknown) + " && " + kFalse,
         kFalse,
         "NOT_APPLICABLE",
         {}},
        {"FalseAbsorbsErrors",
         std::string(kWrong) + " && " + kFalse,
         kFalse,
         "NOT_APPLICABLE",
         {}},
        {"TrueAbsorbs",
         kTrue,
         std::string(kUnknown) + " || " + kTrue,
         "SATISFIED",
         {}},
    }),
    [](const auto& test) { return test.param.name; });

struct SilenceCase {
  std::string name;
  std::string plan;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const SilenceCase& c) {
  return out << c.name;
}

class SilenceTest : public testing::TestWithParam<SilenceCase> {};

TEST_P(SilenceTest, IsABreachInAFinalDocumentOnly) {
  const auto program =
      Compile(OneRule("", "contract.estimated_value <= contract.budget",
                      "unstated_violates: true"));
  const EvaluationResult result =
      Evaluate(*program, Plan(GetParam().plan), On(2026, 1, 1));
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Unstated, SilenceTest,
    testing::ValuesIn(std::vector<SilenceCase>{
        {"NoStage", "", "UNDETERMINED"},
        {"Draft", "stage: STAGE_PREPARATION", "UNDETERMINED"},
        {"Announced", "stage: STAGE_ANNOUNCED", "VIOLATED"},
        {"Signed", "stage: STAGE_CONTRACT_SIGNED", "VIOLATED"},
        {"TwoCurrenciesAreNotSilence",
         "stage: STAGE_ANNOUNCED contract { estimated_value { currency_code: "
         "\"NOK\" units: 1 } budget { currency_code: \"EUR\" units: 1 } }",
         "UNDETERMINED"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(PlanEvaluator, SilenceThatViolatesNamesWhatIsMissing) {
  const auto program = Compile(
      OneRule("", "climate.considered.on_file", "unstated_violates: true"));
  const EvaluationResult result =
      Evaluate(*program, Plan("stage: STAGE_ANNOUNCED"), On(2026, 1, 1));
  EXPECT_THAT(result.rules[0].missing,
              ElementsAre("climate.considered.on_file"));
}

TEST(PlanEvaluator, RulesHoldOnBothEndsOfTheirPeriod) {
  const auto program = Compile(OneRule(
      "", "true",
      "in_force { from { year: 2024 month: 1 day: 1 } to { year: 2026 month: 6 "
      "day: 30 } }"));
  const v1::ProcurementPlan plan;
  EXPECT_THAT(Evaluate(*program, plan, On(2023, 12, 31)).rules, IsEmpty());
  EXPECT_EQ(Evaluate(*program, plan, On(2024, 1, 1)).rules.size(), 1u);
  EXPECT_EQ(Evaluate(*program, plan, On(2026, 6, 30)).rules.size(), 1u);
  const EvaluationResult after = Evaluate(*program, plan, On(2026, 7, 1));
  EXPECT_THAT(after.rules, IsEmpty());
  EXPECT_THAT(after.uncovered_rule_sets, ElementsAre(0));
}

constexpr char kFacts[] = R"pb(
  parameters {
    id : "no.limit"
    type : MONEY
    values {
      period {
        from {year : 2020 month : 1 day : 1}
        to {year : 2026 month : 6 day : 30}
      }
      money_value {currency_code : "NOK" units : 100}
    }
    values {
      period {from {year : 2026 month : 7 day : 1}}
      money_value {currency_code : "NOK" units : 500}
    }
  }
  facts {
    name : "part"
    type : "enum"
    enum_values : [ "PART_I", "PART_II" ]
    versions {expression {text : "large ? PART_II : PART_I"}}
  }
  facts {
    name : "large"
    type : "bool"
    versions {
      expression {text :
                      "contract.estimated_value >= threshold(\"no.limit\")"}
    }
  }
  rules {
    id : "r"
    requirement {text : "part == PART_I"}
    message {by_language {key : "en" value : "{part}, {no.limit}"}}
  })pb";

constexpr char kWorth[] = R"pb(
  vat_basis : VAT_BASIS_EXCLUDED
  contract {estimated_value {currency_code : "NOK" units : 100}})pb";

TEST(PlanEvaluator, FactsMayStandInAnyOrder) {
  const auto program = Compile(kFacts);
  const EvaluationResult result =
      Evaluate(*program, Plan(kWorth), On(2026, 6, 30));
  ASSERT_EQ(result.facts.size(), 2u);
  EXPECT_EQ(result.facts[0].fact->name(), "part");
  EXPECT_EQ(result.facts[0].value.Plain(), "PART_II");
  EXPECT_EQ(result.facts[1].value.Plain(), "true");
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), "VIOLATED");
  EXPECT_EQ(
      program->MakeFinding(result.rules[0], {Language::kEnglish}).message(),
      "PART_II, NOK 100");
}

TEST(PlanEvaluator, AParameterWithoutAnyValueTellsWhy) {
  const auto program = Compile(R"pb(
    parameters {
      id : "no.limit"
      type : MONEY
      notes {
        by_language {key : "nb" value : "Planen er ikke offentlig."}
        by_language {key : "en" value : "The plan is not public."}
      }
    }
    rules {
      id : "no.r"
      requirement {text :
                       "contract.estimated_value >= threshold(\"no.limit\")"}
    })pb");
  const EvaluationResult result =
      Evaluate(*program, Plan(kWorth), On(2026, 6, 30));
  ASSERT_EQ(result.rules.size(), 1u);
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), "UNDETERMINED");
  EXPECT_THAT(result.rules[0].missing, IsEmpty());
  const auto reason = [&](Language language) {
    return program->MakeFinding(result.rules[0], {language}).reason();
  };
  EXPECT_EQ(reason(Language::kBokmal),
            "parameteren `no.limit` har ingen kjent verdi: Planen er ikke "
            "offentlig");
  // What is not told in nynorsk is told in English.
  EXPECT_EQ(reason(Language::kNynorsk),
            "parameteren `no.limit` har ingen kjend verdi: The plan is not "
            "public");
  EXPECT_EQ(reason(Language::kEnglish),
            "the parameter `no.limit` has no known value: The plan is not "
            "public");
}

class CountingObserver : public NodeObserver {
 public:
  void OnNode(const cel::CheckedExpr& whole, const cel::Expr& node,
              const cel::Value& value) override {
    if (&node == &whole.root()) roots.push_back(value.IsTrue());
  }

  std::vector<bool> roots;
};

TEST(PlanEvaluator, AnObserverHearsOfFactsAndConditions) {
  const auto program = Compile(R"pb(
    facts {
      name : "is_large"
      type : "bool"
      versions {expression {text : "size(lots) > 1"}}
    }
    rules {
      id : "no.r"
      applies {text : "!is_large"}
      requirement {text : "has(contract.cpv_main)"}
    })pb");
  CountingObserver observer;
  EvaluationOptions options = On(2026, 6, 30);
  options.all_facts = false;
  options.observer = &observer;
  const auto result = program->Evaluate(
      Plan("lots {id : \"LOT-0001\"} contract {cpv_main : \"90910000\"}"),
      options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(OutcomeName(result->rules[0].outcome), "SATISFIED");
  EXPECT_EQ(observer.roots, (std::vector<bool>{false, true, true}));
}

TEST(PlanEvaluator, ParametersFollowTheDateOfLaw) {
  const auto program = Compile(kFacts);
  EXPECT_EQ(
      OutcomeName(
          Evaluate(*program, Plan(kWorth), On(2026, 7, 1)).rules[0].outcome),
      "SATISFIED");
  const EvaluationResult before =
      Evaluate(*program, Plan(kWorth), On(2019, 12, 31));
  EXPECT_EQ(OutcomeName(before.rules[0].outcome), "UNDETERMINED");
  EXPECT_THAT(before.rules[0].missing, IsEmpty());
  EXPECT_EQ(
      program->MakeFinding(before.rules[0], {Language::kEnglish}).reason(),
      "the parameter `no.limit` has no value on 2019-12-31");
}

TEST(PlanEvaluator, FactsPassOnWhatTheyMiss) {
  const auto program = Compile(kFacts);
  const EvaluationResult result =
      Evaluate(*program, v1::ProcurementPlan(), On(2026, 7, 1));
  EXPECT_THAT(result.rules[0].missing, ElementsAre("contract.estimated_value"));
  EXPECT_THAT(result.facts[0].missing, ElementsAre("contract.estimated_value"));
  EXPECT_EQ(result.facts[0].value.Plain(), "");
}

TEST(PlanEvaluator, AnAmountWithoutVatBasisIsNotComparedWithAThreshold) {
  const auto program = Compile(kFacts);
  const EvaluationResult result = Evaluate(
      *program,
      Plan("contract { estimated_value { currency_code: \"NOK\" units: 1 } }"),
      On(2026, 7, 1));
  EXPECT_THAT(result.rules[0].missing, ElementsAre("vat_basis"));
}

TEST(PlanEvaluator, AFactThatFailsIsNamed) {
  const auto program = Compile(R"pb(
    facts {
      name : "share"
      type : "int"
      versions {expression {text : "1 / procedure.tender_count"}}
    }
    rules {
      id : "r"
      requirement {text : "share > 0"}
    })pb");
  const EvaluationResult result =
      Evaluate(*program, Plan("procedure { tender_count: 0 }"), On(2026, 1, 1));
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), "FAILED");
  EXPECT_THAT(result.rules[0].error, testing::HasSubstr("fact `share`"));
}

constexpr char kLotRules[] = R"pb(
  facts {
    name : "criteria_count"
    type : "int"
    for_each_lot : true
    versions {expression {text : "size(award.criteria)"}}
  }
  rules {
    id : "b"
    for_each_lot : true
    requirement {text : "criteria_count >= 2"}
  }
  rules {
    id : "a"
    requirement {text : "lots.all(l, size(l.award.criteria) > 0)"}
  })pb";

constexpr char kTwoLots[] = R"pb(
  award {
    criteria {id : "price"}
    criteria {id : "quality"}
  }
  lots {
    id : "LOT-2"
    award {criteria {id : "price"}}
  }
  lots {id : "LOT-1"})pb";

TEST(PlanEvaluator, LotsAreSubjectsInOrder) {
  const auto program = Compile(kLotRules);
  const EvaluationResult result =
      Evaluate(*program, Plan(kTwoLots), On(2026, 1, 1));
  std::vector<std::string> got;
  for (const RuleResult& rule : result.rules) {
    got.push_back(rule.rule->id() + " " + rule.subject + " " +
                  OutcomeName(rule.outcome));
  }
  EXPECT_THAT(got, ElementsAre("a  SATISFIED", "b LOT-1 SATISFIED",
                               "b LOT-2 VIOLATED"));
  // Inherited from the plan, and the lot's own.
  EXPECT_THAT(result.rules[1].fields,
              ElementsAre(Evidence{"award.criteria", "2 entries"}));
  EXPECT_THAT(result.rules[2].fields,
              ElementsAre(Evidence{"lots[0].award.criteria", "1 entry"}));
}

TEST(PlanEvaluator, AnUndividedPlanIsOneLot) {
  const auto program = Compile(kLotRules);
  const EvaluationResult result = Evaluate(
      *program,
      Plan("division { divided: false undivided_lot_id: \"LOT-0001\" }"),
      On(2026, 1, 1));
  ASSERT_EQ(result.rules.size(), 2u);
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), "SATISFIED");
  EXPECT_EQ(result.rules[1].subject, "LOT-0001");
  EXPECT_TRUE(result.rules[1].about_lot);
  EXPECT_THAT(result.rules[1].missing, ElementsAre("award.criteria"));
}

TEST(PlanEvaluator, WhatNoLotSaysIsMissingOnTheLot) {
  const auto program = Compile(kLotRules);
  const EvaluationResult result =
      Evaluate(*program, Plan("lots { id: \"1\" }"), On(2026, 1, 1));
  EXPECT_THAT(result.rules[1].missing, ElementsAre("lots[0].award.criteria"));
}

std::shared_ptr<const v1::RuleSet> Overlay(const std::string& severity) {
  return RuleSet(
      "id: \"no.oslo\" extends: \"no\" rules { id: \"no.oslo.tiers\" "
      "refines: \"no.tiers\" severity: " +
      severity +
      " requirement { text: \"subcontracting.tiers_planned_count <= "
      "1\" } }");
}

std::vector<std::string> RulesWith(const std::string& severity, int tiers) {
  const auto base = RuleSet(
      "id: \"no\" rules { id: \"no.tiers\" severity: ERROR requirement { text: "
      "\"subcontracting.tiers_planned_count <= 2\" } }");
  const auto program = Compile({base, Overlay(severity)});
  v1::ProcurementPlan plan;
  plan.mutable_subcontracting()->set_tiers_planned_count(tiers);
  std::vector<std::string> ids;
  for (const RuleResult& rule :
       Evaluate(*program, plan, On(2026, 1, 1)).rules) {
    ids.push_back(rule.rule->id());
  }
  return ids;
}

TEST(PlanEvaluator, ARefiningRuleHidesItsBase) {
  EXPECT_THAT(RulesWith("WARNING", 2), ElementsAre("no.oslo.tiers"));
  EXPECT_THAT(RulesWith("ERROR", 3), ElementsAre("no.oslo.tiers"));
}

TEST(PlanEvaluator, ABreachOfLawIsNotHiddenBehindAPolicy) {
  EXPECT_THAT(RulesWith("WARNING", 3),
              ElementsAre("no.oslo.tiers", "no.tiers"));
}

TEST(PlanEvaluator, BoundsEndTheCallAndNotTheProcess) {
  const auto program = Compile(OneRule(
      "", "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, a * b > 0))"));
  EvaluationOptions options = On(2026, 1, 1);
  options.max_expression_steps = 50;
  const EvaluationResult result =
      Evaluate(*program, v1::ProcurementPlan(), options);
  EXPECT_EQ(OutcomeName(result.rules[0].outcome), "FAILED");

  options.max_total_steps = 50;
  EXPECT_EQ(program->Evaluate(v1::ProcurementPlan(), options).status().code(),
            absl::StatusCode::kResourceExhausted);

  options = On(2026, 1, 1);
  options.is_cancelled = [] { return true; };
  EXPECT_EQ(program->Evaluate(v1::ProcurementPlan(), options).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(PlanEvaluator, WhatIsMissingIsNotShownAsAFieldToo) {
  const auto program =
      Compile(OneRule("", "!has(award.basis) && award.basis == LOWEST_PRICE"));
  const EvaluationResult result =
      Evaluate(*program, v1::ProcurementPlan(), On(2026, 1, 1));
  EXPECT_THAT(result.rules[0].missing, ElementsAre("award.basis"));
  EXPECT_THAT(result.rules[0].fields, IsEmpty());
}

TEST(PlanEvaluator, OnlyTheRulesAskedFor) {
  const auto program = Compile(kLotRules);
  EvaluationOptions options = On(2026, 1, 1);
  options.rule_ids = {"a"};
  const EvaluationResult result = Evaluate(*program, Plan(kTwoLots), options);
  ASSERT_EQ(result.rules.size(), 1u);
  EXPECT_EQ(result.rules[0].rule->id(), "a");
}

}  // namespace
}  // namespace klausul::engine
