#ifndef KLAUSUL_SERVICE_SERVER_EVALUATION_METRICS_H_
#define KLAUSUL_SERVICE_SERVER_EVALUATION_METRICS_H_

#include <array>
#include <map>
#include <mutex>
#include <string>

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/report.pb.h"

#include "service/server/metrics_registry.h"

namespace klausul::server {

// Counts what evaluations come to: plans, findings by outcome, and those that
// are sent by rule. Thread-safe.
class EvaluationMetrics {
 public:
  explicit EvaluationMetrics(MetricsRegistry& registry);

  // One plan that was evaluated.
  void Count(const v1::DocumentReport& report);

 private:
  using RuleCounters = std::array<Counter*, v1::Finding::Outcome_ARRAYSIZE>;

  Counter& CounterOf(const v1::Finding& finding);

  MetricsRegistry& registry_;
  Counter& plans_;
  // By outcome.
  std::array<Counter*, v1::Finding::Outcome_ARRAYSIZE> outcomes_;
  std::mutex mutex_;
  // By rule; the registry has the counters.
  std::map<std::string, RuleCounters> rules_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_EVALUATION_METRICS_H_
