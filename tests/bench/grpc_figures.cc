#include "tests/bench/grpc_figures.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include <grpcpp/grpcpp.h>

#include "klausul/v1/compliance_service.grpc.pb.h"

#include "tests/bench/fixtures.h"
#include "tests/bench/grpc_child.h"

namespace klausul::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Stub = v1::ComplianceService::Stub;

constexpr int kPairs = 5;
constexpr std::chrono::milliseconds kRound(1500);
constexpr std::chrono::milliseconds kWarmUp(300);
constexpr int kPlansAMessage = 64;
// Calls at a time: the server always has the next one to begin with.
constexpr int kCallsAtATime = 4;
constexpr int kMessagesAhead = 4;

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double Seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

std::unique_ptr<Stub> Connect(int port) {
  grpc::ChannelArguments arguments;
  // A connection of its own for each.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  return v1::ComplianceService::NewStub(
      grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port),
                                grpc::InsecureChannelCredentials(), arguments));
}

// A half-filled form.
v1::EvaluateRequest UnaryRequest() {
  v1::EvaluateRequest request;
  *request.mutable_plan() = SamplePlan("plan.yaml");
  return request;
}

// The same form, with other amounts and days.
v1::EvaluateStreamRequest StreamRequest() {
  v1::EvaluateStreamRequest request;
  const v1::ProcurementPlan plan = SamplePlan("plan.yaml");
  for (int i = 0; i < kPlansAMessage; ++i) {
    v1::EvaluateStreamEntry& entry = *request.add_entries();
    entry.set_request_id(absl::StrCat("plan-", i));
    *entry.mutable_plan() = plan;
    v1::Money& value =
        *entry.mutable_plan()->mutable_contract()->mutable_estimated_value();
    value.set_units(value.units() + 10'000 * i);
  }
  return request;
}

bool Call(Stub& stub, const v1::EvaluateRequest& request,
          v1::EvaluateResponse& response) {
  grpc::ClientContext context;
  return stub.Evaluate(&context, request, &response).ok();
}

// Calls a second; 0 where one failed.
double UnaryRate(Stub& stub, const v1::EvaluateRequest& request,
                 Clock::duration time, int calls_at_a_time) {
  std::vector<std::size_t> calls(static_cast<std::size_t>(calls_at_a_time));
  std::vector<std::thread> callers;
  const Clock::time_point start = Clock::now();
  for (std::size_t& count : calls) {
    callers.emplace_back([&] {
      while (Clock::now() - start < time) {
        v1::EvaluateResponse response;
        if (!Call(stub, request, response)) {
          count = 0;
          return;
        }
        ++count;
      }
    });
  }
  for (std::thread& caller : callers)
    caller.join();
  const double seconds = Seconds(Clock::now() - start);
  std::size_t total = 0;
  for (const std::size_t count : calls) {
    if (count == 0) return 0;
    total += count;
  }
  return static_cast<double>(total) / seconds;
}

// Messages a second, a few of them under way; 0 where the stream broke.
double StreamRate(Stub& stub, const v1::EvaluateStreamRequest& request,
                  Clock::duration time) {
  grpc::ClientContext context;
  const auto stream = stub.EvaluateStream(&context);
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < kMessagesAhead; ++i) {
    if (!stream->Write(request)) return 0;
  }
  std::size_t messages = 0;
  v1::EvaluateStreamResponse response;
  while (Clock::now() - start < time) {
    if (!stream->Read(&response) || !stream->Write(request)) return 0;
    ++messages;
  }
  const double seconds = Seconds(Clock::now() - start);
  stream->WritesDone();
  while (stream->Read(&response)) {
  }
  if (!stream->Finish().ok()) return 0;
  return static_cast<double>(messages) / seconds;
}

