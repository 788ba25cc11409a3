// What holds on a date; that gates change no answer is shown by every test that
// uses Evaluate() of program_testing.h.

#include "service/engine/dated_program.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/engine/program_compiler.h"
#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kSet[] = R"pb(
  parameters {
    id : "no.weight"
    type : INT
    values {
      period {
        from {year : 2024 month : 1 day : 1}
        to {year : 2026 month : 6 day : 30}
      }
      int_value : 30
    }
  }
  facts {
    name : "late"
    type : "bool"
    versions {
      period {from {year : 2026 month : 7 day : 1}}
      expression {text : "has(dates.tender_deadline)"}
    }
  }
  rules {
    id : "a"
    in_force {to {year : 2026 month : 6 day : 30}}
    applies {text : "procedure.kind == OPEN && has(buyer.country)"}
    requirement {text : "has(award.basis)"}
  }
  rules {
    id : "b"
    applies {text : "has(buyer.country) && procedure.kind == RESTRICTED"}
    requirement {text : "has(award.basis)"}
  }
  rules {
    id : "c"
    for_each_lot : true
    applies {text : "has(buyer.country)"}
    requirement {text : "has(award.basis)"}
  }
)pb";

class DatedProgramTest : public testing::Test {
 protected:
  DatedProgramTest() {
    parts_ = ProgramCompiler({RuleSet(kSet)}, [](const ProgramDiagnostic& d) {
               ADD_FAILURE() << Show(d);
             }).Compile();
  }

  static std::vector<std::string> Ids(const RuleGroup& group) {
    std::vector<std::string> ids;
    for (const RuleGroup::Entry& entry : group.rules)
      ids.push_back(entry.rule->proto->id());
    return ids;
  }

  std::unique_ptr<const ProgramParts> parts_;
};

TEST_F(DatedProgramTest, HoldsTheRulesInForce) {
  const DatedProgram before(*parts_, absl::CivilDay(2026, 6, 30), {});
  EXPECT_THAT(Ids(before.plan_rules()), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(before.lot_rules()), ElementsAre("c"));
  const DatedProgram after(*parts_, absl::CivilDay(2026, 7, 1), {});
  EXPECT_THAT(Ids(after.plan_rules()), ElementsAre("b"));
}

TEST_F(DatedProgramTest, HoldsOnlyTheRulesAskedFor) {
  const std::string ids[] = {"c"};
  const DatedProgram dated(*parts_, absl::CivilDay(2026, 6, 30), ids);
  EXPECT_THAT(Ids(dated.plan_rules()), IsEmpty());
  EXPECT_THAT(Ids(dated.lot_rules()), ElementsAre("c"));
  EXPECT_THAT(dated.uncovered_rule_sets(), IsEmpty());
}

TEST_F(DatedProgramTest, WhatSeveralRulesAskForIsAGate) {
  const DatedProgram dated(*parts_, absl::CivilDay(2026, 6, 30), {});
  ASSERT_EQ(dated.plan_rules().gates.size(), 1u);
  EXPECT_THAT(dated.plan_rules().gates[0].rules, ElementsAre(3u));
  EXPECT_THAT(dated.lot_rules().gates, IsEmpty());
}

TEST_F(DatedProgramTest, ReadsParametersAndFactsOfTheDay) {
  const DatedProgram before(*parts_, absl::CivilDay(2026, 6, 30), {});
  ASSERT_NE(before.parameter(0), nullptr);
  EXPECT_EQ(before.parameter(0)->int_value(), 30);
  EXPECT_EQ(before.fact(0), nullptr);
  const DatedProgram after(*parts_, absl::CivilDay(2026, 7, 1), {});
  EXPECT_EQ(after.parameter(0), nullptr);
  EXPECT_NE(after.fact(0), nullptr);
}

TEST_F(DatedProgramTest, DaysBetweenTwoChangesShareOne) {
  DatedPrograms dates(*parts_);
  const auto before = dates.On(absl::CivilDay(2024, 1, 1));
  EXPECT_EQ(dates.On(absl::CivilDay(2026, 6, 30)), before);
  const auto after = dates.On(absl::CivilDay(2026, 7, 1));
  EXPECT_NE(after, before);
  EXPECT_EQ(dates.On(absl::CivilDay(2199, 1, 1)), after);
  const auto long_before = dates.On(absl::CivilDay(2023, 12, 31));
  EXPECT_NE(long_before, before);
  EXPECT_EQ(dates.On(absl::CivilDay(1950, 1, 1)), long_before);
}

// One period more than are kept, with the first in use.
TEST(DatedProgramsTest, ThoseUsedLastAreKept) {
  std::string set = "parameters { id: 'p' type: INT ";
  const absl::CivilDay start(2020, 1, 1);
  for (std::size_t i = 0; i <= DatedPrograms::kMaxKept; ++i) {
    const absl::CivilDay day = start + static_cast<int>(i);
    absl::StrAppend(&set, "values { int_value: ", i,
                    " period { from { year: ", day.year(),
                    " month: ", day.month(), " day: ", day.day(),
                    " } to { year: ", day.year(), " month: ", day.month(),
                    " day: ", day.day(), " } } } ");
  }
  set += "} rules { id: 'a' requirement { text: 'true' } }";
  const auto parts =
      ProgramCompiler({RuleSet(set)}, [](const ProgramDiagnostic& d) {
        ADD_FAILURE() << Show(d);
      }).Compile();
  ASSERT_NE(parts, nullptr);
  DatedPrograms dates(*parts);
  const auto first = dates.On(start);
  for (std::size_t i = 0; i <= DatedPrograms::kMaxKept; ++i) {
    const auto dated = dates.On(start + static_cast<int>(i));
    EXPECT_EQ(dated->parameter(0)->int_value(), static_cast<int>(i));
    EXPECT_EQ(dates.On(start), first);
  }
}

}  // namespace
}  // namespace klausul::engine
