#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_CONDITION_COMPILER_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_CONDITION_COMPILER_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/column_reader.h"
#include "service/engine/columns/goal_builder.h"
#include "service/engine/columns/record_layout.h"
#include "service/engine/graph/graph.h"

namespace klausul::engine {

// Turns conditions of a graph into goals over tables. Internal to this folder.
class ConditionCompiler {
 public:
  ConditionCompiler(const Graph& graph, const ColumnOptions& options);

  // A goal of the root table for each condition, in order. Once.
  void Compile(absl::Span<const NodeId> roots);

  // What Compile() came to.
  RecordLayout TakeLayout() { return std::move(layout_); }

  std::vector<GoalTable> TakeTables() { return std::move(tables_); }

 private:
  Part Visit(NodeId id, const Scope& scope);
  Part VisitLogic(const GraphNode& node, const Scope& scope, bool negated);
  Part VisitFold(const GraphNode& node, const Scope& scope);
  Part VisitCall(const GraphNode& node, const Scope& scope);
  Part VisitRelation(Relation relation, NodeId left, NodeId right,
                     const Scope& scope);
  Part VisitIn(const GraphNode& node, const Scope& scope);
  Part VisitPrefix(const GraphNode& node, const Scope& scope);
  // A test of a column; open where the column is not of the scope's own table.
  Part Test(const ColumnRef& ref, const KeyRanges& ranges, const Scope& scope);
  // `column relation constant`.
  absl::optional<KeyRanges> RangesFor(const ColumnRef& ref, Relation relation,
                                      const cel::Value& constant);

  const Graph& graph_;
  RecordLayout layout_;
  ColumnReader reader_;
  GoalBuilder goals_;
  // The first pass over the conditions collects the constants that texts meet,
  // the second makes goals.
  bool collecting_ = true;
  std::vector<GoalTable> tables_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_CONDITION_COMPILER_H_
