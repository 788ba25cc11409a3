#include "service/engine/columns/goal_builder.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

using Kind = Part::Kind;

// A root table with columns of ints.
RecordLayout IntLayout(std::size_t columns) {
  RecordLayout layout;
  LayoutTable& table = layout.tables.emplace_back();
  table.fields.resize(columns);
  table.columns.resize(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    table.fields[i].column = static_cast<std::int32_t>(i);
    table.columns[i].field = static_cast<std::int32_t>(i);
  }
  return layout;
}

TEST(GoalBuilderTest, AllOfConstantsAndOfOne) {
  GoalBuilder builder;
  const Part test = builder.Test(0, 0, KeyRanges::Between(3, 5));
  EXPECT_EQ(builder.All(0, {}).kind, Kind::kTrue);
  EXPECT_EQ(builder.All(0, {test, Part::Constant(false)}).kind, Kind::kFalse);
  EXPECT_EQ(builder.All(0, {Part::Open(), Part::Constant(false)}).kind,
            Kind::kFalse);
  EXPECT_EQ(builder.All(0, {Part::Open()}).kind, Kind::kOpen);
  const Part one = builder.All(0, {Part::Constant(true), test});
  EXPECT_EQ(one.kind, Kind::kAtom);
  EXPECT_EQ(one.atom, test.atom);
}

TEST(GoalBuilderTest, TestsOfOneColumnAreTheirIntersection) {
  GoalBuilder builder;
  const Part low = builder.Test(0, 0, KeyRanges::Between(1, 5));
  const Part high = builder.Test(0, 0, KeyRanges::Between(4, 9));
  const Part both = builder.All(0, {low, high});
  EXPECT_EQ(both.kind, Kind::kAtom);
  EXPECT_EQ(both.atom, builder.Test(0, 0, KeyRanges::Between(4, 5)).atom);
  // Those of two columns are not.
  const Part other = builder.Test(0, 1, KeyRanges::Between(4, 9));
  EXPECT_EQ(builder.All(0, {low, other}).kind, Kind::kLink);
}

TEST(GoalBuilderTest, NotOfATestIsTheComplement) {
  GoalBuilder builder;
  const KeyRanges ranges = KeyRanges::Between(3, 5);
  const Part test = builder.Test(0, 0, ranges);
  const Part negated = builder.Not(0, test);
  EXPECT_EQ(negated.kind, Kind::kAtom);
  EXPECT_NE(negated.atom, test.atom);
  EXPECT_EQ(negated.atom, builder.Test(0, 0, ranges.Complement()).atom);
  EXPECT_EQ(builder.Not(0, negated).atom, test.atom);
}

TEST(GoalBuilderTest, FinishCutsColumnsByTheAtomsThatAreNeeded) {
  GoalBuilder builder;
  builder.Test(0, 0, KeyRanges::Between(7, 9));
  const Part needed = builder.Test(0, 0, KeyRanges::Between(3, 5));
  RecordLayout layout = IntLayout(1);
  const std::vector<GoalTable> tables = builder.Finish({needed}, layout);

  const LayoutColumn& column = layout.tables[0].columns[0];
  EXPECT_EQ(column.cuts, (std::vector<std::int64_t>{3, 6}));
  EXPECT_EQ(column.class_count, 3);
  EXPECT_FALSE(column.is_byte);
  ASSERT_EQ(tables.size(), 1u);
  ASSERT_EQ(tables[0].atoms.size(), 1u);
  ASSERT_EQ(tables[0].atoms[0].classes.size(), 1u);
  EXPECT_EQ(tables[0].atoms[0].classes[0].first, 1);
  EXPECT_EQ(tables[0].atoms[0].classes[0].last, 1);
  ASSERT_EQ(tables[0].goals.size(), 1u);
  EXPECT_EQ(tables[0].goals[0].atoms, (std::vector<std::int32_t>{0}));
}

TEST(GoalBuilderTest, FinishNumbersTheGoalsThatAreNeeded) {
  GoalBuilder builder;
  const Part a = builder.Test(0, 0, KeyRanges::Between(3, 5));
  const Part b = builder.Test(0, 1, KeyRanges::Between(3, 5));
  builder.All(0, {a, b});
  // a || b.
  const Part neither = builder.All(0, {builder.Not(0, a), builder.Not(0, b)});
  RecordLayout layout = IntLayout(2);
  const std::vector<GoalTable> tables =
      builder.Finish({builder.Not(0, neither)}, layout);

  const GoalTable& table = tables[0];
  ASSERT_EQ(table.goals.size(), 2u);
  ASSERT_EQ(table.goals[0].links.size(), 1u);
  EXPECT_TRUE(table.goals[0].links[0].negated);
  EXPECT_EQ(table.goals[0].links[0].goal, 1);
  EXPECT_EQ(table.linked, (std::vector<std::int32_t>{0}));
  EXPECT_EQ(table.goals[1].atoms, (std::vector<std::int32_t>{0, 1}));
  ASSERT_EQ(table.atoms.size(), 2u);
  EXPECT_EQ(table.atoms[1].column, 1);
  EXPECT_EQ(table.atoms[1].classes.size(), 2u);
}

}  // namespace
}  // namespace klausul::engine
