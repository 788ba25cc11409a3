#ifndef KLAUSUL_SERVICE_SERVER_RULE_SERVICE_H_
#define KLAUSUL_SERVICE_SERVER_RULE_SERVICE_H_

#include <cstddef>
#include <memory>

#include "absl/types/optional.h"
#include <grpcpp/grpcpp.h>

#include "klausul/v1/rule_service.pb.h"

#include "service/server/checked_service.h"
#include "service/server/serving_rules.h"
#include "service/server/status_details.h"

namespace klausul::server {

// klausul.v1.RuleService over the rules in service: rule_queries.h and
// rule_set_check.h on the wire. Thread-safe.
class RuleService final : public CheckedService {
 public:
  RuleService(std::shared_ptr<const ServingRules> rules,
              std::size_t max_message_bytes,
              std::shared_ptr<Telemetry> telemetry);

 private:
  absl::optional<ServiceError> CheckRuleSet(
      const Call& call, const v1::CheckRuleSetRequest& request,
      v1::CheckRuleSetResponse& response) const;

  std::shared_ptr<const ServingRules> rules_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_SERVICE_H_
