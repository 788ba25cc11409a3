#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_CHECK_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_CHECK_H_

#include <string>
#include <vector>

#include "klausul/v1/plan.pb.h"

namespace klausul::intake {

// Something in a plan that cannot be meant.
struct PlanProblem {
  // Plan path of the field, `award.criteria[2].weight`.
  std::string path;
  // Stable code, as in diagnostics.
  std::string code;
  // One line, lower case, no full stop.
  std::string message;
  // What to do about it; may be empty.
  std::string help;
};

// Checks the values of a plan, however it came here (file or message): days
// that exist in years 1900 to 2200, amounts with a currency and at most 15
// digits, counts that are not negative, percentages and weights from 0 to 100,
// enum numbers and keys of maps that the schema knows, codes of a fixed form
// (CPV, country), references to lots that are there, and paths in
// `stated_empty`, `still_open` and `complete` that name such a field.
//
// Nothing of it is law. At most 1000 problems, in the order of the schema.
std::vector<PlanProblem> CheckPlan(const v1::ProcurementPlan& plan);

// The same without looking first whether all is well: by reflection, field by
// field.
std::vector<PlanProblem> FindPlanProblems(const v1::ProcurementPlan& plan);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_CHECK_H_
