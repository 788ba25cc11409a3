#ifndef KLAUSUL_SERVICE_SERVER_RULE_SET_CHECK_H_
#define KLAUSUL_SERVICE_SERVER_RULE_SET_CHECK_H_

#include <functional>

#include "absl/time/time.h"
#include "absl/types/optional.h"

#include "klausul/v1/rule_service.pb.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/repository.h"
#include "service/ruleset/rule_files.h"
#include "service/server/status_details.h"

namespace klausul::server {

// What bounds a set that a client sends: less than what stands on our own disk,
// since reading it takes a second for some megabytes.
ruleset::RuleFileLimits UploadLimits();

// What CheckRuleSet answers, without a server around it: loads, lints and runs
// the examples of the files; nothing is installed. INVALID_ARGUMENT where they
// are no single rule set, RESOURCE_EXHAUSTED past the limits, CANCELLED where
// `is_cancelled` says so.
absl::optional<ServiceError> CheckRuleSet(
    const v1::CheckRuleSetRequest& request,
    const ruleset::RuleSetRepository& in_service,
    const ruleset::PlanReader& plan_reader, absl::Time now,
    const std::function<bool()>& is_cancelled,
    v1::CheckRuleSetResponse& response);

// A diagnostic as the service sends it.
v1::RuleDiagnostic ToProto(const Diagnostic& diagnostic);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_SET_CHECK_H_
