#include "service/intake/plan_file/path_check.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::intake {
namespace {

struct PathCase {
  std::string name;
  std::string path;
  PathKind kind;
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const PathCase& c) {
  return out << c.name;
}

class PathFaultTest : public testing::TestWithParam<PathCase> {};

// On a plan of one lot with one award criterion.
TEST_P(PathFaultTest, SaysWhyAPathIsNone) {
  v1::ProcurementPlan plan;
  plan.add_lots()->mutable_award()->add_criteria();
  EXPECT_EQ(PathFault(plan, GetParam().path, GetParam().kind), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    PathCheck, PathFaultTest,
    testing::ValuesIn(std::vector<PathCase>{
        {"List", "contract.trades", PathKind::kEmptyList, ""},
        {"ListOfALot", "lots[0].reserved.kinds", PathKind::kEmptyList, ""},
        {"ListOfAKey", "clauses.wages.sanctions", PathKind::kList, ""},
        {"ListOfALotsKey", "lots[0].clauses.wages.sanctions", PathKind::kList,
         ""},
        {"ListWithEntries", "lots[0].award.criteria", PathKind::kList, ""},
        {"Map", "clauses", PathKind::kMap, ""},
        {"MapOfALot", "lots[0].clauses", PathKind::kMap, ""},
        {"NotEmpty", "lots[0].award.criteria", PathKind::kEmptyList,
         "`lots[0].award.criteria` has entries"},
        {"NoSuchEntry", "lots[1].reserved.kinds", PathKind::kEmptyList,
         "there is no `lots[1]`"},
        {"NoIndex", "lots.reserved", PathKind::kList,
         "`lots.reserved` is no path of a plan: `lots` is a list"},
        {"IndexOfAMap", "clauses[0]", PathKind::kList,
         "`clauses` has keys, no indices"},
        {"FieldOfAText", "id.x", PathKind::kList, "`id` has no fields"},
        {"IndexOfAGroup", "award[0].x", PathKind::kList, "`award` is no list"},
        {"NoList", "clauses.wages.included", PathKind::kList,
         "`clauses.wages.included` is no list"},
        {"Entry", "lots[0]", PathKind::kList, "`lots[0]` is no list"},
        {"Group", "division", PathKind::kEmptyList, "`division` is no list"},
        {"KeyIsNoMap", "clauses.wages", PathKind::kMap,
         "`clauses.wages` is no keyed map"},
        {"Misspelt", "award.criteri", PathKind::kList,
         "`award` has no field `criteri`; did you mean `criteria`?"},
        {"NoPath", "award criteria", PathKind::kList,
         "`award criteria` is no path of a plan: expected `.` before ` "
         "criteria`"},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul::intake
