#ifndef KLAUSUL_SERVICE_SERVER_CALL_H_
#define KLAUSUL_SERVICE_SERVER_CALL_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "service/server/telemetry.h"
#include "service/server/trace_context.h"

namespace klausul::server {

// The metrics of one method.
class MethodMetrics {
 public:
  // `name` is `/klausul.v1.RuleService/GetRule`; the label is that without the
  // first slash.
  MethodMetrics(const char* name, MetricsRegistry& registry);

  const std::string& method() const { return method_; }

 private:
  friend class Call;
  // OK to UNAUTHENTICATED.
  static constexpr std::size_t kCodes = 17;

  std::string method_;
  std::array<Counter*, kCodes> calls_;
  Histogram& seconds_;
  Gauge& in_flight_;
};

// One call from its first byte to its status: counted, timed, and told to the
// log. What is in its messages is told to nobody.
class Call {
 public:
  Call(grpc::ServerContext& context, const MethodMetrics& metrics,
       const Telemetry& telemetry);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  grpc::ServerContext& context() const { return context_; }

  // Sent back as `x-request-id`.
  const std::string& request_id() const { return request_id_; }

  const TraceContext& trace() const { return trace_; }

  // Call once, last: gives back the status.
  grpc::Status End(grpc::Status status);

 private:
  void Log(const grpc::Status& status, double seconds) const;

  grpc::ServerContext& context_;
  const MethodMetrics& metrics_;
  const Telemetry& telemetry_;
  std::chrono::steady_clock::time_point start_;
  std::string request_id_;
  TraceContext trace_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_CALL_H_
