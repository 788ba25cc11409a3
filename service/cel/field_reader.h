#ifndef KLAUSUL_SERVICE_CEL_FIELD_READER_H_
#define KLAUSUL_SERVICE_CEL_FIELD_READER_H_

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/value.h"

namespace klausul::cel {

// Reads one field of messages of one compiled type without reflection, which
// takes many times as long. A host generates them for its own messages; see
// message_access.h for what they serve.
struct FieldReader {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // Rules mode: the field is set, and to something that says something.
  bool (*says_something)(const google::protobuf::Message& message) = nullptr;
  // The value of a singular field that is no message; null for others.
  Value (*scalar)(const google::protobuf::Message& message) = nullptr;
  // The message of a singular field, the default instance where it is not set;
  // null for others.
  const google::protobuf::Message& (*submessage)(
      const google::protobuf::Message& message) = nullptr;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_FIELD_READER_H_
