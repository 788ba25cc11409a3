#include "service/engine/graph/graph_evaluator.h"

#include <atomic>

#include "absl/container/inlined_vector.h"
#include "absl/types/optional.h"

#include "service/cel/message_access.h"
#include "service/cel/overload_match.h"
#include "service/cel/regex.h"
#include "service/cel/standard_library.h"
#include "service/cel/strict_merge.h"
#include "service/cel/type_errors.h"

namespace klausul::engine {
namespace {

using cel::ErrorCode;
using cel::EvalContext;
using cel::Overload;
using cel::SelectMode;
using cel::StrictMerge;
using cel::Value;
using Values = absl::InlinedVector<Value, 4>;

bool IsOpenList(const Value& value) {
  return value.is_list() && value.list().open();
}

}  // namespace

// The inputs of an expression that the reference interpreter evaluates.
class GraphEvaluator::Activation : public cel::Activation {
 public:
  Activation(GraphEvaluator& evaluator, const GraphTree& tree)
      : evaluator_(evaluator), tree_(tree) {}

  Value Variable(int index, EvalContext&) const override {
    const Input& input = tree_.inputs[static_cast<std::size_t>(index)];
    return evaluator_.host_->ReadInput(input.number,
                                       *evaluator_.contexts_[input.scope]);
  }

 private:
  GraphEvaluator& evaluator_;
  const GraphTree& tree_;
};

GraphEvaluator::GraphEvaluator(const Graph& graph)
    : graph_(graph),
      cells_(graph.size()),
      locals_(static_cast<std::size_t>(graph.local_count())) {}

void GraphEvaluator::BeginScope(std::uint8_t scope, EvalContext& context) {
  for (std::size_t i = scope; i < kMaxScopes; ++i)
    stamps_[i] = ++next_stamp_;
  for (std::size_t i = scope; i < kMaxScopes; ++i)
    contexts_[i] = &context;
  if (scope == 0) cancelled_ = false;
}

bool GraphEvaluator::IsKnown(NodeId id) const {
  const GraphNode& node = graph_.node(id);
  return node.is_constant ||
         cells_[static_cast<std::size_t>(id)].stamp == stamps_[node.scope];
}

Value GraphEvaluator::StopError(const GraphNode& node) {
  return cancelled_ ? context(node).Error(ErrorCode::kCancelled,
                                          "the evaluation was cancelled")
                    : context(node).LimitError();
}

bool GraphEvaluator::IsCancelled(const GraphNode& node) {
  // Often enough to stop within a millisecond, seldom enough to cost nothing.
  constexpr std::int64_t kEvery = 256;
  if (++evaluated_ % kEvery == 0) {
    const std::atomic<bool>* cancelled = context(node).options().cancelled;
    if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
      cancelled_ = true;
    }
  }
  return cancelled_;
}

Value GraphEvaluator::Evaluate(NodeId id, Host& host) {
  Host* const outer = host_;
  host_ = &host;
  const Value value = Eval(id);
  host_ = outer;
  return value;
}

Value GraphEvaluator::Eval(NodeId id) {
  const GraphNode& node = graph_.node(id);
  if (node.is_constant) return node.constant;
  Cell& cell = cells_[static_cast<std::size_t>(id)];
  if (!node.varies() && cell.stamp == stamps_[node.scope]) return cell.value;
  if (IsCancelled(node) || !context(node).Charge(1)) return StopError(node);
  const Value value = EvalNode(node);
  cell.value = value;
  cell.stamp = stamps_[node.scope];
  return value;
}

Value GraphEvaluator::EvalNode(const GraphNode& node) {
  switch (node.kind) {
    case NodeKind::kConstant:
      return node.constant;
    case NodeKind::kInput:
      return EvalInput(node);
    case NodeKind::kLocal:
      return Local(node.number);
    case NodeKind::kSelect:
      return EvalSelect(node);
    case NodeKind::kCall:
      return EvalCall(node);
    case NodeKind::kAnd:
      return EvalLogic(node, /*decides=*/false);
    case NodeKind::kOr:
      return EvalLogic(node, /*decides=*/true);
    case NodeKind::kConditional:
      return EvalConditional(node);
    case NodeKind::kList:
      return EvalList(node);
    case NodeKind::kFold:
      return EvalFold(node);
    case NodeKind::kTree:
      return EvalTree(node);
  }
  return Value::Null();
}

Value GraphEvaluator::EvalInput(const GraphNode& node) {
  // The input may be an expression with folds of its own.
  const std::size_t frame = frame_;
  frame_ += static_cast<std::size_t>(graph_.local_count());
  const std::size_t needed =
      frame_ + static_cast<std::size_t>(graph_.local_count());
  if (locals_.size() < needed) locals_.resize(needed);
  const Value value = host_->ReadInput(node.number, context(node));
  frame_ = frame;
  return value;
}

Value GraphEvaluator::EvalTree(const GraphNode& node) {
  const GraphTree& tree = graph_.tree(node);
  const std::size_t frame = frame_;
  frame_ += static_cast<std::size_t>(graph_.local_count());
  const Value value =
      tree.evaluator->Evaluate(Activation(*this, tree), context(node));
  frame_ = frame;
  return value;
}

