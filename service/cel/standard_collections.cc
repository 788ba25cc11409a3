// `in`, indexing, size.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"

#include "service/base/source.h"
#include "service/cel/ast.h"
#include "service/cel/function_table.h"
#include "service/cel/message_access.h"

namespace klausul::cel {
namespace {

Value InList(Args args, EvalContext& context) {
  const ListValue& list = args[1].list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (Equal(args[0], list.Get(i, context), context)) {
      return Value::Bool(true);
    }
    if (context.exhausted()) return context.LimitError();
  }
  return Value::Bool(false);
}

Value InMap(Args args, EvalContext& context) {
  return Value::Bool(args[1].map().Find(args[0], context).has_value());
}

Value IndexListOverload(Args args, EvalContext& context) {
  return IndexList(args[0].list(), args[1], context);
}

Value IndexMap(Args args, EvalContext& context) {
  return ReadKey(args[0].map(), args[1], context);
}

Value SizeOfString(Args args, EvalContext& context) {
  context.ChargeBytes(args[0].text().size());
  return Value::Int(static_cast<std::int64_t>(CodePointCount(args[0].text())));
}

Value SizeOfBytes(Args args, EvalContext&) {
  return Value::Int(static_cast<std::int64_t>(args[0].text().size()));
}

Value SizeOfList(Args args, EvalContext&) {
  return Value::Int(static_cast<std::int64_t>(args[0].list().size()));
}

Value SizeOfMap(Args args, EvalContext&) {
  return Value::Int(static_cast<std::int64_t>(args[0].map().size()));
}

}  // namespace

Value IndexList(const ListValue& list, const Value& index,
                EvalContext& context) {
  if (index.is_double() &&
      index.double_value() != std::floor(index.double_value())) {
    return context.Error(ErrorCode::kInvalidArgument,
                         "a list index has to be a whole number");
  }
  const Value size = Value::Int(static_cast<std::int64_t>(list.size()));
  // nullopt with a NaN.
  const absl::optional<int> from = CompareNumbers(index, Value::Int(0));
  const absl::optional<int> to = CompareNumbers(index, size);
  if (!from.has_value() || *from < 0 || *to >= 0) {
    return context.Error(
        ErrorCode::kIndexOutOfRange,
        absl::StrCat("the index ", DebugString(index, context),
                     " is out of range for a list of ", list.size()));
  }
  const std::uint64_t at =
      index.is_int()    ? static_cast<std::uint64_t>(index.int_value())
      : index.is_uint() ? index.uint_value()
                        : static_cast<std::uint64_t>(index.double_value());
  return list.Get(static_cast<std::size_t>(at), context);
}

void AddCollections(EnvironmentBuilder& builder) {
  const Type a = Type::Param("A");
  const Type b = Type::Param("B");
  const Type list = Type::List(a);
  const Type map = Type::Map(a, b);
  const Type i = Type::Int();
  AddRows(builder, CallStyle::kGlobal,
          {
              {op::kIn, "in_list", {a, list}, Type::Bool(), InList},
              {op::kIn, "in_map", {a, map}, Type::Bool(), InMap},
              {op::kIndex, "index_list", {list, i}, a, IndexListOverload},
              {op::kIndex, "index_map", {map, a}, b, IndexMap},
              {"size", "size_string", {Type::String()}, i, SizeOfString},
              {"size", "size_bytes", {Type::Bytes()}, i, SizeOfBytes},
              {"size", "size_list", {list}, i, SizeOfList},
              {"size", "size_map", {map}, i, SizeOfMap},
          });
  AddRows(builder, CallStyle::kReceiver,
          {
              {"size", "string_size", {Type::String()}, i, SizeOfString},
              {"size", "bytes_size", {Type::Bytes()}, i, SizeOfBytes},
              {"size", "list_size", {list}, i, SizeOfList},
              {"size", "map_size", {map}, i, SizeOfMap},
          });
}

}  // namespace klausul::cel
