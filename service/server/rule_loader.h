#ifndef KLAUSUL_SERVICE_SERVER_RULE_LOADER_H_
#define KLAUSUL_SERVICE_SERVER_RULE_LOADER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "klausul/v1/rule_update.pb.h"

#include "service/review/rule_catalogue.h"
#include "service/ruleset/rule_files.h"

namespace klausul::server {

// The most diagnostics that RefusedUpdate carries.
inline constexpr int kMaxRefusalDiagnostics = 50;

// Rule sets that may go into service, or why they may not.
struct LoadedRules {
  // Null where they are refused.
  std::shared_ptr<const review::RuleCatalogue> catalogue;
  std::vector<ruleset::RuleFile> files;
  // Where they are refused.
  v1::RefusedUpdate refused;
};

// Compiles rule sets and runs their examples, aside of what is in service.
// `name` is put before the paths in messages. `now` is the day of examples that
// name none, and the time of a refusal.
LoadedRules LoadRules(std::vector<ruleset::RuleFile> files,
                      absl::string_view name, absl::Time now);

// A refusal in so many words.
v1::RefusedUpdate Refuse(absl::string_view why, absl::Time now);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_LOADER_H_
