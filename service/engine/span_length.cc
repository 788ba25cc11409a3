#include "service/engine/span_length.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace klausul::engine {
namespace {

// The Gregorian calendar repeats itself after 400 years.
constexpr std::int64_t kCycleMonths = 4800;
constexpr std::int64_t kCycleDays = 146'097;

// Days from the first month of a cycle to the first day of each month of two
// cycles.
const std::array<std::int64_t, 2 * kCycleMonths + 1>& MonthStarts() {
  static const auto& starts = *[] {
    auto* result = new std::array<std::int64_t, 2 * kCycleMonths + 1>();
    const absl::CivilDay origin(2000, 1, 1);
    for (std::size_t i = 0; i < result->size(); ++i) {
      const absl::CivilMonth month =
          absl::CivilMonth(2000, 1) + static_cast<absl::civil_diff_t>(i);
      (*result)[i] = absl::CivilDay(month) - origin;
    }
    return result;
  }();
  return starts;
}

// The shortest and the longest that so many months, fewer than a cycle, are in
// days. Remembered: plans speak of few lengths, again and again.
DayRange DaysWithinCycle(std::size_t months) {
  // The longest in the upper half, the shortest in the lower one, both plus
  // one; 0 for those that nobody asked for yet.
  static std::array<std::atomic<std::uint64_t>, kCycleMonths> known = {};
  constexpr int kHalf = 32;
  std::uint64_t packed = known[months].load(std::memory_order_relaxed);
  if (packed == 0) {
    const auto& starts = MonthStarts();
    std::uint64_t shortest = std::numeric_limits<std::uint32_t>::max() - 1;
    std::uint64_t longest = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(kCycleMonths); ++i) {
      const auto days =
          static_cast<std::uint64_t>(starts[i + months] - starts[i]);
      shortest = std::min(shortest, days);
      longest = std::max(longest, days);
    }
    packed = (longest + 1) << kHalf | (shortest + 1);
    known[months].store(packed, std::memory_order_relaxed);
  }
  return {static_cast<std::int64_t>((packed & 0xFFFFFFFF) - 1),
          static_cast<std::int64_t>((packed >> kHalf) - 1)};
}

// How long `a` is beyond `b`, in days, over all readings; `unbounded` -1, 0, 1
// where lengths without end decide.
struct Difference {
  int unbounded = 0;
  bool both_indefinite = false;
  DayRange days;
};

Difference Subtract(const v1::Span& a, const v1::Span& b) {
  Difference difference;
  if (a.indefinite() || b.indefinite()) {
    difference.both_indefinite = a.indefinite() && b.indefinite();
    difference.unbounded =
        static_cast<int>(a.indefinite()) - static_cast<int>(b.indefinite());
    return difference;
  }
  // The months that both have end on one day; what is left counts from there.
  const std::int64_t months = std::int64_t{a.months()} - b.months();
  const std::int64_t days = std::int64_t{a.days()} - b.days();
  if (months >= 0) {
    const DayRange range = DaysOfMonths(months);
    difference.days = {range.min + days, range.max + days};
  } else {
    const DayRange range = DaysOfMonths(-months);
    difference.days = {days - range.max, days - range.min};
  }
  return difference;
}

bool Fits(std::int64_t value) {
  return value >= 0 && value <= std::numeric_limits<std::int32_t>::max();
}

void AppendPart(std::string& text, std::int64_t count, absl::string_view unit) {
  absl::StrAppend(&text, text.empty() ? "" : " ", count, " ", unit,
                  count == 1 ? "" : "s");
}

}  // namespace

DayRange DaysOfMonths(std::int64_t months) {
  const std::int64_t cycles = months / kCycleMonths;
  DayRange range =
      DaysWithinCycle(static_cast<std::size_t>(months % kCycleMonths));
  range.min += cycles * kCycleDays;
  range.max += cycles * kCycleDays;
  return range;
}

absl::optional<bool> SpanLess(const v1::Span& a, const v1::Span& b) {
  const Difference difference = Subtract(a, b);
  if (difference.both_indefinite) return false;
  if (difference.unbounded != 0) return difference.unbounded < 0;
  if (difference.days.max < 0) return true;
  if (difference.days.min >= 0) return false;
  return {};
}

absl::optional<bool> SpanLessEquals(const v1::Span& a, const v1::Span& b) {
  const absl::optional<bool> greater = SpanLess(b, a);
  if (!greater.has_value()) return {};
  return !*greater;
}

absl::optional<bool> SpanEquals(const v1::Span& a, const v1::Span& b) {
  const Difference difference = Subtract(a, b);
  if (difference.both_indefinite) return true;
  if (difference.unbounded != 0) return false;
  if (difference.days.min == 0 && difference.days.max == 0) return true;
  if (difference.days.min > 0 || difference.days.max < 0) return false;
  return {};
}

absl::optional<v1::Span> AddSpans(const v1::Span& a, const v1::Span& b) {
  v1::Span sum;
  if (a.indefinite() || b.indefinite()) {
    sum.set_indefinite(true);
    return sum;
  }
  const std::int64_t months = std::int64_t{a.months()} + b.months();
  const std::int64_t days = std::int64_t{a.days()} + b.days();
  if (!Fits(months) || !Fits(days)) return {};
  sum.set_months(static_cast<std::int32_t>(months));
  if (days != 0) sum.set_days(static_cast<std::int32_t>(days));
  return sum;
}

absl::optional<v1::Span> ScaleSpan(const v1::Span& a, std::int64_t factor) {
  v1::Span product;
  if (a.indefinite() && factor > 0) return a;
  std::int64_t months = 0;
  std::int64_t days = 0;
  if (__builtin_mul_overflow(std::int64_t{a.months()}, factor, &months) ||
      __builtin_mul_overflow(std::int64_t{a.days()}, factor, &days) ||
      !Fits(months) || !Fits(days)) {
    return {};
  }
  product.set_months(static_cast<std::int32_t>(months));
  if (days != 0) product.set_days(static_cast<std::int32_t>(days));
  return product;
}

std::string PlainSpan(const v1::Span& span) {
  if (span.indefinite()) return "indefinite";
  std::string text;
  if (span.months() != 0 || !span.has_days()) {
    AppendPart(text, span.months(), "month");
  }
  if (span.days() != 0 || text.empty()) AppendPart(text, span.days(), "day");
  return text;
}

}  // namespace klausul::engine
