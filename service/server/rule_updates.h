#ifndef KLAUSUL_SERVICE_SERVER_RULE_UPDATES_H_
#define KLAUSUL_SERVICE_SERVER_RULE_UPDATES_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"

#include "service/server/rule_loader.h"
#include "service/server/rule_reloader.h"
#include "service/server/rule_set_watcher.h"
#include "service/server/rule_source.h"
#include "service/server/serving_rules.h"
#include "service/server/telemetry.h"

namespace klausul::server {

// Keeps the rule sets in service up to date with where they come from, on a
// thread of its own, and tells of it: a line in the log and a count for every
// attempt, and gauges of what is in service.
class RuleUpdates {
 public:
  // `prepare` and `fingerprint` as in RuleReloader.
  RuleUpdates(std::shared_ptr<const RuleSource> source, std::string fingerprint,
              std::shared_ptr<ServingRules> serving,
              std::function<absl::Status(const LoadedRules&)> prepare,
              std::shared_ptr<Telemetry> telemetry,
              const RuleSetWatcher::Options& options);

  // Has it look again soon. Returns at once.
  void Poke() { watcher_.Poke(); }

 private:
  void Run();

  std::shared_ptr<const RuleSource> source_;
  std::shared_ptr<ServingRules> serving_;
  std::shared_ptr<Telemetry> telemetry_;
  RuleReloader reloader_;
  // Last: its thread uses the others.
  RuleSetWatcher watcher_;
};

// Sets the gauges of what is in service.
void TellServed(const Served& served, MetricsRegistry& metrics);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_UPDATES_H_
