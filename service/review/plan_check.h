#ifndef KLAUSUL_SERVICE_REVIEW_PLAN_CHECK_H_
#define KLAUSUL_SERVICE_REVIEW_PLAN_CHECK_H_

#include <cstddef>
#include <vector>

#include "klausul/v1/plan.pb.h"
#include "service/review/reviewer.h"

namespace klausul::review {

// The most entries that a list or map of a plan may have. The largest real
// notices have some hundred lots; rules over pairs of entries are quadratic.
inline constexpr std::size_t kMaxListEntries = 10'000;

// What is wrong with a plan that came as a message, where the schema alone
// cannot say it: enum numbers that it does not know, days that do not exist,
// amounts whose parts contradict one another, percentages outside 0 to 100,
// lists past kMaxListEntries, keys of maps that are not registered. Paths are
// plan paths. At most 100 errors; empty where all is well.
std::vector<FieldError> CheckPlan(const v1::ProcurementPlan& plan);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_PLAN_CHECK_H_
