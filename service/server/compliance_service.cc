#include "service/server/compliance_service.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include <google/protobuf/arena.h>

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
  if (input.has_document()) {
    return EvaluateDocument(reviewer, input.document(), options, watch,
                            response);
  }
  if (!input.has_plan()) {
    return InvalidFields({{"input", "a plan or a document is required"}});
  }
  const std::vector<FieldError> errors =
      review::Reviewer::CheckPlan(input.plan());
  if (!errors.empty()) return InvalidFields(Violations(errors, "plan"));
  const absl::Status status = reviewer.ReviewPlanInto(
      input.plan(), options, {absl::Now(), [&] { return watch.Poll(); }},
      *response.mutable_report());
  if (status.ok()) return absl::nullopt;
  return FailedReview(status, watch);
}

void SetStatus(const ServiceError& error, v1::EvaluateStreamResult& result) {
  result.clear_response();
  *result.mutable_status() = ToRpcStatus(error);
}

// One entry of a stream, read and evaluated: whatever is wrong with it is its
// own result. `result` may hold an older one, whose memory is used again.
void EvaluateEntry(const review::Reviewer& reviewer, absl::string_view bytes,
                   const v1::EvaluateOptions& options, CallWatch& watch,
                   google::protobuf::Arena& arena,
                   v1::EvaluateStreamResult& result) {
  auto& entry =
      *google::protobuf::Arena::CreateMessage<v1::EvaluateStreamEntry>(&arena);
  absl::optional<ServiceError> error = ReadEntry(bytes, entry);
  result.set_request_id(entry.request_id());
  if (!error.has_value()) {
    error = EvaluateInput(reviewer, entry, options, watch,
                          *result.mutable_response());
  }
  if (error.has_value()) SetStatus(*error, result);
}

// Sets the number of results. Those that stay keep what they hold: clearing a
// result would free its report, and with it the memory to write the next into.
void Resize(int count, v1::EvaluateStreamResponse& response) {
  while (response.results_size() > count)
    response.mutable_results()->RemoveLast();
  while (response.results_size() < count)
    response.add_results();
}

}  // namespace

// Answers the messages of one stream, one after the other, the entries of a
// message on as many threads as are free.
class ComplianceService::StreamCall {
 public:
  StreamCall(const ComplianceService& service, grpc::ServerContext& context)
      : service_(service), context_(context), watch_(MakeWatch()) {}

  // What is wrong with the message as a whole, its options or its length ends
  // the stream; what is wrong with an entry does not.
  absl::optional<ServiceError> Answer(StreamMessage& message) {
    if (message.options.has_value()) {
      absl::optional<ServiceError> error =
          CheckOptions(*service_.reviewer_, *message.options);
      if (error.has_value()) return error;
      options_ = *std::move(message.options);
    }
    // An answer as large as that is rare, and not worth its memory.
    if (bytes_ > kMaxKeptBytes) response_.Clear();
    bytes_ = 0;
    const std::size_t count = message.entries.size();
    Resize(static_cast<int>(count), response_);
    for (std::size_t first = 0; first < count; first += kEntriesAtATime) {
      const std::size_t end = std::min(first + kEntriesAtATime, count);
      Evaluate(message.entries, first, end);
      absl::optional<ServiceError> error = watch_.Check();
      if (error.has_value()) return error;
      FitIn(first, end, count);
    }
    if (bytes_ > service_.max_message_bytes()) {
      return AnswerTooLarge(bytes_, service_.max_message_bytes(),
                            "send fewer entries in a message");
    }
    return absl::nullopt;
  }

  const v1::EvaluateStreamResponse& response() const { return response_; }

  absl::optional<ServiceError> Check() { return watch_.Check(); }

 private:
  // So many are evaluated before their answers are weighed.
  static constexpr std::size_t kEntriesAtATime = 64;
  // Of an answer that the next one is written into.
  static constexpr std::size_t kMaxKeptBytes = std::size_t{2} << 20;
  // A plan of a usual size fits into it.
  static constexpr std::size_t kArenaBytes = std::size_t{16} << 10;
  // Tag and length of a result in the answer, at most.
  static constexpr std::size_t kResultHeadBytes = 6;
  // Parts a thread, so that one with hard entries does not keep the others
  // waiting.
  static constexpr std::size_t kPartsAThread = 4;

  CallWatch MakeWatch() const {
    return {context_.deadline(), [this] { return context_.IsCancelled(); }};
  }

  void Evaluate(const std::vector<absl::string_view>& entries,
                std::size_t first, std::size_t end) {
    const std::size_t threads =
        static_cast<std::size_t>(service_.helpers_->count()) + 1;
    const std::size_t count = end - first;
    const std::size_t parts =
        threads == 1 ? 1 : std::min(count, threads * kPartsAThread);
    service_.helpers_->ForEach(parts, [&](std::size_t part) {
      CallWatch watch = MakeWatch();
      std::array<char, kArenaBytes> block;
      google::protobuf::ArenaOptions arena_options;
      arena_options.initial_block = block.data();
      arena_options.initial_block_size = block.size();
      google::protobuf::Arena arena(arena_options);
      const std::size_t last = first + count * (part + 1) / parts;
      for (std::size_t i = first + count * part / parts; i < last; ++i) {
        if (watch.Poll()) return;
        EvaluateEntry(*service_.reviewer_, entries[i], options_, watch, arena,
                      *response_.mutable_results(static_cast<int>(i)));
        arena.Reset();
      }
    });
  }

  // Puts a status in place of results that would make the answer too large.
  // Room is kept for those that follow, so that each gets its answer.
  void FitIn(std::size_t first, std::size_t end, std::size_t count) {
    for (std::size_t i = first; i < end; ++i) {
      v1::EvaluateStreamResult& result =
          *response_.mutable_results(static_cast<int>(i));
      std::size_t size = result.ByteSizeLong() + kResultHeadBytes;
      const std::size_t wanted =
          bytes_ + size + (count - i - 1) * kMaxStatusBytes;
      if (wanted > service_.max_message_bytes()) {
        SetStatus(AnswerTooLarge(wanted, service_.max_message_bytes(),
                                 "send fewer entries in a message"),
                  result);
        size = result.ByteSizeLong() + kResultHeadBytes;
      }
      bytes_ += size;
    }
  }

  const ComplianceService& service_;
  grpc::ServerContext& context_;
  CallWatch watch_;
  v1::EvaluateOptions options_;
  v1::EvaluateStreamResponse response_;
  // Of the response, or a little more.
  std::size_t bytes_ = 0;
};

ComplianceService::ComplianceService(
    std::shared_ptr<const review::Reviewer> reviewer,
    std::size_t max_message_bytes, int helper_threads)
    : CheckedService(max_message_bytes),
      reviewer_(std::move(reviewer)),
      helpers_(std::make_unique<HelperThreads>(helper_threads)) {
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
  StreamCall call(*this, context);
  Received<StreamMessage> received;
  while (stream.Read(&received)) {
    if (received.error.has_value()) return received.error;
    absl::optional<ServiceError> error = call.Answer(received.request);
    if (error.has_value()) return error;
    if (!stream.Write(call.response())) break;
  }
  return call.Check();
}

}  // namespace klausul::server
