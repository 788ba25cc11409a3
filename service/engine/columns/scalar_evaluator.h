#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_SCALAR_EVALUATOR_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_SCALAR_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/derived_columns.h"
#include "service/engine/columns/missing_collector.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_interpreter.h"
#include "service/engine/columns/record_result.h"

namespace klausul::engine {

// Evaluates all conditions of a program for one record at a time, with the
// least delay: a search per column, an AND of rows of bits (see RowIndex), and
// a look at those conditions that are left. Says what the interpreter says.
//
// Allocates nothing once it has seen its largest record, but where conditions
// are left to the interpreter. Not thread-safe.
class ScalarEvaluator {
 public:
  // The program must outlive it.
  explicit ScalarEvaluator(const ColumnProgram& program,
                           const RecordOptions& options = {});

  // The result stays until the next call.
  const RecordResult& Evaluate(const RecordBlock& block, std::size_t record);

 private:
  friend class MissingCollector;

  // A column that goals test, with what is needed to find a row of bits.
  struct Column {
    const LayoutColumn* layout = nullptr;
    std::int32_t id = 0;
    const std::uint64_t* rows = nullptr;
    const std::uint64_t* users = nullptr;
  };

  struct Link {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    // 1 where it is negated.
    std::uint64_t flip = 0;
  };

  // Links of one kind that can be followed in one go.
  struct LinkRun {
    bool exists = false;
    std::uint32_t child_table = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  struct Table {
    std::size_t words = 0;
    std::size_t parent = 0;
    std::vector<Column> columns;
    std::vector<LinkRun> runs;
    // Of the record: its rows in the block.
    std::size_t first = 0;
    std::size_t count = 0;
    // By row: goals that are not false, and of these the ones that rest on
    // something unknown.
    std::vector<std::uint64_t> alive;
    std::vector<std::uint64_t> unknown;
    // By row of the parent: goals that some element meets; that none does yet,
    // but may.
    std::vector<std::uint64_t> exists;
    std::vector<std::uint64_t> perhaps;
    // Of the first eight rows, those where a goal is undecided, as bits; then,
    // by field, those that lack it.
    std::vector<std::uint8_t> undecided;
    // The fields of which sums are taken.
    std::vector<std::int32_t> summed;
  };

  // Where a table's `undecided` and `perhaps` speak of what a condition says
  // of elements.
  struct Elements {
    std::uint32_t turned = 0;
    std::uint32_t word = 0;
    std::uint32_t bit = 0;
  };

  // How MissingCollector sees what was found.
  bool IsUndecided(std::size_t table, std::size_t row, std::int32_t goal) const;
  bool ExistsTrue(std::size_t child_table, std::size_t row,
                  std::int32_t goal) const;

  std::uint32_t UndecidedRows(std::size_t id, std::size_t begin,
                              std::size_t count, std::int32_t goal) const {
    const Table& table = tables_[id];
    std::uint32_t rows = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = (begin + i - table.first) * table.words +
                             static_cast<std::size_t>(goal) / 64;
      rows |= static_cast<std::uint32_t>(
                  (table.alive[at] & table.unknown[at]) >> (goal % 64) & 1)
              << i;
    }
    return rows;
  }

  bool EvaluateTables(const RecordBlock& block, std::size_t record);
  void EvaluateRows(const RecordBlock& block, std::size_t id);
  // The root's one row.
  void EvaluateRoot(const RecordBlock& block);
  // All rows of a table, whose bit sets have kWords words.
  template <std::size_t kWords>
  void EvaluateElements(const RecordBlock& block, std::size_t id);
  void PlanLinks(std::size_t id);
  void ApplyLinks(std::size_t id, std::size_t row);
  void SumUpElements(const RecordBlock& block, std::size_t id);
  void Report(const RecordBlock& block, std::size_t record);
  // What the undetermined ones miss.
  void ListMissing(const RecordBlock& block, std::size_t record);
  void TurnElements(const RecordBlock& block);
  void Interpret(std::uint32_t condition);

  const ColumnProgram& program_;
  RecordInterpreter interpreter_;
  // It was asked about the record at hand.
  bool interpreted_any_ = false;
  const RecordBlock* block_ = nullptr;
  std::size_t record_ = 0;
  std::vector<Table> tables_;
  std::vector<Link> links_;
  // By condition.
  std::vector<Elements> elements_;
  std::vector<DerivedColumns> derived_;
  std::vector<const std::uint64_t*> rows_;
  std::vector<const std::uint64_t*> users_;
  MissingCollector missing_;
  std::vector<std::uint32_t> fired_;
  std::vector<Undetermined> undetermined_;
  std::vector<Interpreted> interpreted_;
  RecordResult result_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_SCALAR_EVALUATOR_H_
