#include "service/engine/graph/graph_evaluator.h"

#include <atomic>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/engine/graph/graph_fixture.h"

namespace klausul::engine {
namespace {

using testing::HasSubstr;

TEST(GraphEvaluatorTest, SaysWhatTheReferenceSaysInRulesMode) {
  const cel::PathSet empty = {"order.codes", "lot.part.codes"};
  const cel::PathSet open = {"order.items", "lot.codes"};
  const cel::PathSet complete = {"order.clauses"};
  const cel::Presence presence = {&empty, &open, &complete};
  const std::vector<std::string> texts = {
      "order.count > 1",
      "order.count > 1 && lot.count > 1",
      "order.count > 1 || lot.count > 1 || order.title == 'T'",
      "!(order.count > 1)",
      "has(order.part) && order.part.count == 1",
      "stated(order.codes)",
      "order.clauses.wages.included",
      "order.clauses.pay.included || order.clauses.none.included",
      "order.clauses['wages'].rate + 1 > lot.count",
      "order.count / lot.count > 0",
      "order.count / lot.count > 0 || order.title == 'T'",
      "order.items[0].count",
      "order.items[7].count",
      "lot.items[1].count == order.items[1].count",
      "order.title.startsWith(lot.title)",
      "order.title.matches('^T$') ? order.count : lot.count",
      "'a' in order.codes",
      "'x' in lot.codes",
      "size(order.codes) + size(lot.codes)",
      "[order.count, lot.count, 3]",
      "order.part == lot.part",
      "order.kind == lot.kind",
      "order.count == 9223372036854775807 || order.count + "
      "9223372036854775807 > 0",
      "cel.bind(x, lot.count, x > 1 || x < 1)",
      "type(order.count) == int",
  };
  ExpectSameAsReference(cel::Mode::kRules, texts);
  ExpectSameAsReference(cel::Mode::kRules, texts, &presence);
}

TEST(GraphEvaluatorTest, SaysWhatTheReferenceSaysInConformanceMode) {
  ExpectSameAsReference(
      cel::Mode::kConformance,
      {
          "dyn(order.count) < 3.5 && dyn(order.title) < 'U'",
          "dyn(order.count) < 'a'",
          "dyn(order.title) && order.count > 1",
          "true || dyn(order.title)",
          "dyn(order.title) ? 1 : 2",
          "dyn(1).all(e, true)",
          "order.clauses['none'].included",
          "dyn(order.clauses)[dyn(order.count)]",
          "dyn(order).none",
          "has(order.part.part.part)",
          "order.part == null",
          "order.title.matches(lot.title)",
          "'T'.matches('(')",
          "timestamp('2026-01-01T00:00:00Z') + duration(string(order.count) + "
          "'s')",
          "order.items == lot.items",
          "-order.count",
          "[[order.count], [lot.count]][1][0]",
      });
}

TEST(GraphEvaluatorTest, ReadsAndEvaluatesOnce) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t a = fixture.Add("order.count > 1");
  const std::size_t b = fixture.Add("order.count > 1 && order.title == 'T'");
  fixture.SetOrder(Orders()[1]);
  fixture.Begin();
  EXPECT_EQ(fixture.OnGraph(a), "true");
  EXPECT_EQ(fixture.OnGraph(b), "true");
  EXPECT_EQ(fixture.OnGraph(b), "true");
  EXPECT_EQ(fixture.reads(), 1);
}

TEST(GraphEvaluatorTest, WhatIsNotAskedIsNotEvaluated) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t all = fixture.Add("order.count > 9 && lot.count > 1");
  const std::size_t lot = fixture.Add("lot.count > 1");
  fixture.SetOrder(Orders()[1]);
  fixture.Begin();
  EXPECT_EQ(fixture.OnGraph(all), "false");
  EXPECT_EQ(fixture.reads(), 1) << "the lot is not read";
  EXPECT_FALSE(fixture.evaluator().IsKnown(fixture.expression(lot).root));
  EXPECT_TRUE(fixture.evaluator().IsKnown(fixture.expression(all).root));
}

TEST(GraphEvaluatorTest, AScopeForgetsWhatLivesShorter) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t both = fixture.Add("order.count + lot.count");
  fixture.SetOrder("count: 2");
  fixture.SetLot("count: 10");
  fixture.Begin();
  EXPECT_EQ(fixture.OnGraph(both), "12");
  fixture.SetLot("count: 20");
  EXPECT_EQ(fixture.OnGraph(both), "12") << "kept until the scope begins anew";
  fixture.BeginLot();
  EXPECT_EQ(fixture.OnGraph(both), "22");
  EXPECT_EQ(fixture.reads(), 3) << "the order is still known";
}

TEST(GraphEvaluatorTest, StepsAreBounded) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t sum = fixture.Add(
      "[1, 2, 3, 4, 5, 6].all(a, [1, 2, 3, 4, 5, 6].all(b, [1, 2, 3, 4, 5, "
      "6].all(c, a + b + c > order.count)))");
  fixture.SetOrder("count: 0");
  fixture.options().step_limit = 300;
  fixture.Begin();
  EXPECT_THAT(fixture.OnGraph(sum), HasSubstr("error(limit"));
  fixture.options().step_limit = 10'000;
  fixture.Begin();
  EXPECT_EQ(fixture.OnGraph(sum), "true");
}

TEST(GraphEvaluatorTest, CanBeCancelled) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t sum = fixture.Add(
      "[1, 2, 3, 4, 5, 6].all(a, [1, 2, 3, 4, 5, 6].all(b, [1, 2, 3, 4, 5, "
      "6].all(c, a + b + c > order.count)))");
  fixture.SetOrder("count: 0");
  const std::atomic<bool> cancelled = true;
  fixture.options().cancelled = &cancelled;
  fixture.Begin();
  EXPECT_THAT(fixture.OnGraph(sum), HasSubstr("error(cancelled"));
}

}  // namespace
}  // namespace klausul::engine
