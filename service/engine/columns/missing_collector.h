#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_result.h"

namespace klausul::engine {

// `count` bits from `first` on, at most 32.
inline std::uint32_t BitsFrom(const std::uint64_t* bits, std::size_t first,
                              std::size_t count) {
  if (count == 0) return 0;
  std::uint64_t from = bits[first / 64] >> (first % 64);
  if (first % 64 + count > 64)
    from |= bits[first / 64 + 1] << (64 - first % 64);
  return static_cast<std::uint32_t>(from & ((std::uint64_t{1} << count) - 1));
}

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
//   // Of the rows from begin on, at most 16, those where the goal is
//   // undecided, as bits.
//   std::uint32_t UndecidedRows(std::size_t table, std::size_t begin,
//                               std::size_t count, std::int32_t goal);
//   // Some element of the row in the child table meets the goal.
//   bool ExistsTrue(std::size_t child_table, std::size_t row,
//                   std::int32_t goal);
//
// Internal to this folder.
class MissingCollector {
 public:
  // How many rows a MissingFields can speak of.
  static constexpr std::size_t kRows = 16;

  explicit MissingCollector(const ColumnProgram& program);

  // What a condition can miss, where that is little: fields of the record
  // itself, those of up to two other goals of it, and those of the elements of
  // one list. Most conditions are so, and what they miss is put together
  // without a branch that nobody could foresee.
  struct Simple {
    static constexpr std::size_t kGoals = 2;

    // False: the condition takes Collect().
    bool is_simple = false;
    std::uint8_t table = 0;
    // Of the rows of elements that may be missing fields; 0 where there is no
    // list.
    std::uint8_t rows = 0;
    // A goal of the list's table; -1 for the elements whose value a sum lacks.
    std::int32_t element_goal = -1;
    // The field that a sum is of.
    std::int32_t sum_field = -1;
    std::int32_t goals[kGoals] = {};
    std::uint64_t fields = 0;
    // 0 where there is no other goal.
    std::uint64_t goal_fields[kGoals] = {};
    // The list itself, where elements that are not known may meet the goal.
    std::uint64_t list_field = 0;
    std::uint64_t element_fields = 0;
  };

  // Of a condition.
  const Simple& simple(std::uint32_t condition) const {
    return simple_[condition];
  }

  void Clear() { size_ = 0; }

  absl::Span<const MissingFields> missing() const {
    return absl::MakeConstSpan(missing_).first(size_);
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }

  // Where the next ones go, with room for `count`; Keep() says how many there
  // are.
  MissingFields* Room(std::size_t count) {
    if (missing_.size() - size_ < count) {
      missing_.resize(std::max(size_ + count, 2 * missing_.size()));
    }
    return missing_.data() + size_;
  }

  void Keep(std::size_t count) { size_ += count; }

  // What an undecided condition misses.
  template <typename View>
  Undetermined Collect(const View& view, const RecordBlock& block,
                       std::size_t record, std::uint32_t condition) {
    Undetermined result;
    result.condition = condition;
    const std::uint32_t first = size();
    CollectRow(view, block, 0, record, static_cast<std::int32_t>(condition),
               &result.fields);
    if (size() == first) return result;
    result.first = first;
    for (std::uint32_t i = first; i + 1 < size(); ++i)
      missing_[i].has_next = 1;
    return result;
  }

 private:
  // A link of a goal.
  struct Part {
    // kExists: the child table; -1 for a goal of the same row.
    std::int32_t child = -1;
    std::int32_t goal = 0;
    // kExists: the list among the fields of the row.
    std::int32_t list = 0;
    // kExists: the goal's elements miss no more than their own fields, of
    // which these are tested.
    bool is_plain = false;
    std::uint64_t fields = 0;
  };

  struct GoalParts {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool has_sums = false;
  };

  struct TableParts {
    std::size_t words = 0;
    // By goal, `words` each: the fields that its atoms rest on.
    std::vector<std::uint64_t> fields;
    std::vector<GoalParts> goals;
  };

  // What a row's goal misses; the first 64 of the row's own fields into `own`
  // where that is given.
  template <typename View>
  void CollectRow(const View& view, const RecordBlock& block, std::size_t table,
                  std::size_t row, std::int32_t id, std::uint64_t* own) {
    const std::size_t words = tables_[table].words;
    constexpr std::size_t kUsualWords = 8;
    std::uint64_t usual[kUsualWords] = {};
    std::vector<std::uint64_t> more(words > kUsualWords ? words : 0);
    std::uint64_t* const fields = more.empty() ? usual : more.data();
    Gather(view, block, table, row, id, fields);
    std::size_t word = 0;
    if (own != nullptr && words != 0) *own = fields[word++];
    for (; word < words; ++word) {
      if (fields[word] != 0) Push(fields[word], row, 1, table, word);
    }
  }

  void Push(std::uint64_t fields, std::size_t row, std::uint32_t rows,
            std::size_t table, std::size_t word) {
    *Room(1) = {fields,
                static_cast<std::uint32_t>(row),
                static_cast<std::uint16_t>(rows),
                static_cast<std::uint8_t>(table),
                static_cast<std::uint8_t>(word & 0x7f),
                0};
    Keep(1);
  }

  // Fields of the row itself into `fields`; those of elements are listed.
  template <typename View>
  void Gather(const View& view, const RecordBlock& block, std::size_t table,
              std::size_t row, std::int32_t id, std::uint64_t* fields) {
    const TableParts& parts = tables_[table];
    const GoalParts& goal = parts.goals[static_cast<std::size_t>(id)];
    const std::uint64_t* const unknown = block.unknown_fields(table, row);
    const std::uint64_t* const tested =
        parts.fields.data() + static_cast<std::size_t>(id) * parts.words;
    for (std::size_t word = 0; word < parts.words; ++word)
      fields[word] |= tested[word] & unknown[word];
    if (goal.has_sums) GatherSums(block, table, row, id);
    for (std::uint32_t i = goal.first; i < goal.first + goal.count; ++i) {
      const Part& part = parts_[i];
      if (part.child < 0) {
        if (view.IsUndecided(table, row, part.goal)) {
          Gather(view, block, table, row, part.goal, fields);
        }
        continue;
      }
      const auto child = static_cast<std::size_t>(part.child);
      if (view.ExistsTrue(child, row, part.goal)) continue;
      const auto list = static_cast<std::size_t>(part.list);
      fields[list / 64] |= unknown[list / 64] & std::uint64_t{1} << (list % 64);
      const std::uint32_t* const begins = block.begins(child) + row;
      for (std::size_t at = begins[0]; at < begins[1]; at += kRows) {
        std::uint32_t rows = view.UndecidedRows(
            child, at, std::min<std::size_t>(kRows, begins[1] - at), part.goal);
        if (rows == 0) continue;
        if (part.is_plain) {
          Push(part.fields, at, rows, child, 0);
          continue;
        }
        for (; rows != 0; rows &= rows - 1) {
          CollectRow(view, block, child,
                     at + static_cast<std::size_t>(__builtin_ctz(rows)),
                     part.goal, nullptr);
        }
      }
    }
  }

  void GatherSums(const RecordBlock& block, std::size_t table, std::size_t row,
                  std::int32_t id);

  Simple MakeSimple(const Goal& goal) const;

  const ColumnProgram& program_;
  std::vector<TableParts> tables_;
  std::vector<Part> parts_;
  std::vector<Simple> simple_;
  // The first size_ of them are in use.
  std::vector<MissingFields> missing_;
  std::size_t size_ = 0;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_MISSING_COLLECTOR_H_
