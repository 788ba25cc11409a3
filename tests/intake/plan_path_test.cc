#include "service/intake/plan_file/plan_path.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/intake/plan_text.h"

namespace klausul::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPlan[] =
    "contract: {trades: [], estimated_value: NOK 5}\n"
    "award: {criteria: [{id: C1, weight: 40}, {id: C2, weight: 60}]}\n"
    "clauses: {wages: {included: true}}\n"
    "lots: [{id: L1, reserved: {kinds: []}}, {id: L2, reserved: {kinds: []}}]\n"
    "still_open: [award.criteria]\n";

class PlanPathTest : public testing::Test {
 protected:
  PlanPathTest() : plan_(ReadPlanText(kPlan).plan) {}

  // Sets a path to a value of YAML's bracket form; the diagnostics, or empty.
  std::string Set(const std::string& path, const std::string& value) {
    DiagnosticSink sink;
    const auto tree =
        syntax::ReadYaml(syntax::MakeSourceFile("a", "v: " + value), {}, sink);
    EXPECT_NE(tree, nullptr) << sink.RenderAll();
    const bool ok =
        SetByPath(plan_, path, *tree, tree->root().entries[0].key_span,
                  *tree->root().Find("v"), {}, sink);
    EXPECT_EQ(ok, !sink.has_errors());
    return Summarise(sink);
  }

  std::string Unset(const std::string& path) {
    DiagnosticSink sink;
    const bool ok = UnsetByPath(plan_, path, syntax::MakeSourceFile("a", path),
                                {0, 1}, sink);
    EXPECT_EQ(ok, !sink.has_errors());
    return Summarise(sink);
  }

  v1::ProcurementPlan plan_;
};

TEST_F(PlanPathTest, SetsFieldsOfEveryKind) {
  EXPECT_EQ(Set("award.criteria[1].weight", "20"), "");
  EXPECT_EQ(plan_.award().criteria(1).weight(), 20);
  EXPECT_EQ(Set("contract.estimated_value", "NOK 1 300 000"), "");
  EXPECT_EQ(plan_.contract().estimated_value().units(), 1300000);
  EXPECT_EQ(Set("contract.estimated_value.vat", "INCLUDED"), "");
  EXPECT_EQ(plan_.contract().estimated_value().units(), 1300000);
  EXPECT_EQ(Set("clauses.wages.included", "false"), "");
  EXPECT_FALSE(plan_.clauses().at("wages").included());
  EXPECT_EQ(Set("clauses.apprentices", "{included: true}"), "");
  EXPECT_TRUE(plan_.clauses().at("apprentices").included());
  EXPECT_EQ(Set("dates.tender_deadline", "2026-03-30"), "");
  EXPECT_EQ(plan_.dates().tender_deadline().day(), 30);
  EXPECT_EQ(Set("procedure.kind", "OPEN"), "");
  EXPECT_EQ(plan_.procedure().kind(), v1::PROCEDURE_KIND_OPEN);
  EXPECT_EQ(Set("lots[0].contract.estimated_value", "NOK 7"), "");
  EXPECT_EQ(plan_.lots(0).contract().estimated_value().units(), 7);
  EXPECT_EQ(Set("extra[\"no.oslo.x\"]", "true"), "");
  EXPECT_TRUE(plan_.extra().at("no.oslo.x").bool_value());
  EXPECT_EQ(Set("award", "{ranking: WEIGHTED}"), "");
  EXPECT_EQ(plan_.award().criteria_size(), 0);
}

