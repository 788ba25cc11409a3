#include "service/engine/graph/graph.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/memory/memory.h"

#include "service/cel/eval_context.h"
#include "service/cel/overload_match.h"

namespace klausul::engine {
namespace {

using cel::Expr;
using cel::ExprKind;
using cel::Overload;
using cel::Reference;
using cel::ReferenceKind;
using cel::Type;
using cel::TypeKind;
using cel::Value;

// How a value of static type `arg` goes with a parameter.
enum class Fit { kAlways, kNever, kPerhaps };

bool IsScalar(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kInt:
    case TypeKind::kUint:
    case TypeKind::kDouble:
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kEnum:
      return true;
    default:
      return false;
  }
}

// Enum values are ints when evaluated.
TypeKind AtRunTime(TypeKind kind) {
  return kind == TypeKind::kEnum ? TypeKind::kInt : kind;
}

Fit FitOf(const Type& parameter, const Type& arg, bool rules_mode) {
  if (parameter.IsDyn() || parameter.Is(TypeKind::kParam) ||
      parameter.Is(TypeKind::kAny)) {
    return Fit::kAlways;
  }
  if (arg.IsDyn() || arg.Is(TypeKind::kParam) || arg.Is(TypeKind::kAny) ||
      arg.Is(TypeKind::kWrapper) || parameter.Is(TypeKind::kWrapper) ||
      arg.Is(TypeKind::kNull) || parameter.Is(TypeKind::kNull)) {
    return Fit::kPerhaps;
  }
  const TypeKind wanted = AtRunTime(parameter.kind());
  const TypeKind given = AtRunTime(arg.kind());
  const bool certain =
      IsScalar(given) || given == TypeKind::kList || given == TypeKind::kMap;
  if (given != wanted) {
    return certain && (IsScalar(wanted) || wanted == TypeKind::kList ||
                       wanted == TypeKind::kMap || wanted == TypeKind::kMessage)
               ? Fit::kNever
               : Fit::kPerhaps;
  }
  if (certain) return Fit::kAlways;
  // Beyond the rules, null stands in for messages.
  if (given == TypeKind::kMessage && rules_mode) {
    return parameter.message() == arg.message() ? Fit::kAlways : Fit::kNever;
  }
  return Fit::kPerhaps;
}

// The overload that the reference interpreter would choose for any values of
// the types of the arguments; null where values decide.
const Overload* CertainOverload(const cel::CheckedExpr& checked,
                                const Expr& call, const Reference& reference) {
  std::vector<const Type*> args;
  const bool receiver = call.operand != nullptr && !reference.namespaced;
  if (receiver) args.push_back(&checked.type(*call.operand));
  for (const Expr* arg : call.args)
    args.push_back(&checked.type(*arg));
  const bool rules_mode = checked.environment().is_rules();
  const Overload* chosen = nullptr;
  for (const Overload* overload : reference.overloads) {
    if (overload->receiver_style != receiver || !overload->impl ||
        overload->args.size() != args.size()) {
      continue;
    }
    Fit fit = Fit::kAlways;
    for (std::size_t i = 0; i < args.size() && fit != Fit::kNever; ++i) {
      const Fit one = FitOf(overload->args[i], *args[i], rules_mode);
      if (one != Fit::kAlways) fit = one;
    }
    if (fit == Fit::kPerhaps) return nullptr;
    if (fit == Fit::kNever) continue;
    if (chosen == nullptr || !cel::IsGeneric(*overload)) chosen = overload;
    if (!cel::IsGeneric(*chosen)) break;
  }
  return chosen;
}

std::uint64_t SlotBit(std::int32_t slot) {
  return std::uint64_t{1} << std::min(slot, 63);
}

// What a fold's own variables no longer are outside of it.
std::uint64_t OwnSlots(std::int32_t slot, bool two_variables) {
  std::uint64_t bits = 0;
  if (slot < 63) bits |= SlotBit(slot);
  if (two_variables && slot + 1 < 63) bits |= SlotBit(slot + 1);
  return bits;
}

bool SameConstant(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case cel::ValueKind::kNull:
      return true;
    case cel::ValueKind::kBool:
      return a.bool_value() == b.bool_value();
    case cel::ValueKind::kInt:
      return a.int_value() == b.int_value();
    case cel::ValueKind::kUint:
      return a.uint_value() == b.uint_value();
    case cel::ValueKind::kDouble: {
      // By their bits: NaN is one value here, and 0.0 is not -0.0.
      const double x = a.double_value();
      const double y = b.double_value();
      return std::memcmp(&x, &y, sizeof(x)) == 0;
    }
    case cel::ValueKind::kString:
    case cel::ValueKind::kBytes:
      return a.text() == b.text();
    default:
      return false;
  }
}

