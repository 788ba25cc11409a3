#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_INTERPRETER_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_INTERPRETER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/optional.h"

#include "service/cel/eval_arena.h"
#include "service/cel/eval_context.h"
#include "service/cel/value.h"
#include "service/engine/columns/column_program.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/graph/graph_evaluator.h"

namespace klausul::engine {

struct RecordOptions {
  // For the interpreter; the presence is that of the record, and the steps are
  // those of one condition.
  cel::EvalOptions eval;
  // Where inputs come from that the program has no message for; null: reading
  // one is an error.
  GraphEvaluator::Host* host = nullptr;
};

// Conditions of a record that columns cannot decide, by the GraphEvaluator
// over the record's messages. Allocates. Internal to this folder.
class RecordInterpreter : private GraphEvaluator::Host {
 public:
  RecordInterpreter(const ColumnProgram& program, const RecordOptions& options);

  // Forgets the values of conditions so far.
  void Clear();

  // The next ones are about this record.
  void Begin(const RecordBlock& block, std::size_t record);

  // The value lives until Clear().
  cel::Value Evaluate(std::uint32_t condition);

 private:
  cel::Value ReadInput(std::int32_t number, cel::EvalContext& context) override;

  const ColumnProgram& program_;
  RecordOptions options_;
  std::vector<cel::AttributePath> roots_;
  std::unique_ptr<GraphEvaluator> evaluator_;
  std::unique_ptr<cel::EvalArena> arena_;
  absl::optional<cel::EvalContext> context_;
  const RecordBlock* block_ = nullptr;
  std::size_t record_ = 0;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_INTERPRETER_H_
