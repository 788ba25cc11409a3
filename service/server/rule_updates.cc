#include "service/server/rule_updates.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"

namespace klausul::server {
namespace {

const char* NameOf(Reload::Outcome outcome) {
  switch (outcome) {
    case Reload::Outcome::kLoaded:
      return "loaded";
    case Reload::Outcome::kUnchanged:
      return "unchanged";
    case Reload::Outcome::kRefused:
      break;
  }
  return "refused";
}

Counter& CounterOf(Reload::Outcome outcome, MetricsRegistry& metrics) {
  return metrics.GetCounter(
      "klausul_reloads_total",
      "Attempts to put rule sets in service, by what came of them.",
      {{"result", NameOf(outcome)}});
}

}  // namespace

void TellServed(const Served& served, MetricsRegistry& metrics) {
  std::vector<std::pair<Labels, double>> sets;
  for (const auto* entry : served.catalogue->repository().entries()) {
    const v1::RuleSet& set = *entry->rule_set;
    sets.push_back({{{"id", set.id()},
                     {"version", set.version()},
                     {"digest", set.digest()}},
                    1});
  }
  metrics.SetGauges("klausul_rule_set_info",
                    "The rule sets in service: always 1.", sets);
  metrics
      .GetGauge("klausul_rules_load_time_seconds",
                "When the rule sets in service were loaded, Unix time.")
      .Set(static_cast<double>(absl::ToUnixMillis(served.load_time)) / 1000);
  metrics
      .GetGauge("klausul_rules_refused",
                "1 where the latest rule sets were refused and older ones are "
                "served, else 0.")
      .Set(served.refused != nullptr ? 1 : 0);
}

RuleUpdates::RuleUpdates(
    std::shared_ptr<const RuleSource> source, std::string fingerprint,
    std::shared_ptr<ServingRules> serving,
    std::function<absl::Status(const LoadedRules&)> prepare,
    std::shared_ptr<Telemetry> telemetry,
    const RuleSetWatcher::Options& options)
    : source_(std::move(source)),
      serving_(std::move(serving)),
      telemetry_(std::move(telemetry)),
      reloader_(source_, std::move(fingerprint), serving_, std::move(prepare)),
      watcher_(
          options, [this] { return reloader_.IsStale(); }, [this] { Run(); }) {
  for (const auto outcome :
       {Reload::Outcome::kLoaded, Reload::Outcome::kUnchanged,
        Reload::Outcome::kRefused}) {
    CounterOf(outcome, telemetry_->metrics);
  }
}

void RuleUpdates::Run() {
  const auto start = std::chrono::steady_clock::now();
  const Reload reload = reloader_.Run(absl::Now());
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  const std::shared_ptr<const Served> served = serving_->Current();
  CounterOf(reload.outcome, telemetry_->metrics).Add();
  TellServed(*served, telemetry_->metrics);
  if (!telemetry_->log) return;
  const bool refused = reload.outcome == Reload::Outcome::kRefused;
  LogLine line(refused ? "error" : "info", "reload", absl::Now());
  line.Add("result", NameOf(reload.outcome))
      .Add("source", source_->name())
      .Add("serving", served->bundle_digest)
      .Add("seconds", seconds);
  if (refused) line.Add("message", reload.refused->message());
  telemetry_->log(line);
  if (!refused) return;
  for (const std::string& diagnostic : reload.refused->diagnostics()) {
    telemetry_->log(LogLine("error", "reload_diagnostic", absl::Now())
                        .Add("diagnostic", diagnostic));
  }
}

}  // namespace klausul::server