// `&&`, `||`, `? :`: what has no overloads.
bool IsLogic(const Expr& expr) {
  return expr.operand == nullptr &&
         (expr.name == cel::op::kAnd || expr.name == cel::op::kOr ||
          expr.name == cel::op::kConditional);
}

// Whether nodes are made of an expression; of others one kTree is.
bool IsCovered(const cel::CheckedExpr& checked, const Expr& expr) {
  const Reference* reference = checked.reference(expr);
  // Optional values have ways of their own.
  const Type& type = checked.type(expr);
  if (type.Is(TypeKind::kOptional) ||
      (type.IsDyn() && checked.environment().optional_syntax())) {
    return false;
  }
  if (reference != nullptr) {
    switch (reference->kind) {
      case ReferenceKind::kVariable:
      case ReferenceKind::kConstant:
        // `has(a.b)` where a.b is a variable is true whatever it is worth.
        return expr.kind != ExprKind::kSelect ||
               expr.mode == cel::SelectMode::kRead;
      case ReferenceKind::kLocal:
      case ReferenceKind::kFunction:
      case ReferenceKind::kField:
        break;
      default:
        return false;
    }
  }
  switch (expr.kind) {
    case ExprKind::kConstant:
      return true;
    case ExprKind::kIdent:
      return reference != nullptr;
    case ExprKind::kSelect:
      return !expr.optional && IsCovered(checked, *expr.operand);
    case ExprKind::kCall:
      if (reference == nullptr && !IsLogic(expr)) return false;
      break;
    case ExprKind::kList:
      if (!expr.optional_indices.empty()) return false;
      break;
    case ExprKind::kFold:
      if (expr.fold == cel::FoldKind::kTransformMap ||
          expr.fold == cel::FoldKind::kTransformMapEntry) {
        return false;
      }
      break;
    default:
      return false;
  }
  // The operand of `ns.f(x)` is part of a name. Literals of maps and messages,
  // which have entries, are not covered.
  const bool has_operand = expr.operand != nullptr &&
                           (reference == nullptr || !reference->namespaced);
  if (has_operand && !IsCovered(checked, *expr.operand)) return false;
  for (const Expr* arg : expr.args) {
    if (!IsCovered(checked, *arg)) return false;
  }
  return (expr.predicate == nullptr || IsCovered(checked, *expr.predicate)) &&
         (expr.transform == nullptr || IsCovered(checked, *expr.transform));
}

}  // namespace

// --- Hash-consing ------------------------------------------------------------

// `known_` looks its elements up in the graph; a candidate is the graph's last
// node, with its arguments the last of all.
struct GraphBuilder::Hash {
  const Graph* graph;

  std::size_t operator()(NodeId id) const {
    const GraphNode& node = graph->node(id);
    const absl::Span<const NodeId> args = graph->args(node);
    std::size_t hash =
        absl::HashOf(static_cast<int>(node.kind), static_cast<int>(node.mode),
                     static_cast<int>(node.fold), node.number, args.size());
    for (const NodeId arg : args)
      hash = absl::HashOf(hash, arg);
    switch (node.kind) {
      case NodeKind::kConstant:
        switch (node.constant.kind()) {
          case cel::ValueKind::kString:
          case cel::ValueKind::kBytes:
            return absl::HashOf(hash, node.constant.text());
          case cel::ValueKind::kInt:
            return absl::HashOf(hash, node.constant.int_value());
          case cel::ValueKind::kUint:
            return absl::HashOf(hash, node.constant.uint_value());
          case cel::ValueKind::kBool:
            return absl::HashOf(hash, node.constant.bool_value());
          default:
            return hash;
        }
      case NodeKind::kSelect:
      case NodeKind::kCall:
        return absl::HashOf(hash, node.name());
      default:
        return hash;
    }
  }
};

struct GraphBuilder::Equal {
  const Graph* graph;

  bool operator()(NodeId x, NodeId y) const {
    const GraphNode& a = graph->node(x);
    const GraphNode& b = graph->node(y);
    if (a.kind != b.kind || a.mode != b.mode || a.fold != b.fold ||
        a.number != b.number || a.two_variables != b.two_variables ||
        graph->args(a) != graph->args(b)) {
      return false;
    }
    switch (a.kind) {
      case NodeKind::kConstant:
        return SameConstant(a.constant, b.constant);
      case NodeKind::kSelect:
        return a.name() == b.name() && FieldOf(a) == FieldOf(b);
      case NodeKind::kCall:
        return a.name() == b.name() && SameOverloads(a, b);
      default:
        return true;
    }
  }

  static const google::protobuf::FieldDescriptor* FieldOf(const GraphNode& n) {
    return n.reference == nullptr ? nullptr : n.reference->field;
  }

