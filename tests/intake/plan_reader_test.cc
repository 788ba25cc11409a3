#include "service/intake/plan_file/plan_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

#include "tests/intake/plan_text.h"

namespace klausul::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string ReadFile(const std::string& name) {
  std::ifstream in(KLAUSUL_SOURCE_DIR "/tests/intake/testdata/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(PlanReaderTest, ReadsAWholePlan) {
  const ReadText read = ReadPlanText(ReadFile("plan_youth.yaml"));
  ASSERT_TRUE(read.ok) << read.diagnostics;
  const v1::ProcurementPlan& plan = read.plan;
  EXPECT_EQ(plan.title().by_language().at("en"), "Outreach for youth");
  EXPECT_EQ(plan.stage(), v1::STAGE_PREPARATION);
  EXPECT_EQ(plan.buyer().country(), "NO");
  EXPECT_EQ(plan.buyer().policies().at("strategy").date().day(), 20);
  EXPECT_EQ(plan.need().affected_agencies(0).expected_gain().units(), 1800000);
  const v1::Reasoned& budget = plan.need().notes().at("multi_year_budget");
  EXPECT_TRUE(budget.has_on_file());
  EXPECT_FALSE(budget.on_file());
  EXPECT_EQ(plan.contract().cpv_main(), "85312300");
  EXPECT_EQ(plan.contract().value_components().at("renewals").units(), 4800000);
  EXPECT_EQ(plan.term().duration().months(), 24);
  EXPECT_EQ(plan.dates().tender_deadline_time().utc_offset_minutes(), 60);
  EXPECT_EQ(plan.award().criteria(0).weight(), 50);
  EXPECT_EQ(plan.award().criteria(0).aspects_size(), 2);
  EXPECT_EQ(plan.climate().reason().text().by_language().at("nb"),
            "Arbeidet skjer til fots og i m\u00F8ter.");
  EXPECT_EQ(plan.effect().measure_after(1).months(), 12);
  EXPECT_EQ(plan.extra().at("no.oslo.due_diligence_set").string_value(), "B");
  EXPECT_THAT(plan.stated_empty(),
              ElementsAre("contract.trades", "reserved.kinds"));
  EXPECT_THAT(plan.still_open(), ElementsAre("award.criteria"));
}

TEST(PlanReaderTest, JsonAndYamlGiveTheSamePlan) {
  const ReadText yaml = ReadPlanText(
      "contract:\n"
      "  estimated_value: {amount: 1300000.50, currency: NOK, vat: EXCLUDED}\n"
      "  budget: NOK 5\n"
      "procedure: {kind: OPEN}\n"
      "dates: {notice_sent: 2026-07-01}\n"
      "title: Renhold\n"
      "clauses: {}\n"
      "term: {duration: 2 years}\n"
      "lots: []\n");
  const ReadText json = ReadPlanText(
      R"({"contract": {"estimatedValue": {"currencyCode": "NOK",
          "units": "1300000", "nanos": 500000000, "vat": "VAT_BASIS_EXCLUDED"},
          "budget": {"currency_code": "NOK", "units": 5}},
          "procedure": {"kind": "PROCEDURE_KIND_OPEN"},
          "dates": {"notice_sent": {"year": 2026, "month": 7, "day": 1}},
          "title": {"byLanguage": {"nb": "Renhold"}},
          "term": {"duration": {"months": 24}},
          "statedEmpty": ["lots"], "complete": ["clauses"]})");
  ASSERT_TRUE(yaml.ok) << yaml.diagnostics;
  ASSERT_TRUE(json.ok) << json.diagnostics;
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(yaml.plan, json.plan))
      << yaml.plan.ShortDebugString() << "\n"
      << json.plan.ShortDebugString();
}

TEST(PlanReaderTest, NotStatedIsNotEmpty) {
  const ReadText read = ReadPlanText(
      "contract: {trades: [], is_ict: null, cpv_main: \"\"}\n"
      "procedure: {kind: UNSPECIFIED}\n"
      "award:\n"
      "lots:\n"
      "  - {id: LOT-1, reserved: {kinds: []}}\n");
  ASSERT_TRUE(read.ok) << read.diagnostics;
  EXPECT_FALSE(read.plan.contract().has_is_ict());
  EXPECT_FALSE(read.plan.contract().has_cpv_main());
  EXPECT_FALSE(read.plan.procedure().has_kind());
  EXPECT_FALSE(read.plan.has_award());
  EXPECT_THAT(read.plan.stated_empty(),
              ElementsAre("contract.trades", "lots[0].reserved.kinds"));
}

