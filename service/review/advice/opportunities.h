#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_OPPORTUNITIES_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_OPPORTUNITIES_H_

#include <vector>

#include "absl/status/statusor.h"

#include "klausul/v1/advice.pb.h"
#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/review/advice/rule_asker.h"

namespace klausul::review {

// The ways of the catalogue whose condition is true of the plan, in its order;
// then the rules of severity ADVICE with one of its tags that apply to the plan
// and are not met, or not known to be, by id, each once.
absl::StatusOr<std::vector<v1::AdvisedOpportunity>> FindOpportunities(
    const RuleAsker& asker, const v1::AdviceCatalogue& catalogue,
    const v1::ProcurementPlan& plan);

// One condition of the catalogue over the plan. INTERNAL where it does not
// compile, which the load of a set rules out.
absl::StatusOr<engine::ExpressionResult> AskCondition(
    const RuleAsker& asker, const v1::Expression& condition,
    const v1::ProcurementPlan& plan);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_OPPORTUNITIES_H_