  static bool SameOverloads(const GraphNode& a, const GraphNode& b) {
    const auto& x = a.reference->overloads;
    const auto& y = b.reference->overloads;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](const Overload* one, const Overload* other) {
                        return one->id == other->id;
                      });
  }
};

// --- Building ----------------------------------------------------------------

// Turns one expression into nodes. Goes down the tree, whose depth the parser
// bounds.
class GraphBuilder::Adder {
 public:
  Adder(GraphBuilder& builder, const cel::Evaluator& evaluator,
        absl::Span<const Input> inputs)
      : builder_(builder),
        evaluator_(evaluator),
        checked_(evaluator.checked()),
        inputs_(inputs) {}

  GraphExpression Add() {
    GraphExpression expression;
    nodes_.assign(static_cast<std::size_t>(checked_.ast().max_id()) + 1,
                  kNoNode);
    expression.root = IsCovered(checked_, checked_.root())
                          ? Visit(checked_.root())
                          : AddTree();
    expression.nodes = std::move(nodes_);
    return expression;
  }

 private:
  GraphNode NewNode(NodeKind kind, const Expr& expr) const {
    GraphNode node;
    node.kind = kind;
    node.checked = &checked_;
    node.expr = &expr;
    node.reference = checked_.reference(expr);
    return node;
  }

  NodeId AddTree() {
    GraphNode node = NewNode(NodeKind::kTree, checked_.root());
    Graph& graph = *builder_.graph_;
    node.number = static_cast<std::int32_t>(graph.trees_.size());
    graph.trees_.push_back(
        {&evaluator_, std::vector<Input>(inputs_.begin(), inputs_.end())});
    for (cel::ExprId id = 1; id <= checked_.ast().max_id(); ++id) {
      const Reference* reference = checked_.reference(checked_.ast().node(id));
      if (reference == nullptr || reference->kind != ReferenceKind::kVariable) {
        continue;
      }
      node.scope =
          std::max(node.scope,
                   inputs_[static_cast<std::size_t>(reference->index)].scope);
    }
    return builder_.Intern(node, {});
  }

  NodeId Visit(const Expr& expr) {
    NodeId& id = nodes_[static_cast<std::size_t>(expr.id)];
    if (id == kNoNode) id = Make(expr);
    return nodes_[static_cast<std::size_t>(expr.id)];
  }

  NodeId Make(const Expr& expr) {
    const Reference* reference = checked_.reference(expr);
    if (reference != nullptr) {
      switch (reference->kind) {
        case ReferenceKind::kVariable:
          return MakeInput(expr, *reference);
        case ReferenceKind::kConstant:
          return MakeConstant(expr, reference->constant);
        case ReferenceKind::kLocal:
          if (expr.kind == ExprKind::kIdent) return MakeLocal(expr, *reference);
          break;
        default:
          break;
      }
    }
    switch (expr.kind) {
      case ExprKind::kConstant:
        return MakeConstant(expr, expr.constant);
      case ExprKind::kSelect: {
        GraphNode node = NewNode(NodeKind::kSelect, expr);
        node.mode = expr.mode;
        if (node.reference != nullptr && node.reference->field != nullptr &&
            builder_.find_reader_ != nullptr) {
          node.reader = builder_.find_reader_(node.reference->field);
        }
        return builder_.Intern(node, {Visit(*expr.operand)});
      }
      case ExprKind::kCall:
        return MakeCall(expr, reference);
      case ExprKind::kFold:
        return MakeFold(expr, *reference);
      default:
        return builder_.Intern(NewNode(NodeKind::kList, expr),
                               VisitAll(expr.args));
    }
  }

  NodeId MakeInput(const Expr& expr, const Reference& reference) {
    const Input& input = inputs_[static_cast<std::size_t>(reference.index)];
    GraphNode node = NewNode(NodeKind::kInput, expr);
    node.number = input.number;
    node.scope = input.scope;
    return builder_.Intern(node, {});
  }

  NodeId MakeConstant(const Expr& expr, const cel::Constant& constant) {
    GraphNode node = NewNode(NodeKind::kConstant, expr);
    node.constant = Value::Of(constant);
    node.is_constant = true;
    return builder_.Intern(node, {});
  }

  NodeId MakeLocal(const Expr& expr, const Reference& reference) {
    GraphNode node = NewNode(NodeKind::kLocal, expr);
    node.number = reference.index;
    node.locals = SlotBit(reference.index);
    return builder_.Intern(node, {});
  }

