#include "service/engine/columns/condition_compiler.h"

#include <algorithm>

#include "service/cel/eval_arena.h"
#include "service/cel/eval_context.h"

namespace klausul::engine {
namespace {

using cel::FoldKind;
using cel::Value;

absl::optional<Relation> RelationOf(absl::string_view name) {
  if (name == cel::op::kEquals) return Relation::kEquals;
  if (name == cel::op::kNotEquals) return Relation::kNotEquals;
  if (name == cel::op::kLess) return Relation::kLess;
  if (name == cel::op::kLessEquals) return Relation::kLessEquals;
  if (name == cel::op::kGreater) return Relation::kGreater;
  if (name == cel::op::kGreaterEquals) return Relation::kGreaterEquals;
  return absl::nullopt;
}

}  // namespace

ConditionCompiler::ConditionCompiler(const Graph& graph,
                                     const ColumnOptions& options)
    : graph_(graph), reader_(graph, options.int_sums, layout_) {
  layout_.inputs = options.inputs;
  layout_.unset_is_unknown = options.unset_is_unknown;
  layout_.tables.emplace_back();
}

void ConditionCompiler::Compile(absl::Span<const NodeId> roots) {
  const Scope scope;
  for (const NodeId root : roots)
    Visit(root, scope);
  for (LayoutTable& table : layout_.tables) {
    for (LayoutField& field : table.fields)
      field.texts.Seal();
  }
  goals_.Clear();
  collecting_ = false;
  std::vector<Part> conditions;
  for (const NodeId root : roots)
    conditions.push_back(Visit(root, scope));
  tables_ = goals_.Finish(conditions, layout_);
}

Part ConditionCompiler::Visit(NodeId id, const Scope& scope) {
  const GraphNode& node = graph_.node(id);
  if (node.is_constant) {
    return node.constant.is_bool() ? Part::Constant(node.constant.bool_value())
                                   : Part::Open();
  }
  switch (node.kind) {
    case NodeKind::kAnd:
      return VisitLogic(node, scope, /*negated=*/false);
    case NodeKind::kOr:
      return VisitLogic(node, scope, /*negated=*/true);
    case NodeKind::kFold:
      return VisitFold(node, scope);
    case NodeKind::kCall:
      return VisitCall(node, scope);
    case NodeKind::kSelect:
    case NodeKind::kLocal: {
      const absl::optional<ColumnRef> ref = reader_.Column(id, scope);
      if (!ref.has_value() || reader_.ColumnAt(*ref).type != KeyType::kBool) {
        return Part::Open();
      }
      return Test(*ref, KeyRanges::Between(1, 1), scope);
    }
    default:
      return Part::Open();
  }
}

// `a || b` is `!(!a && !b)`.
Part ConditionCompiler::VisitLogic(const GraphNode& node, const Scope& scope,
                                   bool negated) {
  std::vector<Part> parts;
  for (const NodeId arg : graph_.args(node)) {
    const Part part = Visit(arg, scope);
    parts.push_back(negated ? goals_.Not(scope.table, part) : part);
  }
  const Part all = goals_.All(scope.table, parts);
  return negated ? goals_.Not(scope.table, all) : all;
}

Part ConditionCompiler::VisitFold(const GraphNode& node, const Scope& scope) {
  const bool all = node.fold == FoldKind::kAll;
  if ((!all && node.fold != FoldKind::kExists) || node.two_variables) {
    return Part::Open();
  }
  const absl::Span<const NodeId> args = graph_.args(node);
  const absl::optional<ListRef> list = reader_.List(args[0], scope);
  if (!list.has_value() || list->table != scope.table) return Part::Open();
  Scope inner = scope;
  inner.table = list->child_table;
  inner.locals.emplace_back(node.number, list->child_table);
  const Part body = Visit(args[1], inner);
  if (!all) return goals_.Exists(inner.table, body);
  return goals_.Not(scope.table,
                    goals_.Exists(inner.table, goals_.Not(inner.table, body)));
}

Part ConditionCompiler::VisitCall(const GraphNode& node, const Scope& scope) {
  const absl::Span<const NodeId> args = graph_.args(node);
  if (args.size() == 1 && node.name() == cel::op::kNot) {
    return goals_.Not(scope.table, Visit(args[0], scope));
  }
  if (args.size() != 2) return Part::Open();
  if (node.name() == cel::op::kIn) return VisitIn(node, scope);
  if (node.name() == "startsWith") return VisitPrefix(node, scope);
  const absl::optional<Relation> relation = RelationOf(node.name());
  if (!relation.has_value()) return Part::Open();
  return graph_.node(args[0]).is_constant
             ? VisitRelation(Mirrored(*relation), args[1], args[0], scope)
             : VisitRelation(*relation, args[0], args[1], scope);
}

Part ConditionCompiler::VisitRelation(Relation relation, NodeId left,
                                      NodeId right, const Scope& scope) {
  const GraphNode& constant = graph_.node(right);
  if (!constant.is_constant) return Part::Open();
  const absl::optional<ColumnRef> ref = reader_.Column(left, scope);
  if (!ref.has_value()) return Part::Open();
  const absl::optional<KeyRanges> ranges =
      RangesFor(*ref, relation, constant.constant);
  return ranges.has_value() ? Test(*ref, *ranges, scope) : Part::Open();
}

Part ConditionCompiler::VisitIn(const GraphNode& node, const Scope& scope) {
  const absl::Span<const NodeId> args = graph_.args(node);
  const GraphNode& element = graph_.node(args[0]);
  const GraphNode& container = graph_.node(args[1]);
  if (container.is_constant && container.constant.is_list()) {
    const absl::optional<ColumnRef> ref = reader_.Column(args[0], scope);
    if (!ref.has_value()) return Part::Open();
    cel::EvalArena arena;
    cel::EvalContext context(arena, container.checked->environment(), {});
    const cel::ListValue& list = container.constant.list();
    KeyRanges ranges;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const absl::optional<KeyRanges> one =
          RangesFor(*ref, Relation::kEquals, list.Get(i, context));
      if (!one.has_value()) return Part::Open();
      ranges = ranges.UnionWith(*one);
    }
    return Test(*ref, ranges, scope);
  }
  if (!element.is_constant) return Part::Open();
  const absl::optional<ListRef> list = reader_.List(args[1], scope);
  if (!list.has_value() || list->table != scope.table) return Part::Open();
  const absl::optional<ColumnRef> ref = reader_.Element(*list);
  if (!ref.has_value()) return Part::Open();
  const absl::optional<KeyRanges> ranges =
      RangesFor(*ref, Relation::kEquals, element.constant);
  if (!ranges.has_value()) return Part::Open();
  Scope inner = scope;
  inner.table = list->child_table;
  return goals_.Exists(inner.table, Test(*ref, *ranges, inner));
}

