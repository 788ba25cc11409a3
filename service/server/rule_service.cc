#include "service/server/rule_service.h"

#include <utility>

#include "absl/time/clock.h"

#include "service/review/plan_reader_adapter.h"
#include "service/server/call_watch.h"
#include "service/server/rule_queries.h"
#include "service/server/rule_set_check.h"

namespace klausul::server {

RuleService::RuleService(std::shared_ptr<const ServingRules> rules,
                         std::size_t max_message_bytes,
                         std::shared_ptr<Telemetry> telemetry)
    : CheckedService(max_message_bytes, std::move(telemetry)),
      rules_(std::move(rules)) {
  AddUnary<v1::ListRuleSetsRequest, v1::ListRuleSetsResponse>(
      "/klausul.v1.RuleService/ListRuleSets",
      [this](auto&, const auto& request, auto& response) {
        return ListRuleSets(*rules_->Current(), request, response);
      });
  AddUnary<v1::GetRuleSetRequest, v1::RuleSet>(
      "/klausul.v1.RuleService/GetRuleSet",
      [this](auto&, const auto& request, auto& response) {
        return GetRuleSet(*rules_->Current(), request, response);
      });
  AddUnary<v1::ListRulesRequest, v1::ListRulesResponse>(
      "/klausul.v1.RuleService/ListRules",
      [this](auto&, const auto& request, auto& response) {
        return ListRules(rules_->Current()->catalogue->repository(), request,
                         response);
      });
  AddUnary<v1::GetRuleRequest, v1::Rule>(
      "/klausul.v1.RuleService/GetRule",
      [this](auto&, const auto& request, auto& response) {
        return GetRule(rules_->Current()->catalogue->repository(), request,
                       response);
      });
  AddUnary<v1::CheckRuleSetRequest, v1::CheckRuleSetResponse>(
      "/klausul.v1.RuleService/CheckRuleSet",
      [this](auto& call, const auto& request, auto& response) {
        return CheckRuleSet(call, request, response);
      });
}

absl::optional<ServiceError> RuleService::CheckRuleSet(
    const Call& call, const v1::CheckRuleSetRequest& request,
    v1::CheckRuleSetResponse& response) const {
  grpc::ServerContext& context = call.context();
  CallWatch watch(context.deadline(), [&] { return context.IsCancelled(); });
  absl::optional<ServiceError> error = watch.Check();
  if (error.has_value()) return error;
  const review::PlanReaderAdapter plan_reader;
  const std::shared_ptr<const Served> served = rules_->Current();
  error = server::CheckRuleSet(
      request, served->catalogue->repository(), plan_reader, absl::Now(),
      [&] { return watch.Poll(); }, response);
  // Why it was cancelled is for the watch to say.
  const absl::optional<ServiceError> over = watch.Check();
  return over.has_value() ? over : error;
}

}  // namespace klausul::server