  NodeId MakeCall(const Expr& expr, const Reference* reference) {
    if (IsLogic(expr)) {
      const NodeKind kind = expr.name == cel::op::kAnd ? NodeKind::kAnd
                            : expr.name == cel::op::kOr
                                ? NodeKind::kOr
                                : NodeKind::kConditional;
      return builder_.Intern(NewNode(kind, expr), VisitAll(expr.args));
    }
    GraphNode node = NewNode(NodeKind::kCall, expr);
    for (const Overload* overload : reference->overloads) {
      node.non_strict = node.non_strict || overload->non_strict;
    }
    node.overload = CertainOverload(checked_, expr, *reference);
    node.pattern = evaluator_.pattern(expr);
    std::vector<NodeId> args;
    if (expr.operand != nullptr && !reference->namespaced) {
      args.push_back(Visit(*expr.operand));
    }
    for (const Expr* arg : expr.args)
      args.push_back(Visit(*arg));
    return builder_.Intern(node, args);
  }

  NodeId MakeFold(const Expr& expr, const Reference& reference) {
    GraphNode node = NewNode(NodeKind::kFold, expr);
    node.fold = expr.fold;
    node.number = reference.index;
    node.two_variables = !expr.var2.empty();
    Graph& graph = *builder_.graph_;
    graph.local_count_ = std::max(
        graph.local_count_,
        reference.index + 1 + static_cast<std::int32_t>(node.two_variables));
    const NodeId range = Visit(*expr.operand);
    const NodeId predicate =
        expr.predicate == nullptr ? kNoNode : Visit(*expr.predicate);
    const NodeId transform =
        expr.transform == nullptr ? kNoNode : Visit(*expr.transform);
    return builder_.Intern(node, {range, predicate, transform});
  }

  std::vector<NodeId> VisitAll(const std::vector<Expr*>& exprs) {
    std::vector<NodeId> ids;
    ids.reserve(exprs.size());
    for (const Expr* expr : exprs)
      ids.push_back(Visit(*expr));
    return ids;
  }

  GraphBuilder& builder_;
  const cel::Evaluator& evaluator_;
  const cel::CheckedExpr& checked_;
  absl::Span<const Input> inputs_;
  std::vector<NodeId> nodes_;
};

GraphBuilder::GraphBuilder(FindReader find_reader)
    : find_reader_(find_reader),
      graph_(absl::WrapUnique(new Graph())),
      known_(std::make_unique<absl::flat_hash_set<NodeId, Hash, Equal>>(
          0, Hash{graph_.get()}, Equal{graph_.get()})) {}

GraphBuilder::~GraphBuilder() = default;

GraphExpression GraphBuilder::Add(const cel::Evaluator& evaluator,
                                  absl::Span<const Input> inputs) {
  return Adder(*this, evaluator, inputs).Add();
}

std::shared_ptr<const Graph> GraphBuilder::Build() && {
  known_.reset();
  return std::shared_ptr<const Graph>(std::move(graph_));
}

NodeId GraphBuilder::Intern(GraphNode node, absl::Span<const NodeId> args) {
  Graph& graph = *graph_;
  ++graph.tree_size_;
  // A fold may lack a predicate or a transform, and is never worked out ahead.
  bool constant = !args.empty() && (node.kind == NodeKind::kCall ||
                                    node.kind == NodeKind::kList);
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == kNoNode) continue;
    const GraphNode& arg = graph.node(args[i]);
    node.scope = std::max(node.scope, arg.scope);
    const bool in_body = node.kind == NodeKind::kFold && i > 0;
    node.locals |= in_body
                       ? arg.locals & ~OwnSlots(node.number, node.two_variables)
                       : arg.locals;
    constant = constant && arg.is_constant;
  }
  node.first_arg = static_cast<std::uint32_t>(graph.args_.size());
  node.arg_count = static_cast<std::uint32_t>(args.size());
  const auto id = static_cast<NodeId>(graph.nodes_.size());
  graph.args_.insert(graph.args_.end(), args.begin(), args.end());
  graph.nodes_.push_back(node);
  const auto [known, is_new] = known_->insert(id);
  if (!is_new) {
    const NodeId found = *known;
    graph.nodes_.pop_back();
    graph.args_.resize(node.first_arg);
    return found;
  }
  if (constant) FoldConstant(graph.nodes_.back(), args);
  return id;
}

// A call or list of constants is worked out once and for all, where that gives
// a value: an error is one only where it is evaluated.
void GraphBuilder::FoldConstant(GraphNode& node,
                                absl::Span<const NodeId> args) {
  Graph& graph = *graph_;
  std::vector<Value> values;
  for (const NodeId arg : args)
    values.push_back(graph.node(arg).constant);
  cel::EvalContext context(graph.arena_, node.checked->environment(), {});
  Value value;
  if (node.kind == NodeKind::kList) {
    value = Value::List(values, graph.arena_);
  } else if (node.kind == NodeKind::kCall && node.overload != nullptr &&
             node.pattern == nullptr) {
    value = node.overload->impl(values, context);
    if (value.is_error() || value.is_unknown() || context.exhausted()) return;
  } else {
    return;
  }
  node.constant = value;
  node.is_constant = true;
}

}  // namespace klausul::engine
