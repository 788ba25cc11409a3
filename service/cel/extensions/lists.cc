#include "service/cel/extensions/lists.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/ast.h"
#include "service/cel/extensions/value_set.h"
#include "service/cel/function_table.h"
#include "service/cel/macros.h"

namespace klausul::cel {
namespace {

// What stands in the way of a result: an error value. nullopt: nothing.
using Failure = absl::optional<Value>;

// Reads a whole list; an element may be an error.
Failure ReadAll(const ListValue& list, std::vector<Value>& elements,
                EvalContext& context) {
  if (!context.Charge(static_cast<std::int64_t>(list.size()))) {
    return context.LimitError();
  }
  elements.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    elements.push_back(list.Get(i, context));
    if (elements.back().is_error()) return elements.back();
  }
  return absl::nullopt;
}

// --- Parts -------------------------------------------------------------------

Value Slice(Args args, EvalContext& context) {
  const ListValue& list = args[0].list();
  const std::int64_t from = args[1].int_value();
  const std::int64_t to = args[2].int_value();
  const auto size = static_cast<std::int64_t>(list.size());
  if (from < 0 || to > size || from > to) {
    return context.Error(ErrorCode::kIndexOutOfRange,
                         absl::StrCat("a list of ", size, " has no slice from ",
                                      from, " to ", to));
  }
  if (!context.Charge(to - from)) return context.LimitError();
  std::vector<Value> part;
  part.reserve(static_cast<std::size_t>(to - from));
  for (std::int64_t i = from; i < to; ++i) {
    part.push_back(list.Get(static_cast<std::size_t>(i), context));
    if (part.back().is_error()) return part.back();
  }
  return Value::List(part, context.arena());
}

Value Reverse(Args args, EvalContext& context) {
  std::vector<Value> elements;
  if (Failure failure = ReadAll(args[0].list(), elements, context)) {
    return *failure;
  }
  std::reverse(elements.begin(), elements.end());
  return Value::List(elements, context.arena());
}

Value Distinct(Args args, EvalContext& context) {
  std::vector<Value> elements;
  if (Failure failure = ReadAll(args[0].list(), elements, context)) {
    return *failure;
  }
  ValueSet seen(context);
  std::vector<Value> distinct;
  for (const Value& element : elements) {
    if (seen.Insert(element)) distinct.push_back(element);
    if (context.exhausted()) return context.LimitError();
  }
  return Value::List(distinct, context.arena());
}

// Adds the elements of a list, those of lists in it to a depth in their place.
// Lists are nested no deeper than expressions and messages are.
Failure AppendFlat(const ListValue& list, std::int64_t depth,
                   std::vector<Value>& flat, EvalContext& context) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    if (!element.is_list() || depth == 0) {
      flat.push_back(element);
    } else if (Failure failure =
                   AppendFlat(element.list(), depth - 1, flat, context)) {
      return failure;
    }
  }
  return absl::nullopt;
}

Value Flatten(Args args, EvalContext& context) {
  const std::int64_t depth = args.size() > 1 ? args[1].int_value() : 1;
  if (depth < 0) {
    return context.Error(ErrorCode::kInvalidArgument,
                         "the depth to flatten to is negative");
  }
  std::vector<Value> flat;
  if (Failure failure = AppendFlat(args[0].list(), depth, flat, context)) {
    return *failure;
  }
  return Value::List(flat, context.arena());
}

// --- Order -------------------------------------------------------------------

// An element and what it is put in order by.
struct Keyed {
  Value key;
  Value element;
};

// An error where two keys have no order between them.
Failure CheckKeys(const std::vector<Keyed>& items, EvalContext& context) {
  for (const Keyed& item : items) {
    const Value& key = item.key;
    if (key.kind() != items.front().key.kind()) {
      return context.Error(
          ErrorCode::kNoMatchingOverload,
          absl::StrCat("values of different types cannot be sorted: ",
                       items.front().key.TypeName(), " and ", key.TypeName()));
    }
    if (!IsOrdered(key, key)) {
      return context.Error(
          ErrorCode::kNoMatchingOverload,
          absl::StrCat("values of type ", key.TypeName(), " have no order"));
    }
    if (key.is_double() && std::isnan(key.double_value())) {
      return context.Error(ErrorCode::kInvalidArgument, "a NaN has no order");
    }
  }
  return absl::nullopt;
}

// Each element is compared about log(n) times.
bool ChargeSort(const std::vector<Keyed>& items, EvalContext& context) {
  const auto rounds = static_cast<std::int64_t>(absl::bit_width(items.size()));
  for (const Keyed& item : items) {
    const bool text = item.key.is_string() || item.key.is_bytes();
    const std::int64_t blocks =
        text ? static_cast<std::int64_t>(item.key.text().size() / 64) : 0;
    if (!context.Charge(rounds * (1 + blocks))) return false;
  }
  return true;
}

