#include "service/cel/extensions/sets.h"

#include <cstddef>

#include "absl/types/optional.h"

#include "service/cel/extensions/value_set.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

// Goes through a list until `visit` says that it has seen enough, which makes
// the result true. An error where an element is one, or steps run out.
template <typename Visit>
Value AnyElement(const ListValue& list, EvalContext& context, Visit visit) {
  bool found = false;
  for (std::size_t i = 0; i < list.size() && !found; ++i) {
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    found = visit(element);
    if (context.exhausted()) return context.LimitError();
  }
  return Value::Bool(found);
}

// Fills a set; true where nothing went wrong.
Value Fill(const ListValue& list, ValueSet& set, EvalContext& context) {
  const Value added = AnyElement(list, context, [&set](const Value& element) {
    set.Insert(element);
    return false;
  });
  return added.is_error() ? added : Value::Bool(true);
}

// Whether every element of `part` is in `whole`.
Value ContainsAll(const Value& whole, const Value& part, EvalContext& context) {
  ValueSet set(context);
  const Value filled = Fill(whole.list(), set, context);
  if (filled.is_error()) return filled;
  const Value missing = AnyElement(
      part.list(), context,
      [&set](const Value& element) { return !set.Contains(element); });
  return missing.is_error() ? missing : Value::Bool(missing.IsFalse());
}

Value Contains(Args args, EvalContext& context) {
  return ContainsAll(args[0], args[1], context);
}

Value Equivalent(Args args, EvalContext& context) {
  const Value there = ContainsAll(args[0], args[1], context);
  return there.IsTrue() ? ContainsAll(args[1], args[0], context) : there;
}

Value Intersects(Args args, EvalContext& context) {
  ValueSet set(context);
  const Value filled = Fill(args[0].list(), set, context);
  if (filled.is_error()) return filled;
  return AnyElement(args[1].list(), context, [&set](const Value& element) {
    return set.Contains(element);
  });
}

}  // namespace

void AddSets(EnvironmentBuilder& builder) {
  const Type list = Type::List(Type::Param("T"));
  const Type truth = Type::Bool();
  AddRows(builder, CallStyle::kGlobal,
          {
              {"sets.contains",
               "list_sets_contains_list",
               {list, list},
               truth,
               Contains},
              {"sets.equivalent",
               "list_sets_equivalent_list",
               {list, list},
               truth,
               Equivalent},
              {"sets.intersects",
               "list_sets_intersects_list",
               {list, list},
               truth,
               Intersects},
          });
}

}  // namespace klausul::cel
