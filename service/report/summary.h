#ifndef KLAUSUL_SERVICE_REPORT_SUMMARY_H_
#define KLAUSUL_SERVICE_REPORT_SUMMARY_H_

#include "klausul/v1/report.pb.h"

namespace klausul::report {

// A summary with every count set to zero, so that zeros show.
v1::CheckSummary EmptySummary();

// Adds a document to the totals: its `counts`, or one unreadable input where
// it has an `error` and no rule set was evaluated.
void AddToSummary(const v1::DocumentReport& document,
                  v1::CheckSummary& summary);

// Adds the totals of a part to those of the whole.
void AddSummary(const v1::CheckSummary& part, v1::CheckSummary& summary);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_SUMMARY_H_
