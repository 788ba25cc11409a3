#include "service/server/call.h"

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"

namespace klausul::server {
namespace {

constexpr std::array<const char*, 17> kCodeNames = {
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
};

absl::string_view MetadataOf(const grpc::ServerContext& context,
                             const char* key) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(key);
  if (it == metadata.end()) return "";
  return {it->second.data(), it->second.size()};
}

// May be the server's fault or the operator's task.
bool IsTrouble(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::UNIMPLEMENTED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DATA_LOSS:
      return true;
    default:
      return false;
  }
}

}  // namespace

MethodMetrics::MethodMetrics(const char* name, MetricsRegistry& registry)
    : method_(name + 1),
      seconds_(registry.GetHistogram(
          "klausul_call_seconds", "Time from request to answer, in seconds.",
          MetricsRegistry::LatencyBounds(), {{"method", method_}})),
      in_flight_(registry.GetGauge("klausul_calls_in_flight",
                                   "Calls that are being answered.",
                                   {{"method", method_}})) {
  for (std::size_t code = 0; code < kCodes; ++code) {
    calls_[code] = &registry.GetCounter(
        "klausul_calls_total", "Calls that were answered, by status code.",
        {{"method", method_}, {"code", kCodeNames[code]}});
  }
}

Call::Call(grpc::ServerContext& context, const MethodMetrics& metrics,
           const Telemetry& telemetry)
    : context_(context),
      metrics_(metrics),
      telemetry_(telemetry),
      start_(std::chrono::steady_clock::now()),
      request_id_(MakeRequestId(MetadataOf(context, "x-request-id"))),
      trace_(MakeTraceContext(MetadataOf(context, "traceparent"))) {
  metrics_.in_flight_.Add(1);
  context_.AddInitialMetadata("x-request-id", request_id_);
}

grpc::Status Call::End(grpc::Status status) {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
          .count();
  metrics_.in_flight_.Add(-1);
  metrics_.seconds_.Observe(seconds);
  const auto code = static_cast<std::size_t>(status.error_code());
  metrics_.calls_[code < kCodeNames.size() ? code : 2]->Add();
  if (telemetry_.log && (telemetry_.log_calls == LogCalls::kAll ||
                         (telemetry_.log_calls == LogCalls::kErrors &&
                          IsTrouble(status.error_code())))) {
    Log(status, seconds);
  }
  return status;
}

void Call::Log(const grpc::Status& status, double seconds) const {
  const auto code = static_cast<std::size_t>(status.error_code());
  // Not the message: it may quote the request.
  telemetry_.log(
      LogLine(IsTrouble(status.error_code()) ? "warning" : "info", "call",
              absl::Now())
          .Add("method", metrics_.method())
          .Add("code", kCodeNames[code < kCodeNames.size() ? code : 2])
          .Add("seconds", seconds)
          .Add("client", context_.peer())
          .Add("request_id", request_id_)
          .Add("trace_id", trace_.trace_id)
          .Add("span_id", trace_.span_id)
          .Add("parent_id", trace_.parent_id));
}

}  // namespace klausul::server
