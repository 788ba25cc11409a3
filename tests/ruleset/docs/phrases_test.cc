#include "service/ruleset/docs/phrases.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "service/cel/parser.h"

namespace klausul::ruleset::docs {
namespace {

struct PhraseCase {
  std::string name;
  std::string expression;
  std::string want;
  // Its contrary.
  std::string negated;

  friend std::ostream& operator<<(std::ostream& out, const PhraseCase& phrase) {
    return out << phrase.name;
  }
};

class PhrasesTest : public testing::TestWithParam<PhraseCase> {};

TEST_P(PhrasesTest, SaysAConditionAndItsContrary) {
  Names names;
  names.facts["last_day"] = {"last day", "facts/no.last_day", true};
  names.facts["amount"] = {"amount", "facts/no.amount", false};
  DiagnosticSink sink;
  const auto ast = cel::Parse(
      std::make_shared<SourceFile>("test", GetParam().expression), {}, sink);
  ASSERT_NE(ast, nullptr) << sink.RenderAll();
  Phrases phrases(names, engine::Language::kEnglish);
  EXPECT_EQ(PlainText(phrases.Condition(*ast->root(), false)), GetParam().want);
  EXPECT_EQ(PlainText(phrases.Condition(*ast->root(), true)),
            GetParam().negated);
}

INSTANTIATE_TEST_SUITE_P(
    All, PhrasesTest,
    testing::ValuesIn(std::vector<PhraseCase>{
        {"Numbers", "amount < 1000", "amount is less than 1000",
         "amount is at least 1000"},
        {"AtMost", "amount <= 2.5", "amount is at most 2.5",
         "amount is more than 2.5"},
        {"Days", "dates.tender_deadline >= last_day",
         "dates › tender deadline is no earlier than last day",
         "dates › tender deadline is before last day"},
        {"ADay", "date_of_law > date(\"2026-07-01\")",
         "the date of law is after 1 July 2026",
         "the date of law is no later than 1 July 2026"},
        {"Other", "procedure.kind != ProcedureKind.OTHER",
         "procedure › kind is other than other", "procedure › kind is other"},
        {"OneOf", "procedure.kind in [OPEN, RESTRICTED, DIRECT_AWARD]",
         "procedure › kind is open, restricted or direct award",
         "procedure › kind is not open, restricted or direct award"},
        {"DeMorgan", "amount < 1 && has(plan.lots)",
         "amount is less than 1 and lots is stated",
         "amount is at least 1 or lots is not stated"},
        {"Brackets", "amount < 1 && (has(plan.lots) || has(contract.form))",
         "amount is less than 1 and (lots is stated or contract › form is "
         "stated)",
         "amount is at least 1 or (lots is not stated and contract › form is "
         "not stated)"},
        {"Sum",
         "sum(award.criteria.filter(c, c.kind == PRICE).map(c, c.weight)) > 30",
         "the sum of c › weight for each c in each c in award › criteria where "
         "c › kind is price is more than 30",
         "the sum of c › weight for each c in each c in award › criteria where "
         "c › kind is price is at most 30"},
        {"Count", "size(lots) == 1", "the number in lots is 1",
         "the number in lots is other than 1"},
        {"Days_between",
         "days_between(dates.notice_sent, dates.tender_deadline) >= 30",
         "the number of days from dates › notice sent to dates › tender "
         "deadline is at least 30",
         "the number of days from dates › notice sent to dates › tender "
         "deadline is less than 30"},
        {"Arithmetic", "amount * (1 + amount) > 2",
         "amount × (1 + amount) is more than 2",
         "amount × (1 + amount) is at most 2"},
        {"Later", "last_day < add_months(date_of_law, 3)",
         "last day is before the date of law plus 3 months",
         "last day is no earlier than the date of law plus 3 months"},
        {"Cpv", "contract.cpv_main.in_cpv(\"80000000\")",
         "contract › CPV main is under CPV 80000000",
         "it is not so that contract › CPV main is under CPV 80000000"},
        {"Extra", "extra[\"no.x\"].string_value == \"a\"",
         "extra › no.x › string value is a",
         "extra › no.x › string value is other than a"},
        {"Lot", "has(lot.title)", "lot › title is stated",
         "lot › title is not stated"},
        {"ExactlyOne", "lots.exists_one(l, has(l.id))",
         "For exactly one l in lots: l › id is stated",
         "For none or more than one l in lots: l › id is stated"},
        {"AsItStands", "amount.strange(1)", "amount.strange(1): yes",
         "amount.strange(1): no"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::ruleset::docs
