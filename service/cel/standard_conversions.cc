// Conversions between types, type(x) and dyn(x).

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/base/source.h"
#include "service/cel/function_table.h"
#include "service/cel/number_text.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

Value Identity(Args args, EvalContext&) {
  return args[0];
}

Value OutOfRange(absl::string_view type, EvalContext& context) {
  return context.Error(ErrorCode::kRange,
                       absl::StrCat("the value is out of range for ", type));
}

Value NotA(absl::string_view type, const Value& value, EvalContext& context) {
  return context.Error(
      ErrorCode::kInvalidArgument,
      absl::StrCat("the text ", DebugString(value, context), " is no ", type));
}

template <typename T>
Value OrNotA(absl::string_view type, const Value& text,
             const absl::optional<T>& parsed, Value (*make)(T),
             EvalContext& context) {
  return parsed.has_value() ? make(*parsed) : NotA(type, text, context);
}

Value IntFromUint(Args args, EvalContext& context) {
  const std::uint64_t value = args[0].uint_value();
  if (value >
      static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return OutOfRange("int", context);
  }
  return Value::Int(static_cast<std::int64_t>(value));
}

Value IntFromDouble(Args args, EvalContext& context) {
  const double value = args[0].double_value();
  // Both ends are out: -2^63 may have been something smaller before it was
  // rounded. A NaN fails as well.
  if (!(value > -kTwoTo63 && value < kTwoTo63)) {
    return OutOfRange("int", context);
  }
  return Value::Int(static_cast<std::int64_t>(value));
}

Value IntFromString(Args args, EvalContext& context) {
  return OrNotA("int", args[0], ParseInt(args[0].text()), &Value::Int, context);
}

Value IntFromTimestamp(Args args, EvalContext&) {
  return Value::Int(args[0].time().seconds);
}

Value UintFromInt(Args args, EvalContext& context) {
  if (args[0].int_value() < 0) return OutOfRange("uint", context);
  return Value::Uint(static_cast<std::uint64_t>(args[0].int_value()));
}

Value UintFromDouble(Args args, EvalContext& context) {
  const double value = args[0].double_value();
  if (!(value >= 0 && value < kTwoTo64)) return OutOfRange("uint", context);
  return Value::Uint(static_cast<std::uint64_t>(value));
}

Value UintFromString(Args args, EvalContext& context) {
  return OrNotA("uint", args[0], ParseUint(args[0].text()), &Value::Uint,
                context);
}

Value DoubleFromInt(Args args, EvalContext&) {
  return Value::Double(static_cast<double>(args[0].int_value()));
}

Value DoubleFromUint(Args args, EvalContext&) {
  return Value::Double(static_cast<double>(args[0].uint_value()));
}

Value DoubleFromString(Args args, EvalContext& context) {
  return OrNotA("double", args[0], ParseDouble(args[0].text()), &Value::Double,
                context);
}

Value BoolFromString(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  for (const absl::string_view word : {"1", "t", "true", "TRUE", "True"}) {
    if (text == word) return Value::Bool(true);
  }
  for (const absl::string_view word : {"0", "f", "false", "FALSE", "False"}) {
    if (text == word) return Value::Bool(false);
  }
  return NotA("bool", args[0], context);
}

Value StringFromBool(Args args, EvalContext&) {
  return Value::String(args[0].bool_value() ? "true" : "false");
}

Value StringFromInt(Args args, EvalContext& context) {
  return Value::String(absl::StrCat(args[0].int_value()), context.arena());
}

Value StringFromUint(Args args, EvalContext& context) {
  return Value::String(absl::StrCat(args[0].uint_value()), context.arena());
}

Value StringFromDouble(Args args, EvalContext& context) {
  return Value::String(FormatDouble(args[0].double_value()), context.arena());
}

Value StringFromBytes(Args args, EvalContext& context) {
  const absl::string_view bytes = args[0].text();
  context.ChargeBytes(bytes.size());
  if (FindInvalidUtf8(bytes) != absl::string_view::npos) {
    return context.Error(ErrorCode::kInvalidUtf8, "the bytes are not UTF-8");
  }
  return Value::String(bytes);
}

