#ifndef KLAUSUL_SERVICE_CEL_FIELD_ACCESS_H_
#define KLAUSUL_SERVICE_CEL_FIELD_ACCESS_H_

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

// The lowest layer over protobuf's reflection: single fields and elements as
// values, lists and maps read in place. Knows nothing of presence.

namespace klausul::cel {

// A singular field, set or not. A message field is converted with `path`.
Value SingularField(const google::protobuf::Message& message,
                    const google::protobuf::FieldDescriptor* field,
                    const AttributePath* path, EvalContext& context);

// An element of a repeated field that is no map.
Value RepeatedElement(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor* field, int index,
                      const AttributePath* path, EvalContext& context);

// A repeated field in place.
Value ListOfField(const google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor* field,
                  const AttributePath* path, bool open, EvalContext& context);

// A map field in place, its entries in the order of their keys.
Value MapOfField(const google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor* field,
                 const AttributePath* path, EvalContext& context);

// The next step of a path, or null where there is no path.
const AttributePath* KeyPath(const AttributePath* parent, const Value& key,
                             EvalArena& arena);

// True for the messages that wrap one scalar, such as Int64Value.
bool IsWrapper(const google::protobuf::Descriptor* descriptor);

// The message inside an `Any`, which may be an `Any` again; null with an error
// in `error` where its type is not known or its bytes are not of that type.
const google::protobuf::Message* UnpackAny(const google::protobuf::Message& any,
                                           EvalContext& context, Value* error);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_FIELD_ACCESS_H_
