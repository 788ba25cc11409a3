#ifndef KLAUSUL_SERVICE_REVIEW_RULE_CHOICE_H_
#define KLAUSUL_SERVICE_REVIEW_RULE_CHOICE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "klausul/v1/evaluate_options.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/engine/reason.h"
#include "service/review/rule_catalogue.h"

namespace klausul::review {

// The rule sets that a plan is held against.
struct RuleChoice {
  // Empty where there are none for it; a note then says why.
  std::vector<std::string> ids;
  // What the reader has to know about the choice, in the language asked for.
  std::vector<std::string> notes;
};

// The sets that the options name; else those of the (lead) buyer's country;
// where the plan states no country, those of the country whose currency its
// amounts are in, with a note that says so.
RuleChoice ChooseRules(const RuleCatalogue& catalogue,
                       const v1::ProcurementPlan& plan,
                       const v1::EvaluateOptions& options,
                       engine::Language language);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_RULE_CHOICE_H_
