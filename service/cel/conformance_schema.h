#ifndef KLAUSUL_SERVICE_CEL_CONFORMANCE_SCHEMA_H_
#define KLAUSUL_SERVICE_CEL_CONFORMANCE_SCHEMA_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/message.h"

namespace klausul::cel {

// The messages of the conformance suite, from its schema: nothing of it is
// compiled in but protobuf's own well-known types.
class ConformanceSchema {
 public:
  // `path`: a google.protobuf.FileDescriptorSet in protobuf's JSON form.
  static absl::StatusOr<std::unique_ptr<ConformanceSchema>> Load(
      const std::string& path);

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  google::protobuf::MessageFactory& factory() { return factory_; }

  // Reads a cel.expr.conformance.test.SimpleTestFile in text form.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadTestFile(
      const std::string& path);

 private:
  ConformanceSchema();

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

// Where the schema is, if the caller does not say: the environment variable
// KLAUSUL_CEL_SCHEMA, else `schema.json` in the folder of `first_file` or one
// above it. Empty where there is none.
std::string FindConformanceSchema(const std::string& first_file);

// Shorthand for reading messages whose types are known only here. Fields that
// the message does not have read as empty.
std::string StringField(const google::protobuf::Message& message,
                        const std::string& name);
bool BoolField(const google::protobuf::Message& message,
               const std::string& name);
bool HasMessageField(const google::protobuf::Message& message,
                     const std::string& name);
// Unset: the default instance.
const google::protobuf::Message& MessageField(
    const google::protobuf::Message& message, const std::string& name);
std::vector<const google::protobuf::Message*> RepeatedField(
    const google::protobuf::Message& message, const std::string& name);
// The name of the field that is set of a oneof; empty where none is.
std::string OneofCase(const google::protobuf::Message& message,
                      const std::string& oneof);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CONFORMANCE_SCHEMA_H_
