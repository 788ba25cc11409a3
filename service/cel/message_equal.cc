// Equality of messages.

#include <cstddef>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/unknown_field_set.h"

#include "service/cel/eval_context.h"
#include "service/cel/field_access.h"
#include "service/cel/message_access.h"
#include "service/cel/value.h"

namespace klausul::cel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool RepeatedEqual(const Message& a, const Message& b,
                   const FieldDescriptor* field, EvalContext& context) {
  const Reflection& of_a = *a.GetReflection();
  const Reflection& of_b = *b.GetReflection();
  const int size = of_a.FieldSize(a, field);
  if (size != of_b.FieldSize(b, field)) return false;
  const bool messages = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  for (int i = 0; i < size; ++i) {
    const bool equal =
        messages
            ? MessagesEqual(of_a.GetRepeatedMessage(a, field, i),
                            of_b.GetRepeatedMessage(b, field, i), context)
            : Equal(RepeatedElement(a, field, i, nullptr, context),
                    RepeatedElement(b, field, i, nullptr, context), context);
    if (!equal) return false;
  }
  return true;
}

bool MapsOfFieldEqual(const Message& a, const Message& b,
                      const FieldDescriptor* field, EvalContext& context) {
  return Equal(MapOfField(a, field, nullptr, context),
               MapOfField(b, field, nullptr, context), context);
}

bool FieldsEqual(const Message& a, const Message& b,
                 const FieldDescriptor* field, EvalContext& context) {
  if (field->is_map()) return MapsOfFieldEqual(a, b, field, context);
  if (field->is_repeated()) return RepeatedEqual(a, b, field, context);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return MessagesEqual(a.GetReflection()->GetMessage(a, field),
                         b.GetReflection()->GetMessage(b, field), context);
  }
  return Equal(SingularField(a, field, nullptr, context),
               SingularField(b, field, nullptr, context), context);
}

bool UnknownFieldsEqual(const Message& a, const Message& b) {
  const auto& of_a = a.GetReflection()->GetUnknownFields(a);
  const auto& of_b = b.GetReflection()->GetUnknownFields(b);
  if (of_a.empty() || of_b.empty()) return of_a.empty() == of_b.empty();
  std::string bytes_a;
  std::string bytes_b;
  return of_a.SerializeToString(&bytes_a) && of_b.SerializeToString(&bytes_b) &&
         bytes_a == bytes_b;
}

// An `Any` whose type the pool knows is compared by what it holds, whatever
// the order of its bytes.
bool AnysEqual(const Message& a, const Message& b, EvalContext& context) {
  Value error;
  const Message* inner_a = UnpackAny(a, context, &error);
  const Message* inner_b = UnpackAny(b, context, &error);
  if (inner_a != nullptr && inner_b != nullptr) {
    return MessagesEqual(*inner_a, *inner_b, context);
  }
  for (const int number : {1, 2}) {
    const FieldDescriptor* field = a.GetDescriptor()->FindFieldByNumber(number);
    if (!FieldsEqual(a, b, field, context)) return false;
  }
  return true;
}

// Two factories or pools may know one type under two descriptors.
bool EqualAcrossPools(const Message& a, const Message& b,
                      EvalContext& context) {
  Message* copy = a.New(&context.arena().protobuf_arena());
  return copy->ParsePartialFromString(b.SerializePartialAsString()) &&
         MessagesEqual(a, *copy, context);
}

bool FieldByFieldEqual(const Message& a, const Message& b,
                       EvalContext& context) {
  const Descriptor* descriptor = a.GetDescriptor();
  if (descriptor != b.GetDescriptor()) {
    return descriptor->full_name() == b.GetDescriptor()->full_name() &&
           EqualAcrossPools(a, b, context);
  }
  if (descriptor->well_known_type() == Descriptor::WELLKNOWNTYPE_ANY) {
    return AnysEqual(a, b, context);
  }
  std::vector<const FieldDescriptor*> fields_a;
  std::vector<const FieldDescriptor*> fields_b;
  a.GetReflection()->ListFields(a, &fields_a);
  b.GetReflection()->ListFields(b, &fields_b);
  if (fields_a != fields_b) return false;
  for (const FieldDescriptor* field : fields_a) {
    if (!FieldsEqual(a, b, field, context)) return false;
  }
  return UnknownFieldsEqual(a, b);
}

}  // namespace

bool MessagesEqual(const Message& a, const Message& b, EvalContext& context) {
  if (!context.Charge(1) || !context.Enter()) return false;
  const bool equal = FieldByFieldEqual(a, b, context);
  context.Leave();
  return equal;
}

}  // namespace klausul::cel
