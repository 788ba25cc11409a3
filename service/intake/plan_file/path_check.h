#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PATH_CHECK_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PATH_CHECK_H_

#include <string>

#include "absl/strings/string_view.h"

#include "klausul/v1/plan.pb.h"

namespace klausul::intake {

// What a path in `stated_empty`, `still_open` or `complete` has to name.
enum class PathKind {
  // A list without entries.
  kEmptyList,
  kList,
  // A keyed map.
  kMap,
};

// Why a path names no such field of the plan; empty where it does. An index has
// to be one of an entry that is there.
std::string PathFault(const v1::ProcurementPlan& plan, absl::string_view path,
                      PathKind kind);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PATH_CHECK_H_
