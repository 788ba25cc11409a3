// Arithmetic: checked for overflow, never mixed between kinds of numbers.

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/cel/ast.h"
#include "service/cel/function_table.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

constexpr std::int64_t kMinInt = std::numeric_limits<std::int64_t>::min();

Value Overflow(EvalContext& context, absl::string_view type) {
  return context.Error(ErrorCode::kOverflow, absl::StrCat(type, " overflow"));
}

Value DivideByZero(EvalContext& context) {
  return context.Error(ErrorCode::kDivideByZero, "divide by zero");
}

Value ModulusByZero(EvalContext& context) {
  return context.Error(ErrorCode::kModulusByZero, "modulus by zero");
}

Value AddInt(Args args, EvalContext& context) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(args[0].int_value(), args[1].int_value(), &sum)) {
    return Overflow(context, "int");
  }
  return Value::Int(sum);
}

Value AddUint(Args args, EvalContext& context) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(args[0].uint_value(), args[1].uint_value(),
                             &sum)) {
    return Overflow(context, "uint");
  }
  return Value::Uint(sum);
}

Value AddDouble(Args args, EvalContext&) {
  return Value::Double(args[0].double_value() + args[1].double_value());
}

Value SubtractInt(Args args, EvalContext& context) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(args[0].int_value(), args[1].int_value(),
                             &difference)) {
    return Overflow(context, "int");
  }
  return Value::Int(difference);
}

Value SubtractUint(Args args, EvalContext& context) {
  std::uint64_t difference = 0;
  if (__builtin_sub_overflow(args[0].uint_value(), args[1].uint_value(),
                             &difference)) {
    return Overflow(context, "uint");
  }
  return Value::Uint(difference);
}

Value SubtractDouble(Args args, EvalContext&) {
  return Value::Double(args[0].double_value() - args[1].double_value());
}

Value MultiplyInt(Args args, EvalContext& context) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(args[0].int_value(), args[1].int_value(),
                             &product)) {
    return Overflow(context, "int");
  }
  return Value::Int(product);
}

Value MultiplyUint(Args args, EvalContext& context) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(args[0].uint_value(), args[1].uint_value(),
                             &product)) {
    return Overflow(context, "uint");
  }
  return Value::Uint(product);
}

Value MultiplyDouble(Args args, EvalContext&) {
  return Value::Double(args[0].double_value() * args[1].double_value());
}

Value DivideInt(Args args, EvalContext& context) {
  const std::int64_t divisor = args[1].int_value();
  if (divisor == 0) return DivideByZero(context);
  if (args[0].int_value() == kMinInt && divisor == -1) {
    return Overflow(context, "int");
  }
  return Value::Int(args[0].int_value() / divisor);
}

Value DivideUint(Args args, EvalContext& context) {
  if (args[1].uint_value() == 0) return DivideByZero(context);
  return Value::Uint(args[0].uint_value() / args[1].uint_value());
}

Value DivideDouble(Args args, EvalContext&) {
  // IEEE 754 says what a division by zero is; in C++ it is undefined only on
  // other machines.
  static_assert(std::numeric_limits<double>::is_iec559);
  return Value::Double(args[0].double_value() / args[1].double_value());
}

Value ModuloInt(Args args, EvalContext& context) {
  const std::int64_t divisor = args[1].int_value();
  if (divisor == 0) return ModulusByZero(context);
  if (args[0].int_value() == kMinInt && divisor == -1) {
    return Overflow(context, "int");
  }
  return Value::Int(args[0].int_value() % divisor);
}

Value ModuloUint(Args args, EvalContext& context) {
  if (args[1].uint_value() == 0) return ModulusByZero(context);
  return Value::Uint(args[0].uint_value() % args[1].uint_value());
}

Value NegateInt(Args args, EvalContext& context) {
  if (args[0].int_value() == kMinInt) return Overflow(context, "int");
  return Value::Int(-args[0].int_value());
}

Value NegateDouble(Args args, EvalContext&) {
  return Value::Double(-args[0].double_value());
}

// --- Concatenation -----------------------------------------------------------

Value Concatenate(Args args, EvalContext& context) {
  const absl::string_view a = args[0].text();
  const absl::string_view b = args[1].text();
  const bool bytes = args[0].is_bytes();
  if (a.empty()) return args[1];
  if (b.empty()) return args[0];
  if (a.size() + b.size() > Value::kMaxTextBytes) {
    return context.Error(
        ErrorCode::kLimit,
        absl::StrCat("a text of more than ", Value::kMaxTextBytes, " bytes"));
  }
  if (!context.ChargeBytes(a.size() + b.size())) return context.LimitError();
  const std::string both = absl::StrCat(a, b);
  return bytes ? Value::Bytes(both, context.arena())
               : Value::String(both, context.arena());
}

