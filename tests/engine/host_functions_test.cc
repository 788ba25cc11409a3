#include "service/engine/host_functions.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

struct Case {
  std::string name;
  std::string plan;
  std::string expression;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name << ": " << c.expression;
}

class HostFunctionsTest : public testing::TestWithParam<Case> {};

TEST_P(HostFunctionsTest, Evaluates) {
  EXPECT_EQ(Eval(GetParam().expression, GetParam().plan), GetParam().want);
}

constexpr char kTwoAmounts[] = R"pb(
  vat_basis : VAT_BASIS_EXCLUDED
  contract {
    estimated_value {currency_code : "NOK" units : 1300000}
    budget {currency_code : "NOK" units : 1300000 nanos : 10000000}
    annual_value {currency_code : "EUR" units : 1}
  })pb";

constexpr char kVat[] = R"pb(
  contract {
    estimated_value {currency_code : "NOK" units : 5}
    budget {currency_code : "NOK" units : 5 vat : VAT_BASIS_INCLUDED}
    annual_value {currency_code : "NOK" units : 5 vat : VAT_BASIS_EXCLUDED}
  })pb";

constexpr char kLots[] = R"pb(
  vat_basis : VAT_BASIS_EXCLUDED
  lots {
    id : "1"
    contract {estimated_value {currency_code : "NOK" units : 10}}
  }
  lots {
    id : "2"
    contract {
      estimated_value {currency_code : "NOK" units : 20 nanos : 500000000}
    }
  })pb";

constexpr char kLargest[] = R"pb(
  contract {estimated_value {currency_code : "NOK" units : 9223372036854775807}})pb";

INSTANTIATE_TEST_SUITE_P(
    Money, HostFunctionsTest,
    testing::ValuesIn(std::vector<Case>{
        {"Less", kTwoAmounts, "contract.estimated_value < contract.budget",
         "true"},
        {"NotLess", kTwoAmounts, "contract.budget < contract.estimated_value",
         "false"},
        {"EqualToItself", kTwoAmounts,
         "contract.budget == contract.budget && "
         "!(contract.budget != contract.budget)",
         "true"},
        {"TwoCurrencies", kTwoAmounts,
         "contract.estimated_value >= contract.annual_value",
         "unknown(; amounts in EUR and in NOK cannot be compared)"},
        {"TwoCurrenciesAreNotUnequal", kTwoAmounts,
         "contract.estimated_value != contract.annual_value",
         "unknown(; amounts in EUR and in NOK cannot be compared)"},
        {"OneUnstated", "contract { nature: CONTRACT_NATURE_WORKS }",
         "contract.estimated_value == contract.budget",
         "unknown(contract.budget, contract.estimated_value)"},
        {"Add", kTwoAmounts, "contract.estimated_value + contract.budget",
         "NOK 2600000.01"},
        {"Subtract", kTwoAmounts, "contract.estimated_value - contract.budget",
         "NOK -0.01"},
        {"TimesInt", kTwoAmounts, "3 * contract.budget", "NOK 3900000.03"},
        {"TimesDecimal", kTwoAmounts, "contract.budget * 0.2",
         "NOK 260000.002"},
        {"MinMax", kTwoAmounts,
         "min(contract.budget, contract.estimated_value) == "
         "contract.estimated_value && max(contract.budget, "
         "contract.estimated_value) == contract.budget",
         "true"},
        {"TooLarge", kLargest,
         "contract.estimated_value + contract.estimated_value",
         "error: the amount is too large (overflow)"},
        {"TimesTooLarge", kLargest, "contract.estimated_value * 10.0",
         "error: the amount is too large (overflow)"},
        {"VatUnstatedOnOneSide", kVat,
         "contract.estimated_value < contract.budget", "unknown(vat_basis)"},
        {"VatDiffers", kVat, "contract.annual_value < contract.budget",
         "unknown(; one amount is with VAT, the other without)"},
        {"VatUnstatedOnBothSides", kVat,
         "contract.estimated_value <= contract.estimated_value", "true"},
        {"SumOfLots", kLots, "sum(lots.map(l, l.contract.estimated_value))",
         "NOK 30.5"},
        {"SumOfNothing", "division { divided: false }",
         "sum(lots.map(l, l.contract.estimated_value))", "0"},
        {"SumUnknown", "", "sum(lots.map(l, l.contract.estimated_value))",
         "unknown(lots)"},
    }),
    [](const auto& test) { return test.param.name; });

constexpr char kDates[] = R"pb(
  dates {
    notice_sent {year : 2026 month : 3 day : 1}
    tender_deadline {year : 2026 month : 3 day : 31}
    award_notified {year : 2026 month : 2 day : 30}
  })pb";

