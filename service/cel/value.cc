#include "service/cel/value.h"

#include "service/cel/eval_context.h"
#include "service/cel/message_access.h"

namespace klausul::cel {

absl::string_view ErrorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNoMatchingOverload:
      return "no-matching-overload";
    case ErrorCode::kNoSuchField:
      return "no-such-field";
    case ErrorCode::kNoSuchKey:
      return "no-such-key";
    case ErrorCode::kIndexOutOfRange:
      return "index-out-of-range";
    case ErrorCode::kUnknownIdentifier:
      return "unknown-identifier";
    case ErrorCode::kUnknownFunction:
      return "unknown-function";
    case ErrorCode::kDivideByZero:
      return "divide-by-zero";
    case ErrorCode::kModulusByZero:
      return "modulus-by-zero";
    case ErrorCode::kOverflow:
      return "overflow";
    case ErrorCode::kRange:
      return "range";
    case ErrorCode::kInvalidArgument:
      return "invalid-argument";
    case ErrorCode::kDuplicateKey:
      return "duplicate-key";
    case ErrorCode::kInvalidUtf8:
      return "invalid-utf8";
    case ErrorCode::kLimit:
      return "limit";
    case ErrorCode::kCancelled:
      return "cancelled";
  }
  return "invalid-argument";
}

Value Value::Of(const Constant& constant) {
  switch (constant.kind) {
    case ConstantKind::kNull:
      return Null();
    case ConstantKind::kBool:
      return Bool(constant.bool_value);
    case ConstantKind::kInt:
      return Int(constant.int_value);
    case ConstantKind::kUint:
      return Uint(constant.uint_value);
    case ConstantKind::kDouble:
      return Double(constant.double_value);
    case ConstantKind::kString:
      return String(constant.text);
    case ConstantKind::kBytes:
      return Bytes(constant.text);
  }
  return Null();
}

Value Value::Bool(bool value) {
  Value result(ValueKind::kBool);
  result.data_.bool_value = value;
  return result;
}

Value Value::Int(std::int64_t value) {
  Value result(ValueKind::kInt);
  result.data_.int_value = value;
  return result;
}

Value Value::Uint(std::uint64_t value) {
  Value result(ValueKind::kUint);
  result.data_.uint_value = value;
  return result;
}

Value Value::Double(double value) {
  Value result(ValueKind::kDouble);
  result.data_.double_value = value;
  return result;
}

Value Value::Text(ValueKind kind, absl::string_view text) {
  Value result(kind);
  result.data_.text = text.data();
  // No producer makes longer texts; cutting one here keeps a host's mistake
  // from becoming a wrong length.
  constexpr std::size_t kMostBytes = 0x7fffffff;
  result.extra_ = static_cast<std::int32_t>(
      text.size() < kMostBytes ? text.size() : kMostBytes);
  return result;
}

Value Value::String(absl::string_view value) {
  return Text(ValueKind::kString, value);
}

Value Value::String(absl::string_view value, EvalArena& arena) {
  return String(arena.CopyText(value));
}

Value Value::Bytes(absl::string_view value) {
  return Text(ValueKind::kBytes, value);
}

Value Value::Bytes(absl::string_view value, EvalArena& arena) {
  return Bytes(arena.CopyText(value));
}

Value Value::Timestamp(TimeValue value) {
  Value result(ValueKind::kTimestamp);
  result.data_.int_value = value.seconds;
  result.extra_ = value.nanos;
  return result;
}

Value Value::Duration(TimeValue value) {
  Value result(ValueKind::kDuration);
  result.data_.int_value = value.seconds;
  result.extra_ = value.nanos;
  return result;
}

Value Value::Type(absl::string_view name) {
  return Text(ValueKind::kType, name);
}

Value Value::List(const ListValue* list) {
  Value result(ValueKind::kList);
  result.data_.list = list;
  return result;
}

Value Value::Map(const MapValue* map) {
  Value result(ValueKind::kMap);
  result.data_.map = map;
  return result;
}

Value Value::Message(const MessageValue* message) {
  Value result(ValueKind::kMessage);
  result.data_.message = message;
  return result;
}

Value Value::Message(const google::protobuf::Message& message,
                     const AttributePath* path, EvalContext& context) {
  return MessageToValue(message, path, context);
}

Value Value::None() {
  return Value(ValueKind::kOptional);
}

Value Value::Optional(Value value, EvalArena& arena) {
  Value result(ValueKind::kOptional);
  result.data_.optional = arena.New<Value>(value);
  return result;
}

Value Value::Opaque(const OpaqueValue* opaque) {
  Value result(ValueKind::kOpaque);
  result.data_.opaque = opaque;
  return result;
}

Value Value::Error(const ErrorInfo* error) {
  Value result(ValueKind::kError);
  result.data_.error = error;
  return result;
}

Value Value::Error(ErrorCode code, absl::string_view message,
                   EvalArena& arena) {
  ErrorInfo* error = arena.New<ErrorInfo>();
  error->code = code;
  error->message = arena.CopyText(message);
  return Error(error);
}

Value Value::Unknown(const UnknownSet* unknown) {
  Value result(ValueKind::kUnknown);
  result.data_.unknown = unknown;
  return result;
}

Value Value::Unknown(const AttributePath* path, EvalArena& arena) {
  UnknownSet* set = arena.New<UnknownSet>();
  set->path = path;
  return Unknown(set);
}

Value Value::UnknownBecause(absl::string_view reason, EvalArena& arena) {
  UnknownSet* set = arena.New<UnknownSet>();
  set->reason = arena.CopyText(reason);
  return Unknown(set);
}

absl::string_view Value::TypeName() const {
  switch (kind_) {
    case ValueKind::kNull:
      return "null_type";
    case ValueKind::kBool:
      return "bool";
    case ValueKind::kInt:
      return "int";
    case ValueKind::kUint:
      return "uint";
    case ValueKind::kDouble:
      return "double";
    case ValueKind::kString:
      return "string";
    case ValueKind::kBytes:
      return "bytes";
    case ValueKind::kTimestamp:
      return "google.protobuf.Timestamp";
    case ValueKind::kDuration:
      return "google.protobuf.Duration";
    case ValueKind::kType:
      return "type";
    case ValueKind::kList:
      return "list";
    case ValueKind::kMap:
      return "map";
    case ValueKind::kMessage:
      return message().message->GetDescriptor()->full_name();
    case ValueKind::kOptional:
      return "optional_type";
    case ValueKind::kOpaque:
      return opaque().type_name();
    case ValueKind::kError:
    case ValueKind::kUnknown:
      return {};
  }
  return {};
}

Value UnionOfUnknowns(const Value& a, const Value& b, EvalArena& arena) {
  if (!a.is_unknown()) return b;
  if (!b.is_unknown()) return a;
  if (&a.unknown() == &b.unknown()) return a;
  UnknownSet* both = arena.New<UnknownSet>();
  both->left = &a.unknown();
  both->right = &b.unknown();
  return Value::Unknown(both);
}

}  // namespace klausul::cel
