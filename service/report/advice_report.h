#ifndef KLAUSUL_SERVICE_REPORT_ADVICE_REPORT_H_
#define KLAUSUL_SERVICE_REPORT_ADVICE_REPORT_H_

#include <string>

#include "klausul/v1/advice.pb.h"

#include "service/report/report_writer.h"

namespace klausul::report {

// Advice for a procurement officer: a table of the procedures, then each with
// its conditions, reasons and time limits, the grounds for a direct award, the
// facts that decide most, and the opportunities.
std::string AdviceText(const v1::AdviseProcedureResponse& advice,
                       const ReportOptions& options);

// The protobuf JSON form of the response, on one line.
std::string AdviceJson(const v1::AdviseProcedureResponse& advice);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_ADVICE_REPORT_H_
