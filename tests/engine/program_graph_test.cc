#include "service/engine/program_graph.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/engine/program_compiler.h"
#include "tests/engine/program_testing.h"

namespace klausul::engine {
namespace {

std::unique_ptr<const ProgramParts> CompileParts(absl::string_view set) {
  const ProgramSink sink = [](const ProgramDiagnostic& d) {
    ADD_FAILURE() << Show(d);
  };
  return ProgramCompiler({RuleSet(set)}, sink).Compile();
}

TEST(ProgramGraph, APlansFieldAndALotsAreTwoInputs) {
  const auto parts = CompileParts(R"pb(
    rules {
      id : "a"
      requirement {text : "size(award.criteria) > 1"}
    }
    rules {
      id : "b"
      requirement {text : "size(award.criteria) > 1"}
    }
    rules {
      id : "c"
      for_each_lot : true
      requirement {text : "size(award.criteria) > 1"}
    }
    rules {
      id : "d"
      for_each_lot : true
      requirement {text : "procedure.kind == OPEN"}
    })pb");
  ASSERT_NE(parts, nullptr);
  const auto root = [&](std::size_t rule) {
    return parts->rules[rule].requirement.graph->root;
  };
  EXPECT_EQ(root(0), root(1));
  EXPECT_NE(root(0), root(2));
  EXPECT_EQ(parts->graph->node(root(0)).scope, kPlanScope);
  EXPECT_EQ(parts->graph->node(root(2)).scope, kLotScope);
  EXPECT_EQ(parts->graph->node(root(3)).scope, kPlanScope)
      << "no field of a lot";
}

TEST(ProgramGraph, FactsHaveTheScopeThatTheyAreDeclaredFor) {
  const auto parts = CompileParts(R"pb(
    facts {
      name : "is_open"
      type : "bool"
      versions {expression {text : "procedure.kind == OPEN"}}
    }
    facts {
      name : "has_criteria"
      type : "bool"
      for_each_lot : true
      versions {expression {text : "size(award.criteria) > 0"}}
    }
    rules {
      id : "a"
      requirement {text : "is_open"}
    }
    rules {
      id : "b"
      for_each_lot : true
      requirement {text : "is_open && has_criteria"}
    })pb");
  ASSERT_NE(parts, nullptr);
  EXPECT_EQ(parts->graph->node(parts->rules[0].requirement.graph->root).scope,
            kPlanScope);
  EXPECT_EQ(parts->graph->node(parts->rules[1].requirement.graph->root).scope,
            kLotScope);
}

}  // namespace
}  // namespace klausul::engine
