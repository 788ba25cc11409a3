#include "service/intake/plan_file/plan_writer.h"

#include <fstream>
#include <iterator>
#include <string>

#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

#include "tests/intake/plan_text.h"

namespace klausul::intake {
namespace {

using google::protobuf::util::MessageDifferencer;

// Writes the plan both ways and reads it back.
void ExpectReadsBack(const v1::ProcurementPlan& plan) {
  for (const std::string& text : {WriteYaml(plan), WriteJson(plan)}) {
    const ReadText read = ReadPlanText(text);
    EXPECT_TRUE(read.ok) << text << read.diagnostics;
    EXPECT_TRUE(MessageDifferencer::Equals(plan, read.plan))
        << text << plan.DebugString() << read.plan.DebugString();
  }
}

TEST(PlanWriterTest, WritesShortForms) {
  const ReadText read = ReadPlanText(
      "lots: [{id: LOT-1, reserved: {kinds: []}}]\n"
      "id: \"26\"\n"
      "title: {nb: \"Ja: \\\"nei\\\" # x\"}\n"
      "description: {en: A, nn: B}\n"
      "buyer: {country: NO, name: Fjordvik kommune}\n"
      "contract: {estimated_value: NOK 1 300 000.50, trades: [], is_ict: false,"
      " budget: {amount: 5, currency: NOK, vat: INCLUDED},"
      " category_codes: [a, \"b, c\"]}\n"
      "term: {duration: 2 years}\n"
      "dates: {notice_sent: 2026-07-01, tender_deadline_time: 12:00Z}\n"
      "award: {criteria: [{weight: 30}, {weight: 0.5, aspects: [SOLUTION]}]}\n"
      "clauses: {wages: {included: true}}\n"
      "risks: {}\n"
      "need: {notes: {market: no, multi_year_budget: true}}\n"
      "still_open: [award.criteria]\n"
      "stated_empty: [social.x]\n");
  // The two mistakes are left out by the reader.
  EXPECT_EQ(WriteYaml(read.plan),
            "id: \"26\"\n"
            "title: \"Ja: \\\"nei\\\" # x\"\n"
            "description:\n"
            "  en: A\n"
            "  nn: B\n"
            "buyer:\n"
            "  name: Fjordvik kommune\n"
            "  country: \"NO\"\n"
            "contract:\n"
            "  estimated_value: NOK 1300000.5\n"
            "  budget:\n"
            "    amount: 5\n"
            "    currency: NOK\n"
            "    vat: INCLUDED\n"
            "  category_codes: [a, \"b, c\"]\n"
            "  is_ict: false\n"
            "  trades: []\n"
            "dates:\n"
            "  notice_sent: 2026-07-01\n"
            "  tender_deadline_time: 12:00+00:00\n"
            "lots:\n"
            "  - id: LOT-1\n"
            "    reserved:\n"
            "      kinds: []\n"
            "award:\n"
            "  criteria:\n"
            "    - weight: 30\n"
            "    - aspects: [SOLUTION]\n"
            "      weight: 0.5\n"
            "clauses:\n"
            "  wages:\n"
            "    included: true\n"
            "term:\n"
            "  duration: 24 months\n"
            "need:\n"
            "  notes:\n"
            "    multi_year_budget:\n"
            "      on_file: true\n"
            "risks: {}\n"
            "stated_empty: [social.x]\n"
            "still_open: [award.criteria]\n");
}

TEST(PlanWriterTest, JsonIsStable) {
  v1::ProcurementPlan plan;
  plan.set_id("a\"\n\x01");
  plan.mutable_contract()->add_cpv_additional("85312300");
  plan.add_complete("clauses");
  EXPECT_EQ(WriteJson(plan),
            "{\n"
            "  \"id\": \"a\\\"\\n\\u0001\",\n"
            "  \"contract\": {\n"
            "    \"cpv_additional\": [\n"
            "      \"85312300\"\n"
            "    ]\n"
            "  },\n"
            "  \"clauses\": {}\n"
            "}\n");
}

TEST(PlanWriterTest, AWholePlanReadsBack) {
  std::ifstream in(KLAUSUL_SOURCE_DIR "/tests/intake/testdata/plan_youth.yaml");
  const ReadText read = ReadPlanText({std::istreambuf_iterator<char>(in), {}});
  ASSERT_TRUE(read.ok) << read.diagnostics;
  ExpectReadsBack(read.plan);
}

TEST(PlanWriterTest, OddValuesReadBack) {
  const ReadText read = ReadPlanText(
      "id: \"null\"\n"
      "title: {nb: \"- x\\n y: \\t\\u0085\"}\n"
      "description: {en: only English}\n"
      "procedure_id: \"12:30\"\n"
      "term: {duration: {indefinite: false}, renewal_duration: {}}\n"
      "award: {}\n"
      "lots: [{}, {id: \"[1]\"}]\n"
      "modifications: [{value_change: NOK -0.05, duration_change_percent: "
      "-20}]\n"
      "extra:\n"
      "  a.b: {string_value: \"NOK 5\"}\n"
      "  a.c: {string_value: \"\"}\n"
      "  a.d: 2.0\n"
      "  a.e: {date_value: 2026-07-01}\n"
      "  a.f: [true, {money_value: NOK 5}, {span_value: 2 days}]\n"
      "  a.g: []\n"
      "  a.h: {reasoned_value: {on_file: true}}\n"
      "  a.i: \"12\"\n");
  ASSERT_TRUE(read.ok) << read.diagnostics;
  v1::ProcurementPlan plan = read.plan;
  // A list of a group that is not stated has no place for its `[]`.
  plan.clear_stated_empty();
  plan.add_stated_empty("contract.trades");
  plan.add_complete("decision.letter");
  ExpectReadsBack(plan);
}

}  // namespace
}  // namespace klausul::intake
