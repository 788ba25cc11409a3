#ifndef KLAUSUL_SERVICE_CEL_MESSAGE_ASSIGN_H_
#define KLAUSUL_SERVICE_CEL_MESSAGE_ASSIGN_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/eval_context.h"
#include "service/cel/value.h"

// Private to the building of messages.

namespace klausul::cel {

// nullopt where it went well, else an error value.
using Failure = absl::optional<Value>;

// The error that `value` is of the wrong kind for `where`, such as "an Any".
Failure Mismatch(const Value& value, absl::string_view where,
                 EvalContext& context);

inline const google::protobuf::FieldDescriptor* FieldByNumber(
    const google::protobuf::Message& message, int number) {
  return message.GetDescriptor()->FindFieldByNumber(number);
}

// Writes a value into a google.protobuf.Value: numbers become doubles where
// they stay exact and text otherwise, bytes base64, times their JSON text.
Failure AssignJson(const Value& value, google::protobuf::Message& message,
                   EvalContext& context);

// Packs a value into a google.protobuf.Any, scalars in their wrappers.
Failure AssignAny(const Value& value, google::protobuf::Message& any,
                  EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_MESSAGE_ASSIGN_H_
