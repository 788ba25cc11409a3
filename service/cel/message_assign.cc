#include "service/cel/message_assign.h"

#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "service/cel/message_builder.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// --- google.protobuf.Value ---------------------------------------------------

// Fields of google.protobuf.Value.
constexpr int kJsonNull = 1;
constexpr int kJsonNumber = 2;
constexpr int kJsonString = 3;
constexpr int kJsonBool = 4;
constexpr int kJsonStruct = 5;
constexpr int kJsonList = 6;

// Whole numbers up to here are exact as doubles.
constexpr std::int64_t kMaxJsonInt = (std::int64_t{1} << 53) - 1;

void SetJsonString(absl::string_view text, Message& message) {
  message.GetReflection()->SetString(
      &message, FieldByNumber(message, kJsonString), std::string(text));
}

void SetJsonNumber(double number, Message& message) {
  message.GetReflection()->SetDouble(
      &message, FieldByNumber(message, kJsonNumber), number);
}

std::string CamelCase(absl::string_view path) {
  std::string text;
  bool upper = false;
  for (const char c : path) {
    if (c == '_') {
      upper = true;
    } else {
      text +=
          upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return text;
}

std::string FieldMaskText(const Message& mask) {
  const FieldDescriptor* paths = FieldByNumber(mask, 1);
  std::string text;
  for (int i = 0; i < mask.GetReflection()->FieldSize(mask, paths); ++i) {
    absl::StrAppend(
        &text, i == 0 ? "" : ",",
        CamelCase(mask.GetReflection()->GetRepeatedString(mask, paths, i)));
  }
  return text;
}

Failure AssignJsonMessage(const Value& value, Message& json,
                          EvalContext& context) {
  const Message& message = *value.message().message;
  const Descriptor* descriptor = message.GetDescriptor();
  if (descriptor->well_known_type() == Descriptor::WELLKNOWNTYPE_FIELDMASK) {
    SetJsonString(FieldMaskText(message), json);
    return absl::nullopt;
  }
  if (descriptor->full_name() == "google.protobuf.Empty") {
    json.GetReflection()->MutableMessage(&json,
                                         FieldByNumber(json, kJsonStruct));
    return absl::nullopt;
  }
  return Mismatch(value, "a JSON value", context);
}

// --- google.protobuf.Any -----------------------------------------------------

// The message type that holds a value of a kind.
absl::string_view CarrierOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "google.protobuf.Value";
    case ValueKind::kBool:
      return "google.protobuf.BoolValue";
    case ValueKind::kInt:
      return "google.protobuf.Int64Value";
    case ValueKind::kUint:
      return "google.protobuf.UInt64Value";
    case ValueKind::kDouble:
      return "google.protobuf.DoubleValue";
    case ValueKind::kString:
      return "google.protobuf.StringValue";
    case ValueKind::kBytes:
      return "google.protobuf.BytesValue";
    case ValueKind::kTimestamp:
      return "google.protobuf.Timestamp";
    case ValueKind::kDuration:
      return "google.protobuf.Duration";
    case ValueKind::kList:
      return "google.protobuf.ListValue";
    case ValueKind::kMap:
      return "google.protobuf.Struct";
    default:
      return {};
  }
}

Failure Pack(const Message& content, Message& any, EvalContext& context) {
  context.ChargeBytes(content.ByteSizeLong());
  any.GetReflection()->SetString(
      &any, FieldByNumber(any, 1),
      absl::StrCat("type.googleapis.com/",
                   content.GetDescriptor()->full_name()));
  any.GetReflection()->SetString(&any, FieldByNumber(any, 2),
                                 content.SerializePartialAsString());
  return absl::nullopt;
}

}  // namespace

Failure Mismatch(const Value& value, absl::string_view where,
                 EvalContext& context) {
  return context.Error(ErrorCode::kNoMatchingOverload,
                       absl::StrCat("a value of type ", value.TypeName(),
                                    " does not fit ", where));
}

Failure AssignJson(const Value& value, Message& message, EvalContext& context) {
  const Reflection& set = *message.GetReflection();
  switch (value.kind()) {
    case ValueKind::kNull:
      set.SetEnumValue(&message, FieldByNumber(message, kJsonNull), 0);
      return absl::nullopt;
    case ValueKind::kBool:
      set.SetBool(&message, FieldByNumber(message, kJsonBool),
                  value.bool_value());
      return absl::nullopt;
    case ValueKind::kInt:
      if (value.int_value() > kMaxJsonInt || value.int_value() < -kMaxJsonInt) {
        SetJsonString(absl::StrCat(value.int_value()), message);
      } else {
        SetJsonNumber(static_cast<double>(value.int_value()), message);
      }
      return absl::nullopt;
    case ValueKind::kUint:
      if (value.uint_value() > static_cast<std::uint64_t>(kMaxJsonInt)) {
        SetJsonString(absl::StrCat(value.uint_value()), message);
      } else {
        SetJsonNumber(static_cast<double>(value.uint_value()), message);
      }
      return absl::nullopt;
    case ValueKind::kDouble:
      SetJsonNumber(value.double_value(), message);
      return absl::nullopt;
    case ValueKind::kString:
      SetJsonString(value.text(), message);
      return absl::nullopt;
    case ValueKind::kBytes:
      SetJsonString(absl::Base64Escape(value.text()), message);
      return absl::nullopt;
    case ValueKind::kTimestamp:
      SetJsonString(FormatTimestampJson(value.time()), message);
      return absl::nullopt;
    case ValueKind::kDuration:
      SetJsonString(FormatDurationJson(value.time()), message);
      return absl::nullopt;
    case ValueKind::kList:
      return AssignMessage(
          value,
          *set.MutableMessage(&message, FieldByNumber(message, kJsonList)),
          context);
    case ValueKind::kMap:
      return AssignMessage(
          value,
          *set.MutableMessage(&message, FieldByNumber(message, kJsonStruct)),
          context);
    case ValueKind::kMessage:
      return AssignJsonMessage(value, message, context);
    default:
      return Mismatch(value, "a JSON value", context);
  }
}

Failure AssignAny(const Value& value, Message& any, EvalContext& context) {
  if (value.is_message()) return Pack(*value.message().message, any, context);
  const absl::string_view carrier = CarrierOf(value);
  if (carrier.empty()) return Mismatch(value, "an Any", context);
  const Message* prototype =
      context.Prototype(context.environment().FindMessage(carrier));
  if (prototype == nullptr) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("the type `", carrier, "` is not to be had"));
  }
  Message* content = prototype->New(&context.arena().protobuf_arena());
  if (Failure failure = AssignMessage(value, *content, context)) {
    return failure;
  }
  return Pack(*content, any, context);
}

}  // namespace klausul::cel
