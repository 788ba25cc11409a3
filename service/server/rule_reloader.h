#ifndef KLAUSUL_SERVICE_SERVER_RULE_RELOADER_H_
#define KLAUSUL_SERVICE_SERVER_RULE_RELOADER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "klausul/v1/rule_update.pb.h"

#include "service/server/rule_loader.h"
#include "service/server/rule_source.h"
#include "service/server/serving_rules.h"

namespace klausul::server {

// What came of one attempt to put what a source holds in service.
struct Reload {
  enum class Outcome {
    // New rule sets are in service.
    kLoaded,
    // The files are those in service.
    kUnchanged,
    // They stay out; those in service stay.
    kRefused,
  };

  Outcome outcome = Outcome::kUnchanged;
  // Of a refusal; the one that SetRefused() got.
  std::shared_ptr<const v1::RefusedUpdate> refused;
};

// Puts the rule sets of a source in service: compiled aside, their examples
// run, swapped whole. Not thread-safe; one thread reloads.
class RuleReloader {
 public:
  // `prepare` gets rule sets before they go into service, to archive them; they
  // are refused where it is not OK. May be empty. `fingerprint` is the source's
  // from before what is in service was read.
  RuleReloader(std::shared_ptr<const RuleSource> source,
               std::string fingerprint, std::shared_ptr<ServingRules> serving,
               std::function<absl::Status(const LoadedRules&)> prepare);

  // One attempt. Files that change while they are read are read again, at most
  // three times.
  Reload Run(absl::Time now);

  // The source has changed since the last attempt.
  bool IsStale() const;

 private:
  Reload Refused(v1::RefusedUpdate refused);

  std::shared_ptr<const RuleSource> source_;
  std::shared_ptr<ServingRules> serving_;
  std::function<absl::Status(const LoadedRules&)> prepare_;
  // Of the source, before it was read.
  std::string fingerprint_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_RELOADER_H_