Part ConditionCompiler::VisitPrefix(const GraphNode& node, const Scope& scope) {
  const absl::Span<const NodeId> args = graph_.args(node);
  const GraphNode& prefix = graph_.node(args[1]);
  const absl::optional<ColumnRef> ref = reader_.Column(args[0], scope);
  if (!ref.has_value() || !prefix.is_constant || !prefix.constant.is_string() ||
      reader_.ColumnAt(*ref).type != KeyType::kText) {
    return Part::Open();
  }
  TextClasses& texts = reader_.FieldOf(*ref).texts;
  if (collecting_) {
    texts.AddPrefix(prefix.constant.text());
    return Part::Open();
  }
  return Test(*ref, texts.PrefixRanges(prefix.constant.text()), scope);
}

absl::optional<KeyRanges> ConditionCompiler::RangesFor(const ColumnRef& ref,
                                                       Relation relation,
                                                       const Value& constant) {
  const KeyType type = reader_.ColumnAt(ref).type;
  if (type == KeyType::kText) {
    if (!constant.is_string()) return absl::nullopt;
    TextClasses& texts = reader_.FieldOf(ref).texts;
    if (!collecting_) return texts.Ranges(relation, constant.text());
    texts.AddConstant(constant.text());
    return KeyRanges();
  }
  const absl::optional<std::int64_t> key = ConstantKey(type, constant);
  if (!key.has_value()) return absl::nullopt;
  return RangesOf(type, relation, *key);
}

Part ConditionCompiler::Test(const ColumnRef& ref, const KeyRanges& ranges,
                             const Scope& scope) {
  if (ref.table != scope.table) return Part::Open();
  return goals_.Test(ref.table, ref.column, ranges);
}

}  // namespace klausul::engine
