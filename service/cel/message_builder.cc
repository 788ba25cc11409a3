#include "service/cel/message_builder.h"

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/cel/field_access.h"
#include "service/cel/message_access.h"
#include "service/cel/message_assign.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string Text(absl::string_view text) {
  return std::string(text);
}

Failure FieldMismatch(const Value& value, const FieldDescriptor* field,
                      EvalContext& context) {
  return Mismatch(value, absl::StrCat("the field `", field->name(), "`"),
                  context);
}

Failure OutOfRange(const FieldDescriptor* field, EvalContext& context) {
  return context.Error(
      ErrorCode::kRange,
      absl::StrCat("the number is out of range for the field `", field->name(),
                   "`"));
}

bool FitsInt32(std::int64_t value) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

// The kind of value that a field of a C++ type takes.
bool ScalarFits(const Value& value, const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return value.is_int();
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return value.is_uint();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return value.is_double();
    case FieldDescriptor::CPPTYPE_BOOL:
      return value.is_bool();
    case FieldDescriptor::CPPTYPE_ENUM:
      return value.is_int() ||
             (value.is_null() &&
              field->enum_type()->full_name() == "google.protobuf.NullValue");
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES ? value.is_bytes()
                                                          : value.is_string();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return false;
  }
  return false;
}

bool ScalarInRange(const Value& value, const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return FitsInt32(value.int_value());
    case FieldDescriptor::CPPTYPE_ENUM:
      return value.is_null() || FitsInt32(value.int_value());
    case FieldDescriptor::CPPTYPE_UINT32:
      return value.uint_value() <= std::numeric_limits<std::uint32_t>::max();
    default:
      return true;
  }
}

Failure CheckScalar(const Value& value, const FieldDescriptor* field,
                    EvalContext& context) {
  if (value.is_string() || value.is_bytes()) {
    context.ChargeBytes(value.text().size());
  }
  if (!ScalarFits(value, field)) return FieldMismatch(value, field, context);
  if (!ScalarInRange(value, field)) return OutOfRange(field, context);
  return absl::nullopt;
}

// A double past a float's range becomes infinite, as IEEE 754 has it; the bare
// cast would be undefined.
float ToFloat(double value) {
  constexpr double kMost = std::numeric_limits<float>::max();
  // Half a step past the largest float still rounds down to it.
  constexpr double kRoundsToMost = 3.4028235677973362e38;
  if (value >= kRoundsToMost) return std::numeric_limits<float>::infinity();
  if (value <= -kRoundsToMost) return -std::numeric_limits<float>::infinity();
  if (value > kMost) return std::numeric_limits<float>::max();
  if (value < -kMost) return std::numeric_limits<float>::lowest();
  return static_cast<float>(value);
}

Failure SetScalar(const Value& value, const FieldDescriptor* field,
                  Message& message, EvalContext& context) {
  if (Failure failure = CheckScalar(value, field, context)) return failure;
  const Reflection& set = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      set.SetInt32(&message, field,
                   static_cast<std::int32_t>(value.int_value()));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      set.SetInt64(&message, field, value.int_value());
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      set.SetUInt32(&message, field,
                    static_cast<std::uint32_t>(value.uint_value()));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      set.SetUInt64(&message, field, value.uint_value());
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      set.SetDouble(&message, field, value.double_value());
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      set.SetFloat(&message, field, ToFloat(value.double_value()));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      set.SetBool(&message, field, value.bool_value());
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      set.SetEnumValue(
          &message, field,
          value.is_null() ? 0 : static_cast<int>(value.int_value()));
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      set.SetString(&message, field, Text(value.text()));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return absl::nullopt;
}

Failure AddScalar(const Value& value, const FieldDescriptor* field,
                  Message& message, EvalContext& context) {
  if (Failure failure = CheckScalar(value, field, context)) return failure;
  const Reflection& add = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      add.AddInt32(&message, field,
                   static_cast<std::int32_t>(value.int_value()));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      add.AddInt64(&message, field, value.int_value());
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      add.AddUInt32(&message, field,
                    static_cast<std::uint32_t>(value.uint_value()));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      add.AddUInt64(&message, field, value.uint_value());
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      add.AddDouble(&message, field, value.double_value());
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      add.AddFloat(&message, field, ToFloat(value.double_value()));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      add.AddBool(&message, field, value.bool_value());
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      add.AddEnumValue(
          &message, field,
          value.is_null() ? 0 : static_cast<int>(value.int_value()));
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      add.AddString(&message, field, Text(value.text()));
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return absl::nullopt;
}

// Types whose fields take null for "leave it unset".
bool NullMeansUnset(const Descriptor* descriptor) {
  switch (descriptor->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_ANY:
    case Descriptor::WELLKNOWNTYPE_VALUE:
    case Descriptor::WELLKNOWNTYPE_STRUCT:
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return false;
    default:
      return true;
  }
}

