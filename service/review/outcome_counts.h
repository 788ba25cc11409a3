#ifndef KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_
#define KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_

#include "klausul/v1/report.pb.h"

#include "service/engine/evaluation.h"

namespace klausul::review {

// The counts of an evaluation, with every number set, so that zeros show.
v1::OutcomeCounts MakeCounts(const engine::OutcomeTally& tally);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_OUTCOME_COUNTS_H_
