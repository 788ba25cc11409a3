#include "service/cel/evaluator.h"

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

using testing::StartsWith;

TEST(Evaluator, ErrorsKnowTheirPlace) {
  EvalFixture fixture(Mode::kConformance);
  const Value value = fixture.Evaluate("[1].map(x, 10 / (x - 1))");
  ASSERT_TRUE(value.is_error());
  EXPECT_EQ(value.error().span, (Span{11, 23}));
}

TEST(Evaluator, ObserverSeesEveryNodeAfterItsChildren) {
  class Recorder : public Observer {
   public:
    void OnNode(const Expr& expr, const Value&) override {
      ids.push_back(expr.id);
      ++times[expr.name];
    }

    std::vector<ExprId> ids;
    std::map<absl::string_view, int> times;
  };

  Recorder recorder;
  EvalFixture fixture(Mode::kConformance);
  fixture.options().observer = &recorder;
  EXPECT_EQ(fixture.Text("[1, 2, 3].all(x, x > 0)"), "true");
  EXPECT_EQ(recorder.times["_>_"], 3);
  EXPECT_EQ(recorder.ids.size(), 3u /* elements */ + 1 /* list */ +
                                     3 * 3 /* predicate */ + 1 /* fold */);
}

TEST(Evaluator, CanBeCancelled) {
  const std::atomic<bool> cancelled = true;
  EvalFixture fixture(Mode::kConformance);
  fixture.options().cancelled = &cancelled;
  fixture.Bind(
      "l", Type::List(Type::Int()),
      Value::List(std::vector<Value>(1000, Value::Int(1)), fixture.arena()));
  EXPECT_THAT(fixture.Text("l.all(a, l.all(b, a == b)) || true"),
              StartsWith("error(cancelled"));
}

TEST(Evaluator, DeepTreesAreWalked) {
  std::string sum = "1";
  for (int i = 1; i < 900; ++i)
    sum += " + 1";
  EvalFixture fixture(Mode::kConformance);
  EXPECT_EQ(fixture.Text(sum), "900");
}

TEST(Evaluator, VariablesWithoutAValueAreErrors) {
  EvalFixture fixture(Mode::kConformance);
  fixture.builder().AddVariable("x", Type::Int());
  EXPECT_EQ(fixture.Text("x"),
            "error(unknown-identifier: the variable has no value)");
}

}  // namespace
}  // namespace klausul::cel
