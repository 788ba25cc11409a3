// Folds on the graph: graph_folds.cc.

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/engine/graph/graph_fixture.h"

namespace klausul::engine {
namespace {

TEST(GraphFoldsTest, SayWhatTheReferenceSays) {
  const cel::PathSet open = {"order.items", "lot.codes"};
  const cel::Presence presence = {nullptr, &open, nullptr};
  const std::vector<std::string> texts = {
      "order.items.all(e, e.count > 0)",
      "order.items.exists(e, e.count > 0)",
      "order.items.exists(e, e.count > 4 && e.codes.exists(c, c == 'x'))",
      "order.items.exists_one(e, e.count == 5)",
      "order.items.map(e, e.count)",
      "order.items.map(e, e.count > 0, e.title)",
      "order.items.filter(e, e.count > lot.count).size()",
      "order.items.all(e, lot.items.exists(f, f.count == e.count))",
      "order.items.all(e, 10 / e.count > 1)",
      "order.items.exists(e, 10 / (e.count - 5) > 1)",
      "order.items.exists_one(e, 10 / (e.count - 5) > 1)",
      "order.items.all(i, e, i < 2 || e.count < 0)",
      "order.items.transformList(i, e, i + e.count)",
      "order.clauses.all(k, k == 'wages')",
      "order.clauses.exists(k, c, c.included)",
      "['wages', 'pay', 'none'].all(k, order.clauses[k].included)",
      "['wages', 'pay'].map(k, has(order.clauses[k].rate))",
      "lot.codes.exists(c, c == 'a')",
      "lot.codes.all(c, c in order.codes)",
      "[1, 2].map(x, [3, 4].map(y, x * y + order.count))",
      // One slot, two variables.
      "[1, 2].map(x, x + 1) == [2, 3] && [4, 5].map(y, y + 1) == [5, 6]",
      "order.codes.map(c, c + lot.title)",
  };
  ExpectSameAsReference(cel::Mode::kRules, texts);
  ExpectSameAsReference(cel::Mode::kRules, texts, &presence);
}

TEST(GraphFoldsTest, PartsThatDoNotVaryAreEvaluatedOnce) {
  GraphFixture fixture(cel::Mode::kRules);
  const std::size_t fold =
      fixture.Add("order.items.all(e, e.count < lot.count + 100)");
  fixture.SetOrder(Orders()[1]);
  fixture.SetLot("count: 1");
  fixture.Begin();
  EXPECT_EQ(fixture.OnGraph(fold), "true");
  EXPECT_EQ(fixture.reads(), 2) << "the order, and the lot once";
}

}  // namespace
}  // namespace klausul::engine
