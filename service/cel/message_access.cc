#include "service/cel/message_access.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/cel/field_access.h"
#include "service/cel/time_text.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;
using google::protobuf::Reflection;

bool IsList(const FieldDescriptor* field) {
  return field->is_repeated() && !field->is_map();
}

// Message fields that one can select from, as opposed to those that are read
// as one value.
bool IsPlainMessage(const FieldDescriptor* field) {
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return false;
  const auto kind = field->message_type()->well_known_type();
  return kind == Descriptor::WELLKNOWNTYPE_UNSPECIFIED ||
         kind == Descriptor::WELLKNOWNTYPE_FIELDMASK;
}

TimeValue SecondsAndNanos(const Message& message) {
  const Descriptor* descriptor = message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  return {reflection.GetInt64(message, descriptor->FindFieldByNumber(1)),
          reflection.GetInt32(message, descriptor->FindFieldByNumber(2))};
}

Value TimestampValue(const Message& message, EvalContext& context) {
  const TimeValue time = SecondsAndNanos(message);
  if (!IsValidTimestamp(time)) {
    return context.Error(ErrorCode::kRange,
                         "a timestamp lies outside the years 1 to 9999");
  }
  return Value::Timestamp(time);
}

Value DurationValue(const Message& message, EvalContext& context) {
  // Ten thousand years, as protobuf has it.
  constexpr std::int64_t kMaxSeconds = 315'576'000'000;
  const TimeValue time = SecondsAndNanos(message);
  const bool signs_differ = (time.seconds < 0 && time.nanos > 0) ||
                            (time.seconds > 0 && time.nanos < 0);
  if (time.seconds > kMaxSeconds || time.seconds < -kMaxSeconds ||
      time.nanos <= -1'000'000'000 || time.nanos >= 1'000'000'000 ||
      signs_differ) {
    return context.Error(ErrorCode::kRange, "a duration is out of range");
  }
  return Value::Duration(time);
}

// google.protobuf.Value: whichever kind is set.
Value JsonValue(const Message& message, EvalContext& context) {
  const Descriptor* descriptor = message.GetDescriptor();
  const FieldDescriptor* field =
      message.GetReflection()->GetOneofFieldDescriptor(
          message, descriptor->oneof_decl(0));
  if (field == nullptr) return Value::Null();
  return SingularField(message, field, nullptr, context);
}

Value NoSuchField(const Message& message, absl::string_view name,
                  EvalContext& context) {
  return context.Error(ErrorCode::kNoSuchField,
                       absl::StrCat("`", message.GetDescriptor()->full_name(),
                                    "` has no field `", name, "`"));
}

Value HasNoFields(const Value& operand, absl::string_view name,
                  EvalContext& context) {
  return context.Error(ErrorCode::kNoMatchingOverload,
                       absl::StrCat("cannot select `", name,
                                    "` from a value "
                                    "of type ",
                                    operand.TypeName()));
}

const FieldDescriptor* FindField(const Message& message, absl::string_view name,
                                 EvalContext& context) {
  return context.environment().FindField(message.GetDescriptor(), name);
}

const AttributePath* FieldPath(const AttributePath* parent,
                               const FieldDescriptor* field,
                               EvalContext& context) {
  return context.arena().New<AttributePath>(parent, AttributePath::Step::kField,
                                            field->name());
}

// Rules mode: set, and to something that says something.
bool SaysSomething(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (field->is_repeated()) return reflection.FieldSize(message, field) > 0;
  if (field->has_presence() && !reflection.HasField(message, field)) {
    return false;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(message, field) != 0;
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      return !reflection.GetStringReference(message, field, &scratch).empty();
    }
    default:
      return true;
  }
}

Value ReadListInRules(const MessageValue& owner, const FieldDescriptor* field,
                      const AttributePath* path, EvalContext& context) {
  const Message& message = *owner.message;
  const Presence& presence = context.presence();
  if (presence.IsStillOpen(*path)) {
    return ListOfField(message, field, path, /*open=*/true, context);
  }
  if (SaysSomething(message, field) || owner.stated_absent ||
      presence.IsStatedEmpty(*path)) {
    return ListOfField(message, field, path, /*open=*/false, context);
  }
  return Value::Unknown(path, context.arena());
}

