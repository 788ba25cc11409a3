#include "service/server/evaluation_metrics.h"

#include <cstdint>

#include "absl/strings/ascii.h"

namespace klausul::server {
namespace {

using v1::Finding;

std::string NameOf(int outcome) {
  return absl::AsciiStrToLower(
      Finding::Outcome_Name(static_cast<Finding::Outcome>(outcome)));
}

}  // namespace

EvaluationMetrics::EvaluationMetrics(MetricsRegistry& registry)
    : registry_(registry),
      plans_(registry.GetCounter("klausul_plans_total",
                                 "Plans that were evaluated.")) {
  for (int outcome = 0; outcome < Finding::Outcome_ARRAYSIZE; ++outcome) {
    outcomes_[static_cast<std::size_t>(outcome)] =
        outcome == Finding::OUTCOME_UNSPECIFIED
            ? nullptr
            : &registry.GetCounter("klausul_findings_total",
                                   "Findings by outcome, sent or not.",
                                   {{"outcome", NameOf(outcome)}});
  }
}

void EvaluationMetrics::Count(const v1::DocumentReport& report) {
  plans_.Add();
  const auto add = [this](Finding::Outcome outcome, std::int32_t count) {
    outcomes_[static_cast<std::size_t>(outcome)]->Add(
        static_cast<std::uint64_t>(count));
  };
  const v1::OutcomeCounts& counts = report.counts();
  add(Finding::SATISFIED, counts.satisfied());
  add(Finding::VIOLATED, counts.violated().error() +
                             counts.violated().warning() +
                             counts.violated().advice());
  add(Finding::NOT_APPLICABLE, counts.not_applicable());
  add(Finding::UNDETERMINED, counts.undetermined());
  add(Finding::FAILED, counts.failed());
  add(Finding::WAIVED, counts.waived());
  if (report.findings().empty()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Finding& finding : report.findings()) {
    CounterOf(finding).Add();
  }
}

Counter& EvaluationMetrics::CounterOf(const Finding& finding) {
  Counter*& counter = rules_.try_emplace(finding.rule_id(), RuleCounters{})
                          .first->second[finding.outcome()];
  if (counter == nullptr) {
    counter = &registry_.GetCounter(
        "klausul_rule_findings_total",
        "Findings that were sent, by rule and outcome.",
        {{"rule", finding.rule_id()}, {"outcome", NameOf(finding.outcome())}});
  }
  return *counter;
}

}  // namespace klausul::server
