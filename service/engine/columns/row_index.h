#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_ROW_INDEX_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_ROW_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/engine/columns/record_layout.h"

namespace klausul::engine {

struct GoalTable;

// What every class of every column means to all goals of a table at a time: a
// row of bits, one for each goal, unset where the goal has a test that a key
// of this class fails. The goals that a record does not fail are the AND of
// the rows of its keys: one search a column, whatever the number of goals.
class RowIndex {
 public:
  RowIndex() = default;
  RowIndex(const LayoutTable& layout, const GoalTable& goals);
  // It points into itself; moving leaves what it points to where it is.
  RowIndex(RowIndex&&) = default;
  RowIndex& operator=(RowIndex&&) = default;

  // Words of a bit set over the goals: one, or a multiple of kPadding.
  std::size_t words() const { return words_; }

  static constexpr std::size_t kPadding = 4;

  struct Column {
    std::int32_t column = 0;
    // Of the row of class 0; that of class c is at c * words().
    const std::uint64_t* rows = nullptr;
    // The goals that test the column.
    const std::uint64_t* users = nullptr;
  };

  // The columns that are tested.
  const std::vector<Column>& columns() const { return columns_; }

  // Goals that no record fails by itself: all but those that are never met.
  const std::uint64_t* initial() const { return initial_; }

  // Goals that are open.
  const std::uint64_t* open() const { return open_; }

 private:
  std::size_t words_ = 0;
  std::vector<std::uint64_t> bits_;
  std::vector<Column> columns_;
  const std::uint64_t* initial_ = nullptr;
  const std::uint64_t* open_ = nullptr;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_ROW_INDEX_H_