Value SortItems(std::vector<Keyed>& items, EvalContext& context) {
  if (Failure failure = CheckKeys(items, context)) return *failure;
  if (!ChargeSort(items, context)) return context.LimitError();
  std::stable_sort(items.begin(), items.end(),
                   [](const Keyed& a, const Keyed& b) {
                     return Compare(a.key, b.key).value_or(0) < 0;
                   });
  std::vector<Value> sorted;
  sorted.reserve(items.size());
  for (const Keyed& item : items)
    sorted.push_back(item.element);
  return Value::List(sorted, context.arena());
}

Value Sort(Args args, EvalContext& context) {
  std::vector<Value> elements;
  if (Failure failure = ReadAll(args[0].list(), elements, context)) {
    return *failure;
  }
  std::vector<Keyed> items;
  items.reserve(elements.size());
  for (const Value& element : elements)
    items.push_back({element, element});
  return SortItems(items, context);
}

Value SortByKeys(Args args, EvalContext& context) {
  std::vector<Value> elements;
  std::vector<Value> keys;
  if (Failure failure = ReadAll(args[0].list(), elements, context)) {
    return *failure;
  }
  if (Failure failure = ReadAll(args[1].list(), keys, context)) {
    return *failure;
  }
  if (keys.size() != elements.size()) {
    return context.Error(ErrorCode::kInvalidArgument,
                         "there is not one key for each element");
  }
  std::vector<Keyed> items;
  items.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i)
    items.push_back({keys[i], elements[i]});
  return SortItems(items, context);
}

// --- lists.range -------------------------------------------------------------

// 0, 1, 2, ... of which none is kept.
class RangeList final : public ListValue {
 public:
  explicit RangeList(std::size_t size) : size_(size) {}

  std::size_t size() const override { return size_; }

  Value Get(std::size_t index, EvalContext&) const override {
    return Value::Int(static_cast<std::int64_t>(index));
  }

 private:
  std::size_t size_;
};

Value MakeRange(Args args, EvalContext& context) {
  const std::int64_t size = std::max<std::int64_t>(args[0].int_value(), 0);
  if (!context.Charge(size)) return context.LimitError();
  return Value::List(
      context.arena().New<RangeList>(static_cast<std::size_t>(size)));
}

// --- Declarations ------------------------------------------------------------

constexpr absl::string_view kSortByKeys = "@sortByAssociatedKeys";
constexpr absl::string_view kInput = "@sortBy";

// `list.sortBy(var, key)`: the list is worked out once,
//
//   let @sortBy = list in @sortBy.@sortByAssociatedKeys(@sortBy.map(var, key))
Expr* ExpandSortBy(MacroContext& context, Expr& call) {
  if (!CheckMacroVariable(context, *call.args[0])) return nullptr;
  Expr* keys =
      context.NewFold(FoldKind::kMap, context.NewIdent(kInput), *call.args[0]);
  keys->transform = call.args[1];
  UpdateDepth(*keys);
  Expr* sorted =
      context.NewReceiverCall(kSortByKeys, context.NewIdent(kInput), {keys});
  return context.NewLet(*context.NewIdent(kInput), call.operand, sorted);
}

void AddSorting(EnvironmentBuilder& builder) {
  struct Ordered {
    absl::string_view word;
    Type type;
  };

  const Ordered ordered[] = {
      {"int", Type::Int()},           {"uint", Type::Uint()},
      {"double", Type::Double()},     {"bool", Type::Bool()},
      {"duration", Type::Duration()}, {"timestamp", Type::Timestamp()},
      {"string", Type::String()},     {"bytes", Type::Bytes()},
  };
  const Type elements = Type::List(Type::Param("T"));
  for (const Ordered& kind : ordered) {
    const Type keys = Type::List(kind.type);
    const std::string sort = absl::StrCat("list_", kind.word, "_sort");
    const std::string sort_by =
        absl::StrCat("list_", kind.word, "_sortByAssociatedKeys");
    AddRows(builder, CallStyle::kReceiver,
            {{"sort", sort, {keys}, keys, Sort},
             {kSortByKeys, sort_by, {elements, keys}, elements, SortByKeys}});
  }
  Macro macro;
  macro.name = "sortBy";
  macro.receiver_style = true;
  macro.arg_count = 2;
  macro.expand = ExpandSortBy;
  builder.AddMacro(std::move(macro));
}

}  // namespace

void AddLists(EnvironmentBuilder& builder) {
  const Type list = Type::List(Type::Param("T"));
  const Type lists = Type::List(list);
  const Type mixed = Type::List(Type::Dyn());
  const Type i = Type::Int();
  AddRows(builder, CallStyle::kReceiver,
          {
              {"slice", "list_slice", {list, i, i}, list, Slice},
              {"reverse", "list_reverse", {list}, list, Reverse},
              {"distinct", "list_distinct", {list}, list, Distinct},
              {"flatten", "list_flatten", {lists}, list, Flatten},
              {"flatten", "list_flatten_int", {mixed, i}, mixed, Flatten},
          });
  AddRows(builder, CallStyle::kGlobal,
          {{"lists.range", "lists_range", {i}, Type::List(i), MakeRange}});
  AddSorting(builder);
}

}  // namespace klausul::cel
