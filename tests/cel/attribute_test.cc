#include "service/cel/attribute.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/cel/eval_fixture.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;

class AttributeTest : public ValueFixtureTest {};

TEST_F(AttributeTest, UnionsOfUnknownsAreSortedSets) {
  const AttributePath root("order");
  const AttributePath b(&root, AttributePath::Step::kField, "b");
  const AttributePath item(&b, 2);
  const AttributePath key(&root, AttributePath::Step::kKey, "two words");
  Value all = Value::Unknown(&item, arena_);
  // Shared and deep, as a loop makes them.
  for (int i = 0; i < 10'000; ++i) {
    all = UnionOfUnknowns(all, Value::Unknown(&b, arena_), arena_);
    all = UnionOfUnknowns(all, all, arena_);
  }
  all = UnionOfUnknowns(all, Value::Unknown(&key, arena_), arena_);
  all = UnionOfUnknowns(all, Value::UnknownBecause("two currencies", arena_),
                        arena_);
  EXPECT_THAT(all.unknown().Paths(),
              ElementsAre("order.b", "order.b[2]", "order[\"two words\"]"));
  EXPECT_THAT(all.unknown().Reasons(), ElementsAre("two currencies"));
}

TEST_F(AttributeTest, PathsFromTheWholeInputBeginWithTheField) {
  const AttributePath root("");
  const AttributePath lots(&root, AttributePath::Step::kField, "lots");
  EXPECT_EQ(AttributePath(&lots, 0).ToString(), "lots[0]");
}

}  // namespace
}  // namespace klausul::cel
