#include "service/engine/graph/graph.h"

#include "gtest/gtest.h"

#include "tests/engine/graph/graph_fixture.h"

namespace klausul::engine {
namespace {

TEST(GraphTest, EqualExpressionsAreOneNode) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t a = fixture.Add("order.count > 2 && order.title == 'x'");
  const std::size_t b = fixture.Add("order.count>2&&order.title==\"x\"");
  EXPECT_EQ(fixture.expression(a).root, fixture.expression(b).root);
}

TEST(GraphTest, PartsAreShared) {
  GraphFixture fixture(cel::Mode::kRules);
  fixture.Add("order.part.count > 2");
  const std::size_t before = 5;  // order, part, count, 2, >
  fixture.Add("order.part.count > 3 || order.part.title == 'x'");
  // 3, >, title, 'x', ==, ||
  EXPECT_EQ(fixture.graph().size(), before + 6);
  EXPECT_EQ(fixture.graph().tree_size(), 5u + 11u);
}

TEST(GraphTest, WhatOnlyLooksAlikeIsNotShared) {
  GraphFixture fixture(cel::Mode::kConformance);
  const auto root = [&](const char* text) {
    return fixture.expression(fixture.Add(text)).root;
  };
  EXPECT_NE(root("1 + order.count"), root("2 + order.count"));
  EXPECT_NE(root("order.count - 1"), root("order.count + 1"));
  EXPECT_NE(root("order.count == 1"), root("lot.count == 1"));
  EXPECT_NE(root("has(order.part)"), root("order.part"));
  EXPECT_NE(root("order.title == '1'"), root("order.title == '2'"));
  EXPECT_NE(root("order.title < 'a'"), root("b'a' < bytes(order.title)"));
  EXPECT_NE(root("order.items.all(e, e.count > 1)"),
            root("order.items.exists(e, e.count > 1)"));
  EXPECT_NE(root("0.0 + double(order.count)"),
            root("-0.0 + double(order.count)"));
  EXPECT_NE(root("dyn(order.count) == 1"), root("dyn(order.count) == 1u"));
}

TEST(GraphTest, NamesOfVariablesDoNotMatter) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t a = fixture.Add("order.items.all(e, e.count > 1)");
  const std::size_t b = fixture.Add("order.items.all(other, other.count > 1)");
  EXPECT_EQ(fixture.expression(a).root, fixture.expression(b).root);
}

TEST(GraphTest, ConstantsAreWorkedOut) {
  GraphFixture fixture(cel::Mode::kConformance);
  const std::size_t sum = fixture.Add("1 + 2 * 3");
  const std::size_t list = fixture.Add("order.count in [1, 2 + 1]");
  const std::size_t wrong = fixture.Add("1 / 0 == 1");
  const Graph& graph = fixture.graph();
  EXPECT_TRUE(graph.node(fixture.expression(sum).root).is_constant);
  EXPECT_EQ(graph.node(fixture.expression(sum).root).constant.int_value(), 7);
  const GraphNode& in = graph.node(fixture.expression(list).root);
  EXPECT_TRUE(graph.node(graph.args(in)[1]).is_constant);
  EXPECT_FALSE(graph.node(fixture.expression(wrong).root).is_constant)
      << "an error is one only where it is evaluated";
}

TEST(GraphTest, ScopesAndLocalsGoUpwards) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t plan = fixture.Add("order.items.all(e, e.count > 1)");
  const std::size_t lot = fixture.Add("order.count == lot.count");
  const Graph& graph = fixture.graph();
  const GraphNode& fold = graph.node(fixture.expression(plan).root);
  EXPECT_EQ(fold.kind, NodeKind::kFold);
  EXPECT_EQ(fold.scope, 0);
  EXPECT_FALSE(fold.varies());
  EXPECT_TRUE(graph.node(graph.args(fold)[1]).varies());
  EXPECT_EQ(graph.node(fixture.expression(lot).root).scope, 1);
}

TEST(GraphTest, AnOverloadIsChosenWhereTypesDecide) {
  GraphFixture fixture(cel::Mode::kConformance);
  const std::size_t certain = fixture.Add("order.count < 3");
  const std::size_t open = fixture.Add("dyn(order.count) < 3");
  const Graph& graph = fixture.graph();
  ASSERT_NE(graph.node(fixture.expression(certain).root).overload, nullptr);
  EXPECT_EQ(graph.node(fixture.expression(certain).root).overload->id,
            "less_int64");
  EXPECT_EQ(graph.node(fixture.expression(open).root).overload, nullptr);
}

TEST(GraphTest, TheRestIsLeftToTheReferenceInterpreter) {
  GraphFixture fixture(cel::Mode::kConformance);
  const std::size_t let = fixture.Add("cel.bind(x, lot.count, x + x)");
  const std::size_t map = fixture.Add("{'a': order.count}.a == 1");
  const Graph& graph = fixture.graph();
  EXPECT_EQ(graph.node(fixture.expression(let).root).kind, NodeKind::kTree);
  EXPECT_EQ(graph.node(fixture.expression(let).root).scope, 1);
  EXPECT_EQ(graph.node(fixture.expression(map).root).kind, NodeKind::kTree);
  EXPECT_EQ(graph.node(fixture.expression(map).root).scope, 0);
}

}  // namespace
}  // namespace klausul::engine
