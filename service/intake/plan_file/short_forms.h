#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_SHORT_FORMS_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_SHORT_FORMS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"

namespace klausul::intake {

// The short forms of values in plan files. A parser answers InvalidArgument
// with a message for the author: what was expected, and what was found.

// Whole digits of an amount: a thousand times the debt of any state, and still
// far from where int64 ends.
inline constexpr int kMaxAmountDigits = 15;

// `NOK 9600000`, `NOK 1 300 000.50`, `EUR -12.5`. Spaces set thousands apart,
// the decimal mark is a point.
absl::StatusOr<v1::Money> ParseMoney(absl::string_view text);

// `9600000.50`, the number of an amount, into units and nanos.
absl::Status ParseAmount(absl::string_view text, v1::Money& money);

// `NOK 9600000.5`; without VAT basis, which the form cannot tell.
std::string FormatMoney(const v1::Money& money);

// `9600000.5`.
std::string FormatAmount(const v1::Money& money);

// `2026-07-01`; a day that exists, 1900 to 2200.
absl::StatusOr<v1::Date> ParseDate(absl::string_view text);

std::string FormatDate(const v1::Date& date);

// Whether it is a day that exists, 1900 to 2200; then its form reads back.
bool IsDay(const v1::Date& date);

// `12:00`, `12:00:30`, `12:00+01:00`, `12:00Z`.
absl::StatusOr<v1::TimeOfDay> ParseTimeOfDay(absl::string_view text);

std::string FormatTimeOfDay(const v1::TimeOfDay& time);

// Empty where it is a clock time, else why not.
std::string TimeOfDayFault(const v1::TimeOfDay& time);

// `24 months`, `2 years`, `30 days`, `6 weeks`, `1 year 14 days`, `indefinite`.
absl::StatusOr<v1::Span> ParseSpan(absl::string_view text);

// Nullopt for a span that has no short form (`indefinite: false`).
absl::optional<std::string> FormatSpan(const v1::Span& span);

// A decimal number as YAML and JSON write it, without `.nan` and `.inf`.
absl::optional<double> ParseNumber(absl::string_view text);

absl::optional<std::int64_t> ParseInteger(absl::string_view text);

// The shortest form that reads back the same; always with a point or an
// exponent, so that it is told from a whole number.
std::string FormatNumber(double number);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_SHORT_FORMS_H_
