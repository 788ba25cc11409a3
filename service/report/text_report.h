#ifndef KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The form for people: each document with its breaches first, in full, then
// its undecided rules, a line each with the fields that would decide them; the
// last line sums up.
std::unique_ptr<ReportWriter> NewTextReport(const ReportOptions& options,
                                            Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_
