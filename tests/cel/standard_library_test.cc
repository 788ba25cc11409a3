#include "service/cel/standard_library.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

// The parts are tested beside it, and by the conformance suite; here, that they
// are all there.
TEST(StandardLibrary, DeclaresEveryPart) {
  EvalFixture fixture(Mode::kConformance);
  for (const char* name :
       {"_+_", "_==_", "_<_", "!_", "@in", "_[_]", "size", "contains",
        "matches", "int", "string", "timestamp", "type", "dyn", "getHours"}) {
    EXPECT_NE(fixture.environment()->FindFunction(name), nullptr) << name;
  }
}

TEST(StandardLibrary, OperatorsTakeMixedNumbersOnlyWhenTheyShowLate) {
  EvalFixture fixture(Mode::kConformance);
  EvalContext context(fixture.arena(), *fixture.environment(),
                      fixture.options());
  const std::vector<Value> mixed = {Value::Int(1), Value::Double(1.5)};
  EXPECT_TRUE(DynamicOperator("_<_", mixed, context)->IsTrue());
  EXPECT_FALSE(DynamicOperator("_+_", mixed, context).has_value());
  const std::vector<Value> texts = {Value::Int(1), Value::String("a")};
  EXPECT_FALSE(DynamicOperator("_<_", texts, context).has_value());
}

}  // namespace
}  // namespace klausul::cel
