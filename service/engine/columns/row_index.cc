#include "service/engine/columns/row_index.h"

#include <algorithm>

#include "service/engine/columns/column_program.h"

namespace klausul::engine {
namespace {

void SetBit(std::uint64_t* bits, std::size_t at) {
  bits[at / 64] |= std::uint64_t{1} << (at % 64);
}

void ClearBit(std::uint64_t* bits, std::size_t at) {
  bits[at / 64] &= ~(std::uint64_t{1} << (at % 64));
}

}  // namespace

RowIndex::RowIndex(const LayoutTable& layout, const GoalTable& goals) {
  const std::size_t goal_count = goals.goals.size();
  words_ = (goal_count + 63) / 64;
  if (words_ > 1) words_ = (words_ + kPadding - 1) / kPadding * kPadding;

  std::vector<bool> tested(layout.columns.size());
  for (const Goal& goal : goals.goals) {
    for (const std::int32_t atom : goal.atoms) {
      tested[static_cast<std::size_t>(
          goals.atoms[static_cast<std::size_t>(atom)].column)] = true;
    }
  }
  // `initial` and `open`, then for each column its users and its rows.
  std::vector<std::size_t> first_row(layout.columns.size());
  std::size_t row_count = 2;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (!tested[i]) continue;
    first_row[i] = row_count;
    row_count += 1 + static_cast<std::size_t>(layout.columns[i].class_count);
  }
  bits_.resize(row_count * words_);
  const auto row = [&](std::size_t at) { return bits_.data() + at * words_; };
  initial_ = row(0);
  open_ = row(1);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (!tested[i]) continue;
    columns_.push_back({static_cast<std::int32_t>(i), row(first_row[i] + 1),
                        row(first_row[i])});
    const auto classes =
        static_cast<std::size_t>(layout.columns[i].class_count);
    std::fill_n(row(first_row[i] + 1), classes * words_, ~std::uint64_t{0});
  }
  for (std::size_t g = 0; g < goal_count; ++g) {
    const Goal& goal = goals.goals[g];
    if (!goal.never) SetBit(row(0), g);
    if (goal.open) SetBit(row(1), g);
    for (const std::int32_t id : goal.atoms) {
      const Atom& atom = goals.atoms[static_cast<std::size_t>(id)];
      const auto column = static_cast<std::size_t>(atom.column);
      const std::size_t first = first_row[column] + 1;
      SetBit(row(first - 1), g);
      std::size_t next = 0;
      const auto clear_until = [&](std::size_t end) {
        for (; next < end; ++next)
          ClearBit(row(first + next), g);
      };
      for (const Atom::Classes& range : atom.classes) {
        clear_until(static_cast<std::size_t>(range.first));
        next = static_cast<std::size_t>(range.last) + 1;
      }
      clear_until(static_cast<std::size_t>(layout.columns[column].class_count));
    }
  }
}

}  // namespace klausul::engine
