#ifndef KLAUSUL_SERVICE_SERVER_RULE_QUERIES_H_
#define KLAUSUL_SERVICE_SERVER_RULE_QUERIES_H_

#include "absl/types/optional.h"

#include "klausul/v1/rule_service.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/ruleset/repository.h"
#include "service/server/serving_rules.h"
#include "service/server/status_details.h"

// What RuleService answers from its rule sets, without a server around it. Each
// fills its response, or says what is wrong with the request.
//
// Pages follow aip.dev/158: a page_size of 0 is the default, one past the
// greatest is taken as the greatest, a negative one is refused; a token holds
// for the request it was given to, but for page_size.

namespace klausul::server {

inline constexpr int kDefaultPageSize = 100;
inline constexpr int kMaxPageSize = 1000;

absl::optional<ServiceError> ListRuleSets(
    const Served& served, const v1::ListRuleSetsRequest& request,
    v1::ListRuleSetsResponse& response);

absl::optional<ServiceError> GetRuleSet(const Served& served,
                                        const v1::GetRuleSetRequest& request,
                                        v1::RuleSet& rule_set);

absl::optional<ServiceError> ListRules(
    const ruleset::RuleSetRepository& repository,
    const v1::ListRulesRequest& request, v1::ListRulesResponse& response);

absl::optional<ServiceError> GetRule(
    const ruleset::RuleSetRepository& repository,
    const v1::GetRuleRequest& request, v1::Rule& rule);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_RULE_QUERIES_H_
