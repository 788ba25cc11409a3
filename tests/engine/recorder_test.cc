#include "service/engine/recorder.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;

struct Case {
  std::string name;
  std::string requirement;
  // `path=value`, sorted.
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name << ": " << c.requirement;
}

class EvidenceTest : public testing::TestWithParam<Case> {};

constexpr char kPlan[] = R"pb(
  stage : STAGE_PREPARATION
  vat_basis : VAT_BASIS_EXCLUDED
  buyer {name : "Fjordvik" country : "NO"}
  contract {
    nature : CONTRACT_NATURE_SERVICES
    cpv_additional : "85000000"
    cpv_additional : "80000000"
    estimated_value {currency_code : "NOK" units : 1300000}
  }
  procedure {kind : PROCEDURE_KIND_OPEN urgent : false tender_count : 3}
  dates {notice_sent {year : 2026 month : 3 day : 1}}
  term {duration {months : 24}}
  award {
    criteria {weight : 60}
    criteria {weight : 40}
  }
  reserved {
    notes {
      key : "considered"
      value {on_file : true}
    }
  }
  clauses {
    key : "wages"
    value {included : true flow_down : false}
  })pb";

TEST_P(EvidenceTest, NamesTheFieldsThatDecide) {
  const auto program = Compile(OneRule("", GetParam().requirement));
  const EvaluationResult result =
      Evaluate(*program, Plan(kPlan), On(2026, 1, 1));
  std::vector<std::string> got;
  for (const Evidence& evidence : result.rules[0].fields) {
    got.push_back(evidence.path + "=" + evidence.value);
  }
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Operands, EvidenceTest,
    testing::ValuesIn(std::vector<Case>{
        {"Enum", "procedure.kind == RESTRICTED", {"procedure.kind=OPEN"}},
        {"TopLevelField", "stage == ANNOUNCED", {"stage=PREPARATION"}},
        {"Both",
         "buyer.name == buyer.country",
         {"buyer.country=NO", "buyer.name=Fjordvik"}},
        {"OnlyTheFalseOperand",
         "buyer.country == \"NO\" && procedure.kind == RESTRICTED",
         {"procedure.kind=OPEN"}},
        {"OnlyTheTrueOperand",
         "procedure.kind == RESTRICTED || buyer.country == \"NO\"",
         {"buyer.country=NO"}},
        {"AllTrueOperands",
         "buyer.country == \"NO\" && procedure.kind == OPEN",
         {"buyer.country=NO", "procedure.kind=OPEN"}},
        {"ThroughNot", "!(procedure.kind == OPEN)", {"procedure.kind=OPEN"}},
        {"ConditionAndBranch",
         "procedure.kind == OPEN ? contract.nature == WORKS : buyer.name == "
         "\"x\"",
         {"contract.nature=SERVICES", "procedure.kind=OPEN"}},
        {"Money",
         "contract.estimated_value * 2 == contract.estimated_value",
         {"contract.estimated_value=NOK 1300000"}},
        {"Date",
         "dates.notice_sent > date(\"2026-04-01\")",
         {"dates.notice_sent=2026-03-01"}},
        {"Span", "term.duration > months(48)", {"term.duration=24 months"}},
        {"List",
         "\"x\" in contract.cpv_additional",
         {"contract.cpv_additional=[85000000, 80000000]"}},
        {"Fold",
         "award.criteria.all(c, c.weight > 50.0)",
         {"award.criteria=2 entries"}},
        {"Claimed", "claimed(procedure.urgent)", {"procedure.urgent=false"}},
        {"ClaimedUnstated",
         "claimed(procedure.shortened_by_prior_notice)",
         {"procedure.shortened_by_prior_notice="}},
        {"Has", "!has(buyer.name)", {"buyer.name=Fjordvik"}},
        {"Index",
         "award.criteria[0].weight > 70.0",
         {"award.criteria[0].weight=60"}},
        {"MapKey",
         "clauses.wages.flow_down",
         {"clauses.wages.flow_down=false"}},
        {"KeysWrittenOut",
         "[\"considered\"].all(k, !reserved.notes[k].on_file)",
         {"reserved.notes.considered.on_file=true"}},
        {"KnownSideOfAnUnknown",
         "days_between(dates.notice_sent, dates.tender_deadline) > 30",
         {"dates.notice_sent=2026-03-01"}},
        {"Constants", "1 > 2", {}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(Evidence, OfAFactIsItsOwn) {
  const auto program = Compile(R"pb(
    facts {
      name : "is_large"
      type : "bool"
      versions {expression {text : "procedure.tender_count > 2"}}
    }
    rules {
      id : "r"
      requirement {text : "!is_large"}
    })pb");
  const EvaluationResult result =
      Evaluate(*program, Plan(kPlan), On(2026, 1, 1));
  EXPECT_THAT(result.rules[0].fields,
              ElementsAre(Evidence{"procedure.tender_count", "3"}));
}

TEST(Evidence, OfWhatDoesNotApplyIsFromTheCondition) {
  const auto program =
      Compile(OneRule("procedure.kind == RESTRICTED", "buyer.name == \"x\""));
  const EvaluationResult result =
      Evaluate(*program, Plan(kPlan), On(2026, 1, 1));
  EXPECT_THAT(result.rules[0].fields,
              ElementsAre(Evidence{"procedure.kind", "OPEN"}));
}

TEST(Trace, TellsEverySubexpression) {
  const auto program = Compile(R"pb(
    facts {
      name : "is_large"
      type : "bool"
      versions {expression {text : "procedure.tender_count > 2"}}
    }
    rules {
      id : "r"
      applies {text : "is_large"}
      requirement {
        text : "!claimed(procedure.urgent)\n  && award.basis == LOWEST_PRICE"
      }
    })pb");
  EvaluationOptions options = On(2026, 1, 1);
  options.trace = true;
  const EvaluationResult result = Evaluate(*program, Plan(kPlan), options);
  std::vector<std::string> got;
  for (const v1::TraceStep& step : result.rules[0].trace) {
    got.push_back(std::string(2 * static_cast<std::size_t>(step.depth()), ' ') +
                  step.part() + ": " + step.expression() + " = " +
                  step.value());
  }
  EXPECT_THAT(
      got, ElementsAre("applies: is_large = true",
                       "requires: !claimed(procedure.urgent) && award.basis == "
                       "LOWEST_PRICE = unknown",
                       "  requires: !claimed(procedure.urgent) = true",
                       "    requires: claimed(procedure.urgent) = false",
                       "  requires: award.basis == LOWEST_PRICE = unknown",
                       "    requires: award.basis = unknown",
                       "is_large: procedure.tender_count > 2 = true",
                       "  is_large: procedure.tender_count = 3"));
  EXPECT_THAT(result.rules[0].trace[1].missing(), ElementsAre("award.basis"));
}

}  // namespace
}  // namespace klausul::engine