Value GraphEvaluator::EvalSelect(const GraphNode& node) {
  const Value operand = Eval(graph_.args(node)[0]);
  if (operand.is_error()) return operand;
  EvalContext& in = context(node);
  if (node.reader != nullptr) {
    const absl::optional<cel::MessageValue> message =
        cel::MessageBehind(operand);
    if (message.has_value() && message->path != nullptr) {
      switch (node.mode) {
        case SelectMode::kRead:
          return cel::ReadField(*message, *node.reader, in);
        case SelectMode::kHas:
          return Value::Bool(cel::HasField(*message, *node.reader));
        case SelectMode::kStated:
          return Value::Bool(cel::IsStated(*message, *node.reader, in));
      }
    }
  }
  const google::protobuf::FieldDescriptor* field =
      node.reference != nullptr ? node.reference->field : nullptr;
  if (field != nullptr && operand.is_message() &&
      field->containing_type() == operand.message().message->GetDescriptor()) {
    const cel::MessageValue& message = operand.message();
    switch (node.mode) {
      case SelectMode::kRead:
        return cel::ReadField(message, field, in);
      case SelectMode::kHas:
        return Value::Bool(cel::HasField(message, field));
      case SelectMode::kStated:
        return Value::Bool(cel::IsStated(message, field, in));
    }
  }
  if (node.mode == SelectMode::kRead) {
    return cel::SelectField(operand, node.name(), in);
  }
  return cel::TestField(operand, node.name(), node.mode == SelectMode::kStated,
                        in);
}

Value GraphEvaluator::EvalCall(const GraphNode& node) {
  Values args;
  StrictMerge merge(context(node).arena());
  bool open = false;
  for (const NodeId arg : graph_.args(node)) {
    args.push_back(Eval(arg));
    merge.Add(args.back());
    open = open || IsOpenList(args.back());
  }
  if (stopped(node)) return StopError(node);
  if (!node.non_strict) {
    if (merge.has_result()) return merge.result();
    if (open) return CallOnOpenList(node, args);
  }
  return Dispatch(node, args);
}

Value GraphEvaluator::Dispatch(const GraphNode& node,
                               absl::Span<const Value> args) {
  EvalContext& in = context(node);
  if (node.pattern != nullptr && args.size() == 2 && args[0].is_string()) {
    return cel::MatchPattern(args[0].text(), *node.pattern, in);
  }
  const Overload* chosen = node.overload;
  if (chosen == nullptr) {
    const bool receiver_style =
        node.expr->operand != nullptr && !node.reference->namespaced;
    chosen =
        cel::ChooseOverload(node.reference->overloads, receiver_style, args);
  }
  if (chosen != nullptr) {
    const Value value = chosen->impl(args, in);
    return stopped(node) ? StopError(node) : value;
  }
  if (node.expr->operand == nullptr) {
    if (const absl::optional<Value> value =
            cel::DynamicOperator(node.name(), args, in)) {
      return *value;
    }
  }
  return cel::NoOverload(node.name(), args, in);
}

// That an element is in the list stands; all else about it is not known yet.
Value GraphEvaluator::CallOnOpenList(const GraphNode& node,
                                     absl::Span<const Value> args) {
  cel::EvalArena& arena = context(node).arena();
  StrictMerge merge(arena);
  for (const Value& arg : args) {
    if (IsOpenList(arg)) merge.Add(Value::Unknown(arg.list().path(), arena));
  }
  if (node.expr->IsCall(cel::op::kIn) && !IsOpenList(args[0])) {
    const Value found = Dispatch(node, args);
    if (found.is_error() || found.IsTrue()) return found;
  }
  return merge.result();
}

Value GraphEvaluator::EvalLogic(const GraphNode& node, bool decides) {
  StrictMerge merge(context(node).arena());
  for (const NodeId arg : graph_.args(node)) {
    const Value value = Eval(arg);
    if (value.is_bool()) {
      if (value.bool_value() == decides) return value;
    } else if (value.is_error() || value.is_unknown()) {
      merge.Add(value);
    } else {
      merge.Add(cel::NotABool(decides ? "`||`" : "`&&`", value, context(node)));
    }
    if (stopped(node)) return StopError(node);
  }
  return merge.has_result() ? merge.result() : Value::Bool(!decides);
}

Value GraphEvaluator::EvalConditional(const GraphNode& node) {
  const absl::Span<const NodeId> args = graph_.args(node);
  const Value condition = Eval(args[0]);
  if (condition.is_error() || condition.is_unknown()) return condition;
  if (!condition.is_bool()) {
    return cel::NotABool("`? :`", condition, context(node));
  }
  return Eval(args[condition.bool_value() ? 1 : 2]);
}

Value GraphEvaluator::EvalList(const GraphNode& node) {
  Values elements;
  StrictMerge merge(context(node).arena());
  for (const NodeId arg : graph_.args(node)) {
    elements.push_back(Eval(arg));
    merge.Add(elements.back());
  }
  if (merge.has_result()) return merge.result();
  return Value::List(elements, context(node).arena());
}

}  // namespace klausul::engine
