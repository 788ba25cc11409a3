#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_BATCH_EVALUATOR_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_BATCH_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/derived_columns.h"
#include "service/engine/columns/element_masks.h"
#include "service/engine/columns/missing_collector.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_interpreter.h"
#include "service/engine/columns/record_result.h"

namespace klausul::engine {

// Evaluates all conditions of a program for a block of records at a time, with
// the least work: each test is made of a whole column, and what it gives for 64
// rows is a word. Says what the interpreter says.
//
//   BatchEvaluator batch(*program);
//   batch.Evaluate(block);
//   for (std::size_t i = 0; i < block.size(); ++i) Use(batch.result(i));
//
// Blocks of 64 records are good where fields are missing: the lists of these
// stay in the processor's second cache; of a few hundred where few are.
// Allocates nothing once it has seen its largest
// block, but where conditions are left to the interpreter. Not thread-safe.
class BatchEvaluator {
 public:
  // The program must outlive it.
  explicit BatchEvaluator(const ColumnProgram& program,
                          const RecordOptions& options = {});

  // Results stay until the next call.
  void Evaluate(const RecordBlock& block);

  RecordResult result(std::size_t record) const;

 private:
  friend class MissingCollector;

  using Masks = std::vector<std::uint64_t>;

  struct Table {
    std::size_t rows = 0;
    // Words of a mask over its rows.
    std::size_t words = 0;
    // Of every column, where it is tested: its classes, 8 or 16 bits wide.
    std::vector<std::vector<std::uint8_t>> codes_8;
    std::vector<std::vector<std::uint16_t>> codes_16;
    std::vector<std::int32_t> tested;
    // A mask for each atom: not false.
    Masks atoms;
    // A mask for each goal: not false; and rests on something unknown, where
    // any_unknown.
    Masks alive;
    Masks unknown;
    bool any_unknown = false;
    // No list of a parent's row has more than MissingCollector::kRows.
    bool has_short_lists = false;
    // Goals that some goal of the parent table links to, and by goal their
    // place among these.
    std::vector<std::int32_t> exists_goals;
    std::vector<std::int32_t> exists_place;
    // For those, over the rows of the parent: some element meets it, may.
    Masks exists;
    Masks perhaps;
  };

  // How MissingCollector sees what was found.
  bool IsUndecided(std::size_t table, std::size_t row, std::int32_t goal) const;
  bool ExistsTrue(std::size_t child_table, std::size_t row,
                  std::int32_t goal) const;

  std::uint32_t UndecidedRows(std::size_t id, std::size_t begin,
                              std::size_t count, std::int32_t goal) const {
    const Table& table = tables_[id];
    if (!table.any_unknown) return 0;
    const std::size_t at = static_cast<std::size_t>(goal) * table.words;
    return BitsFrom(table.alive.data() + at, begin, count) &
           BitsFrom(table.unknown.data() + at, begin, count);
  }

  void EvaluateTable(const RecordBlock& block, std::size_t id);
  void TestColumns(const RecordBlock& block, std::size_t id);
  // Rows of which the column's value is unknown; null for none.
  const std::uint64_t* UnknownRows(const RecordBlock& block, std::size_t id,
                                   std::int32_t column) const;
  void JoinAtoms(const RecordBlock& block, std::size_t id);
  void JoinLinks(const RecordBlock& block, std::size_t id);
  void SumUpElements(const RecordBlock& block, std::size_t id);
  void SetAside(const RecordBlock& block, std::size_t table, std::size_t row);
  void Report(const RecordBlock& block);
  void ReportUndetermined(const RecordBlock& block, std::uint32_t condition);
  template <bool kHasElements, bool kHasGoals>
  void ListSimple(const RecordBlock& block, std::uint32_t condition);
  void InterpretRest(const RecordBlock& block);

  const ColumnProgram& program_;
  RecordInterpreter interpreter_;
  std::vector<Table> tables_;
  std::vector<DerivedColumns> derived_;
  ElementMasks elements_;
  MissingCollector missing_;
  // Records that columns can hold, as bits.
  Masks regular_;
  // Of each record: what fired and what is undetermined, `stride_` entries
  // apart, and how many these are or where they end.
  std::size_t stride_ = 0;
  std::vector<std::uint32_t> fired_;
  std::vector<std::uint32_t> fired_count_;
  std::vector<Undetermined> undetermined_;
  std::vector<Undetermined*> undetermined_end_;
  // The records where the condition at hand is.
  Masks open_;
  // Record and condition of what is left to the interpreter, and by record
  // where its part of `interpreted_` is.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> left_;
  std::vector<Interpreted> interpreted_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> interpreted_part_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_BATCH_EVALUATOR_H_
