#ifndef KLAUSUL_SERVICE_SERVER_TELEMETRY_H_
#define KLAUSUL_SERVICE_SERVER_TELEMETRY_H_

#include <memory>

#include "service/server/decision_log.h"
#include "service/server/evaluation_metrics.h"
#include "service/server/json_log.h"
#include "service/server/metrics_registry.h"

namespace klausul::server {

// Which calls leave a line in the log.
enum class LogCalls {
  kNone,
  // Those that end in what may be the server's fault or the operator's task:
  // RESOURCE_EXHAUSTED, UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS,
  // UNIMPLEMENTED and DEADLINE_EXCEEDED.
  kErrors,
  kAll,
};

// How a server tells what it is doing. What is left out is not told.
struct Telemetry {
  MetricsRegistry metrics;
  EvaluationMetrics evaluations{metrics};
  // Empty: no log.
  LogSink log;
  LogCalls log_calls = LogCalls::kNone;
  // Null: no decision log.
  std::unique_ptr<DecisionLog> decisions;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_TELEMETRY_H_
