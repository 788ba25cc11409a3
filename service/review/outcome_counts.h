#ifndef KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_
#define KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/report.pb.h"
#include "klausul/v1/rule_set.pb.h"

namespace klausul::review {

// Counts with every number set to zero, so that zeros show.
v1::OutcomeCounts EmptyCounts();

// Counts one finding; breaches by severity.
void CountOutcome(v1::Finding::Outcome outcome, v1::Rule::Severity severity,
                  v1::OutcomeCounts& counts);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_
