#include "service/cel/extensions/optionals.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "google/protobuf/message.h"

#include "service/cel/ast.h"
#include "service/cel/function_table.h"
#include "service/cel/macros.h"

namespace klausul::cel {
namespace {

// --- Functions ---------------------------------------------------------------

bool IsEmptyMessage(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  return fields.empty() && reflection.GetUnknownFields(message).empty();
}

// The value that an unset field of its type would have.
bool IsZero(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kBool:
      return !value.bool_value();
    case ValueKind::kInt:
      return value.int_value() == 0;
    case ValueKind::kUint:
      return value.uint_value() == 0;
    case ValueKind::kDouble:
      return value.double_value() == 0;
    case ValueKind::kString:
    case ValueKind::kBytes:
      return value.text().empty();
    case ValueKind::kTimestamp:
    case ValueKind::kDuration:
      return value.time() == TimeValue{};
    case ValueKind::kList:
      return value.list().size() == 0;
    case ValueKind::kMap:
      return value.map().size() == 0;
    case ValueKind::kMessage:
      return IsEmptyMessage(*value.message().message);
    case ValueKind::kOptional:
      return value.optional() == nullptr;
    default:
      return false;
  }
}

Value None(Args, EvalContext&) {
  return Value::None();
}

Value Of(Args args, EvalContext& context) {
  return Value::Optional(args[0], context.arena());
}

Value OfNonZeroValue(Args args, EvalContext& context) {
  return IsZero(args[0]) ? Value::None()
                         : Value::Optional(args[0], context.arena());
}

Value HasValue(Args args, EvalContext&) {
  return Value::Bool(args[0].optional() != nullptr);
}

Value Get(Args args, EvalContext& context) {
  if (args[0].optional() != nullptr) return *args[0].optional();
  return context.Error(ErrorCode::kInvalidArgument,
                       "optional.none() has no value");
}

// The evaluator asks only where the receiver has no value; another caller may
// ask with any.
Value Or(Args args, EvalContext&) {
  const bool decided = !args[0].is_optional() || args[0].optional() != nullptr;
  return args[decided ? 0 : 1];
}

Value OrValue(Args args, EvalContext&) {
  if (!args[0].is_optional()) return args[0];
  return args[0].optional() != nullptr ? *args[0].optional() : args[1];
}

Value Unwrap(Args args, EvalContext& context) {
  const ListValue& list = args[0].list();
  std::vector<Value> present;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    if (!element.is_optional()) {
      return context.Error(ErrorCode::kNoMatchingOverload,
                           "an element to unwrap is no optional value");
    }
    if (element.optional() != nullptr) present.push_back(*element.optional());
  }
  return Value::List(present, context.arena());
}

// An element of a list that may be empty.
Value ElementAt(const ListValue& list, std::size_t index,
                EvalContext& context) {
  if (list.size() == 0) return Value::None();
  const Value element = list.Get(index, context);
  return element.is_error() ? element
                            : Value::Optional(element, context.arena());
}

Value First(Args args, EvalContext& context) {
  return ElementAt(args[0].list(), 0, context);
}

Value Last(Args args, EvalContext& context) {
  return ElementAt(args[0].list(), args[0].list().size() - 1, context);
}

// `a.or(b)` and `a.orValue(b)`.
void AddAlternative(EnvironmentBuilder& builder, const char* name,
                    const char* id, const Type& result, FunctionImpl impl) {
  Overload overload;
  overload.id = id;
  overload.receiver_style = true;
  overload.args = {Type::Optional(Type::Param("V")), result};
  overload.result = result;
  overload.impl = std::move(impl);
  overload.non_strict = true;
  builder.AddFunction({name, {std::move(overload)}});
}

