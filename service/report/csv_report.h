#ifndef KLAUSUL_SERVICE_REPORT_CSV_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_CSV_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The form for spreadsheets (RFC 4180, UTF-8): a line of column names, then one
// line a finding. A document without findings has a line with no rule, an
// unreadable one the outcome `UNREADABLE` and what was expected as message.
//
// A longer text that begins as a formula does (`=`, `+`, `-`, `@`) gets a `'`
// before it, so that opening a stranger's document runs nothing.
std::unique_ptr<ReportWriter> NewCsvReport(Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_CSV_REPORT_H_
