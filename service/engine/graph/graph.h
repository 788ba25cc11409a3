#ifndef KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_H_
#define KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"

#include "service/cel/ast.h"
#include "service/cel/checker.h"
#include "service/cel/eval_arena.h"
#include "service/cel/evaluator.h"
#include "service/cel/field_reader.h"
#include "service/cel/value.h"

// Many checked expressions as one graph, in which equal subexpressions are one
// node, whichever expressions they stand in. Knows the expression language and
// nothing of procurement: what a variable stands for is an input, a number
// that the host gives.
//
//   GraphBuilder builder;
//   GraphExpression rule = builder.Add(checked, inputs);
//   std::shared_ptr<const Graph> graph = std::move(builder).Build();

namespace re2 {
class RE2;
}

namespace klausul::engine {

// Place of a node in its graph, dense from 0; what a node needs comes before
// it.
using NodeId = std::int32_t;
inline constexpr NodeId kNoNode = -1;

enum class NodeKind : std::uint8_t {
  kConstant,     // constant
  kInput,        // number
  kLocal,        // number: the slot of a fold's variable
  kSelect,       // args: operand. name, mode, field
  kCall,         // args: receiver first. name, overloads
  kAnd,          // args: two or more
  kOr,           // args: two or more
  kConditional,  // args: condition, then, else
  kList,         // args
  kFold,         // args: range, predicate, transform (kNoNode where it has
                 // none). number: the slot of its first variable
  kTree,         // number: of the Graph::tree() that it is
};

// What a variable of an environment stands for.
struct Input {
  // Two variables with one number are one input.
  std::int32_t number = 0;
  // How long its value stays what it is; a number of the host's, see
  // GraphEvaluator::BeginScope(). Values of scope 0 stay for a whole run,
  // those of scope 1 for a part of it.
  std::uint8_t scope = 0;
};

struct GraphNode {
  NodeKind kind = NodeKind::kConstant;
  cel::SelectMode mode = cel::SelectMode::kRead;
  cel::FoldKind fold = cel::FoldKind::kAll;
  // The scope of the shortest-lived input below it.
  std::uint8_t scope = 0;
  // `constant` is what it is worth.
  bool is_constant = false;
  // kCall: takes errors and unknowns as arguments.
  bool non_strict = false;
  // kFold: two variables.
  bool two_variables = false;
  std::int32_t number = -1;
  // In Graph::args().
  std::uint32_t first_arg = 0;
  std::uint32_t arg_count = 0;
  // Where it was first written; the expression lives as long as the graph.
  const cel::CheckedExpr* checked = nullptr;
  const cel::Expr* expr = nullptr;
  // kSelect: the field where its message is known; kCall: the overloads.
  const cel::Reference* reference = nullptr;
  // kSelect of a field whose message is of a compiled type; else null.
  const cel::FieldReader* reader = nullptr;
  // kCall: the only overload that can fit, so that none has to be looked for;
  // null where only the values tell.
  const cel::Overload* overload = nullptr;
  cel::Value constant;
  // kCall of `matches` with a pattern that is written out; else null.
  const re2::RE2* pattern = nullptr;
  // The slots of fold variables that it reads, as bits; the last bit stands
  // for all slots from there on.
  std::uint64_t locals = 0;

  absl::string_view name() const { return expr->name; }

  // Depends on the variable of a fold that it stands in: worth something else
  // at each turn, and never kept.
  bool varies() const { return locals != 0; }
};

// A whole expression that the reference interpreter evaluates.
struct GraphTree {
  const cel::Evaluator* evaluator = nullptr;
  // By variable of its environment.
  std::vector<Input> inputs;
};

// One expression within a graph.
struct GraphExpression {
  NodeId root = kNoNode;
  // By cel::ExprId; kNoNode for a node that is no part of the tree, or lies
  // within a kTree.
  std::vector<NodeId> nodes;
};

// Immutable and safe to share between threads.
class Graph {
 public:
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  std::size_t size() const { return nodes_.size(); }

  const GraphNode& node(NodeId id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }

  absl::Span<const NodeId> args(const GraphNode& node) const {
    return absl::MakeConstSpan(args_).subspan(node.first_arg, node.arg_count);
  }

  const cel::Type& type(NodeId id) const {
    const GraphNode& of = node(id);
    return of.checked->type(*of.expr);
  }

  const GraphTree& tree(const GraphNode& node) const {
    return trees_[static_cast<std::size_t>(node.number)];
  }

  // One more than the largest slot of a fold's variable.
  std::int32_t local_count() const { return local_count_; }

  // Of all expressions added, how many nodes they would be if none were
  // shared.
  std::size_t tree_size() const { return tree_size_; }

 private:
  friend class GraphBuilder;
  Graph() = default;

  std::vector<GraphNode> nodes_;
  std::vector<NodeId> args_;
  std::vector<GraphTree> trees_;
  std::int32_t local_count_ = 0;
  std::size_t tree_size_ = 0;
  // What constants point into.
  cel::EvalArena arena_;
};

// Puts expressions into one graph. All of them are to be type-checked, over
// environments in which functions of one overload id are one function.
class GraphBuilder {
 public:
  // The reader of a field, or null. Messages of a type that has readers are
  // always of the compiled type.
  using FindReader =
      const cel::FieldReader* (*)(const google::protobuf::FieldDescriptor*);

  explicit GraphBuilder(FindReader find_reader = nullptr);
  ~GraphBuilder();

  // `evaluator` is the expression made ready for the reference interpreter and
  // has to outlive the graph. `inputs` tells what each of its environment's
  // variables stands for, by the variable's index.
  GraphExpression Add(const cel::Evaluator& evaluator,
                      absl::Span<const Input> inputs);

  std::shared_ptr<const Graph> Build() &&;

 private:
  class Adder;
  struct Hash;
  struct Equal;

  NodeId Intern(GraphNode node, absl::Span<const NodeId> args);
  void FoldConstant(GraphNode& node, absl::Span<const NodeId> args);

  const FindReader find_reader_;
  std::unique_ptr<Graph> graph_;
  // By what the nodes say.
  std::unique_ptr<absl::flat_hash_set<NodeId, Hash, Equal>> known_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_GRAPH_GRAPH_H_
