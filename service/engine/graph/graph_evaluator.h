#ifndef KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_H_
#define KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"
#include "service/engine/graph/graph.h"

namespace klausul::engine {

// Evaluates the nodes of a graph for one input after another, each node at
// most once for an input and only when something asks for it. Says what the
// reference interpreter says: the same values, unknowns and errors, apart from
// the steps that it uses up, which are fewer.
//
//   GraphEvaluator evaluator(graph);       // once a thread
//   evaluator.BeginScope(0, context);      // once an input
//   cel::Value value = evaluator.Evaluate(rule.root, host);
//
// Allocates nothing itself once it is warm; functions and fields may, in the
// arena of the context. Not thread-safe.
class GraphEvaluator {
 public:
  // Scopes of inputs, see Input.
  static constexpr std::size_t kMaxScopes = 2;

  // Where inputs come from.
  class Host {
   public:
    virtual ~Host() = default;
    // The value of the input, which may be an error or an unknown. It may call
    // Evaluate(), for an input that is itself an expression.
    virtual cel::Value ReadInput(std::int32_t number,
                                 cel::EvalContext& context) = 0;
  };

  // The graph must outlive it.
  explicit GraphEvaluator(const Graph& graph);

  const Graph& graph() const { return graph_; }

  // Forgets what is known of this scope and of those that live shorter. The
  // context serves the nodes of this scope until the scope begins anew.
  void BeginScope(std::uint8_t scope, cel::EvalContext& context);

  // The value of a node that does not vary.
  cel::Value Evaluate(NodeId id, Host& host);

  // True where the node has been evaluated for the inputs at hand.
  bool IsKnown(NodeId id) const;

  // Its value; only where IsKnown().
  const cel::Value& value(NodeId id) const {
    const GraphNode& node = graph_.node(id);
    return node.is_constant ? node.constant
                            : cells_[static_cast<std::size_t>(id)].value;
  }

 private:
  class Activation;

  struct Cell {
    cel::Value value;
    // Of the scope, when the value was worked out.
    std::uint64_t stamp = 0;
  };

  // What a fold goes through.
  struct Range {
    const cel::ListValue* list = nullptr;
    const cel::MapValue* map = nullptr;
    std::size_t size = 0;
  };

  cel::EvalContext& context(const GraphNode& node) {
    return *contexts_[node.scope];
  }

  cel::Value Eval(NodeId id);
  cel::Value EvalNode(const GraphNode& node);
  cel::Value EvalInput(const GraphNode& node);
  cel::Value EvalTree(const GraphNode& node);
  cel::Value EvalSelect(const GraphNode& node);
  cel::Value EvalCall(const GraphNode& node);
  cel::Value Dispatch(const GraphNode& node, absl::Span<const cel::Value> args);
  cel::Value CallOnOpenList(const GraphNode& node,
                            absl::Span<const cel::Value> args);
  cel::Value EvalLogic(const GraphNode& node, bool decides);
  cel::Value EvalConditional(const GraphNode& node);
  cel::Value EvalList(const GraphNode& node);

  // graph_folds.cc
  cel::Value EvalFold(const GraphNode& node);
  void BindElement(const GraphNode& node, const Range& range,
                   std::size_t index);
  cel::Value FoldLogic(const GraphNode& node, const Range& range, bool decides);
  cel::Value FoldExistsOne(const GraphNode& node, const Range& range);
  cel::Value FoldToList(const GraphNode& node, const Range& range);

  cel::Value& Local(std::int32_t slot) {
    return locals_[frame_ + static_cast<std::size_t>(slot)];
  }

  bool stopped(const GraphNode& node) {
    return cancelled_ || context(node).exhausted();
  }

  cel::Value StopError(const GraphNode& node);
  bool IsCancelled(const GraphNode& node);

  const Graph& graph_;
  Host* host_ = nullptr;
  std::vector<Cell> cells_;
  std::uint64_t next_stamp_ = 0;
  std::uint64_t stamps_[kMaxScopes] = {};
  cel::EvalContext* contexts_[kMaxScopes] = {};
  // Variables of folds. An input that is itself an expression has its own,
  // above those of whoever reads it.
  std::vector<cel::Value> locals_;
  std::size_t frame_ = 0;
  std::int64_t evaluated_ = 0;
  bool cancelled_ = false;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_EVALUATOR_H_