Value ReadInRules(const MessageValue& owner, const FieldDescriptor* field,
                  EvalContext& context) {
  const Message& message = *owner.message;
  const AttributePath* path = FieldPath(owner.path, field, context);
  if (field->is_map()) return MapOfField(message, field, path, context);
  if (field->is_repeated()) {
    return ReadListInRules(owner, field, path, context);
  }
  if (owner.stated_absent &&
      field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    return Value::Bool(false);
  }
  // A scalar without presence in what is absent as a whole says nothing.
  if (SaysSomething(message, field) && !owner.stated_absent) {
    return SingularField(message, field, path, context);
  }
  if (IsPlainMessage(field)) {
    return UnknownMessage(path,
                          message.GetReflection()->GetMessage(message, field),
                          context.arena());
  }
  return Value::Unknown(path, context.arena());
}

// The message that an unknown stands for, where it is one that is not set.
absl::optional<MessageValue> AbsentMessage(const UnknownSet& unknown) {
  if (unknown.absent_message == nullptr) return absl::nullopt;
  return MessageValue{unknown.absent_message, unknown.path,
                      /*stated_absent=*/false};
}

Value TestKey(const MapValue& map, absl::string_view name, bool stated,
              EvalContext& context) {
  if (map.Find(Value::String(name), context).has_value()) {
    return Value::Bool(true);
  }
  return Value::Bool(stated && map.path() != nullptr &&
                     context.presence().IsComplete(*map.path()));
}

}  // namespace

Value ReadField(const MessageValue& message, const FieldDescriptor* field,
                EvalContext& context) {
  if (message.path != nullptr) return ReadInRules(message, field, context);
  if (field->is_map()) {
    return MapOfField(*message.message, field, nullptr, context);
  }
  if (field->is_repeated()) {
    return ListOfField(*message.message, field, nullptr, /*open=*/false,
                       context);
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
      (IsWrapper(field->message_type()) ||
       field->message_type()->well_known_type() ==
           Descriptor::WELLKNOWNTYPE_ANY) &&
      !message.message->GetReflection()->HasField(*message.message, field)) {
    return Value::Null();
  }
  return SingularField(*message.message, field, nullptr, context);
}

Value ReadField(const MessageValue& message, const FieldReader& reader,
                EvalContext& context) {
  const bool says =
      !message.stated_absent && reader.says_something(*message.message);
  if (reader.scalar != nullptr) {
    if (says) return reader.scalar(*message.message);
    if (message.stated_absent) {
      return ReadInRules(message, reader.field, context);
    }
    return Value::Unknown(FieldPath(message.path, reader.field, context),
                          context.arena());
  }
  if (reader.submessage == nullptr || !IsPlainMessage(reader.field)) {
    return ReadInRules(message, reader.field, context);
  }
  const AttributePath* path = FieldPath(message.path, reader.field, context);
  const Message& inner = reader.submessage(*message.message);
  if (!says) return UnknownMessage(path, inner, context.arena());
  MessageValue* value = context.arena().New<MessageValue>();
  *value = {&inner, path, /*stated_absent=*/false};
  return Value::Message(value);
}

bool HasField(const MessageValue& message, const FieldReader& reader) {
  return !message.stated_absent && reader.says_something(*message.message);
}

bool IsStated(const MessageValue& message, const FieldReader& reader,
              EvalContext& context) {
  return HasField(message, reader) ||
         (reader.field->is_repeated() || message.stated_absent
              ? IsStated(message, reader.field, context)
              : false);
}

absl::optional<MessageValue> MessageBehind(const Value& value) {
  if (value.is_message()) return value.message();
  if (value.is_unknown()) return AbsentMessage(value.unknown());
  return absl::nullopt;
}

bool HasField(const MessageValue& message, const FieldDescriptor* field) {
  if (message.path != nullptr) {
    return !message.stated_absent && SaysSomething(*message.message, field);
  }
  const Reflection& reflection = *message.message->GetReflection();
  return field->is_repeated()
             ? reflection.FieldSize(*message.message, field) > 0
             : reflection.HasField(*message.message, field);
}

bool IsStated(const MessageValue& message, const FieldDescriptor* field,
              EvalContext& context) {
  if (HasField(message, field)) return true;
  if (message.path == nullptr) return false;
  if (message.stated_absent) {
    return IsList(field) || field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
  }
  return IsList(field) && context.presence().IsStatedEmpty(
                              *FieldPath(message.path, field, context));
}

