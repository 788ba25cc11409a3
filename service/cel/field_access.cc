#include "service/cel/field_access.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/cel/map_key.h"
#include "service/cel/message_access.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsNullValueEnum(const FieldDescriptor* field) {
  return field->enum_type()->full_name() == "google.protobuf.NullValue";
}

// Reflection gives a reference into the message, or into `scratch` where the
// text is kept in another form; then it has to be copied.
absl::string_view Keep(const std::string& text, const std::string& scratch,
                       EvalContext& context) {
  return &text == &scratch ? context.arena().CopyText(text)
                           : absl::string_view(text);
}

Value TextValue(const FieldDescriptor* field, absl::string_view text) {
  return field->type() == FieldDescriptor::TYPE_BYTES ? Value::Bytes(text)
                                                      : Value::String(text);
}

class ProtoList final : public ListValue {
 public:
  ProtoList(const Message& message, const FieldDescriptor* field,
            const AttributePath* path, bool open)
      : ListValue(path, open), message_(message), field_(field) {}

  std::size_t size() const override {
    return static_cast<std::size_t>(
        message_.GetReflection()->FieldSize(message_, field_));
  }

  Value Get(std::size_t index, EvalContext& context) const override {
    const AttributePath* element_path = nullptr;
    if (path() != nullptr &&
        field_->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      element_path = context.arena().New<AttributePath>(
          path(), static_cast<std::int64_t>(index));
    }
    return RepeatedElement(message_, field_, static_cast<int>(index),
                           element_path, context);
  }

 private:
  const Message& message_;
  const FieldDescriptor* field_;
};

struct ProtoMapEntry {
  MapKey key;
  Value key_value;
  const Message* entry = nullptr;

  friend bool operator<(const ProtoMapEntry& a, const ProtoMapEntry& b) {
    return a.key < b.key;
  }
};

class ProtoMap final : public MapValue {
 public:
  ProtoMap(absl::Span<const ProtoMapEntry> entries,
           const FieldDescriptor* value_field, const AttributePath* path,
           const Message* default_message)
      : MapValue(path, default_message),
        entries_(entries),
        value_field_(value_field) {}

  std::size_t size() const override { return entries_.size(); }

  Value KeyAt(std::size_t index, EvalContext&) const override {
    return entries_[index].key_value;
  }

  Value ValueAt(std::size_t index, EvalContext& context) const override {
    const ProtoMapEntry& entry = entries_[index];
    return SingularField(*entry.entry, value_field_,
                         KeyPath(path(), entry.key_value, context.arena()),
                         context);
  }

  absl::optional<Value> Find(const Value& key,
                             EvalContext& context) const override {
    ProtoMapEntry wanted;
    const absl::optional<MapKey> normal = MapKey::ForLookup(key);
    if (!normal.has_value()) return absl::nullopt;
    wanted.key = *normal;
    const auto it = std::lower_bound(entries_.begin(), entries_.end(), wanted);
    if (it == entries_.end() || !(it->key == wanted.key)) return absl::nullopt;
    return ValueAt(static_cast<std::size_t>(it - entries_.begin()), context);
  }

 private:
  absl::Span<const ProtoMapEntry> entries_;
  const FieldDescriptor* value_field_;
};

}  // namespace

bool IsWrapper(const Descriptor* descriptor) {
  switch (descriptor->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
    case Descriptor::WELLKNOWNTYPE_FLOATVALUE:
    case Descriptor::WELLKNOWNTYPE_INT64VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT64VALUE:
    case Descriptor::WELLKNOWNTYPE_INT32VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT32VALUE:
    case Descriptor::WELLKNOWNTYPE_STRINGVALUE:
    case Descriptor::WELLKNOWNTYPE_BYTESVALUE:
    case Descriptor::WELLKNOWNTYPE_BOOLVALUE:
      return true;
    default:
      return false;
  }
}

const AttributePath* KeyPath(const AttributePath* parent, const Value& key,
                             EvalArena& arena) {
  if (parent == nullptr) return nullptr;
  absl::string_view name;
  if (key.is_string()) {
    name = key.text();
  } else if (key.is_int()) {
    return arena.New<AttributePath>(parent, key.int_value());
  } else if (key.is_uint()) {
    name = arena.CopyText(absl::StrCat(key.uint_value()));
  } else if (key.is_bool()) {
    name = key.bool_value() ? "true" : "false";
  }
  return arena.New<AttributePath>(parent, AttributePath::Step::kKey, name);
}

