#ifndef KLAUSUL_SERVICE_REPORT_JUNIT_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_JUNIT_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The form for the test pages of CI systems: a suite for each document, in it
// a case for having been read and one for each finding.
//
//   breach at or above `fail_on`, and new     failure
//   other breaches, waived and undecided      skipped, with the reason
//   unreadable document, failed evaluation    error
//   satisfied                                 passed
//
// so that the page is red where the exit code is not 0. Rules that do not
// apply have no case.
std::unique_ptr<ReportWriter> NewJunitReport(const ReportOptions& options,
                                             Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_JUNIT_REPORT_H_