TEST(PlanReaderTest, ExtraFactsTakeTheirTypeFromTheirForm) {
  const ReadText read = ReadPlanText(
      "extra:\n"
      "  a.bool: true\n"
      "  a.int: 12\n"
      "  a.double: 1.5\n"
      "  a.date: 2026-07-01\n"
      "  a.money: NOK 5\n"
      "  a.span: 6 months\n"
      "  a.text: B\n"
      "  a.quoted: \"2026-07-01\"\n"
      "  a.reasoned: {on_file: true}\n"
      "  a.list: [1, 2]\n"
      "  a.spelled: {string_value: \"12\"}\n");
  ASSERT_TRUE(read.ok) << read.diagnostics;
  const auto kind = [&](const char* key) {
    return read.plan.extra().at(key).value_case();
  };
  EXPECT_EQ(kind("a.bool"), v1::ExtraFact::kBoolValue);
  EXPECT_EQ(kind("a.int"), v1::ExtraFact::kIntValue);
  EXPECT_EQ(kind("a.double"), v1::ExtraFact::kDoubleValue);
  EXPECT_EQ(kind("a.date"), v1::ExtraFact::kDateValue);
  EXPECT_EQ(kind("a.money"), v1::ExtraFact::kMoneyValue);
  EXPECT_EQ(kind("a.span"), v1::ExtraFact::kSpanValue);
  EXPECT_EQ(kind("a.text"), v1::ExtraFact::kStringValue);
  EXPECT_EQ(kind("a.quoted"), v1::ExtraFact::kStringValue);
  EXPECT_EQ(kind("a.reasoned"), v1::ExtraFact::kReasonedValue);
  EXPECT_EQ(kind("a.list"), v1::ExtraFact::kListValue);
  EXPECT_EQ(kind("a.spelled"), v1::ExtraFact::kStringValue);
  EXPECT_EQ(read.plan.extra().at("a.list").list_value().values(1).int_value(),
            2);
  EXPECT_TRUE(read.source_map.Contains("extra[\"a.list\"]"));
}

TEST(PlanReaderTest, SourceMapLeadsToKeysAndPointers) {
  const ReadText read = ReadPlanText(
      "award:\n"
      "  criteria:\n"
      "    - {id: C1, weight: 40}\n"
      "    - {id: C2, weight: 60}\n"
      "clauses: {wages: {included: true}}\n");
  ASSERT_TRUE(read.ok) << read.diagnostics;
  const auto locate = [&](const char* path) {
    const Location at = read.source_map.Locate(path);
    return absl::StrCat(at.line, ":", at.column, " ", at.pointer);
  };
  EXPECT_EQ(locate("award.criteria"), "2:3 /award/criteria");
  EXPECT_EQ(locate("award.criteria[1]"), "4:7 /award/criteria/1");
  EXPECT_EQ(locate("award.criteria[1].weight"),
            "4:16 /award/criteria/1/weight");
  EXPECT_EQ(locate("award.criteria[1].name"), "4:7 /award/criteria/1");
  EXPECT_EQ(locate("award.ranking"), "1:1 /award");
  EXPECT_EQ(locate("clauses.wages.included"), "5:19 /clauses/wages/included");
  EXPECT_EQ(locate("contract.estimated_value"), "1:1 ");
}

struct BadCase {
  std::string name;
  std::string text;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const BadCase& c) {
  return out << c.name;
}

class PlanReaderBadTest : public testing::TestWithParam<BadCase> {};

