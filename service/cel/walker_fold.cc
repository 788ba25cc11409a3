// Folds: `all`, `exists`, `exists_one`, `map`, `filter` and their forms with
// two variables, each a loop of its own.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/cel/strict_merge.h"
#include "service/cel/type_errors.h"
#include "service/cel/walker.h"

namespace klausul::cel {

Value Walker::EvalFold(const Expr& expr, const Reference* reference) {
  const Value over = Eval(*expr.operand);
  if (over.is_error() || over.is_unknown()) return over;
  Range range;
  if (over.is_list()) {
    range.list = &over.list();
    range.size = range.list->size();
  } else if (over.is_map()) {
    range.map = &over.map();
    range.size = range.map->size();
  } else {
    return NotARange(over, context_);
  }
  const bool logic =
      expr.fold == FoldKind::kAll || expr.fold == FoldKind::kExists;
  if (!logic && range.list != nullptr && range.list->open()) {
    return Value::Unknown(range.list->path(), arena_);
  }
  range.locals = &LocalOf(reference);
  Value value;
  switch (expr.fold) {
    case FoldKind::kAll:
      value = FoldLogic(expr, range, /*decides=*/false);
      break;
    case FoldKind::kExists:
      value = FoldLogic(expr, range, /*decides=*/true);
      break;
    case FoldKind::kExistsOne:
      value = FoldExistsOne(expr, range);
      break;
    case FoldKind::kMap:
    case FoldKind::kFilter:
    case FoldKind::kTransformList:
      value = FoldToList(expr, range);
      break;
    case FoldKind::kTransformMap:
    case FoldKind::kTransformMapEntry:
      value = FoldToMap(expr, range);
      break;
  }
  return stopped() ? StopError() : value;
}

// One variable is the element of a list or the key of a map; two are index or
// key, and element or value.
void Walker::BindElement(const Expr& expr, const Range& range,
                         std::size_t index) {
  context_.Charge(1);
  const Value key = range.list != nullptr && expr.var2.empty()
                        ? range.list->Get(index, context_)
                    : range.list != nullptr
                        ? Value::Int(static_cast<std::int64_t>(index))
                        : range.map->KeyAt(index, context_);
  range.locals[0] = {key, nullptr};
  if (expr.var2.empty()) return;
  range.locals[1] = {range.list != nullptr
                         ? range.list->Get(index, context_)
                         : range.map->ValueAt(index, context_),
                     nullptr};
}

Value Walker::FoldLogic(const Expr& expr, const Range& range, bool decides) {
  StrictMerge merge(arena_);
  for (std::size_t i = 0; i < range.size && !stopped(); ++i) {
    BindElement(expr, range, i);
    const Value value = Eval(*expr.predicate);
    if (value.is_bool()) {
      if (value.bool_value() == decides) return value;
    } else if (value.is_error() || value.is_unknown()) {
      merge.Add(value);
    } else {
      merge.Add(ConditionNotABool(value, context_));
    }
  }
  // An element may yet come that decides.
  if (range.list != nullptr && range.list->open()) {
    merge.Add(Value::Unknown(range.list->path(), arena_));
  }
  return merge.has_result() ? merge.result() : Value::Bool(!decides);
}

Value Walker::FoldExistsOne(const Expr& expr, const Range& range) {
  StrictMerge merge(arena_);
  std::size_t count = 0;
  for (std::size_t i = 0; i < range.size && !stopped(); ++i) {
    BindElement(expr, range, i);
    const Value value = Eval(*expr.predicate);
    if (value.is_bool()) {
      if (value.bool_value()) ++count;
    } else if (value.is_error() || value.is_unknown()) {
      merge.Add(value);
    } else {
      merge.Add(ConditionNotABool(value, context_));
    }
  }
  return merge.has_result() ? merge.result() : Value::Bool(count == 1);
}

Value Walker::FoldToList(const Expr& expr, const Range& range) {
  StrictMerge merge(arena_);
  std::vector<Value> elements;
  for (std::size_t i = 0; i < range.size && !stopped(); ++i) {
    BindElement(expr, range, i);
    if (expr.predicate != nullptr) {
      const Value value = Eval(*expr.predicate);
      if (value.IsFalse()) continue;
      if (!value.is_bool()) {
        merge.Add(value.is_error() || value.is_unknown()
                      ? value
                      : ConditionNotABool(value, context_));
        continue;
      }
    }
    const Value element = expr.fold == FoldKind::kFilter
                              ? range.locals[0].value
                              : Eval(*expr.transform);
    merge.Add(element);
    if (!merge.has_result()) elements.push_back(element);
  }
  if (merge.has_result()) return merge.result();
  return Value::List(elements, arena_);
}

// The entries of the map that a transformMapEntry gives: one as a rule, none
// where it is written `{?key: value}`.
Value Walker::EvalMapEntries(const Expr& transform,
                             std::vector<MapEntry>& entries) {
  const Value map = Eval(transform);
  if (map.is_error() || map.is_unknown()) return map;
  if (!map.is_map()) {
    return context_.Error(
        ErrorCode::kNoMatchingOverload,
        absl::StrCat("an entry is a map of one key and value, not a ",
                     map.TypeName()));
  }
  for (std::size_t i = 0; i < map.map().size(); ++i) {
    if (!context_.Charge(1)) return StopError();
    entries.push_back(
        {map.map().KeyAt(i, context_), map.map().ValueAt(i, context_)});
  }
  return map;
}

Value Walker::FoldToMap(const Expr& expr, const Range& range) {
  StrictMerge merge(arena_);
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < range.size && !stopped(); ++i) {
    BindElement(expr, range, i);
    const Value key = range.locals[0].value;
    if (expr.predicate != nullptr) {
      const Value value = Eval(*expr.predicate);
      if (value.IsFalse()) continue;
      if (!value.is_bool()) {
        merge.Add(value.is_error() || value.is_unknown()
                      ? value
                      : ConditionNotABool(value, context_));
        continue;
      }
    }
    if (expr.fold == FoldKind::kTransformMapEntry) {
      merge.Add(EvalMapEntries(*expr.transform, entries));
      continue;
    }
    const Value value = Eval(*expr.transform);
    merge.Add(value);
    if (!merge.has_result()) entries.push_back({key, value});
  }
  if (merge.has_result()) return merge.result();
  return MakeMap(entries, context_);
}

}  // namespace klausul::cel