INSTANTIATE_TEST_SUITE_P(
    Dates, HostFunctionsTest,
    testing::ValuesIn(std::vector<Case>{
        {"DaysBetween", kDates,
         "days_between(dates.notice_sent, dates.tender_deadline)", "30"},
        {"DaysBetweenBackwards", kDates,
         "days_between(dates.tender_deadline, dates.notice_sent)", "-30"},
        {"DaysBetweenUnstated", "",
         "days_between(dates.tender_deadline, dates.notice_sent)",
         "unknown(dates.notice_sent, dates.tender_deadline)"},
        {"NoSuchDay", kDates, "dates.award_notified < dates.notice_sent",
         "error: there is no day 2026-2-30 (invalid-argument)"},
        {"Compare", kDates,
         "dates.notice_sent < dates.tender_deadline && "
         "dates.notice_sent == date(\"2026-03-01\")",
         "true"},
        {"AddDays", kDates, "add_days(dates.notice_sent, -1)", "2026-02-28"},
        {"AddMonthsClips", kDates, "add_months(dates.tender_deadline, 1)",
         "2026-04-30"},
        {"AddTooMuch", kDates, "add_days(dates.notice_sent, 100000000)",
         "error: the day is too far away (range)"},
        {"Max", kDates, "max(dates.notice_sent, dates.tender_deadline)",
         "2026-03-31"},
        // Maundy Thursday 2 April to Easter Monday 6 April 2026 are holidays.
        {"WorkingDaysOverEaster", kDates,
         "working_days_between(date(\"2026-04-01\"), date(\"2026-04-08\"), "
         "\"NO\")",
         "2"},
        {"WorkingDaysOverAWeekend", kDates,
         "working_days_between(date(\"2026-03-06\"), date(\"2026-03-09\"), "
         "\"NO\")",
         "1"},
        {"DateOfLaw", "", "date_of_law", "2026-11-23"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Spans, HostFunctionsTest,
    testing::ValuesIn(std::vector<Case>{
        {"OpenContracting", "term { duration { days: 1460 } }",
         "term.duration <= months(48)", "true"},
        {"FourYearsAndADay", "term { duration { days: 1462 } }",
         "term.duration <= months(48)", "false"},
        {"NoReadingDecides", "term { duration { days: 30 } }",
         "term.duration < months(1)",
         "unknown(; 30 days and 1 month cannot be compared without a start "
         "date)"},
        {"GreaterThanIsNotTheSame", "term { duration { days: 30 } }",
         "term.duration > months(2)", "false"},
        {"Indefinite", "term { duration { indefinite: true } }",
         "term.duration > months(1200)", "true"},
        {"EqualMonths", "term { duration { months: 24 } }",
         "term.duration == months(24)", "true"},
        {"Total",
         "term { duration { months: 24 } renewal_count: 2 renewal_duration { "
         "months: 12 } }",
         "term.duration + term.renewal_duration * term.renewal_count",
         "48 months"},
        {"NegativeLength", "", "months(-1)",
         "error: a length cannot be -1 (range)"},
    }),
    [](const auto& test) { return test.param.name; });

constexpr char kServices[] = R"pb(
  contract {cpv_main : "80110000-8" cpv_additional : "85312300"}
  title {by_language {key : "nb" value : "Oppsøkende arbeid for ungdom"}})pb";

INSTANTIATE_TEST_SUITE_P(
    Texts, HostFunctionsTest,
    testing::ValuesIn(std::vector<Case>{
        {"InCpv", kServices, "contract.cpv_main.in_cpv(\"80000000\")", "true"},
        {"InAnyCpv", kServices, "contract.cpv_main.in_cpv([\"79\", \"801\"])",
         "true"},
        {"NotInCpv", kServices, "contract.cpv_main.in_cpv(\"8\" + \"5\")",
         "false"},
        {"InCpvOfEach", kServices,
         "contract.cpv_additional.exists(c, c.in_cpv(\"85000000\"))", "true"},
        {"CpvUnstated", "", "contract.cpv_main.in_cpv(\"80000000\")",
         "unknown(contract.cpv_main)"},
        {"Mentions", kServices, "mentions(title, \"(?i)UNGDOM\")", "true"},
        {"MentionsNot", kServices, "mentions(title, \"barn\")", "false"},
        {"SumOfWeights",
         "award { criteria { weight: 60 } criteria { weight: 40 } }",
         "sum(award.criteria.map(c, c.weight)) == 100.0", "true"},
        {"SumOfOpenWeights",
         "award { criteria { weight: 60 } } still_open: \"award.criteria\"",
         "sum(award.criteria.map(c, c.weight)) == 100.0",
         "unknown(award.criteria)"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(HostFunctions, ConstantsAreLookedAtWhenTheRuleIsLoaded) {
  EXPECT_EQ(Eval("date(\"2026-02-30\") < date_of_law", ""),
            "does not compile: `2026-02-30` is no date");
  EXPECT_EQ(Eval("contract.cpv_main.in_cpv(\"8\")", ""),
            "does not compile: `8` is no CPV group");
  EXPECT_EQ(
      Eval("working_days_between(date_of_law, date_of_law, \"XX\") > 1", ""),
      "does not compile: there is no calendar for `XX`");
}

}  // namespace
}  // namespace klausul::engine