// In lists and maps null is dropped only where an element could be null.
bool NullIsDropped(const Descriptor* descriptor) {
  return NullMeansUnset(descriptor) &&
         descriptor->well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

bool IsMessageField(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

Failure SetSingular(const Value& value, const FieldDescriptor* field,
                    Message& message, EvalContext& context) {
  if (!IsMessageField(field)) {
    return SetScalar(value, field, message, context);
  }
  if (value.is_null() && NullMeansUnset(field->message_type())) {
    return absl::nullopt;
  }
  return AssignMessage(
      value, *message.GetReflection()->MutableMessage(&message, field),
      context);
}

Failure SetList(const Value& value, const FieldDescriptor* field,
                Message& message, EvalContext& context) {
  if (!value.is_list()) return FieldMismatch(value, field, context);
  const ListValue& list = value.list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value element = list.Get(i, context);
    if (element.is_error()) return element;
    Failure failure;
    if (!IsMessageField(field)) {
      failure = AddScalar(element, field, message, context);
    } else if (!element.is_null() || !NullIsDropped(field->message_type())) {
      failure = AssignMessage(
          element, *message.GetReflection()->AddMessage(&message, field),
          context);
    }
    if (failure.has_value()) return failure;
  }
  return absl::nullopt;
}

Failure SetMap(const Value& value, const FieldDescriptor* field,
               Message& message, EvalContext& context) {
  if (!value.is_map()) return FieldMismatch(value, field, context);
  const FieldDescriptor* key_field = field->message_type()->map_key();
  const FieldDescriptor* value_field = field->message_type()->map_value();
  const MapValue& map = value.map();
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (!context.Charge(1)) return context.LimitError();
    const Value entry_value = map.ValueAt(i, context);
    if (entry_value.is_error()) return entry_value;
    if (entry_value.is_null() && IsMessageField(value_field) &&
        NullIsDropped(value_field->message_type())) {
      continue;
    }
    Message& entry = *message.GetReflection()->AddMessage(&message, field);
    Failure failure =
        SetScalar(map.KeyAt(i, context), key_field, entry, context);
    if (!failure.has_value()) {
      failure = SetSingular(entry_value, value_field, entry, context);
    }
    if (failure.has_value()) return failure;
  }
  return absl::nullopt;
}

Failure SetField(const Value& value, const FieldDescriptor* field,
                 Message& message, EvalContext& context) {
  if (field->is_map()) return SetMap(value, field, message, context);
  if (field->is_repeated()) return SetList(value, field, message, context);
  return SetSingular(value, field, message, context);
}

Failure SetTime(TimeValue time, Message& message) {
  message.GetReflection()->SetInt64(&message, FieldByNumber(message, 1),
                                    time.seconds);
  message.GetReflection()->SetInt32(&message, FieldByNumber(message, 2),
                                    time.nanos);
  return absl::nullopt;
}

Failure AssignPlain(const Value& value, Message& message,
                    EvalContext& context) {
  if (!value.is_message() ||
      value.TypeName() != message.GetDescriptor()->full_name()) {
    return Mismatch(
        value, absl::StrCat("a `", message.GetDescriptor()->full_name(), "`"),
        context);
  }
  const Message& from = *value.message().message;
  if (!context.ChargeBytes(from.ByteSizeLong())) return context.LimitError();
  if (from.GetDescriptor() == message.GetDescriptor()) {
    message.CopyFrom(from);
  } else {
    message.ParsePartialFromString(from.SerializePartialAsString());
  }
  return absl::nullopt;
}

}  // namespace

absl::optional<Value> AssignMessage(const Value& value, Message& message,
                                    EvalContext& context) {
  if (value.is_error()) return value;
  const Descriptor* descriptor = message.GetDescriptor();
  switch (descriptor->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return AssignPlain(value, message, context);
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      if (value.is_timestamp()) return SetTime(value.time(), message);
      return Mismatch(value, "a timestamp", context);
    case Descriptor::WELLKNOWNTYPE_DURATION:
      if (value.is_duration()) return SetTime(value.time(), message);
      return Mismatch(value, "a duration", context);
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return AssignJson(value, message, context);
    case Descriptor::WELLKNOWNTYPE_ANY:
      return AssignAny(value, message, context);
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return SetMap(value, descriptor->FindFieldByNumber(1), message, context);
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return SetList(value, descriptor->FindFieldByNumber(1), message, context);
    default:
      return SetScalar(value, descriptor->FindFieldByNumber(1), message,
                       context);
  }
}

Value BuildMessage(const Descriptor* descriptor,
                   absl::Span<const FieldValue> fields, EvalContext& context) {
  const Message* prototype = context.Prototype(descriptor);
  if (prototype == nullptr) {
    return context.Error(
        ErrorCode::kInvalidArgument,
        absl::StrCat("messages of type `", descriptor->full_name(),
                     "` cannot be made here"));
  }
  Message* message = prototype->New(&context.arena().protobuf_arena());
  for (const FieldValue& field : fields) {
    if (Failure failure =
            SetField(field.value, field.field, *message, context)) {
      return *failure;
    }
  }
  return MessageToValue(*message, nullptr, context);
}

}  // namespace klausul::cel
