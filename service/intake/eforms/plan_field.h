#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_FIELD_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_FIELD_H_

#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace klausul::intake::eforms {

// A path of the plan, such as `contract.cpv_main` or
// `clauses.foreign_subsidies.announced`, worked out for one type of message, so
// that following it takes no look at names.
class PlanField {
 public:
  // Our own constants alone are looked up, so a path that the type does not
  // have ends the program.
  PlanField(const google::protobuf::Descriptor& type, absl::string_view path);

  const std::string& path() const { return path_; }

  const google::protobuf::Descriptor& type() const { return type_; }

  const google::protobuf::FieldDescriptor& field() const { return *field_; }

  // That of the message that holds the field. Asking a message for its own
  // takes longer.
  const google::protobuf::Reflection& reflection() const {
    return *reflection_;
  }

  // Where the raw code of an enum goes, `kind_code` beside `kind` and
  // `kinds_codes` beside `kinds`; null where there is no such field.
  const google::protobuf::FieldDescriptor* twin() const { return twin_; }

  // Whether a key of a keyed map is on the way.
  bool has_key() const { return has_key_; }

  // The message that holds the field, made with all on the way.
  google::protobuf::Message& MutableParent(
      google::protobuf::Message& message) const;

  // The same, or null where something on the way is not stated.
  const google::protobuf::Message* Parent(
      const google::protobuf::Message& message) const;

 private:
  // A message on the way.
  struct Group {
    const google::protobuf::Reflection* reflection;
    const google::protobuf::FieldDescriptor* field;
    // Set where the field is a keyed map: the key of the entry. The value of
    // the entry is a group of its own, or the field.
    std::string key;
  };

  const google::protobuf::Descriptor& type_;
  const std::string path_;
  bool has_key_ = false;
  // Outermost first.
  absl::InlinedVector<Group, 4> groups_;
  const google::protobuf::Reflection* reflection_ = nullptr;
  const google::protobuf::FieldDescriptor* field_ = nullptr;
  const google::protobuf::FieldDescriptor* twin_ = nullptr;
};

// The field of that path, from a table that fills as it is asked. The paths are
// our constants, so there is an end to it. Safe to call from several threads.
const PlanField& FindPlanField(const google::protobuf::Descriptor& type,
                               absl::string_view path);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_FIELD_H_
