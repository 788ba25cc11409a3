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
#include "service/server/input_evaluation.h"

namespace klausul::server {
namespace {

using review::FieldError;
using review::Reviewed;

// What the status of an entry takes at most, with its request_id: see the
// bounds of status_details.h and request_reader.h.
constexpr std::size_t kMaxStatusBytes = std::size_t{6} << 10;

void SetStatus(const ServiceError& error, v1::EvaluateStreamResult& result) {
  result.clear_response();
  *result.mutable_status() = ToRpcStatus(error);
}

// One entry of a stream, read and evaluated: whatever is wrong with it is its
// own result. `result` may hold an older one, whose memory is used again.
void EvaluateEntry(const EvaluationScope& scope, absl::string_view bytes,
                   CallWatch& watch, google::protobuf::Arena& arena,
                   v1::EvaluateStreamResult& result) {
  auto& entry =
      *google::protobuf::Arena::CreateMessage<v1::EvaluateStreamEntry>(&arena);
  absl::optional<ServiceError> error = ReadEntry(bytes, entry);
  result.set_request_id(entry.request_id());
  if (!error.has_value()) {
    error = EvaluateInput(scope, entry, watch, *result.mutable_response());
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
  StreamCall(const ComplianceService& service, const Call& call)
      : service_(service), call_(call), watch_(MakeWatch()) {}

  // What is wrong with the message as a whole, its options or its length ends
  // the stream; what is wrong with an entry does not.
  absl::optional<ServiceError> Answer(StreamMessage& message) {
    // A message ends on the rules that it began with; the next may see others,
    // which may lack a set that the options name.
    std::shared_ptr<const Served> served = service_.rules_->Current();
    if (message.options.has_value() || served != served_) {
      if (message.options.has_value()) options_ = *std::move(message.options);
      absl::optional<ServiceError> error =
          CheckOptions(served->reviewer, options_);
      if (error.has_value()) return error;
      served_ = std::move(served);
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
    grpc::ServerContext& context = call_.context();
    return {context.deadline(), [&context] { return context.IsCancelled(); }};
  }

  void Evaluate(const std::vector<absl::string_view>& entries,
                std::size_t first, std::size_t end) {
    const std::size_t threads =
        static_cast<std::size_t>(service_.helpers_->count()) + 1;
    const std::size_t count = end - first;
    const std::size_t parts =
        threads == 1 ? 1 : std::min(count, threads * kPartsAThread);
    const EvaluationScope scope{*served_, options_, call_,
                                service_.telemetry()};
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
        EvaluateEntry(scope, entries[i], watch, arena,
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
  const Call& call_;
  CallWatch watch_;
  // Of the message that is being answered.
  std::shared_ptr<const Served> served_;
  v1::EvaluateOptions options_;
  v1::EvaluateStreamResponse response_;
  // Of the response, or a little more.
  std::size_t bytes_ = 0;
};

ComplianceService::ComplianceService(std::shared_ptr<const ServingRules> rules,
                                     std::size_t max_message_bytes,
                                     int helper_threads,
                                     std::shared_ptr<Telemetry> telemetry)
    : CheckedService(max_message_bytes, std::move(telemetry)),
      rules_(std::move(rules)),
      helpers_(std::make_unique<HelperThreads>(helper_threads)) {
  AddUnary<v1::EvaluateRequest, v1::EvaluateResponse>(
      "/klausul.v1.ComplianceService/Evaluate",
      [this](auto& call, const auto& request, auto& response) {
        return Evaluate(call, request, response);
      });
  AddBidiStream<StreamMessage, v1::EvaluateStreamResponse>(
      "/klausul.v1.ComplianceService/EvaluateStream",
      [this](auto& call, auto& stream) {
        return EvaluateStream(call, stream);
      });
  AddUnary<v1::AdviseProcedureRequest, v1::AdviseProcedureResponse>(
      "/klausul.v1.ComplianceService/AdviseProcedure",
      [this](auto& call, const auto& request, auto& response) {
        return AdviseProcedure(call, request, response);
      });
}

absl::optional<ServiceError> ComplianceService::Evaluate(
    const Call& call, const v1::EvaluateRequest& request,
    v1::EvaluateResponse& response) const {
  grpc::ServerContext& context = call.context();
  const std::shared_ptr<const Served> served = rules_->Current();
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  absl::optional<ServiceError> error = watch.Check();
  if (!error.has_value()) {
    error = CheckOptions(served->reviewer, request.options());
  }
  if (!error.has_value()) {
    error = EvaluateInput({*served, request.options(), call, telemetry()},
                          request, watch, response);
  }
  return error;
}

absl::optional<ServiceError> ComplianceService::AdviseProcedure(
    const Call& call, const v1::AdviseProcedureRequest& request,
    v1::AdviseProcedureResponse& response) const {
  grpc::ServerContext& context = call.context();
  const std::shared_ptr<const Served> served = rules_->Current();
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  absl::optional<ServiceError> error = watch.Check();
  if (!error.has_value()) {
    error = CheckOptions(served->reviewer, request.options());
  }
  if (error.has_value()) return error;
  const review::Advisor advisor(served->reviewer);
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
    const Call& call, EvaluationStream& stream) const {
  StreamCall answers(*this, call);
  Received<StreamMessage> received;
  while (stream.Read(&received)) {
    if (received.error.has_value()) return received.error;
    absl::optional<ServiceError> error = answers.Answer(received.request);
    if (error.has_value()) return error;
    if (!stream.Write(answers.response())) break;
  }
  return answers.Check();
}

}  // namespace klausul::server
