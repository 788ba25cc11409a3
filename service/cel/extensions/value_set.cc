#include "service/cel/extensions/value_set.h"

#include <cstddef>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/field_access.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <typename... Parts>
std::uint64_t Mix(const Parts&... parts) {
  return absl::HashOf(parts...);
}

double AsDouble(const Value& number) {
  if (number.is_int()) return static_cast<double>(number.int_value());
  if (number.is_uint()) return static_cast<double>(number.uint_value());
  return number.double_value();
}

std::uint64_t HashList(const ListValue& list, EvalContext& context) {
  std::uint64_t hash = Mix(ValueKind::kList, list.size());
  for (std::size_t i = 0; i < list.size() && !context.exhausted(); ++i) {
    hash = Mix(hash, HashValue(list.Get(i, context), context));
  }
  return hash;
}

// The order of the entries does not count.
std::uint64_t HashMap(const MapValue& map, EvalContext& context) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < map.size() && !context.exhausted(); ++i) {
    sum += Mix(HashValue(map.KeyAt(i, context), context),
               HashValue(map.ValueAt(i, context), context));
  }
  return Mix(ValueKind::kMap, map.size(), sum);
}

std::uint64_t HashMessage(const Message& message, EvalContext& context);

std::uint64_t HashRepeated(const Message& message, const FieldDescriptor* field,
                           EvalContext& context) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, field);
  const bool messages = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  std::uint64_t hash = Mix(size);
  for (int i = 0; i < size && !context.exhausted(); ++i) {
    hash = Mix(
        hash,
        messages
            ? HashMessage(reflection.GetRepeatedMessage(message, field, i),
                          context)
            : HashValue(RepeatedElement(message, field, i, nullptr, context),
                        context));
  }
  return hash;
}

std::uint64_t HashField(const Message& message, const FieldDescriptor* field,
                        EvalContext& context) {
  if (field->is_map()) {
    return HashValue(MapOfField(message, field, nullptr, context), context);
  }
  if (field->is_repeated()) return HashRepeated(message, field, context);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return HashMessage(message.GetReflection()->GetMessage(message, field),
                       context);
  }
  return HashValue(SingularField(message, field, nullptr, context), context);
}

// Field by field, as messages are compared. What one `Any` holds may be
// written in many ways; they all have one hash.
std::uint64_t HashMessage(const Message& message, EvalContext& context) {
  const Descriptor* descriptor = message.GetDescriptor();
  const absl::string_view name = descriptor->full_name();
  std::uint64_t hash = Mix(ValueKind::kMessage, name);
  if (descriptor->well_known_type() == Descriptor::WELLKNOWNTYPE_ANY ||
      !context.Charge(1) || !context.Enter()) {
    return hash;
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    hash = Mix(hash, field->number(), HashField(message, field, context));
  }
  context.Leave();
  return hash;
}

}  // namespace

std::uint64_t HashValue(const Value& value, EvalContext& context) {
  if (!context.Charge(1)) return 0;
  if (value.is_number()) {
    // Numbers of different kinds compare as doubles; -0.0 equals 0.0, which is
    // also what absl makes of them.
    return Mix(ValueKind::kDouble, AsDouble(value));
  }
  const ValueKind kind = value.kind();
  switch (kind) {
    case ValueKind::kBool:
      return Mix(kind, value.bool_value());
    case ValueKind::kString:
    case ValueKind::kBytes:
    case ValueKind::kType:
      context.ChargeBytes(value.text().size());
      return Mix(kind, value.text());
    case ValueKind::kTimestamp:
    case ValueKind::kDuration:
      return Mix(kind, value.time().seconds, value.time().nanos);
    case ValueKind::kList:
      return HashList(value.list(), context);
    case ValueKind::kMap:
      return HashMap(value.map(), context);
    case ValueKind::kMessage:
      return HashMessage(*value.message().message, context);
    case ValueKind::kOptional:
      return value.optional() == nullptr
                 ? Mix(kind)
                 : Mix(kind, HashValue(*value.optional(), context));
    case ValueKind::kOpaque:
      return Mix(kind, value.TypeName());
    default:
      return Mix(kind);
  }
}

bool ValueSet::IsIn(const Bucket& bucket, const Value& value) const {
  for (const Value& other : bucket) {
    if (context_.exhausted()) return false;
    if (Equal(value, other, context_)) return true;
  }
  return false;
}

bool ValueSet::Contains(const Value& value) const {
  const auto bucket = buckets_.find(HashValue(value, context_));
  return bucket != buckets_.end() && IsIn(bucket->second, value);
}

bool ValueSet::Insert(const Value& value) {
  // A NaN is never found again: keeping it would only make a long bucket.
  if (value.is_double() && value.double_value() != value.double_value()) {
    return true;
  }
  Bucket& bucket = buckets_[HashValue(value, context_)];
  if (IsIn(bucket, value)) return false;
  bucket.push_back(value);
  return true;
}

}  // namespace klausul::cel
