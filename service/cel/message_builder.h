#ifndef KLAUSUL_SERVICE_CEL_MESSAGE_BUILDER_H_
#define KLAUSUL_SERVICE_CEL_MESSAGE_BUILDER_H_

#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

namespace klausul::cel {

// One field of a message literal.
struct FieldValue {
  const google::protobuf::FieldDescriptor* field = nullptr;
  Value value;
};

// `M{f: v, ...}`. A well-known type collapses to the value it stands for. An
// error where a value does not fit its field: wrong kind, out of range, null
// where there is no null.
Value BuildMessage(const google::protobuf::Descriptor* descriptor,
                   absl::Span<const FieldValue> fields, EvalContext& context);

// Writes `value` into `message`, which is of any type: a well-known type takes
// the values it stands for. nullopt where it went well, else the error.
absl::optional<Value> AssignMessage(const Value& value,
                                    google::protobuf::Message& message,
                                    EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_MESSAGE_BUILDER_H_
