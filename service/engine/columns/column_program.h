#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_PROGRAM_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"

#include "service/engine/columns/record_layout.h"
#include "service/engine/columns/row_index.h"
#include "service/engine/graph/graph.h"

// Conditions of a graph made ready for records: for any number of boolean
// expressions at a time, far faster than one after another.
//
//   ColumnOptions options;
//   options.inputs = {{0, "plan"}};
//   auto program = ColumnProgram::Build(graph, roots, options);
//   RecordFiller filler(program->layout());     // once a thread
//   ScalarEvaluator evaluator(*program);        // once a thread
//   RecordBlock record(program->layout());      // once a thread
//   record.Clear();
//   filler.Add({&plan}, nullptr, record);
//   const RecordResult& result = evaluator.Evaluate(record, 0);
//
// Every condition becomes a goal: tests of columns against constants, all of
// which have to hold, and links to other goals, for what is neither. `a || b`
// is that the goal `!a && !b` is not met; `list.exists(e, p)` that some row of
// the list's table meets the goal p; `list.all(e, p)` that none meets `!p`.
// What cannot be put so (two columns compared, a pattern, a map) leaves its
// goal open: where the rest does not decide, the whole condition is left to
// the GraphEvaluator.

namespace klausul::engine {

// A test of a column: true where the key's class is in one of the ranges.
struct Atom {
  struct Classes {
    // Both included.
    std::int32_t first = 0;
    std::int32_t last = 0;
  };

  std::int32_t column = 0;
  std::vector<Classes> classes;
};

// Another goal as a part of one.
struct GoalLink {
  enum class Kind : std::uint8_t {
    kGoal,    // of the same row
    kExists,  // of some row of the child table
  };

  Kind kind = Kind::kGoal;
  bool negated = false;
  // kExists: the child table.
  std::int32_t table = 0;
  std::int32_t goal = 0;
};

struct Goal {
  std::vector<std::int32_t> atoms;
  std::vector<GoalLink> links;
  // Has a part that only the interpreter can tell: never true here.
  bool open = false;
  // Has a part that is false.
  bool never = false;
  // It, or a goal that it rests on, is open.
  bool rests_on_open = false;
  // The fields of its table that its atoms rest on, as bits.
  std::vector<std::uint64_t> fields;
  // Columns of sums that its atoms rest on.
  std::vector<std::int32_t> sums;
};

// The goals of a table. In the root table the first are the conditions, in
// their order.
struct GoalTable {
  std::vector<Atom> atoms;
  std::vector<Goal> goals;
  // The goals with links, each after those of its table that it links to.
  std::vector<std::int32_t> linked;
  // Columns that come from others, each after those.
  std::vector<std::int32_t> derived;
  // Fields of lists whose tables have goals.
  std::vector<std::int32_t> children;
};

struct ColumnOptions {
  // Messages that conditions start from; whatever else they read is left to
  // the GraphEvaluator.
  std::vector<MessageInput> inputs;
  // What an unset field is; see RecordLayout.
  bool unset_is_unknown = true;
  // Ids of overloads that give the sum of a list of ints, and an error where
  // that overflows.
  std::vector<std::string> int_sums;
};

// Immutable and safe to share between threads.
class ColumnProgram {
 public:
  // Keeps the graph. A root is any expression of the graph that is a bool.
  static std::shared_ptr<const ColumnProgram> Build(
      std::shared_ptr<const Graph> graph, absl::Span<const NodeId> roots,
      const ColumnOptions& options);

  const Graph& graph() const { return *graph_; }

  absl::Span<const NodeId> roots() const { return roots_; }

  const RecordLayout& layout() const { return layout_; }

  // By table of the layout.
  const std::vector<GoalTable>& tables() const { return tables_; }

  const RowIndex& index(std::size_t table) const { return indices_[table]; }

  // How many of the conditions need no interpreter.
  std::size_t covered_count() const;

 private:
  ColumnProgram() = default;

  std::shared_ptr<const Graph> graph_;
  std::vector<NodeId> roots_;
  RecordLayout layout_;
  std::vector<GoalTable> tables_;
  std::vector<RowIndex> indices_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_PROGRAM_H_
