#include "service/engine/plan_environment.h"

#include <ostream>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "klausul/v1/plan.pb.h"

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

class PlanEnvironmentTest : public testing::TestWithParam<Case> {};

TEST_P(PlanEnvironmentTest, Evaluates) {
  EXPECT_EQ(Eval(GetParam().expression, GetParam().plan), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Names, PlanEnvironmentTest,
    testing::ValuesIn(std::vector<Case>{
        {"EnumByShortName", "procedure { kind: PROCEDURE_KIND_OPEN }",
         "procedure.kind == OPEN", "true"},
        {"EnumValueAsText", "procedure { kind: PROCEDURE_KIND_OPEN }",
         "procedure.kind", "OPEN"},
        {"QualifiedEnum", "procedure { kind: PROCEDURE_KIND_OTHER }",
         "procedure.kind == ProcedureKind.OTHER", "true"},
        {"PlanItself", "award { basis: AWARD_BASIS_LOWEST_PRICE }",
         "plan.award.basis == award.basis", "true"},
        {"PlanPathsHaveNoPrefix", "", "plan.award.basis == LOWEST_PRICE",
         "unknown(award.basis)"},
        {"ClaimedTrue", "procedure { urgent: true }",
         "claimed(procedure.urgent)", "true"},
        {"ClaimedFalse", "procedure { urgent: false }",
         "claimed(procedure.urgent)", "false"},
        {"ClaimedUnstated", "", "claimed(procedure.urgent)", "false"},
        {"StatedField", "procedure { urgent: false }",
         "stated(procedure.urgent)", "true"},
        {"StatedEmptyList", "stated_empty: \"award.criteria\"",
         "stated(award.criteria) && !has(award.criteria)", "true"},
        {"UnstatedList", "", "stated(award.criteria)", "false"},
        {"StatedTopLevel", "division { divided: false }", "stated(lots)",
         "true"},
        {"UnstatedTopLevel", "", "stated(lots)", "false"},
        {"EmptyListIsUnknown", "", "size(award.criteria)",
         "unknown(award.criteria)"},
        {"StatedEmptyListHasASize", "stated_empty: \"award.criteria\"",
         "size(award.criteria)", "0"},
        {"OpenListExists",
         "award { criteria { weight: 60 } } still_open: \"award.criteria\"",
         "award.criteria.exists(c, c.weight > 50.0)", "true"},
        {"OpenListDoesNotExistYet",
         "award { criteria { weight: 60 } } still_open: \"award.criteria\"",
         "award.criteria.exists(c, c.weight > 70.0)",
         "unknown(award.criteria)"},
        {"OpenListNotAll",
         "award { criteria { weight: 60 } } still_open: \"award.criteria\"",
         "award.criteria.all(c, c.weight > 70.0)", "false"},
        {"InOpenList",
         "reserved { kinds: RESERVED_FOR_NON_PROFIT } still_open: "
         "\"reserved.kinds\"",
         "NON_PROFIT in reserved.kinds", "true"},
        {"MapKey", "clauses { key: \"wages\" value { included: true } }",
         "clauses.wages.included", "true"},
        {"MissingKey", "", "clauses.wages.included",
         "unknown(clauses.wages.included)"},
        {"KeyOfACompleteMap", "complete: \"clauses\"", "clauses.wages.included",
         "false"},
        {"ListOfACompleteMap", "complete: \"clauses\"",
         "size(clauses.wages.sanctions)", "0"},
        {"ReasonOnFile", "climate { reason { reference: \"26/1\" } }",
         "climate.reason.on_file", "true"},
        {"LotsInPlan",
         "award { basis: AWARD_BASIS_LOWEST_PRICE } lots { id: \"1\" }",
         "lots.all(l, l.award.basis == LOWEST_PRICE)", "true"},
        {"LotsStatedAsNone", "division { divided: false }",
         "lots.all(l, l.award.basis == LOWEST_PRICE)", "true"},
        {"MissingOnALot", "lots { id: \"1\" } lots { id: \"2\" }",
         "lots.all(l, l.award.basis == LOWEST_PRICE)",
         "unknown(lots[0].award.basis, lots[1].award.basis)"},
        {"IncompleteConditional", "",
         "procedure.urgent ? contract.nature == WORKS : true",
         "unknown(procedure.urgent)"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Mistakes, PlanEnvironmentTest,
    testing::ValuesIn(std::vector<Case>{
        {"ClaimedOfACall", "", "claimed(1 + 1)",
         "does not compile: `claimed` takes a field"},
        {"StatedOfALiteral", "", "stated(\"x\")",
         "does not compile: `stated` takes a field"},
        {"ParameterWithoutQuotes", "", "parameter(buyer.name)",
         "does not compile: `parameter` takes the id of a parameter"},
        {"LotOfThePlan", "", "lot.id == \"1\"",
         "does not compile: `lot` is there only for each lot"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(PlanEnvironment, EnumsOfTwoKindsDoNotCompare) {
  EXPECT_THAT(Eval("procedure.kind == WORKS", ""),
              testing::StartsWith("does not compile:"));
  EXPECT_THAT(Eval("procedure.kind == 1", ""),
              testing::StartsWith("does not compile:"));
}

TEST(PlanEnvironment, ABareNameInSeveralEnumsIsAmbiguous) {
  const std::string text = Eval("procedure.kind == OTHER", "");
  EXPECT_THAT(text, testing::StartsWith("does not compile:"));
}

TEST(PlanEnvironment, UnregisteredKeysAreMistakes) {
  EXPECT_THAT(Eval("clauses.vages.included", ""),
              testing::StartsWith("does not compile:"));
}

TEST(PlanEnvironment, ShortNamesAreUniqueButForOther) {
  std::vector<std::string> twice;
  absl::flat_hash_set<std::string> seen;
  for (const cel::EnumType& enum_type : PlanEnums()) {
    for (const auto& value : enum_type.values) {
      if (!seen.insert(value.name).second && value.name != "OTHER") {
        twice.push_back(enum_type.name + "." + value.name);
      }
    }
  }
  EXPECT_THAT(twice, testing::IsEmpty());
}

TEST(PlanEnvironment, NamesThatFactsMustNotTake) {
  std::string what;
  EXPECT_TRUE(IsPlanName("contract", &what));
  EXPECT_EQ(what, "a field of the plan");
  EXPECT_TRUE(IsPlanName("OPEN", &what));
  EXPECT_EQ(what, "a value of ProcedureKind");
  EXPECT_TRUE(IsPlanName("Stage", &what));
  EXPECT_TRUE(IsPlanName("lot", &what));
  EXPECT_TRUE(IsPlanName("int", &what));
  EXPECT_FALSE(IsPlanName("part", &what));
}

}  // namespace
}  // namespace klausul::engine
