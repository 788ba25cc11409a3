#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCHEMA_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCHEMA_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

// The plan's descriptors as plan files speak of them.

namespace klausul::intake {

// Messages whose values have a form of their own in plan files.
enum class ValueForm {
  // A mapping of its fields.
  kGroup,
  kMoney,
  kDate,
  kTimeOfDay,
  kSpan,
  kText,
  kReasoned,
  kCondition,
  kExtraFact,
};

ValueForm FormOf(const google::protobuf::Descriptor& message);

// The name that rules and plan files use: `OPEN` for `PROCEDURE_KIND_OPEN`.
std::string ShortName(const google::protobuf::EnumValueDescriptor& value);

// The value of a short or full name, or null.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, absl::string_view name);

// Short names of all values but `UNSPECIFIED`.
std::vector<std::string> ShortNames(
    const google::protobuf::EnumDescriptor& type);

// Registered keys of a keyed map; empty where any key is welcome.
std::vector<std::string> MapKeys(const google::protobuf::FieldDescriptor& map);

std::vector<std::string> FieldNames(
    const google::protobuf::Descriptor& message);

// A list that is no map.
bool IsList(const google::protobuf::FieldDescriptor& field);

// The lists of paths on the plan itself, which speak about the plan and are
// not part of what it states.
bool IsPathList(const google::protobuf::FieldDescriptor& field);

// Path of a field, of a list entry, of a key: `award` + `criteria`,
// `lots` + 2, `clauses` + `wages`. A key that is no name gets brackets.
std::string FieldPath(absl::string_view parent, absl::string_view field);
std::string IndexPath(absl::string_view list, int index);
std::string KeyPath(absl::string_view map, absl::string_view key);

// `award.criteria[2].weight` taken apart.
struct PathStep {
  enum class Kind { kName, kIndex, kKey };

  Kind kind = Kind::kName;
  // Of a name or a quoted key.
  std::string text;
  int index = 0;
};

// InvalidArgument, with a message for the author, where it is no path.
absl::StatusOr<std::vector<PathStep>> ParsePath(absl::string_view path);

// `award` has no field `criterai`; for the plan itself: a plan has no field...
std::string UnknownField(absl::string_view path, absl::string_view name);

// Help for a field that `message` does not have: the name that was meant, or
// the group of the plan that has such a field. May be empty.
std::string UnknownFieldHelp(const google::protobuf::Descriptor& message,
                             absl::string_view name);

// Help for a word outside a list: the one that was meant, or the whole list
// where that is short. May be empty.
std::string UnknownWordHelp(absl::string_view word,
                            const std::vector<std::string>& words);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCHEMA_H_
