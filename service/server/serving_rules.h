#ifndef KLAUSUL_SERVICE_SERVER_SERVING_RULES_H_
#define KLAUSUL_SERVICE_SERVER_SERVING_RULES_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/time/time.h"

#include "klausul/v1/rule_update.pb.h"

#include "service/review/reviewer.h"
#include "service/review/rule_catalogue.h"

namespace klausul::server {

// The rule sets that a call is answered from. Immutable: a call takes them once
// and ends on what it began with.
struct Served {
  std::shared_ptr<const review::RuleCatalogue> catalogue;
  // Over `catalogue`.
  review::Reviewer reviewer;
  // Of the files that they were read from; empty where that is not known.
  std::string bundle_digest;
  absl::Time load_time;
  // The latest attempt to replace them, where it was refused; else null.
  std::shared_ptr<const v1::RefusedUpdate> refused;
};

// The rule sets in service: taken by every call, swapped whole by a reload.
// Thread-safe.
class ServingRules {
 public:
  ServingRules(std::shared_ptr<const review::RuleCatalogue> catalogue,
               std::string bundle_digest, absl::Time now);

  // Never null.
  std::shared_ptr<const Served> Current() const;

  // Puts other rule sets in their place.
  void Replace(std::shared_ptr<const review::RuleCatalogue> catalogue,
               std::string bundle_digest, absl::Time now);

  // Keeps the rule sets and says of them that an update was refused; null: that
  // none is any more.
  void SetRefused(std::shared_ptr<const v1::RefusedUpdate> refused);

 private:
  // An atomic shared_ptr takes a lock, too.
  mutable std::mutex mutex_;
  std::shared_ptr<const Served> current_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_SERVING_RULES_H_