Value ConcatenateLists(Args args, EvalContext& context) {
  const ListValue& a = args[0].list();
  const ListValue& b = args[1].list();
  const std::size_t size = a.size() + b.size();
  if (!context.Charge(static_cast<std::int64_t>(size))) {
    return context.LimitError();
  }
  absl::Span<Value> elements = context.arena().NewArray<Value>(size);
  for (std::size_t i = 0; i < a.size(); ++i)
    elements[i] = a.Get(i, context);
  for (std::size_t i = 0; i < b.size(); ++i) {
    elements[a.size() + i] = b.Get(i, context);
  }
  return MakeList(elements, context.arena());
}

// --- Time --------------------------------------------------------------------

Value DurationOr(const absl::optional<TimeValue>& duration,
                 EvalContext& context) {
  return duration.has_value() ? Value::Duration(*duration)
                              : Overflow(context, "duration");
}

Value TimestampOr(const absl::optional<TimeValue>& time, EvalContext& context) {
  return time.has_value() ? Value::Timestamp(*time)
                          : Overflow(context, "timestamp");
}

Value AddDurationToTimestamp(Args args, EvalContext& context) {
  return TimestampOr(AddToTimestamp(args[0].time(), args[1].time()), context);
}

Value AddTimestampToDuration(Args args, EvalContext& context) {
  return TimestampOr(AddToTimestamp(args[1].time(), args[0].time()), context);
}

Value AddTwoDurations(Args args, EvalContext& context) {
  return DurationOr(AddDurations(args[0].time(), args[1].time()), context);
}

Value SubtractTwoTimestamps(Args args, EvalContext& context) {
  return DurationOr(SubtractTimestamps(args[0].time(), args[1].time()),
                    context);
}

Value SubtractDurationFromTimestamp(Args args, EvalContext& context) {
  return TimestampOr(SubtractFromTimestamp(args[0].time(), args[1].time()),
                     context);
}

Value SubtractTwoDurations(Args args, EvalContext& context) {
  return DurationOr(SubtractDurations(args[0].time(), args[1].time()), context);
}

}  // namespace

void AddArithmetic(EnvironmentBuilder& builder) {
  const Type i = Type::Int();
  const Type u = Type::Uint();
  const Type d = Type::Double();
  const Type s = Type::String();
  const Type b = Type::Bytes();
  const Type list = Type::List(Type::Param("A"));
  const Type time = Type::Timestamp();
  const Type span = Type::Duration();
  AddRows(builder, CallStyle::kGlobal,
          {
              {op::kAdd, "add_int64", {i, i}, i, AddInt},
              {op::kAdd, "add_uint64", {u, u}, u, AddUint},
              {op::kAdd, "add_double", {d, d}, d, AddDouble},
              {op::kAdd, "add_string", {s, s}, s, Concatenate},
              {op::kAdd, "add_bytes", {b, b}, b, Concatenate},
              {op::kAdd, "add_list", {list, list}, list, ConcatenateLists},
              {op::kAdd,
               "add_timestamp_duration",
               {time, span},
               time,
               AddDurationToTimestamp},
              {op::kAdd,
               "add_duration_timestamp",
               {span, time},
               time,
               AddTimestampToDuration},
              {op::kAdd,
               "add_duration_duration",
               {span, span},
               span,
               AddTwoDurations},
              {op::kSubtract, "subtract_int64", {i, i}, i, SubtractInt},
              {op::kSubtract, "subtract_uint64", {u, u}, u, SubtractUint},
              {op::kSubtract, "subtract_double", {d, d}, d, SubtractDouble},
              {op::kSubtract,
               "subtract_timestamp_timestamp",
               {time, time},
               span,
               SubtractTwoTimestamps},
              {op::kSubtract,
               "subtract_timestamp_duration",
               {time, span},
               time,
               SubtractDurationFromTimestamp},
              {op::kSubtract,
               "subtract_duration_duration",
               {span, span},
               span,
               SubtractTwoDurations},
              {op::kMultiply, "multiply_int64", {i, i}, i, MultiplyInt},
              {op::kMultiply, "multiply_uint64", {u, u}, u, MultiplyUint},
              {op::kMultiply, "multiply_double", {d, d}, d, MultiplyDouble},
              {op::kDivide, "divide_int64", {i, i}, i, DivideInt},
              {op::kDivide, "divide_uint64", {u, u}, u, DivideUint},
              {op::kDivide, "divide_double", {d, d}, d, DivideDouble},
              {op::kModulo, "modulo_int64", {i, i}, i, ModuloInt},
              {op::kModulo, "modulo_uint64", {u, u}, u, ModuloUint},
              {op::kNegate, "negate_int64", {i}, i, NegateInt},
              {op::kNegate, "negate_double", {d}, d, NegateDouble},
          });
}

}  // namespace klausul::cel