Value StringFromTimestamp(Args args, EvalContext& context) {
  return Value::String(FormatTimestamp(args[0].time()), context.arena());
}

Value StringFromDuration(Args args, EvalContext& context) {
  return Value::String(FormatDuration(args[0].time()), context.arena());
}

Value BytesFromString(Args args, EvalContext&) {
  return Value::Bytes(args[0].text());
}

Value TimestampFromString(Args args, EvalContext& context) {
  return OrNotA("timestamp of the years 1 to 9999", args[0],
                ParseTimestamp(args[0].text()), &Value::Timestamp, context);
}

Value TimestampFromInt(Args args, EvalContext& context) {
  const TimeValue time = {args[0].int_value(), 0};
  if (!IsValidTimestamp(time)) return OutOfRange("timestamp", context);
  return Value::Timestamp(time);
}

Value DurationFromString(Args args, EvalContext& context) {
  return OrNotA("duration", args[0], ParseDuration(args[0].text()),
                &Value::Duration, context);
}

Value TypeOfValue(Args args, EvalContext&) {
  return Value::Type(args[0].TypeName());
}

}  // namespace

void AddConversions(EnvironmentBuilder& builder) {
  const Type a = Type::Param("A");
  const Type truth = Type::Bool();
  const Type i = Type::Int();
  const Type u = Type::Uint();
  const Type d = Type::Double();
  const Type s = Type::String();
  const Type b = Type::Bytes();
  const Type time = Type::Timestamp();
  const Type span = Type::Duration();
  AddRows(
      builder, CallStyle::kGlobal,
      {
          {"int", "int64_to_int64", {i}, i, Identity},
          {"int", "uint64_to_int64", {u}, i, IntFromUint},
          {"int", "double_to_int64", {d}, i, IntFromDouble},
          {"int", "string_to_int64", {s}, i, IntFromString},
          {"int", "timestamp_to_int64", {time}, i, IntFromTimestamp},
          {"uint", "uint64_to_uint64", {u}, u, Identity},
          {"uint", "int64_to_uint64", {i}, u, UintFromInt},
          {"uint", "double_to_uint64", {d}, u, UintFromDouble},
          {"uint", "string_to_uint64", {s}, u, UintFromString},
          {"double", "double_to_double", {d}, d, Identity},
          {"double", "int64_to_double", {i}, d, DoubleFromInt},
          {"double", "uint64_to_double", {u}, d, DoubleFromUint},
          {"double", "string_to_double", {s}, d, DoubleFromString},
          {"bool", "bool_to_bool", {truth}, truth, Identity},
          {"bool", "string_to_bool", {s}, truth, BoolFromString},
          {"string", "string_to_string", {s}, s, Identity},
          {"string", "bool_to_string", {truth}, s, StringFromBool},
          {"string", "int64_to_string", {i}, s, StringFromInt},
          {"string", "uint64_to_string", {u}, s, StringFromUint},
          {"string", "double_to_string", {d}, s, StringFromDouble},
          {"string", "bytes_to_string", {b}, s, StringFromBytes},
          {"string", "timestamp_to_string", {time}, s, StringFromTimestamp},
          {"string", "duration_to_string", {span}, s, StringFromDuration},
          {"bytes", "bytes_to_bytes", {b}, b, Identity},
          {"bytes", "string_to_bytes", {s}, b, BytesFromString},
          {"timestamp", "timestamp_to_timestamp", {time}, time, Identity},
          {"timestamp", "string_to_timestamp", {s}, time, TimestampFromString},
          {"timestamp", "int64_to_timestamp", {i}, time, TimestampFromInt},
          {"duration", "duration_to_duration", {span}, span, Identity},
          {"duration", "string_to_duration", {s}, span, DurationFromString},
          {"type", "type", {a}, Type::TypeOf(a), TypeOfValue},
          {"dyn", "to_dyn", {a}, Type::Dyn(), Identity},
      });
}

}  // namespace klausul::cel
