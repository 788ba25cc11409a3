#ifndef KLAUSUL_SERVICE_ENGINE_HOST_FUNCTIONS_H_
#define KLAUSUL_SERVICE_ENGINE_HOST_FUNCTIONS_H_

#include <memory>
#include <vector>

#include "service/cel/environment.h"
#include "service/engine/calendar.h"

namespace klausul::engine {

// The functions of rules beside CEL's own:
//
//   Money     < <= > >= == != + -, * by int or double, min, max, sum(list).
//             Two currencies: unknown, with the reason. VAT stated of one and
//             not of the other: unknown, `vat_basis` is missing; with and
//             without VAT: unknown, with the reason. Too large: an error.
//   Date      < <= > >= == !=, min, max, date("2026-07-01"),
//             days_between(from, to), working_days_between(from, to, "NO"),
//             add_days(date, n), add_months(date, n).
//   Span      < <= > >= == != +, * by int, months(n), days(n); unknown where
//             readings of a month differ.
//   numbers   sum(list(int)), sum(list(double)), min, max of two.
//   string    code.in_cpv("80000000"), code.in_cpv(["79", "80"]).
//   Text      mentions(text, "regex") over all languages.
//
// Days between two dates leave out the first day and count the last.
std::vector<cel::FunctionDecl> HostFunctions(
    std::shared_ptr<const CalendarTable> calendars);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_HOST_FUNCTIONS_H_