Value SelectField(const Value& operand, absl::string_view name,
                  EvalContext& context) {
  switch (operand.kind()) {
    case ValueKind::kMessage: {
      const Message& message = *operand.message().message;
      const FieldDescriptor* field = FindField(message, name, context);
      if (field == nullptr) return NoSuchField(message, name, context);
      return ReadField(operand.message(), field, context);
    }
    case ValueKind::kMap:
      return ReadKey(operand.map(), Value::String(name), context);
    case ValueKind::kUnknown: {
      const absl::optional<MessageValue> absent =
          AbsentMessage(operand.unknown());
      if (!absent.has_value()) return operand;
      const FieldDescriptor* field = FindField(*absent->message, name, context);
      if (field == nullptr) return NoSuchField(*absent->message, name, context);
      return ReadField(*absent, field, context);
    }
    case ValueKind::kOptional:
      return SelectOptional(operand, name, context);
    case ValueKind::kError:
      return operand;
    default:
      return HasNoFields(operand, name, context);
  }
}

Value TestField(const Value& operand, absl::string_view name, bool stated,
                EvalContext& context) {
  MessageValue message;
  switch (operand.kind()) {
    case ValueKind::kMessage:
      message = operand.message();
      break;
    case ValueKind::kMap:
      return TestKey(operand.map(), name, stated, context);
    case ValueKind::kUnknown: {
      const absl::optional<MessageValue> absent =
          AbsentMessage(operand.unknown());
      if (!absent.has_value()) return operand;
      message = *absent;
      break;
    }
    case ValueKind::kOptional:
      if (operand.optional() == nullptr) return Value::Bool(false);
      return TestField(*operand.optional(), name, stated, context);
    case ValueKind::kError:
      return operand;
    default:
      return HasNoFields(operand, name, context);
  }
  const FieldDescriptor* field = FindField(*message.message, name, context);
  if (field == nullptr) return NoSuchField(*message.message, name, context);
  return Value::Bool(stated ? IsStated(message, field, context)
                            : HasField(message, field));
}

Value SelectOptional(const Value& operand, absl::string_view name,
                     EvalContext& context) {
  Value owner = operand;
  if (operand.is_optional()) {
    if (operand.optional() == nullptr) return operand;
    owner = *operand.optional();
  }
  const Value present = TestField(owner, name, /*stated=*/false, context);
  if (!present.is_bool()) return present;
  if (!present.bool_value()) return Value::None();
  const Value value = SelectField(owner, name, context);
  if (value.is_error() || value.is_unknown()) return value;
  return Value::Optional(value, context.arena());
}

Value ReadKey(const MapValue& map, const Value& key, EvalContext& context) {
  if (const absl::optional<Value> value = map.Find(key, context)) {
    return *value;
  }
  EvalArena& arena = context.arena();
  if (map.path() == nullptr) {
    return context.Error(
        ErrorCode::kNoSuchKey,
        absl::StrCat("the map has no key ", DebugString(key, context)));
  }
  const AttributePath* path = KeyPath(map.path(), key, arena);
  if (map.default_message() == nullptr) return Value::Unknown(path, arena);
  if (context.presence().IsComplete(*map.path())) {
    MessageValue* absent = arena.New<MessageValue>();
    *absent = {map.default_message(), path, /*stated_absent=*/true};
    return Value::Message(absent);
  }
  return UnknownMessage(path, *map.default_message(), arena);
}

Value UnknownMessage(const AttributePath* path, const Message& default_instance,
                     EvalArena& arena) {
  UnknownSet* set = arena.New<UnknownSet>();
  set->path = path;
  set->absent_message = &default_instance;
  return Value::Unknown(set);
}

Value MessageToValue(const Message& message, const AttributePath* path,
                     EvalContext& context) {
  const Descriptor* descriptor = message.GetDescriptor();
  switch (descriptor->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
    case Descriptor::WELLKNOWNTYPE_FIELDMASK: {
      MessageValue* value = context.arena().New<MessageValue>();
      *value = {&message, path, /*stated_absent=*/false};
      return Value::Message(value);
    }
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return TimestampValue(message, context);
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return DurationValue(message, context);
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return JsonValue(message, context);
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return MapOfField(message, descriptor->FindFieldByNumber(1), nullptr,
                        context);
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return ListOfField(message, descriptor->FindFieldByNumber(1), nullptr,
                         /*open=*/false, context);
    case Descriptor::WELLKNOWNTYPE_ANY: {
      Value error;
      const Message* inner = UnpackAny(message, context, &error);
      return inner == nullptr ? error
                              : MessageToValue(*inner, nullptr, context);
    }
    default:
      // A wrapper: its only field.
      return SingularField(message, descriptor->FindFieldByNumber(1), nullptr,
                           context);
  }
}

}  // namespace klausul::cel
