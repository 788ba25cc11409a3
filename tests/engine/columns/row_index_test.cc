#include "service/engine/columns/row_index.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

#include "service/engine/columns/column_program.h"

namespace klausul::engine {
namespace {

LayoutTable TableOf(const std::vector<std::int32_t>& class_counts) {
  LayoutTable table;
  for (const std::int32_t count : class_counts) {
    table.columns.emplace_back();
    table.columns.back().class_count = count;
  }
  return table;
}

Goal GoalOf(const std::vector<std::int32_t>& atoms) {
  Goal goal;
  goal.atoms = atoms;
  return goal;
}

bool HasBit(const std::uint64_t* bits, std::size_t at) {
  return (bits[at / 64] >> (at % 64) & 1) != 0;
}

TEST(RowIndexTest, ClassesOutsideAnAtomFailItsGoalsOnly) {
  // Column 0 is nobody's, to tell columns from their places.
  const LayoutTable layout = TableOf({2, 5, 3});
  GoalTable goals;
  goals.atoms = {{1, {{1, 1}, {3, 3}}}, {2, {{0, 1}}}};
  goals.goals = {GoalOf({0}), GoalOf({1}), GoalOf({}), GoalOf({0, 1})};
  const RowIndex index(layout, goals);

  ASSERT_EQ(index.words(), 1u);
  ASSERT_EQ(index.columns().size(), 2u);
  const RowIndex::Column& first = index.columns()[0];
  EXPECT_EQ(first.column, 1);
  EXPECT_EQ(*first.users, 0b1001u);
  const bool passes[] = {false, true, false, true, false};
  for (std::size_t c = 0; c < 5; ++c) {
    EXPECT_EQ(HasBit(first.rows + c, 0), passes[c]) << c;
    EXPECT_TRUE(HasBit(first.rows + c, 1)) << c;
    EXPECT_TRUE(HasBit(first.rows + c, 2)) << c;
    EXPECT_EQ(HasBit(first.rows + c, 3), passes[c]) << c;
  }
  const RowIndex::Column& second = index.columns()[1];
  EXPECT_EQ(second.column, 2);
  EXPECT_EQ(*second.users, 0b1010u);
  EXPECT_EQ(second.rows[1] & 0b1111u, 0b1111u);
  EXPECT_EQ(second.rows[2] & 0b1111u, 0b0101u);
}

TEST(RowIndexTest, AnAtomOfNothingFailsInEveryClass) {
  GoalTable goals;
  goals.atoms = {{0, {}}};
  goals.goals = {GoalOf({0}), GoalOf({})};
  const RowIndex index(TableOf({2}), goals);
  ASSERT_EQ(index.columns().size(), 1u);
  for (std::size_t c = 0; c < 2; ++c)
    EXPECT_EQ(index.columns()[0].rows[c] & 0b11u, 0b10u) << c;
}

TEST(RowIndexTest, InitialIsWithoutGoalsThatAreNeverMet) {
  GoalTable goals;
  goals.goals = {GoalOf({}), GoalOf({}), GoalOf({})};
  goals.goals[1].never = true;
  goals.goals[2].open = true;
  const RowIndex index(TableOf({}), goals);
  EXPECT_TRUE(index.columns().empty());
  EXPECT_EQ(*index.initial(), 0b101u);
  EXPECT_EQ(*index.open(), 0b100u);
}

TEST(RowIndexTest, WordsAreOneOrAMultipleOfThePadding) {
  const LayoutTable layout = TableOf({2});
  GoalTable goals;
  goals.atoms = {{0, {{1, 1}}}};
  goals.goals.resize(63);
  goals.goals.push_back(GoalOf({0}));
  const RowIndex one(layout, goals);
  EXPECT_EQ(one.words(), 1u);
  EXPECT_FALSE(HasBit(one.columns()[0].rows, 63));
  EXPECT_TRUE(HasBit(one.columns()[0].rows + 1, 63));

  goals.goals.push_back(GoalOf({0}));
  const RowIndex more(layout, goals);
  ASSERT_EQ(more.words(), RowIndex::kPadding);
  EXPECT_EQ(more.initial()[1], 1u);
  EXPECT_EQ(more.columns()[0].users[1], 1u);
  EXPECT_FALSE(HasBit(more.columns()[0].rows, 64));
  EXPECT_TRUE(HasBit(more.columns()[0].rows + more.words(), 64));
}

}  // namespace
}  // namespace klausul::engine
