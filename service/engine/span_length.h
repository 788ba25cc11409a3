#ifndef KLAUSUL_SERVICE_ENGINE_SPAN_LENGTH_H_
#define KLAUSUL_SERVICE_ENGINE_SPAN_LENGTH_H_

#include <cstdint>
#include <string>

#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"

// Calendar lengths. Months and days do not mix silently: how many days some
// months have depends on where they begin.

namespace klausul::engine {

// The least and the most days that lie between two dates.
struct DayRange {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

// Days of `months` consecutive calendar months, over all places where they may
// begin in the Gregorian calendar: 1 is 28..31, 12 is 365..366, 48 is
// 1460..1461 (no leap day from 1897 to 1903). `months` is not negative.
DayRange DaysOfMonths(std::int64_t months);

// How `a` and `b`, beginning on the same day, compare: true or false where all
// readings agree, else nullopt.
absl::optional<bool> SpanLess(const v1::Span& a, const v1::Span& b);
absl::optional<bool> SpanLessEquals(const v1::Span& a, const v1::Span& b);
absl::optional<bool> SpanEquals(const v1::Span& a, const v1::Span& b);

// nullopt where the result does not fit.
absl::optional<v1::Span> AddSpans(const v1::Span& a, const v1::Span& b);
// `factor` is not negative.
absl::optional<v1::Span> ScaleSpan(const v1::Span& a, std::int64_t factor);

// `24 months`, `10 days`, `1 month 10 days`, `indefinite`.
std::string PlainSpan(const v1::Span& span);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_SPAN_LENGTH_H_
