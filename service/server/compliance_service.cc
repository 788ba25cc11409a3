#include "service/server/compliance_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/review/advice/advisor.h"
#include "service/server/call_watch.h"

namespace klausul::server {
namespace {

using review::FieldError;
using review::Reviewed;

// The most rule sets that options name.
constexpr int kMaxOptionEntries = 100;

// What the status of an entry takes at most, with its request_id: see the
// bounds of status_details.h and request_reader.h.
constexpr std::size_t kMaxStatusBytes = std::size_t{6} << 10;

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

// A document that could not be read.
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

// A review that ended early, through no fault of the input.
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

absl::optional<ServiceError> EvaluateDocument(
    const review::Reviewer& reviewer, const v1::Document& document,
    const v1::EvaluateOptions& options, CallWatch& watch,
    v1::EvaluateResponse& response) {
  int count = 0;
  absl::optional<ServiceError> error;
  // One answer has room for one report; past the first line of a JSON Lines
  // file the rest is only counted.
  const review::ReviewContext context{
      absl::Now(), [&] { return count > 0 || watch.Poll(); }};
  reviewer.ReviewDocument(document, options, context, [&](Reviewed reviewed) {
    if (++count == 1) {
      error = TakeReport(std::move(reviewed), watch, response);
    }
  });
  if (count <= 1) return error;
  return InvalidFields(
      {{"document.content",
        absl::StrCat("holds ", count,
                     " documents; send each line of a JSON Lines file as an "
                     "entry of EvaluateStream")}});
}

// Evaluates the plan or document of `Input`, a request or an entry of a stream:
// the report, or the error of this one input.
template <typename Input>
absl::optional<ServiceError> EvaluateInput(const review::Reviewer& reviewer,
                                           const Input& input,
                                           const v1::EvaluateOptions& options,
                                           CallWatch& watch,
                                           v1::EvaluateResponse& response) {
  absl::optional<ServiceError> error;
  if (input.has_document()) {
    error =
        EvaluateDocument(reviewer, input.document(), options, watch, response);
  } else if (!input.has_plan()) {
    return InvalidFields({{"input", "a plan or a document is required"}});
  } else {
    const std::vector<FieldError> errors =
        review::Reviewer::CheckPlan(input.plan());
    if (!errors.empty()) return InvalidFields(Violations(errors, "plan"));
    const review::ReviewContext context{absl::Now(),
                                        [&] { return watch.Poll(); }};
    error = TakeReport(reviewer.ReviewPlan(input.plan(), options, context),
                       watch, response);
  }
  return error;
}

void SetStatus(const ServiceError& error, v1::EvaluateStreamResult& result) {
  result.clear_response();
  *result.mutable_status() = ToRpcStatus(error);
}

// One entry of a stream, read and evaluated: whatever is wrong with it is its
// own result.
void EvaluateEntry(const review::Reviewer& reviewer, absl::string_view bytes,
                   const v1::EvaluateOptions& options, CallWatch& watch,
                   v1::EvaluateStreamResult& result) {
  v1::EvaluateStreamEntry entry;
  absl::optional<ServiceError> error = ReadEntry(bytes, entry);
  result.set_request_id(entry.request_id());
  if (!error.has_value()) {
    error = EvaluateInput(reviewer, entry, options, watch,
                          *result.mutable_response());
  }
  if (error.has_value()) SetStatus(*error, result);
}

}  // namespace

ComplianceService::ComplianceService(
    std::shared_ptr<const review::Reviewer> reviewer,
    std::size_t max_message_bytes)
    : CheckedService(max_message_bytes), reviewer_(std::move(reviewer)) {
  AddUnary<v1::EvaluateRequest, v1::EvaluateResponse>(
      "/klausul.v1.ComplianceService/Evaluate",
      [this](auto& context, const auto& request, auto& response) {
        return Evaluate(context, request, response);
      });
  AddBidiStream<StreamMessage, v1::EvaluateStreamResponse>(
      "/klausul.v1.ComplianceService/EvaluateStream",
      [this](auto& context, auto& stream) {
        return EvaluateStream(context, stream);
      });
  AddUnary<v1::AdviseProcedureRequest, v1::AdviseProcedureResponse>(
      "/klausul.v1.ComplianceService/AdviseProcedure",
      [this](auto& context, const auto& request, auto& response) {
        return AdviseProcedure(context, request, response);
      });
}

absl::optional<ServiceError> ComplianceService::Evaluate(
    grpc::ServerContext& context, const v1::EvaluateRequest& request,
    v1::EvaluateResponse& response) const {
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  absl::optional<ServiceError> error = watch.Check();
  if (!error.has_value()) error = CheckOptions(*reviewer_, request.options());
  if (!error.has_value()) {
    error =
        EvaluateInput(*reviewer_, request, request.options(), watch, response);
  }
  return error;
}

absl::optional<ServiceError> ComplianceService::AdviseProcedure(
    grpc::ServerContext& context, const v1::AdviseProcedureRequest& request,
    v1::AdviseProcedureResponse& response) const {
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  absl::optional<ServiceError> error = watch.Check();
  if (!error.has_value()) error = CheckOptions(*reviewer_, request.options());
  if (error.has_value()) return error;
  const review::Advisor advisor(*reviewer_);
  std::vector<FieldError> wrong = advisor.CheckRequest(request);
  if (!request.has_document() && !request.has_plan()) {
    wrong.push_back({"input", "a plan or a document is required"});
  }
  for (FieldError& field : review::Reviewer::CheckPlan(request.plan())) {
    wrong.push_back({absl::StrCat("plan.", field.field), field.description});
  }
  if (!wrong.empty()) return InvalidFields(Violations(wrong, ""));
  review::Advised advised =
      advisor.Advise(request, {absl::Now(), [&] { return watch.Poll(); }});
  switch (advised.status) {
    case Reviewed::Status::kEvaluated:
      response = std::move(advised.response);
      return absl::nullopt;
    case Reviewed::Status::kFailed:
      return FailedReview(advised.failure, watch);
    case Reviewed::Status::kUnreadable:
    case Reviewed::Status::kNotADocument:
      break;
  }
  Reviewed unread;
  unread.status = advised.status;
  unread.failure = advised.failure;
  unread.report = std::move(*advised.response.mutable_report());
  return UnreadableDocument(unread);
}

absl::optional<ServiceError> ComplianceService::EvaluateStream(
    grpc::ServerContext& context, EvaluationStream& stream) const {
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  Received<StreamMessage> received;
  v1::EvaluateOptions options;
  while (stream.Read(&received)) {
    // What is wrong with the message as a whole, its options or its length ends
    // the stream; what is wrong with an entry does not.
    if (received.error.has_value()) return received.error;
    StreamMessage& message = received.request;
    if (message.options.has_value()) {
      absl::optional<ServiceError> error =
          CheckOptions(*reviewer_, *message.options);
      if (error.has_value()) return error;
      options = *std::move(message.options);
    }
    v1::EvaluateStreamResponse response;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < message.entries.size(); ++i) {
      absl::optional<ServiceError> error = watch.Check();
      if (error.has_value()) return error;
      v1::EvaluateStreamResult& result = *response.add_results();
      EvaluateEntry(*reviewer_, message.entries[i], options, watch, result);
      error = watch.Check();
      if (error.has_value()) return error;
      // Room is kept for those that follow, so that each gets its answer.
      const std::size_t wanted =
          bytes + result.ByteSizeLong() +
          (message.entries.size() - i - 1) * kMaxStatusBytes;
      if (wanted > max_message_bytes()) {
        SetStatus(AnswerTooLarge(wanted, max_message_bytes(),
                                 "send fewer entries in a message"),
                  result);
      }
      bytes += result.ByteSizeLong();
    }
    if (response.ByteSizeLong() > max_message_bytes()) {
      return AnswerTooLarge(response.ByteSizeLong(), max_message_bytes(),
                            "send fewer entries in a message");
    }
    if (!stream.Write(response)) break;
  }
  return watch.Check();
}

}  // namespace klausul::server
