#ifndef KLAUSUL_SERVICE_REPORT_SUMMARY_LINE_H_
#define KLAUSUL_SERVICE_REPORT_SUMMARY_LINE_H_

#include <string>

#include "klausul/v1/report.pb.h"

#include "service/report/words.h"

namespace klausul::report {

// `3 documents, 2 breaches, 0 risks, ...`: the totals in one line, without its
// end.
std::string SummaryLine(const v1::CheckSummary& summary, const Words& words);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_SUMMARY_LINE_H_
