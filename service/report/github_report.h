#ifndef KLAUSUL_SERVICE_REPORT_GITHUB_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_GITHUB_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// Workflow commands of GitHub Actions, which become annotations on the lines of
// a change: breaches as errors, warnings and notices by severity, unreadable
// documents and failed evaluations as errors; last the totals as plain text.
// What is waived, known from the baseline or undecided is not annotated.
//
// GitHub shows ten annotations of each kind for a step.
std::unique_ptr<ReportWriter> NewGithubReport(const ReportOptions& options,
                                              Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_GITHUB_REPORT_H_
