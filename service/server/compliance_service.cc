#include "service/server/compliance_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "service/review/plan_check.h"
#include "service/server/status_details.h"

namespace klausul::server {
namespace {

std::vector<FieldViolation> Violations(
    const std::vector<review::FieldError>& errors, absl::string_view parent) {
  std::vector<FieldViolation> violations;
  violations.reserve(errors.size());
  for (const review::FieldError& error : errors) {
    violations.push_back(
        {absl::StrCat(parent, ".", error.field), error.description});
  }
  return violations;
}

review::ReviewContext ContextOf(grpc::ServerContext& context) {
  return {absl::Now(), [&context] { return context.IsCancelled(); }};
}

ServiceError CancelledError(const grpc::ServerContext& context) {
  ServiceError error;
  const bool late = context.deadline() <= std::chrono::system_clock::now();
  error.code = late ? absl::StatusCode::kDeadlineExceeded
                    : absl::StatusCode::kCancelled;
  error.reason = late ? "DEADLINE_EXCEEDED" : "CANCELLED";
  error.message = late ? "the deadline of the call has passed"
                       : "the client cancelled the call";
  return error;
}

// The error of a document that could not be read or a review that ended early.
ServiceError ErrorOf(const review::Reviewed& reviewed,
                     const grpc::ServerContext& context) {
  ServiceError error;
  if (reviewed.status == review::Reviewed::Status::kFailed) {
    if (reviewed.failure.code() == absl::StatusCode::kCancelled) {
      return CancelledError(context);
    }
    error.code = reviewed.failure.code();
    error.message = std::string(reviewed.failure.message());
    error.reason = error.code == absl::StatusCode::kResourceExhausted
                       ? "LIMIT_EXCEEDED"
                       : "EVALUATION_FAILED";
    return error;
  }
  const v1::DocumentError& document = reviewed.report.error();
  const bool limit =
      reviewed.failure.code() == absl::StatusCode::kResourceExhausted;
  error.code = limit ? absl::StatusCode::kResourceExhausted
                     : absl::StatusCode::kInvalidArgument;
  error.reason =
      limit ? "LIMIT_EXCEEDED"
            : (reviewed.status == review::Reviewed::Status::kNotADocument
                   ? "NOT_A_PROCUREMENT_DOCUMENT"
                   : "DOCUMENT_UNREADABLE");
  error.message = document.message();
  if (document.line() > 0) {
    error.metadata["line"] = absl::StrCat(document.line());
    error.metadata["column"] = absl::StrCat(document.column());
    error.message = absl::StrCat(document.line(), ":", document.column(), ": ",
                                 document.message());
  }
  error.fields.push_back({"document.content", error.message});
  return error;
}

// Evaluates the plan or document of `Input` (a request or an entry of a
// stream): the report, or the error of this one input.
template <typename Input>
absl::optional<ServiceError> EvaluateInput(const review::Reviewer& reviewer,
                                           const Input& input,
                                           const v1::EvaluateOptions& options,
                                           grpc::ServerContext& context,
                                           v1::EvaluateResponse& response) {
  if (context.IsCancelled()) return CancelledError(context);
  if (input.has_plan()) {
    std::vector<review::FieldError> errors = review::CheckPlan(input.plan());
    if (!errors.empty()) return InvalidFields(Violations(errors, "plan"));
    review::Reviewed reviewed =
        reviewer.ReviewPlan(input.plan(), options, ContextOf(context));
    if (reviewed.status != review::Reviewed::Status::kEvaluated) {
      return ErrorOf(reviewed, context);
    }
    *response.mutable_report() = std::move(reviewed.report);
    return absl::nullopt;
  }
  if (!input.has_document()) {
    return InvalidFields({{"input", "a plan or a document is required"}});
  }
  int count = 0;
  absl::optional<ServiceError> error;
  reviewer.ReviewDocument(
      input.document(), options, ContextOf(context),
      [&](review::Reviewed reviewed) {
        ++count;
        if (reviewed.status != review::Reviewed::Status::kEvaluated) {
          if (!error.has_value()) error = ErrorOf(reviewed, context);
        } else if (count == 1) {
          *response.mutable_report() = std::move(reviewed.report);
        }
      });
  if (count > 1) {
    return InvalidFields(
        {{"document.content",
          absl::StrCat("holds ", count,
                       " plans; send each line of a JSON Lines file as an "
                       "entry of EvaluateStream")}});
  }
  return error;
}

}  // namespace

ComplianceService::ComplianceService(
    std::shared_ptr<const review::Reviewer> reviewer)
    : reviewer_(std::move(reviewer)) {}

grpc::Status ComplianceService::Evaluate(grpc::ServerContext* context,
                                         const v1::EvaluateRequest* request,
                                         v1::EvaluateResponse* response) {
  const std::vector<review::FieldError> errors =
      reviewer_->CheckOptions(request->options());
  if (!errors.empty()) {
    return ToGrpcStatus(InvalidFields(Violations(errors, "options")));
  }
  const absl::optional<ServiceError> error = EvaluateInput(
      *reviewer_, *request, request->options(), *context, *response);
  return error.has_value() ? ToGrpcStatus(*error) : grpc::Status::OK;
}

grpc::Status ComplianceService::EvaluateStream(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::EvaluateStreamResponse,
                             v1::EvaluateStreamRequest>* stream) {
  v1::EvaluateStreamRequest request;
  v1::EvaluateOptions options;
  while (stream->Read(&request)) {
    if (request.has_options()) {
      const std::vector<review::FieldError> errors =
          reviewer_->CheckOptions(request.options());
      // Options are of the whole stream, so they end it; an entry does not.
      if (!errors.empty()) {
        return ToGrpcStatus(InvalidFields(Violations(errors, "options")));
      }
      options = request.options();
    }
    if (request.entries_size() > kMaxEntriesAMessage) {
      ServiceError error = InvalidFields(
          {{"entries", absl::StrCat("has ", request.entries_size(),
                                    " entries; at most ", kMaxEntriesAMessage,
                                    " are taken in one message")}});
      error.code = absl::StatusCode::kResourceExhausted;
      error.reason = "LIMIT_EXCEEDED";
      return ToGrpcStatus(error);
    }
    v1::EvaluateStreamResponse response;
    for (const v1::EvaluateStreamEntry& entry : request.entries()) {
      if (context->IsCancelled()) {
        return ToGrpcStatus(CancelledError(*context));
      }
      v1::EvaluateStreamResult& result = *response.add_results();
      result.set_request_id(entry.request_id());
      v1::EvaluateResponse evaluated;
      const absl::optional<ServiceError> error =
          EvaluateInput(*reviewer_, entry, options, *context, evaluated);
      if (error.has_value()) {
        *result.mutable_status() = ToRpcStatus(*error);
      } else {
        *result.mutable_response() = std::move(evaluated);
      }
    }
    if (!stream->Write(response)) break;
  }
  if (context->IsCancelled()) return ToGrpcStatus(CancelledError(*context));
  return grpc::Status::OK;
}

}  // namespace klausul::server
