#ifndef KLAUSUL_SERVICE_REPORT_SARIF_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_SARIF_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// SARIF 2.1.0 (OASIS), for code scanning and editors. A result for each breach,
// failed evaluation and unreadable document:
//
//   level             error, warning, note by severity
//   region            line and column in code points (`columnKind`)
//   partialFingerprints  `klausul/v1`: the finding's, which other edits leave
//                     as it is
//   suppressions      for what is waived: reason, owner and end
//   baselineState     where the check was held against a baseline
//
// With `all_outcomes` also undecided (`open`), satisfied and not applicable
// rules. Rules stand in `tool.driver.rules` with what helps; memory is that of
// the rules, since they are written last.
std::unique_ptr<ReportWriter> NewSarifReport(const ReportOptions& options,
                                             Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_SARIF_REPORT_H_
