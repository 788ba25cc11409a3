#ifndef KLAUSUL_SERVICE_SERVER_INPUT_EVALUATION_H_
#define KLAUSUL_SERVICE_SERVER_INPUT_EVALUATION_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "klausul/v1/compliance_service.pb.h"
#include "klausul/v1/evaluate_options.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/review/reviewer.h"
#include "service/server/call.h"
#include "service/server/call_watch.h"
#include "service/server/serving_rules.h"
#include "service/server/status_details.h"
#include "service/server/telemetry.h"

// One plan or document of a request, evaluated: the report, or the error of
// this one input. What comes of it is counted.

namespace klausul::server {

// What an input is evaluated with.
struct EvaluationScope {
  const Served& served;
  // Have passed CheckOptions().
  const v1::EvaluateOptions& options;
  const Call& call;
  Telemetry& telemetry;
};

absl::optional<ServiceError> EvaluatePlan(const EvaluationScope& scope,
                                          const v1::ProcurementPlan& plan,
                                          CallWatch& watch,
                                          v1::EvaluateResponse& response);

absl::optional<ServiceError> EvaluateDocument(const EvaluationScope& scope,
                                              const v1::Document& document,
                                              CallWatch& watch,
                                              v1::EvaluateResponse& response);

// The plan or document of `Input`, a request or an entry of a stream.
template <typename Input>
absl::optional<ServiceError> EvaluateInput(const EvaluationScope& scope,
                                           const Input& input, CallWatch& watch,
                                           v1::EvaluateResponse& response) {
  if (input.has_document()) {
    return EvaluateDocument(scope, input.document(), watch, response);
  }
  if (input.has_plan()) {
    return EvaluatePlan(scope, input.plan(), watch, response);
  }
  return InvalidFields({{"input", "a plan or a document is required"}});
}

// What is wrong with the options of a request.
absl::optional<ServiceError> CheckOptions(const review::Reviewer& reviewer,
                                          const v1::EvaluateOptions& options);

// Wrong fields below `parent`, which may be empty.
std::vector<FieldViolation> Violations(
    const std::vector<review::FieldError>& errors, absl::string_view parent);

// A document that could not be read.
ServiceError UnreadableDocument(const review::Reviewed& reviewed);

// A review that ended early, through no fault of the input.
ServiceError FailedReview(const absl::Status& failure, CallWatch& watch);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_INPUT_EVALUATION_H_