Value SingularField(const Message& message, const FieldDescriptor* field,
                    const AttributePath* path, EvalContext& context) {
  const Reflection& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Value::Int(reflection.GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return Value::Int(reflection.GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return Value::Uint(reflection.GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return Value::Uint(reflection.GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Value::Double(reflection.GetDouble(message, field));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Value::Double(reflection.GetFloat(message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return Value::Bool(reflection.GetBool(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      if (IsNullValueEnum(field)) return Value::Null();
      return Value::Int(reflection.GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      return TextValue(
          field, Keep(reflection.GetStringReference(message, field, &scratch),
                      scratch, context));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageToValue(reflection.GetMessage(message, field), path,
                            context);
  }
  return Value::Null();
}

Value RepeatedElement(const Message& message, const FieldDescriptor* field,
                      int index, const AttributePath* path,
                      EvalContext& context) {
  const Reflection& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Value::Int(reflection.GetRepeatedInt32(message, field, index));
    case FieldDescriptor::CPPTYPE_INT64:
      return Value::Int(reflection.GetRepeatedInt64(message, field, index));
    case FieldDescriptor::CPPTYPE_UINT32:
      return Value::Uint(reflection.GetRepeatedUInt32(message, field, index));
    case FieldDescriptor::CPPTYPE_UINT64:
      return Value::Uint(reflection.GetRepeatedUInt64(message, field, index));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Value::Double(reflection.GetRepeatedDouble(message, field, index));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Value::Double(reflection.GetRepeatedFloat(message, field, index));
    case FieldDescriptor::CPPTYPE_BOOL:
      return Value::Bool(reflection.GetRepeatedBool(message, field, index));
    case FieldDescriptor::CPPTYPE_ENUM:
      if (IsNullValueEnum(field)) return Value::Null();
      return Value::Int(reflection.GetRepeatedEnumValue(message, field, index));
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      return TextValue(field, Keep(reflection.GetRepeatedStringReference(
                                       message, field, index, &scratch),
                                   scratch, context));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageToValue(
          reflection.GetRepeatedMessage(message, field, index), path, context);
  }
  return Value::Null();
}

Value ListOfField(const Message& message, const FieldDescriptor* field,
                  const AttributePath* path, bool open, EvalContext& context) {
  return Value::List(
      context.arena().New<ProtoList>(message, field, path, open));
}

Value MapOfField(const Message& message, const FieldDescriptor* field,
                 const AttributePath* path, EvalContext& context) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* key_field = field->message_type()->map_key();
  const FieldDescriptor* value_field = field->message_type()->map_value();
  const auto size =
      static_cast<std::size_t>(reflection.FieldSize(message, field));
  context.Charge(static_cast<std::int64_t>(size));
  absl::Span<ProtoMapEntry> entries =
      context.arena().NewArray<ProtoMapEntry>(size);
  for (std::size_t i = 0; i < size; ++i) {
    const Message& entry =
        reflection.GetRepeatedMessage(message, field, static_cast<int>(i));
    const Value key = SingularField(entry, key_field, nullptr, context);
    entries[i] = {MapKey::ForLookup(key).value_or(MapKey{}), key, &entry};
  }
  std::sort(entries.begin(), entries.end());
  const Message* default_message = nullptr;
  if (path != nullptr &&
      value_field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    default_message = reflection.GetMessageFactory()->GetPrototype(
        value_field->message_type());
  }
  return Value::Map(context.arena().New<ProtoMap>(entries, value_field, path,
                                                  default_message));
}

const Message* UnpackAny(const Message& any, EvalContext& context,
                         Value* error) {
  // An `Any` in an `Any` is legal, but nobody nests it deeply for good.
  constexpr int kMaxNesting = 32;
  const Message* message = &any;
  for (int i = 0; i < kMaxNesting; ++i) {
    const Descriptor* descriptor = message->GetDescriptor();
    if (descriptor->well_known_type() != Descriptor::WELLKNOWNTYPE_ANY) {
      return message;
    }
    const Reflection& reflection = *message->GetReflection();
    const std::string url =
        reflection.GetString(*message, descriptor->FindFieldByNumber(1));
    const std::string bytes =
        reflection.GetString(*message, descriptor->FindFieldByNumber(2));
    const std::string name = url.substr(url.rfind('/') + 1);
    const Message* prototype =
        context.Prototype(context.environment().FindMessage(name));
    if (prototype == nullptr) {
      *error = context.Error(
          ErrorCode::kInvalidArgument,
          absl::StrCat("the type `", url, "` of an Any is not known"));
      return nullptr;
    }
    context.ChargeBytes(bytes.size());
    Message* inner = prototype->New(&context.arena().protobuf_arena());
    if (!inner->ParsePartialFromString(bytes)) {
      *error =
          context.Error(ErrorCode::kInvalidArgument,
                        absl::StrCat("an Any does not hold a `", name, "`"));
      return nullptr;
    }
    message = inner;
  }
  *error = context.Error(
      ErrorCode::kLimit,
      absl::StrCat("more than ", kMaxNesting, " levels of Any in one another"));
  return nullptr;
}

}  // namespace klausul::cel
