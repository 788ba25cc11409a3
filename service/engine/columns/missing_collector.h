#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_result.h"

namespace klausul::engine {

// Calls visit(i) for the bits from `begin` to `end` that are set.
template <typename Visit>
void ForEachBit(const std::uint64_t* bits, std::size_t begin, std::size_t end,
                Visit visit) {
  for (std::size_t word = begin / 64; word * 64 < end; ++word) {
    std::uint64_t left = bits[word];
    if (word == begin / 64) left &= ~std::uint64_t{0} << (begin % 64);
    if (end - word * 64 < 64) {
      left &= (std::uint64_t{1} << (end - word * 64)) - 1;
    }
    for (; left != 0; left &= left - 1)
      visit(word * 64 + static_cast<std::size_t>(__builtin_ctzll(left)));
  }
}

// Lists what undecided goals miss. A View knows what an evaluator has found:
//
//   bool IsUndecided(std::size_t table, std::size_t row, std::int32_t goal);
//   // Calls visit(row) for the rows from begin to end where the goal is
//   // undecided.
//   void ForEachUndecided(std::size_t table, std::size_t begin,
//                         std::size_t end, std::int32_t goal, visit);
//   // Some element of the row in the child table meets the goal.
//   bool ExistsTrue(std::size_t child_table, std::size_t row,
//                   std::int32_t goal);
//
// Internal to this folder.
class MissingCollector {
 public:
  explicit MissingCollector(const ColumnProgram& program) : program_(program) {}

  void Clear() { missing_.clear(); }

  const std::vector<MissingFields>& missing() const { return missing_; }

  // Adds what an undecided goal misses; no field twice.
  template <typename View>
  void Collect(const View& view, const RecordBlock& block, std::size_t table,
               std::size_t row, std::int32_t id) {
    const Goal& goal = GoalAt(table, id);
    const std::size_t first = missing_.size();
    CollectRow(view, block, table, row, goal);
    if (goal.may_repeat) Merge(first);
  }

 private:
  // In place: what is put together elsewhere has to be waited for.
  void Push(std::uint64_t fields, std::size_t row, std::size_t table,
            std::size_t word) {
    missing_.emplace_back();
    MissingFields& part = missing_.back();
    part.fields = fields;
    part.row = static_cast<std::uint32_t>(row);
    part.table = static_cast<std::uint16_t>(table);
    part.word = static_cast<std::uint16_t>(word);
  }

  const Goal& GoalAt(std::size_t table, std::int32_t id) const {
    return program_.tables()[table].goals[static_cast<std::size_t>(id)];
  }

  template <typename View>
  void CollectRow(const View& view, const RecordBlock& block, std::size_t table,
                  std::size_t row, const Goal& goal) {
    const std::size_t words = goal.fields.size();
    if (words == 1) {
      // Most tables are so.
      std::uint64_t fields = 0;
      if (goal.links.empty() && goal.sums.empty()) {
        fields = goal.fields[0] & *block.unknown_fields(table, row);
      } else {
        Gather(view, block, table, row, goal, &fields);
      }
      if (fields == 0) return;
      Push(fields, row, table, 0);
      return;
    }
    constexpr std::size_t kUsualWords = 8;
    std::uint64_t usual[kUsualWords] = {};
    std::vector<std::uint64_t> more(words > kUsualWords ? words : 0);
    std::uint64_t* const fields = more.empty() ? usual : more.data();
    Gather(view, block, table, row, goal, fields);
    for (std::size_t word = 0; word < words; ++word) {
      if (fields[word] == 0) continue;
      Push(fields[word], row, table, word);
    }
  }

  // Fields of the row itself into `fields`; those of elements are listed.
  template <typename View>
  void Gather(const View& view, const RecordBlock& block, std::size_t table,
              std::size_t row, const Goal& goal, std::uint64_t* fields) {
    const std::uint64_t* const unknown = block.unknown_fields(table, row);
    for (std::size_t word = 0; word < goal.fields.size(); ++word)
      fields[word] |= goal.fields[word] & unknown[word];
    for (const std::int32_t sum : goal.sums)
      GatherSum(block, table, row, sum);
    for (const GoalLink& link : goal.links) {
      if (link.kind == GoalLink::Kind::kGoal) {
        if (view.IsUndecided(table, row, link.goal)) {
          Gather(view, block, table, row, GoalAt(table, link.goal), fields);
        }
        continue;
      }
      const auto child = static_cast<std::size_t>(link.table);
      if (view.ExistsTrue(child, row, link.goal)) continue;
      const auto list =
          static_cast<std::size_t>(program_.layout().tables[child].list_field);
      fields[list / 64] |= unknown[list / 64] & std::uint64_t{1} << (list % 64);
      const Goal& element = GoalAt(child, link.goal);
      const std::uint32_t* const begins = block.begins(child) + row;
      if (element.links.empty() && element.sums.empty() &&
          element.fields.size() == 1) {
        const std::uint64_t tested = element.fields[0];
        view.ForEachUndecided(
            child, begins[0], begins[1], link.goal, [&](std::size_t i) {
              Push(tested & *block.unknown_fields(child, i), i, child, 0);
            });
        continue;
      }
      view.ForEachUndecided(
          child, begins[0], begins[1], link.goal,
          [&](std::size_t i) { CollectRow(view, block, child, i, element); });
    }
  }

  void GatherSum(const RecordBlock& block, std::size_t table, std::size_t row,
                 std::int32_t column) {
    const Derivation& sum = program_.layout()
                                .tables[table]
                                .columns[static_cast<std::size_t>(column)]
                                .derivation;
    const LayoutField& list =
        program_.layout()
            .tables[table]
            .fields[static_cast<std::size_t>(sum.list_field)];
    if (block.is_unknown(table, row,
                         static_cast<std::size_t>(sum.list_field))) {
      return;
    }
    const auto child = static_cast<std::size_t>(list.child_table);
    const auto field = static_cast<std::size_t>(
        program_.layout()
            .tables[child]
            .columns[static_cast<std::size_t>(sum.child_column)]
            .field);
    const std::uint32_t* const begins = block.begins(child) + row;
    ForEachBit(block.unknown_rows(child, field), begins[0], begins[1],
               [&](std::size_t i) {
                 Push(std::uint64_t{1} << (field % 64), i, child, field / 64);
               });
  }

  // Parts about one row that came twice become one.
  void Merge(std::size_t first) {
    const auto begin = missing_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, missing_.end(),
              [](const MissingFields& a, const MissingFields& b) {
                if (a.table != b.table) return a.table < b.table;
                return a.row != b.row ? a.row < b.row : a.word < b.word;
              });
    std::size_t kept = first;
    for (std::size_t i = first; i < missing_.size(); ++i) {
      MissingFields& last = missing_[kept > first ? kept - 1 : first];
      const MissingFields& part = missing_[i];
      if (kept > first && last.table == part.table && last.row == part.row &&
          last.word == part.word) {
        last.fields |= part.fields;
      } else {
        missing_[kept++] = part;
      }
    }
    missing_.resize(kept);
  }

  const ColumnProgram& program_;
  std::vector<MissingFields> missing_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_