TEST_F(PlanPathTest, ListsGrowAndAreStatedEmpty) {
  EXPECT_EQ(Set("award.criteria[2]", "{id: C3}"), "");
  EXPECT_EQ(plan_.award().criteria_size(), 3);
  EXPECT_EQ(Set("award.criteria[0]", "{id: C0}"), "");
  EXPECT_FALSE(plan_.award().criteria(0).has_weight());
  EXPECT_EQ(Set("contract.trades[0].code", "x"), "");
  EXPECT_THAT(plan_.stated_empty(),
              ElementsAre("lots[0].reserved.kinds", "lots[1].reserved.kinds"));
  EXPECT_EQ(Set("award.criteria", "[]"), "");
  EXPECT_EQ(plan_.award().criteria_size(), 0);
  EXPECT_THAT(plan_.stated_empty(),
              ElementsAre("lots[0].reserved.kinds", "lots[1].reserved.kinds",
                          "award.criteria"));
  EXPECT_THAT(plan_.still_open(), IsEmpty());
  EXPECT_EQ(Set("clauses", "{}"), "");
  EXPECT_THAT(plan_.complete(), ElementsAre("clauses"));
  EXPECT_EQ(plan_.clauses_size(), 0);
}

TEST_F(PlanPathTest, UnsetForgetsWhatIsSaidAboutTheField) {
  EXPECT_EQ(Unset("award.criteria"), "");
  EXPECT_EQ(plan_.award().criteria_size(), 0);
  EXPECT_THAT(plan_.still_open(), IsEmpty());
  EXPECT_EQ(Unset("contract"), "");
  EXPECT_FALSE(plan_.has_contract());
  EXPECT_THAT(plan_.stated_empty(),
              ElementsAre("lots[0].reserved.kinds", "lots[1].reserved.kinds"));
  EXPECT_EQ(Unset("lots[0]"), "");
  EXPECT_EQ(plan_.lots_size(), 1);
  EXPECT_EQ(plan_.lots(0).id(), "L2");
  EXPECT_THAT(plan_.stated_empty(), ElementsAre("lots[0].reserved.kinds"));
  EXPECT_EQ(Unset("clauses.wages"), "");
  EXPECT_EQ(plan_.clauses_size(), 0);
}

TEST_F(PlanPathTest, UnsetOfWhatIsNotSetMakesNothing) {
  EXPECT_EQ(Unset("climate.reason.place"), "");
  EXPECT_EQ(Unset("clauses.pension.included"), "");
  EXPECT_FALSE(plan_.has_climate());
  EXPECT_EQ(plan_.clauses_size(), 1);
}

TEST_F(PlanPathTest, NullIsNotStated) {
  EXPECT_EQ(Set("award.criteria[0].weight", "null"), "");
  EXPECT_FALSE(plan_.award().criteria(0).has_weight());
}

TEST_F(PlanPathTest, WrongPathsChangeNothing) {
  const std::string before = plan_.SerializeAsString();
  EXPECT_EQ(Set("climate.reasn.place", "x"),
            "1:1 bad-path: `climate` has no field `reasn` (did you mean "
            "`reason`?)\n");
  EXPECT_EQ(Set("award.criteria.weight", "1"),
            "1:1 bad-path: `award.criteria` is a list (name the entry, such "
            "as `award.criteria[0]`)\n");
  EXPECT_EQ(Set("award.criteria[3].weight", "1"),
            "1:1 bad-path: there is no `award.criteria[3]`: `award.criteria` "
            "has 2 entries\n");
  EXPECT_EQ(Set("award[0]", "1"), "1:1 bad-path: `award` is no list\n");
  EXPECT_EQ(Set("clauses.wage", "{}"),
            "1:1 bad-path: `clauses` has no key `wage` (did you mean "
            "`wages`?)\n");
  EXPECT_EQ(Set("clauses[0]", "{}"),
            "1:1 bad-path: `clauses` has keys, no indices\n");
  EXPECT_EQ(Set("id.x", "1"), "1:1 bad-path: `id` has no fields\n");
  EXPECT_EQ(Set("climate.reason.place", "NOWHERE"),
            "1:4 unknown-value: `climate.reason.place`: no value `NOWHERE` "
            "(one of IN_NOTICE, IN_DOCUMENTS, IN_REPORT, IN_STRATEGY, "
            "IN_FILE)\n");
  EXPECT_EQ(Unset("award.criteria[2]"),
            "1:1 bad-path: there is no `award.criteria[2]`: `award.criteria` "
            "has 2 entries\n");
  EXPECT_EQ(plan_.SerializeAsString(), before);
}

}  // namespace
}  // namespace klausul::intake
