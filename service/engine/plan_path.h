#ifndef KLAUSUL_SERVICE_ENGINE_PLAN_PATH_H_
#define KLAUSUL_SERVICE_ENGINE_PLAN_PATH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

// Paths of plan fields as findings write them: `award.criteria[2].weight`,
// `clauses.wages.included`, `extra["no.oslo.due_diligence"]`.

namespace klausul::engine {

// The steps of a path without list indices: field names and map keys.
// `lots[2].award.criteria` -> lots, award, criteria.
std::vector<std::string> SplitPath(absl::string_view path);

// `path` and a key of the map there: `clauses.wages`, or with brackets and
// quotes where the key is no identifier.
std::string JoinKey(absl::string_view path, absl::string_view key);

// The field that a path leads to; for an entry of a map the map field itself.
// Null where there is none.
const google::protobuf::FieldDescriptor* FindPlanField(absl::string_view path);

// The eForms field id of the field at a path, or of the nearest field above
// that has one; empty where none has. A finding about a lot prefers an id that
// ends in `-Lot`.
std::string BtIdOf(absl::string_view path, bool about_lot);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PLAN_PATH_H_
