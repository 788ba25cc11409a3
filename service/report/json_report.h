#ifndef KLAUSUL_SERVICE_REPORT_JSON_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_JSON_REPORT_H_

#include <memory>

#include "service/report/report_writer.h"

namespace klausul::report {

// The protobuf JSON form of `klausul.v1.CheckReport`, one document a line:
// enum values by name, empty lists left out.
std::unique_ptr<ReportWriter> NewJsonReport(Output output);

// One `klausul.v1.DocumentReport` a line, no totals.
std::unique_ptr<ReportWriter> NewJsonLinesReport(Output output);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_JSON_REPORT_H_
