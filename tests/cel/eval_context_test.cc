#include "service/cel/eval_context.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

using testing::StartsWith;

TEST(EvalContext, StopsAtTheStepLimitAndNotBefore) {
  // A list of two, each turn one step and three nodes, and the fold.
  const std::string expression = "[1, 2].all(x, x > 0)";
  for (const auto& [limit, want] : std::vector<std::pair<int, std::string>>{
           {12, "true"},
           {11, "error(limit: the evaluation needs more than 11 steps)"}}) {
    EvalFixture fixture(Mode::kConformance);
    fixture.options().step_limit = limit;
    EXPECT_EQ(fixture.Text(expression), want);
  }
}

TEST(EvalContext, NothingAbsorbsTheStepLimit) {
  EvalFixture fixture(Mode::kConformance);
  fixture.options().step_limit = 1000;
  fixture.Bind(
      "l", Type::List(Type::Int()),
      Value::List(std::vector<Value>(100, Value::Int(1)), fixture.arena()));
  EXPECT_THAT(fixture.Text("l.all(a, l.all(b, a == b)) || true"),
              StartsWith("error(limit"));
}

TEST(EvalContext, WorkInsideFunctionsCountsAsSteps) {
  for (const char* expression :
       {"l.all(a, l == l)", "l.exists(a, 2 in l)", "l.all(a, size(l + l) > 0)",
        "l.all(a, s + s != '')", "l.all(a, s.contains('b') || true)"}) {
    EvalFixture fixture(Mode::kConformance);
    fixture.options().step_limit = 50'000;
    fixture.Bind(
        "l", Type::List(Type::Int()),
        Value::List(std::vector<Value>(1000, Value::Int(1)), fixture.arena()));
    fixture.Bind("s", Type::String(),
                 Value::String(std::string(100'000, 'a'), fixture.arena()));
    EXPECT_THAT(fixture.Text(expression), StartsWith("error(limit"))
        << expression;
  }
}

TEST(EvalContext, CountsSteps) {
  EvalFixture fixture(Mode::kConformance);
  EvalOptions options;
  options.step_limit = 10;
  EvalContext context(fixture.arena(), *fixture.environment(), options);
  EXPECT_TRUE(context.Charge(4));
  EXPECT_EQ(context.steps(), 4);
  EXPECT_TRUE(context.Charge(6));
  EXPECT_FALSE(context.exhausted());
  EXPECT_FALSE(context.Charge(1));
  EXPECT_TRUE(context.exhausted());
  // From then on.
  EXPECT_FALSE(context.Charge(0));
  context.ResetSteps();
  EXPECT_TRUE(context.Charge(10));
}

TEST(EvalContext, MakesOnlyTypesThatItHasAFactoryFor) {
  EvalFixture fixture(Mode::kConformance);
  EvalContext context(fixture.arena(), *fixture.environment(), {});
  EXPECT_EQ(context.Prototype(nullptr), nullptr);
  EXPECT_EQ(context.Prototype(fixture.order_type().message()), nullptr);
  EXPECT_NE(context.Prototype(fixture.environment()->FindMessage(
                "google.protobuf.Int64Value")),
            nullptr);
}

}  // namespace
}  // namespace klausul::cel
