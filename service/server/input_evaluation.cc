#include "service/server/input_evaluation.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/review/decision.h"

namespace klausul::server {
namespace {

using review::FieldError;
using review::Reviewed;

// The most rule sets that options name.
constexpr int kMaxOptionEntries = 100;

// For a document, whose report comes with what was wrong with it.
absl::optional<ServiceError> TakeReport(Reviewed reviewed, CallWatch& watch,
                                        v1::EvaluateResponse& response) {
  switch (reviewed.status) {
    case Reviewed::Status::kEvaluated:
      *response.mutable_report() = std::move(reviewed.report);
      return absl::nullopt;
    case Reviewed::Status::kFailed:
      return FailedReview(reviewed.failure, watch);
    case Reviewed::Status::kUnreadable:
    case Reviewed::Status::kNotADocument:
      break;
  }
  return UnreadableDocument(reviewed);
}

// Counts an evaluation and hands it to the decision log. `plan` is empty where
// there is no such log.
void Tell(const EvaluationScope& scope, absl::Time time, std::string plan,
          const v1::DocumentReport& report) {
  scope.telemetry.evaluations.Count(report);
  if (scope.telemetry.decisions == nullptr) return;
  review::Evaluated evaluated;
  evaluated.time = time;
  evaluated.client = scope.call.context().peer();
  evaluated.request_id = scope.call.request_id();
  evaluated.trace_id = scope.call.trace().trace_id;
  evaluated.bundle_digest = scope.served.bundle_digest;
  evaluated.options = scope.options.SerializeAsString();
  evaluated.plan = std::move(plan);
  evaluated.report = report.SerializeAsString();
  scope.telemetry.decisions->Record(std::move(evaluated));
}

}  // namespace

absl::optional<ServiceError> EvaluateDocument(const EvaluationScope& scope,
                                              const v1::Document& document,
                                              CallWatch& watch,
                                              v1::EvaluateResponse& response) {
  int count = 0;
  absl::optional<ServiceError> error;
  // One answer has room for one report; past the first line of a JSON Lines
  // file the rest is only counted.
  review::ReviewContext context{absl::Now(),
                                [&] { return count > 0 || watch.Poll(); }};
  std::string plan;
  if (scope.telemetry.decisions != nullptr) {
    context.on_plan = [&](const v1::ProcurementPlan& read) {
      if (count == 0) plan = review::SerializeDeterministic(read);
    };
  }
  scope.served.reviewer.ReviewDocument(
      document, scope.options, context, [&](Reviewed reviewed) {
        if (++count == 1) {
          error = TakeReport(std::move(reviewed), watch, response);
        }
      });
  if (count > 1) {
    return InvalidFields(
        {{"document.content",
          absl::StrCat("holds ", count,
                       " documents; send each line of a JSON Lines file as an "
                       "entry of EvaluateStream")}});
  }
  if (!error.has_value()) {
    Tell(scope, context.now, std::move(plan), response.report());
  }
  return error;
}

absl::optional<ServiceError> EvaluatePlan(const EvaluationScope& scope,
                                          const v1::ProcurementPlan& plan,
                                          CallWatch& watch,
                                          v1::EvaluateResponse& response) {
  const std::vector<FieldError> errors = review::Reviewer::CheckPlan(plan);
  if (!errors.empty()) return InvalidFields(Violations(errors, "plan"));
  const review::ReviewContext context{absl::Now(),
                                      [&] { return watch.Poll(); }};
  const absl::Status status = scope.served.reviewer.ReviewPlanInto(
      plan, scope.options, context, *response.mutable_report());
  if (!status.ok()) return FailedReview(status, watch);
  Tell(scope, context.now,
       scope.telemetry.decisions == nullptr
           ? ""
           : review::SerializeDeterministic(plan),
       response.report());
  return absl::nullopt;
}

std::vector<FieldViolation> Violations(const std::vector<FieldError>& errors,
                                       absl::string_view parent) {
  std::vector<FieldViolation> violations;
  violations.reserve(errors.size());
  for (const FieldError& error : errors) {
    violations.push_back(
        {parent.empty() ? error.field : absl::StrCat(parent, ".", error.field),
         error.description});
  }
  return violations;
}

absl::optional<ServiceError> CheckOptions(const review::Reviewer& reviewer,
                                          const v1::EvaluateOptions& options) {
  if (options.rule_sets_size() > kMaxOptionEntries) {
    return LimitExceeded(
        "options.rule_sets",
        absl::StrCat("has ", options.rule_sets_size(), " entries; at most ",
                     kMaxOptionEntries, " are taken"));
  }
  const std::vector<FieldError> errors = reviewer.CheckOptions(options);
  if (errors.empty()) return absl::nullopt;
  return InvalidFields(Violations(errors, "options"));
}

ServiceError UnreadableDocument(const Reviewed& reviewed) {
  const v1::DocumentError& document = reviewed.report.error();
  std::string message = document.message();
  if (document.line() > 0) {
    message = absl::StrCat(document.line(), ":", document.column(), ": ",
                           document.message());
  }
  ServiceError error;
  if (reviewed.failure.code() == absl::StatusCode::kResourceExhausted) {
    error = LimitExceeded("document.content", message);
  } else {
    error = InvalidFields({{"document.content", message}});
    error.reason = reviewed.status == Reviewed::Status::kNotADocument
                       ? "NOT_A_PROCUREMENT_DOCUMENT"
                       : "DOCUMENT_UNREADABLE";
  }
  error.message = std::move(message);
  if (document.line() > 0) {
    error.metadata["line"] = absl::StrCat(document.line());
    error.metadata["column"] = absl::StrCat(document.column());
  }
  if (!document.details().empty()) {
    error.metadata["details"] = document.details();
  }
  return error;
}

ServiceError FailedReview(const absl::Status& failure, CallWatch& watch) {
  absl::optional<ServiceError> over = watch.Check();
  if (over.has_value()) return *std::move(over);
  ServiceError error;
  error.code = failure.code();
  error.reason = failure.code() == absl::StatusCode::kResourceExhausted
                     ? "LIMIT_EXCEEDED"
                     : "EVALUATION_FAILED";
  error.message = std::string(failure.message());
  return error;
}

}  // namespace klausul::server
