// Equality, order and negation.

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/ast.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

Value Not(Args args, EvalContext&) {
  return Value::Bool(!args[0].bool_value());
}

Value Equals(Args args, EvalContext& context) {
  return Value::Bool(Equal(args[0], args[1], context));
}

Value NotEquals(Args args, EvalContext& context) {
  return Value::Bool(!Equal(args[0], args[1], context));
}

absl::optional<int> ChargedCompare(Args args, EvalContext& context) {
  if (args[0].is_string() || args[0].is_bytes()) {
    context.ChargeBytes(args[0].text().size());
  }
  return Compare(args[0], args[1]);
}

// In each: no order (a NaN) is false.
Value Less(Args args, EvalContext& context) {
  const absl::optional<int> order = ChargedCompare(args, context);
  return Value::Bool(order.has_value() && *order < 0);
}

Value LessEquals(Args args, EvalContext& context) {
  const absl::optional<int> order = ChargedCompare(args, context);
  return Value::Bool(order.has_value() && *order <= 0);
}

Value Greater(Args args, EvalContext& context) {
  const absl::optional<int> order = ChargedCompare(args, context);
  return Value::Bool(order.has_value() && *order > 0);
}

Value GreaterEquals(Args args, EvalContext& context) {
  const absl::optional<int> order = ChargedCompare(args, context);
  return Value::Bool(order.has_value() && *order >= 0);
}

}  // namespace

void AddRelations(EnvironmentBuilder& builder) {
  const Type a = Type::Param("A");
  const Type truth = Type::Bool();
  AddRows(builder, CallStyle::kGlobal,
          {
              {op::kNot, "logical_not", {truth}, truth, Not},
              {op::kEquals, "equals", {a, a}, truth, Equals},
              {op::kNotEquals, "not_equals", {a, a}, truth, NotEquals},
          });

  struct Operator {
    absl::string_view name;
    absl::string_view word;
    Value (*impl)(Args, EvalContext&);
  };

  const Operator operators[] = {
      {op::kLess, "less", Less},
      {op::kLessEquals, "less_equals", LessEquals},
      {op::kGreater, "greater", Greater},
      {op::kGreaterEquals, "greater_equals", GreaterEquals},
  };

  struct Ordered {
    absl::string_view word;
    Type type;
  };

  const Ordered ordered[] = {
      {"bool", Type::Bool()},           {"int64", Type::Int()},
      {"uint64", Type::Uint()},         {"double", Type::Double()},
      {"string", Type::String()},       {"bytes", Type::Bytes()},
      {"timestamp", Type::Timestamp()}, {"duration", Type::Duration()},
  };
  for (const Operator& relation : operators) {
    for (const Ordered& kind : ordered) {
      const std::string id = absl::StrCat(relation.word, "_", kind.word);
      AddRows(
          builder, CallStyle::kGlobal,
          {{relation.name, id, {kind.type, kind.type}, truth, relation.impl}});
    }
  }
}

}  // namespace klausul::cel