// Indexing has no overloads of its own that do anything: the evaluator knows
// `e[?i]`, and what `e[i]` is for an optional `e`.
void AddIndexing(EnvironmentBuilder& builder) {
  const Type key = Type::Param("K");
  const Type value = Type::Param("V");
  const Type list = Type::List(value);
  const Type map = Type::Map(key, value);
  const Type found = Type::Optional(value);
  const Type i = Type::Int();
  AddRows(builder, CallStyle::kGlobal,
          {
              {op::kOptionalIndex,
               "list_optindex_optional_int",
               {list, i},
               found,
               nullptr},
              {op::kOptionalIndex,
               "optional_list_optindex_optional_int",
               {Type::Optional(list), i},
               found,
               nullptr},
              {op::kOptionalIndex,
               "map_optindex_optional_value",
               {map, key},
               found,
               nullptr},
              {op::kOptionalIndex,
               "optional_map_optindex_optional_value",
               {Type::Optional(map), key},
               found,
               nullptr},
              {op::kIndex,
               "optional_list_index_int",
               {Type::Optional(list), i},
               found,
               nullptr},
              {op::kIndex,
               "optional_map_index_value",
               {Type::Optional(map), key},
               found,
               nullptr},
          });
}

void AddFunctions(EnvironmentBuilder& builder) {
  const Type value = Type::Param("V");
  const Type optional = Type::Optional(value);
  const Type list = Type::List(value);
  const Type optionals = Type::List(optional);
  const Type truth = Type::Bool();
  AddRows(builder, CallStyle::kGlobal,
          {
              {"optional.none", "optional_none", {}, optional, None},
              {"optional.of", "optional_of", {value}, optional, Of},
              {"optional.ofNonZeroValue",
               "optional_ofNonZeroValue",
               {value},
               optional,
               OfNonZeroValue},
              {"optional.unwrap", "optional_unwrap", {optionals}, list, Unwrap},
          });
  AddRows(builder, CallStyle::kReceiver,
          {
              {"hasValue", "optional_hasValue", {optional}, truth, HasValue},
              {"value", "optional_value", {optional}, value, Get},
              {"unwrapOpt", "optional_unwrapOpt", {optionals}, list, Unwrap},
              {"first", "list_first", {list}, optional, First},
              {"last", "list_last", {list}, optional, Last},
          });
  AddAlternative(builder, "or", "optional_or_optional", optional, Or);
  AddAlternative(builder, "orValue", "optional_orValue_value", value, OrValue);
}

// --- Macros ------------------------------------------------------------------

// The receiver of a macro call, under a name that no author can write.
constexpr absl::string_view kOptional = "@optional";

// Binds what an optional holds around an expression, if it holds anything:
//
//   let @optional = receiver in
//     @optional.hasValue() ? (let var = @optional.value() in expression)
//                          : optional.none()
//
// where optMap makes an optional of the expression.
template <bool kIsFlat>
Expr* ExpandOptionalMap(MacroContext& context, Expr& call) {
  const Expr& var = *call.args[0];
  if (!CheckMacroVariable(context, var)) return nullptr;
  Expr* has_value =
      context.NewReceiverCall("hasValue", context.NewIdent(kOptional), {});
  Expr* value =
      context.NewReceiverCall("value", context.NewIdent(kOptional), {});
  Expr* mapped = context.NewLet(var, value, call.args[1]);
  if (!kIsFlat) mapped = context.NewCall(".optional.of", {mapped});
  Expr* none = context.NewCall(".optional.none", {});
  Expr* body = context.NewCall(op::kConditional, {has_value, mapped, none});
  return context.NewLet(*context.NewIdent(kOptional), call.operand, body);
}

Macro OptionalMap(const char* name,
                  Expr* (*expand)(MacroContext& context, Expr& call)) {
  Macro macro;
  macro.name = name;
  macro.receiver_style = true;
  macro.arg_count = 2;
  macro.expand = expand;
  return macro;
}

}  // namespace

void AddOptionals(EnvironmentBuilder& builder) {
  builder.set_optional_syntax(true)
      .AddMacro(OptionalMap("optMap", ExpandOptionalMap<false>))
      .AddMacro(OptionalMap("optFlatMap", ExpandOptionalMap<true>));
  AddFunctions(builder);
  AddIndexing(builder);
}

}  // namespace klausul::cel
