#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/program_testing.h"

// What service/engine/program_names.cc reports.

namespace klausul::engine {
namespace {

struct Case {
  std::string name;
  std::string rule_set;
  std::vector<std::string> want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class NamesTest : public testing::TestWithParam<Case> {};

TEST_P(NamesTest, Reports) {
  EXPECT_EQ(Diagnose({RuleSet(GetParam().rule_set)}), GetParam().want);
}

constexpr char kMonths[] = "versions { expression { text: \"1\" } }";

INSTANTIATE_TEST_SUITE_P(
    Facts, NamesTest,
    testing::ValuesIn(std::vector<Case>{
        {"PlanField",
         std::string("facts { name: \"award\" type: \"int\" ") + kMonths + "}",
         {"fact-name: a fact cannot be called `award`: that is a field of the "
          "plan (choose another name)"}},
        {"EnumValue",
         std::string("facts { name: \"OPEN\" type: \"int\" ") + kMonths + "}",
         {"fact-name: a fact cannot be called `OPEN`: that is a value of "
          "ProcedureKind (choose another name)"}},
        {"NoName",
         std::string("facts { name: \"a-b\" type: \"int\" ") + kMonths + "}",
         {"fact-name: `a-b` cannot be the name of a fact (use letters, digits "
          "and underscores)"}},
        {"NoType",
         std::string("facts { name: \"a\" type: \"float\" ") + kMonths + "}",
         {"bad-type: `float` is no type of a fact (write bool, int, double, "
          "string, Money, Date, Span, enum, an enum of the plan, or list(...) "
          "of one of them)"}},
        {"OverlappingVersions",
         "facts { name: \"a\" type: \"int\" versions { expression { text: "
         "\"1\" } } versions { expression { text: \"2\" } } }",
         {"bad-period: two periods overlap"}},
        {"ValueTwice",
         "facts { name: \"a\" type: \"enum\" enum_values: [ \"X\", \"X\" ] "
         "versions { expression { text: \"X\" } } }",
         {"bad-type: the value `X` is there twice"}},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Parameters, NamesTest,
    testing::ValuesIn(std::vector<Case>{
        {"TwoOfOneId",
         "parameters { id: \"p\" type: INT } parameters { id: \"p\" type: INT "
         "}",
         {"duplicate-id: there are two parameters `p`"}},
        {"WrongValue",
         "parameters { id: \"p\" type: INT values { double_value: 1 } }",
         {"parameter-type: a value of `p` is no INT"}},
        {"NoCurrency",
         "parameters { id: \"p\" type: MONEY values { money_value { units: 1 } "
         "} }",
         {"parameter-type: an amount has no currency (write it as `NOK "
          "1300000`)"}},
        {"Backwards",
         "parameters { id: \"p\" type: INT values { period { from { year: 2026 "
         "month: 1 day: 2 } to { year: 2026 month: 1 day: 1 } } int_value: 1 } "
         "}",
         {"bad-period: a period ends before it begins"}},
    }),
    [](const auto& test) { return test.param.name; });

TEST(Names, FactsOfOneEnumCompare) {
  const auto program = Compile(R"pb(
    facts {
      name : "part"
      type : "enum"
      enum_name : "Part"
      enum_values : [ "PART_I", "PART_II" ]
      versions {expression {text : "PART_II"}}
    }
    facts {
      name : "part_declared"
      type : "Part"
      versions {expression {text : "Part.PART_I"}}
    }
    facts {
      name : "natures"
      type : "list(ContractNature)"
      versions {expression {text : "[WORKS, SERVICES]"}}
    }
    rules {
      id : "r"
      requirement {text : "part == part_declared"}
    })pb");
  ASSERT_NE(program, nullptr);
  const EvaluationResult result =
      Evaluate(*program, v1::ProcurementPlan(), On(2026, 1, 1));
  EXPECT_EQ(result.rules[0].outcome, v1::Finding::VIOLATED);
  EXPECT_EQ(Eval("natures", v1::ProcurementPlan(), *program),
            "[WORKS, SERVICES]");
  EXPECT_THAT(Eval("part == WORKS", v1::ProcurementPlan(), *program),
              testing::StartsWith("does not compile"));
}

}  // namespace
}  // namespace klausul::engine
