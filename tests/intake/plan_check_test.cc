#include "service/intake/plan_file/plan_check.h"

#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

std::string Check(const v1::ProcurementPlan& plan) {
  std::string text;
  for (const PlanProblem& problem : CheckPlan(plan)) {
    absl::StrAppend(&text, problem.path, " ", problem.code, ": ",
                    problem.message, "\n");
  }
  return text;
}

TEST(PlanCheckTest, AnEmptyPlanIsFine) {
  EXPECT_EQ(Check({}), "");
}

// What a client can send but no plan file can say.
TEST(PlanCheckTest, ChecksMessages) {
  v1::ProcurementPlan plan;
  plan.set_stage(static_cast<v1::Stage>(99));
  plan.add_legal_bases();
  plan.mutable_award()->add_stated_in(v1::REASON_PLACE_UNSPECIFIED);
  plan.mutable_award()->add_criteria()->set_weight(
      std::numeric_limits<double>::quiet_NaN());
  v1::Money& value = *plan.mutable_contract()->mutable_estimated_value();
  value.set_units(5);
  v1::Money& budget = *plan.mutable_contract()->mutable_budget();
  budget.set_currency_code("kr");
  budget.set_units(std::numeric_limits<std::int64_t>::min());
  budget.set_nanos(1);
  plan.mutable_dates()->mutable_notice_sent()->set_year(2026);
  plan.mutable_dates()->mutable_tender_deadline_time()->set_hours(25);
  (*plan.mutable_clauses())["wagess"].set_included(true);
  (*plan.mutable_title()->mutable_by_language())["Norsk"] = "x";
  plan.mutable_term()->mutable_duration()->set_months(-1);
  plan.mutable_term()->mutable_renewal_duration()->set_indefinite(true);
  plan.mutable_term()->mutable_renewal_duration()->set_days(3);
  EXPECT_EQ(
      Check(plan),
      "title unknown-key: `title`: `Norsk` is no language\n"
      "stage unknown-value: `stage`: no value number 99\n"
      "contract.estimated_value bad-amount: `contract.estimated_value`: the "
      "amount has no currency\n"
      "contract.budget bad-amount: `contract.budget`: `kr` is no currency\n"
      "contract.budget bad-amount: `contract.budget`: an amount has at most 15 "
      "digits before the point\n"
      "contract.budget bad-amount: `contract.budget`: `nanos` is within one "
      "unit and has the sign of `units`\n"
      "contract.budget bad-amount: `contract.budget`: `kr "
      "-9223372036854775808.000000001` is negative\n"
      "dates.notice_sent bad-date: `dates.notice_sent`: there is no day "
      "`2026-00-00`\n"
      "dates.tender_deadline_time bad-time: `dates.tender_deadline_time`: "
      "there is no clock time 25:00:00\n"
      "award.criteria[0].weight out-of-range: `award.criteria[0].weight`: this "
      "is no number\n"
      "award.stated_in[0] unknown-value: `award.stated_in[0]`: an entry of the "
      "list is unspecified\n"
      "clauses unknown-key: `clauses`: no key `wagess`\n"
      "term.duration.months out-of-range: `term.duration.months`: -1 is "
      "negative\n"
      "term.renewal_duration bad-length: `term.renewal_duration`: both a "
      "length and without end\n");
}

TEST(PlanCheckTest, ChangesMayBeNegative) {
  v1::ProcurementPlan plan;
  v1::Modification& change = *plan.add_modifications();
  change.mutable_value_change()->set_currency_code("NOK");
  change.mutable_value_change()->set_units(-5);
  change.set_duration_change_percent(-150);
  EXPECT_EQ(Check(plan), "");
}

TEST(PlanCheckTest, PathsHaveTheirIndex) {
  v1::ProcurementPlan plan;
  plan.add_stated_empty("contract.trades");
  plan.add_stated_empty("contract.trade");
  plan.add_complete("clauses.wages");
  EXPECT_EQ(Check(plan),
            "stated_empty[1] bad-path: `stated_empty`: `contract` has no field "
            "`trade`; did you mean `trades`?\n"
            "complete[0] bad-path: `complete`: `clauses.wages` is no keyed "
            "map\n");
}

TEST(PlanCheckTest, ProblemsAreBounded) {
  v1::ProcurementPlan plan;
  for (int i = 0; i < 2000; ++i)
    plan.add_lots()->set_id("same");
  EXPECT_EQ(CheckPlan(plan).size(), 1000);
}

}  // namespace
}  // namespace klausul::intake