TEST_P(PlanReaderBadTest, SaysWhatIsWrongAndWhere) {
  const ReadText read = ReadPlanText(GetParam().text);
  EXPECT_FALSE(read.ok);
  EXPECT_EQ(read.diagnostics, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    PlanReader, PlanReaderBadTest,
    testing::ValuesIn(std::vector<BadCase>{
        {"UnknownField", "dates:\n  tender_deadlin: 2026-07-01\n",
         "2:3 unknown-field: `dates` has no field `tender_deadlin` (did you "
         "mean `tender_deadline`?)\n"},
        {"UnknownTopField", "buyer: {name: A}\nawrd: {}\n",
         "2:1 unknown-field: a plan has no field `awrd` (did you mean "
         "`award`?)\n"},
        {"FieldOfAGroup", "tender_deadline: 2026-07-01\n",
         "1:1 unknown-field: a plan has no field `tender_deadline` (there is "
         "a `dates.tender_deadline`)\n"},
        {"CamelCaseIsJson", "contract: {isIct: true}\n",
         "1:12 unknown-field: `contract` has no field `isIct` (did you mean "
         "`is_ict`?)\n"},
        {"TwoSpellings", R"({"contract": {"is_ict": true, "isIct": false}})",
         "1:31 duplicate-key: field `is_ict` appears twice\n"},
        {"UnknownEnum", "procedure: {kind: OPN}\n",
         "1:19 unknown-value: `procedure.kind`: no value `OPN` (did you mean "
         "`OPEN`?)\n"},
        {"LowerCaseEnum", "procedure: {kind: open}\n",
         "1:19 unknown-value: `procedure.kind`: no value `open` (write "
         "`OPEN`)\n"},
        {"EnumNumber", R"({"procedure": {"kind": 7}})",
         "1:24 unknown-value: `procedure.kind`: no value `7`\n"},
        {"ListedEnum", "vat_basis: GROSS\n",
         "1:12 unknown-value: `vat_basis`: no value `GROSS` (one of EXCLUDED, "
         "INCLUDED)\n"},
        {"UnknownKey", "clauses: {wagess: {included: true}}\n",
         "1:11 unknown-key: `clauses` has no key `wagess` (did you mean "
         "`wages`?)\n"},
        {"WrongTypes",
         "contract: {is_ict: yes, parts: SERVICES}\n"
         "award: 3\n"
         "payment: {days: 30.5}\n"
         "buyer: [x]\n",
         "1:20 wrong-type: `contract.is_ict`: expected `true` or `false`, got "
         "`yes`\n"
         "1:32 wrong-type: `contract.parts`: expected a list, got `SERVICES` "
         "(put it into brackets: `[...]`)\n"
         "2:8 wrong-type: `award`: expected a mapping of fields, got `3`\n"
         "3:17 wrong-type: `payment.days`: expected a whole number, got "
         "`30.5`\n"
         "4:8 wrong-type: `buyer`: expected a mapping of fields, got a "
         "list\n"},
        {"QuotedBool", "contract: {is_ict: \"true\"}\n",
         "1:20 wrong-type: `contract.is_ict`: expected `true` or `false`, got "
         "`\"true\"`\n"},
        {"JsonNumberForText", R"({"id": 12, "stage": "NEED"})",
         "1:8 wrong-type: `id`: expected a text, got `12` (put it into double "
         "quotes)\n"},
        {"NullInList", "award: {criteria: [null]}\n",
         "1:20 wrong-type: `award.criteria[0]`: expected an entry of the "
         "list, got nothing\n"},
        {"AmountForms",
         "contract:\n  estimated_value: 9600000\n  budget: 5 NOK\n"
         "  annual_value: NOK 1,300\n"
         "  value_components: {renewals: {amount: x, currency: NOK}}\n",
         "2:20 bad-amount: `contract.estimated_value`: expected an amount "
         "with its currency such as `NOK 1300000`, got `9600000` (put the "
         "currency before it, such as `NOK 9600000`)\n"
         "3:11 bad-amount: `contract.budget`: expected an amount with its "
         "currency such as `NOK 1300000`, got `5 NOK` (write `NOK 5`)\n"
         "4:17 bad-amount: `contract.annual_value`: expected a number such as "
         "`1300000` or `1 300 000.50`, got `1,300` (set thousands apart with "
         "spaces; the decimal mark is a point)\n"
         "5:41 bad-amount: `contract.value_components.renewals.amount`: "
         "expected a number such as `1300000` or `1 300 000.50`, got `x`\n"},
        {"AbsurdAmounts",
         "contract:\n  estimated_value: NOK -5\n"
         "  budget: NOK 99999999999999999999\n",
         "2:20 bad-amount: `contract.estimated_value`: `NOK -5` is negative\n"
         "3:11 bad-amount: `contract.budget`: an amount has at most 15 digits "
         "before the point, got `99999999999999999999`\n"},
        {"AbsurdDates",
         "dates:\n  notice_sent: 2026-02-30\n  tender_deadline: 20260701\n"
         "  contract_signed: 3026-01-01\n"
         "  work_started: 2026-07-01T00:00:00Z\n",
         "2:16 bad-date: `dates.notice_sent`: there is no day `2026-02-30`\n"
         "3:20 bad-date: `dates.tender_deadline`: expected a date such as "
         "`2026-07-01`, got `20260701`\n"
         "4:20 bad-date: `dates.contract_signed`: the year of `3026-01-01` is "
         "not within 1900 to 2200\n"
         "5:17 bad-date: `dates.work_started`: expected a date such as "
         "`2026-07-01`, got `2026-07-01T00:00:00Z` (a date is the day alone: "
         "`2026-07-01`)\n"},
        {"LongDateForm",
         R"({"dates": {"notice_sent": {"year": 2026, "month": 2, "day": 30}}})",
         "1:27 bad-date: `dates.notice_sent`: there is no day `2026-02-30`\n"},
        {"Percentages", "award: {criteria: [{weight: 130}]}\nvat_percent: -1\n",
         "1:29 out-of-range: `award.criteria[0].weight`: `130` is not within "
         "0 to 100\n"
         "2:14 out-of-range: `vat_percent`: `-1` is not within 0 to 100\n"},
        {"References",
         "lots: [{id: LOT-1}, {id: LOT-1}]\n"
         "division: {combinations: [{lot_ids: [LOT-1, LOT-3]}]}\n",
         "1:26 duplicate-id: `lots[1].id`: the id `LOT-1` appears twice\n"
         "2:45 unknown-reference: `division.combinations[0].lot_ids[1]`: "
         "there is no lot `LOT-3` (did you mean `LOT-1`?)\n"},
        {"Paths",
         "stage: NEED\nstill_open: [award.criteri]\n"
         "complete: [award.criteria]\nstated_empty: [contract]\n",
         "2:14 bad-path: `still_open`: `award` has no field `criteri`; did "
         "you mean `criteria`?\n"
         "3:12 bad-path: `complete`: `award.criteria` is no keyed map\n"
         "4:16 bad-path: `stated_empty`: `contract` is no list\n"},
        {"Codes",
         "contract: {cpv_main: 8531, cpv_additional: [85312300-9]}\n"
         "buyer: {country: Norway}\n",
         "1:22 bad-code: `contract.cpv_main`: expected a CPV code of eight "
         "digits, got `8531`\n"
         "1:45 bad-code: `contract.cpv_additional[0]`: expected a CPV code of "
         "eight digits, got `85312300-9` (leave the check digit out: "
         "`85312300`)\n"
         "2:18 bad-code: `buyer.country`: expected a country code of two "
         "capitals such as `NO`, got `Norway`\n"},
        {"Language", "title: {norsk: A}\n",
         "1:9 unknown-key: `title`: `norsk` is no language (use codes such as "
         "`nb`, `nn` and `en`)\n"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(PlanReaderTest, ErrorsOfAHostileFileAreBounded) {
  std::string text = "aims: {strategic: [";
  for (int i = 0; i < 100'000; ++i)
    text += "x, ";
  const ReadText read = ReadPlanText(text + "]}\n");
  EXPECT_FALSE(read.ok);
  EXPECT_EQ(std::count(read.diagnostics.begin(), read.diagnostics.end(), '\n'),
            1000);
}

TEST(PlanReaderTest, TellsPlansFromOtherFiles) {
  const auto looks = [](const char* text) {
    DiagnosticSink sink;
    const auto tree = ReadTree(text, sink);
    return tree != nullptr && LooksLikePlan(*tree);
  };
  EXPECT_TRUE(looks("buyer: {name: A}\nnonsense: 1\nmore: 2\nyet: 3\n"));
  EXPECT_TRUE(looks("id: a\n"));
  EXPECT_TRUE(looks(R"({"vatBasis": "EXCLUDED", "x": 1, "y": 2})"));
  EXPECT_FALSE(looks(R"({"name": "app", "version": "1", "description": "x"})"));
  EXPECT_FALSE(
      looks("id: no\nversion: 1\ntitle: {en: x}\nextends: []\nx: 1\n"));
  EXPECT_FALSE(looks("[1, 2]"));
  EXPECT_FALSE(looks("just words"));
}

}  // namespace
}  // namespace klausul::intake
