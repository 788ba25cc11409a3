#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCAN_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCAN_H_

#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "klausul/v1/plan.pb.h"

namespace klausul::intake {

// Whether CheckPlan() has nothing to say about the plan, found out by code that
// is generated from its descriptor: a service asks for every call, and going
// through it by reflection takes longer than hundreds of rules do. May be false
// where all is well (an amount that may be negative and is, more than 32 lots),
// never true where something is wrong.
bool ValuesAreFine(const v1::ProcurementPlan& plan);

// The keys that a map of the plan knows; empty where it takes any.
const std::vector<std::string>& KnownKeys(
    const google::protobuf::FieldDescriptor& map);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_SCAN_H_
