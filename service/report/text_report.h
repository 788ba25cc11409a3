#ifndef KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The form for people: each document with its breaches first, in full, with the
// line of the document and a caret under the place (where the report has
// excerpts); then its undecided rules with the fields that would decide them.
// What is the same for several lots is told once. The last line sums up.
std::unique_ptr<ReportWriter> NewTextReport(const ReportOptions& options,
                                            Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_TEXT_REPORT_H_
