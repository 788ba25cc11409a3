#ifndef KLAUSUL_SERVICE_RULESET_LINT_DAYS_H_
#define KLAUSUL_SERVICE_RULESET_LINT_DAYS_H_

#include <algorithm>
#include <vector>

#include "absl/time/civil_time.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/engine/calendar.h"

namespace klausul::ruleset {

// A run of days, both ends included; open ends are the ends of time.
struct Days {
  absl::CivilDay first = absl::CivilDay::min();
  absl::CivilDay last = absl::CivilDay::max();

  bool empty() const { return last < first; }
};

inline Days DaysOf(const v1::Period& period) {
  Days days;
  if (period.has_from()) {
    days.first = engine::ToCivilDay(period.from()).value_or(days.first);
  }
  if (period.has_to()) {
    days.last = engine::ToCivilDay(period.to()).value_or(days.last);
  }
  return days;
}

inline Days Common(const Days& a, const Days& b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

// The runs of `whole` that none of `parts` covers, ascending.
inline std::vector<Days> Uncovered(const Days& whole, std::vector<Days> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Days& a, const Days& b) { return a.first < b.first; });
  std::vector<Days> uncovered;
  Days rest = whole;
  for (const Days& part : parts) {
    if (rest.empty() || part.first > rest.last) break;
    if (part.last < rest.first) continue;
    if (part.first > rest.first) {
      uncovered.push_back({rest.first, part.first - 1});
    }
    if (part.last == absl::CivilDay::max()) return uncovered;
    rest.first = part.last + 1;
  }
  if (!rest.empty()) uncovered.push_back(rest);
  return uncovered;
}

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_DAYS_H_