// What Klausul answers, for the empty service to send.
bool Ask(Stub& stub, Answers& answers) {
  v1::EvaluateResponse unary;
  if (!Call(stub, UnaryRequest(), unary)) return false;
  grpc::ClientContext context;
  const auto stream = stub.EvaluateStream(&context);
  v1::EvaluateStreamResponse response;
  if (!stream->Write(StreamRequest()) || !stream->Read(&response)) return false;
  stream->WritesDone();
  if (!stream->Finish().ok()) return false;
  answers = {unary.SerializeAsString(), response.SerializeAsString()};
  return response.results_size() == kPlansAMessage;
}

}  // namespace

bool MeasureGrpc(std::vector<Figure>& figures, std::string& error) {
  const std::string path = (std::filesystem::temp_directory_path() /
                            absl::StrCat("klausul-bench-answers-", ::getpid()))
                               .string();
  const ServerProcess klausul(kServeKlausul, path);
  if (klausul.port() == 0) {
    error = "the server does not start";
    return false;
  }
  const std::unique_ptr<Stub> ours = Connect(klausul.port());
  Answers answers;
  if (!Ask(*ours, answers) || !WriteAnswers(answers, path)) {
    error = "there is no answer to compare with";
    return false;
  }
  const ServerProcess empty(kServeEmpty, path);
  std::remove(path.c_str());
  if (empty.port() == 0) {
    error = "the empty server does not start";
    return false;
  }
  const std::unique_ptr<Stub> theirs = Connect(empty.port());

  // Only the calling threads, which start from here on.
  cpu_set_t before;
  const bool known = sched_getaffinity(0, sizeof before, &before) == 0;
  StayOnProcessor(1);
  const v1::EvaluateRequest unary = UnaryRequest();
  const v1::EvaluateStreamRequest message = StreamRequest();
  std::vector<double> alone_ratios;
  std::vector<double> unary_ratios;
  std::vector<double> unary_rates;
  std::vector<double> latencies;
  std::vector<double> stream_ratios;
  std::vector<double> stream_rates;
  bool complete = true;
  for (Stub* stub : {ours.get(), theirs.get()}) {
    complete = complete && UnaryRate(*stub, unary, kWarmUp, 1) > 0 &&
               StreamRate(*stub, message, kWarmUp) > 0;
  }
  for (int i = 0; i < kPairs && complete; ++i) {
    const double our_alone = UnaryRate(*ours, unary, kRound, 1);
    const double their_alone = UnaryRate(*theirs, unary, kRound, 1);
    const double our_calls = UnaryRate(*ours, unary, kRound, kCallsAtATime);
    const double their_calls = UnaryRate(*theirs, unary, kRound, kCallsAtATime);
    const double our_messages = StreamRate(*ours, message, kRound);
    const double their_messages = StreamRate(*theirs, message, kRound);
    complete = our_alone > 0 && their_alone > 0 && our_calls > 0 &&
               their_calls > 0 && our_messages > 0 && their_messages > 0;
    if (!complete) break;
    latencies.push_back(1e6 / our_alone);
    alone_ratios.push_back(our_alone / their_alone);
    unary_ratios.push_back(our_calls / their_calls);
    unary_rates.push_back(our_calls);
    stream_ratios.push_back(our_messages / their_messages);
    stream_rates.push_back(our_messages * kPlansAMessage);
  }
  if (known) sched_setaffinity(0, sizeof before, &before);
  if (!complete) {
    error = "a call failed";
    return false;
  }
  const double unary_rate = Median(unary_rates);
  const double stream_rate = Median(stream_rates);
  const char* const unit = "x of the calls a second of an empty service";
  figures.push_back({"grpc_unary", Median(unary_ratios), unit});
  figures.push_back({"grpc_unary_alone", Median(alone_ratios),
                     "x of an empty service, one call at a time"});
  figures.push_back({"grpc_unary_us", Median(latencies), "us a call"});
  figures.push_back({"grpc_unary_calls", unary_rate, "calls a second"});
  figures.push_back({"grpc_stream", Median(stream_ratios),
                     "x of an empty stream, 64 plans a message"});
  figures.push_back({"grpc_stream_plans", stream_rate, "plans a second"});
  figures.push_back({"grpc_stream_vs_unary", stream_rate / unary_rate,
                     "x of the plans a second of unary calls"});
  return true;
}

}  // namespace klausul::bench
