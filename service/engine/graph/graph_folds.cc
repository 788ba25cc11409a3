// Folds over a list or a map, each a loop of its own.

#include <vector>

#include "service/cel/strict_merge.h"
#include "service/cel/type_errors.h"
#include "service/engine/graph/graph_evaluator.h"

namespace klausul::engine {
namespace {

using cel::EvalContext;
using cel::FoldKind;
using cel::StrictMerge;
using cel::Value;

// Adds the value of a condition that is not a bool.
void AddUndecided(const Value& value, EvalContext& context,
                  StrictMerge& merge) {
  merge.Add(value.is_error() || value.is_unknown()
                ? value
                : cel::ConditionNotABool(value, context));
}

// Places of a fold among the arguments of its node.
constexpr std::size_t kRange = 0;
constexpr std::size_t kPredicate = 1;
constexpr std::size_t kTransform = 2;

}  // namespace

Value GraphEvaluator::EvalFold(const GraphNode& node) {
  const Value over = Eval(graph_.args(node)[kRange]);
  if (over.is_error() || over.is_unknown()) return over;
  Range range;
  if (over.is_list()) {
    range.list = &over.list();
    range.size = range.list->size();
  } else if (over.is_map()) {
    range.map = &over.map();
    range.size = range.map->size();
  } else {
    return cel::NotARange(over, context(node));
  }
  const bool logic =
      node.fold == FoldKind::kAll || node.fold == FoldKind::kExists;
  if (!logic && range.list != nullptr && range.list->open()) {
    return Value::Unknown(range.list->path(), context(node).arena());
  }
  Value value;
  switch (node.fold) {
    case FoldKind::kAll:
      value = FoldLogic(node, range, /*decides=*/false);
      break;
    case FoldKind::kExists:
      value = FoldLogic(node, range, /*decides=*/true);
      break;
    case FoldKind::kExistsOne:
      value = FoldExistsOne(node, range);
      break;
    default:
      value = FoldToList(node, range);
      break;
  }
  return stopped(node) ? StopError(node) : value;
}

// One variable is the element of a list or the key of a map; two are index or
// key, and element or value.
void GraphEvaluator::BindElement(const GraphNode& node, const Range& range,
                                 std::size_t index) {
  EvalContext& in = context(node);
  in.Charge(1);
  if (range.list != nullptr) {
    if (!node.two_variables) {
      Local(node.number) = range.list->Get(index, in);
      return;
    }
    Local(node.number) = Value::Int(static_cast<std::int64_t>(index));
    Local(node.number + 1) = range.list->Get(index, in);
    return;
  }
  Local(node.number) = range.map->KeyAt(index, in);
  if (node.two_variables) {
    Local(node.number + 1) = range.map->ValueAt(index, in);
  }
}

Value GraphEvaluator::FoldLogic(const GraphNode& node, const Range& range,
                                bool decides) {
  EvalContext& in = context(node);
  const NodeId predicate = graph_.args(node)[kPredicate];
  StrictMerge merge(in.arena());
  for (std::size_t i = 0; i < range.size && !stopped(node); ++i) {
    BindElement(node, range, i);
    const Value value = Eval(predicate);
    if (!value.is_bool()) {
      AddUndecided(value, in, merge);
    } else if (value.bool_value() == decides) {
      return value;
    }
  }
  // An element may yet come that decides.
  if (range.list != nullptr && range.list->open()) {
    merge.Add(Value::Unknown(range.list->path(), in.arena()));
  }
  return merge.has_result() ? merge.result() : Value::Bool(!decides);
}

Value GraphEvaluator::FoldExistsOne(const GraphNode& node, const Range& range) {
  EvalContext& in = context(node);
  const NodeId predicate = graph_.args(node)[kPredicate];
  StrictMerge merge(in.arena());
  std::size_t count = 0;
  for (std::size_t i = 0; i < range.size && !stopped(node); ++i) {
    BindElement(node, range, i);
    const Value value = Eval(predicate);
    if (!value.is_bool()) {
      AddUndecided(value, in, merge);
    } else if (value.bool_value()) {
      ++count;
    }
  }
  return merge.has_result() ? merge.result() : Value::Bool(count == 1);
}

Value GraphEvaluator::FoldToList(const GraphNode& node, const Range& range) {
  EvalContext& in = context(node);
  const NodeId predicate = graph_.args(node)[kPredicate];
  const NodeId transform = graph_.args(node)[kTransform];
  StrictMerge merge(in.arena());
  std::vector<Value> elements;
  for (std::size_t i = 0; i < range.size && !stopped(node); ++i) {
    BindElement(node, range, i);
    if (predicate != kNoNode) {
      const Value value = Eval(predicate);
      if (value.IsFalse()) continue;
      if (!value.is_bool()) {
        AddUndecided(value, in, merge);
        continue;
      }
    }
    const Value element =
        node.fold == FoldKind::kFilter ? Local(node.number) : Eval(transform);
    merge.Add(element);
    if (!merge.has_result()) elements.push_back(element);
  }
  if (merge.has_result()) return merge.result();
  return Value::List(elements, in.arena());
}

}  // namespace klausul::engine
