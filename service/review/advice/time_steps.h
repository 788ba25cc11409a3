#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_TIME_STEPS_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_TIME_STEPS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

#include "klausul/v1/advice.pb.h"
#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/review/advice/rule_asker.h"

namespace klausul::review {

// The longest period that is tried, in days.
inline constexpr int kMaxStepDays = 400;

// The most days that an end moves because it falls on a day of rest; Easter,
// the longest rest of a calendar, takes five.
inline constexpr int kMaxRestDays = 14;

// The steps of one procedure, each as short as the rules let it be.
struct Timeline {
  // Those that some rule limits.
  std::vector<v1::TimeStep> steps;
  // Where the last one ends.
  absl::CivilDay end;
};

// Walks through the steps from `start` on. `plan` is one into which the
// candidate has been put, without dates. The least number of days of a step is
// the smallest for which none of its rules is broken, found by bisection: a
// rule that a period breaks is taken to be broken by every shorter one. A step
// without such a rule takes the number that its advised rules ask for, else no
// time at all.
absl::StatusOr<Timeline> WalkSteps(
    const RuleAsker& asker,
    const std::vector<const v1::AdviceCatalogue::Step*>& steps,
    absl::CivilDay start, v1::ProcurementPlan plan);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_TIME_STEPS_H_
