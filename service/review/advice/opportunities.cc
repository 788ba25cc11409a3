#include "service/review/advice/opportunities.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"

namespace klausul::review {
namespace {

using v1::AdviceCatalogue;
using v1::AdvisedOpportunity;

bool HasTag(const v1::Rule& rule, const AdviceCatalogue& catalogue) {
  return std::any_of(
      rule.tags().begin(), rule.tags().end(), [&](const std::string& tag) {
        return std::find(catalogue.opportunity_tags().begin(),
                         catalogue.opportunity_tags().end(),
                         tag) != catalogue.opportunity_tags().end();
      });
}

// A rule may be open because it is not known to apply; such a one is no
// opportunity yet. Only the trace tells the two apart.
bool Applies(const engine::RuleResult& result) {
  if (!result.rule->has_applies()) return true;
  return std::any_of(result.trace.begin(), result.trace.end(),
                     [](const v1::TraceStep& step) {
                       return step.part() == "applies" && step.depth() == 0 &&
                              step.value() == "true";
                     });
}

}  // namespace

absl::StatusOr<engine::ExpressionResult> AskCondition(
    const RuleAsker& asker, const v1::Expression& condition,
    const v1::ProcurementPlan& plan) {
  engine::EvaluationOptions options;
  options.as_of = asker.as_of;
  options.is_cancelled = asker.is_cancelled;
  DiagnosticSink sink;
  auto result =
      asker.program.EvaluateExpression(condition.text(), plan, options, sink);
  if (!result.ok() && sink.has_errors()) {
    return absl::InternalError(
        absl::StrCat("a condition of the rule set's advice does not compile: ",
                     sink.RenderAll()));
  }
  return result;
}

absl::StatusOr<std::vector<AdvisedOpportunity>> FindOpportunities(
    const RuleAsker& asker, const AdviceCatalogue& catalogue,
    const v1::ProcurementPlan& plan) {
  std::vector<AdvisedOpportunity> out;
  for (const AdviceCatalogue::Opportunity& from : catalogue.opportunities()) {
    ASSIGN_OR_RETURN(const engine::ExpressionResult holds,
                     AskCondition(asker, from.condition(), plan));
    if (holds.status != engine::ExpressionResult::Status::kValue ||
        !holds.value.bool_value) {
      continue;
    }
    AdvisedOpportunity& to = out.emplace_back();
    to.set_id(from.id());
    to.set_title(asker.Pick(from.title()));
    to.set_text(asker.Pick(from.text()));
    *to.mutable_legal_basis() = from.legal_basis();
  }

  engine::EvaluationOptions options;
  options.as_of = asker.as_of;
  options.is_cancelled = asker.is_cancelled;
  for (const v1::Rule* rule : asker.program.RulesInForce(asker.as_of)) {
    if (rule->severity() == v1::Rule::ADVICE && HasTag(*rule, catalogue)) {
      options.rule_ids.push_back(rule->id());
    }
  }
  if (options.rule_ids.empty()) return out;
  options.trace = true;
  ASSIGN_OR_RETURN(const engine::EvaluationResult result,
                   asker.program.Evaluate(plan, options));
  std::set<std::string> seen;
  for (const engine::RuleResult& one : result.rules) {
    if (!IsBroken(one) && !IsOpen(one)) continue;
    if (one.rule->severity() != v1::Rule::ADVICE || !Applies(one) ||
        !seen.insert(one.rule->id()).second) {
      continue;
    }
    const v1::Finding finding = asker.ToFinding(one);
    AdvisedOpportunity& to = out.emplace_back();
    to.set_id(finding.rule_id());
    to.set_title(finding.title());
    to.set_text(finding.remedy());
    *to.mutable_legal_basis() = finding.legal_basis();
    *to.mutable_missing() = finding.missing();
    to.set_is_rule(true);
  }
  return out;
}

}  // namespace klausul::review
