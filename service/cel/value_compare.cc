// Equality and order of values.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "absl/types/optional.h"

#include "service/cel/eval_context.h"
#include "service/cel/message_access.h"
#include "service/cel/value.h"

namespace klausul::cel {
namespace {

template <typename T>
int Order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

// What lies outside the integer type's range decides at once: a cast would be
// undefined. The rest is compared as doubles, as the conformance tests ask,
// although that rounds beyond 2^53.
int CompareWithDouble(std::int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (b < -kTwoTo63) return 1;
  if (b > kTwoTo63) return -1;
  return Order(static_cast<double>(a), b);
}

int CompareWithDouble(std::uint64_t a, double b) {
  constexpr double kTwoTo64 = 18446744073709551616.0;
  if (b < 0) return 1;
  if (b > kTwoTo64) return -1;
  return Order(static_cast<double>(a), b);
}

int CompareIntWithUint(std::int64_t a, std::uint64_t b) {
  return a < 0 ? -1 : Order(static_cast<std::uint64_t>(a), b);
}

bool ListsEqual(const ListValue& a, const ListValue& b, EvalContext& context) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!Equal(a.Get(i, context), b.Get(i, context), context)) return false;
  }
  return true;
}

bool MapsEqual(const MapValue& a, const MapValue& b, EvalContext& context) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const absl::optional<Value> other = b.Find(a.KeyAt(i, context), context);
    if (!other.has_value() || !Equal(a.ValueAt(i, context), *other, context)) {
      return false;
    }
  }
  return true;
}

bool OptionalsEqual(const Value* a, const Value* b, EvalContext& context) {
  if (a == nullptr || b == nullptr) return a == b;
  return Equal(*a, *b, context);
}

}  // namespace

absl::optional<int> CompareNumbers(const Value& a, const Value& b) {
  if (a.is_double()) {
    const double x = a.double_value();
    if (std::isnan(x)) return absl::nullopt;
    if (b.is_int()) return -CompareWithDouble(b.int_value(), x);
    if (b.is_uint()) return -CompareWithDouble(b.uint_value(), x);
    if (std::isnan(b.double_value())) return absl::nullopt;
    return Order(x, b.double_value());
  }
  if (b.is_double()) {
    if (std::isnan(b.double_value())) return absl::nullopt;
    return a.is_int() ? CompareWithDouble(a.int_value(), b.double_value())
                      : CompareWithDouble(a.uint_value(), b.double_value());
  }
  if (a.is_int()) {
    return b.is_int() ? Order(a.int_value(), b.int_value())
                      : CompareIntWithUint(a.int_value(), b.uint_value());
  }
  return b.is_uint() ? Order(a.uint_value(), b.uint_value())
                     : -CompareIntWithUint(b.int_value(), a.uint_value());
}

bool IsOrdered(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return true;
  if (a.kind() != b.kind()) return false;
  return a.is_string() || a.is_bytes() || a.is_bool() || a.is_timestamp() ||
         a.is_duration();
}

absl::optional<int> Compare(const Value& a, const Value& b) {
  if (!IsOrdered(a, b)) return absl::nullopt;
  switch (a.kind()) {
    case ValueKind::kBool:
      return Order(a.bool_value(), b.bool_value());
    case ValueKind::kString:
    case ValueKind::kBytes: {
      // Unsigned bytes: in UTF-8 their order is that of the code points.
      const int order = a.text().compare(b.text());
      return Order(order, 0);
    }
    case ValueKind::kTimestamp:
    case ValueKind::kDuration:
      return Order(a.time(), b.time());
    default:
      return CompareNumbers(a, b);
  }
}

bool Equal(const Value& a, const Value& b, EvalContext& context) {
  if (!context.Charge(1)) return false;
  if (a.is_number() && b.is_number()) {
    const absl::optional<int> order = CompareNumbers(a, b);
    return order.has_value() && *order == 0;
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kBool:
      return a.bool_value() == b.bool_value();
    case ValueKind::kString:
    case ValueKind::kBytes:
    case ValueKind::kType:
      context.ChargeBytes(a.text().size());
      return a.text() == b.text();
    case ValueKind::kTimestamp:
    case ValueKind::kDuration:
      return a.time() == b.time();
    case ValueKind::kList:
      return ListsEqual(a.list(), b.list(), context);
    case ValueKind::kMap:
      return MapsEqual(a.map(), b.map(), context);
    case ValueKind::kMessage:
      return MessagesEqual(*a.message().message, *b.message().message, context);
    case ValueKind::kOptional:
      return OptionalsEqual(a.optional(), b.optional(), context);
    case ValueKind::kOpaque:
      return a.opaque().type_name() == b.opaque().type_name() &&
             a.opaque().Equals(b.opaque());
    default:
      // Errors inside a list of `Any`: equal to nothing.
      return false;
  }
}

}  // namespace klausul::cel
