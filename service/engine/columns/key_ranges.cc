#include "service/engine/columns/key_ranges.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace klausul::engine {

KeyRanges KeyRanges::Between(std::int64_t first, std::int64_t last) {
  KeyRanges result;
  if (first <= last) result.ranges_.push_back({first, last});
  return result;
}

bool KeyRanges::Contains(std::int64_t key) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [key](Range range) {
    return range.first <= key && key <= range.last;
  });
}

KeyRanges KeyRanges::Complement() const {
  KeyRanges result;
  std::int64_t next = kMin;
  for (const Range& range : ranges_) {
    if (range.first > next) result.ranges_.push_back({next, range.first - 1});
    if (range.last == kMax) return result;
    next = range.last + 1;
  }
  result.ranges_.push_back({next, kMax});
  return result;
}

KeyRanges KeyRanges::UnionWith(const KeyRanges& other) const {
  std::vector<Range> all = ranges_;
  all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
  std::sort(all.begin(), all.end());
  KeyRanges result;
  for (const Range& range : all) {
    if (!result.ranges_.empty()) {
      Range& last = result.ranges_.back();
      if (last.last == kMax || range.first <= last.last + 1) {
        last.last = std::max(last.last, range.last);
        continue;
      }
    }
    result.ranges_.push_back(range);
  }
  return result;
}

KeyRanges KeyRanges::IntersectWith(const KeyRanges& other) const {
  return Complement().UnionWith(other.Complement()).Complement();
}

std::int64_t UintKey(std::uint64_t value) {
  return static_cast<std::int64_t>(value ^ (std::uint64_t{1} << 63));
}

std::int64_t DoubleKey(double value) {
  if (std::isnan(value)) return kNanKey;
  if (value == 0) value = 0;  // One zero.
  std::int64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  // Below zero the order of the bits is the other way round.
  return bits >= 0 ? bits : bits ^ KeyRanges::kMax;
}

std::int64_t TimeKey(cel::TimeValue value) {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  std::int64_t key = 0;
  if (__builtin_mul_overflow(value.seconds, kNanosPerSecond, &key) ||
      __builtin_add_overflow(key, value.nanos, &key)) {
    return value.seconds < 0 ? KeyRanges::kMin : KeyRanges::kMax;
  }
  return key;
}

absl::optional<std::int64_t> ConstantKey(KeyType type,
                                         const cel::Value& value) {
  switch (type) {
    case KeyType::kBool:
      if (value.is_bool()) return value.bool_value() ? 1 : 0;
      break;
    case KeyType::kInt:
    case KeyType::kEnum:
      if (value.is_int()) return value.int_value();
      break;
    case KeyType::kUint:
      if (value.is_uint()) return UintKey(value.uint_value());
      break;
    case KeyType::kDouble:
      if (value.is_double()) return DoubleKey(value.double_value());
      break;
    case KeyType::kText:
      break;
    case KeyType::kTimestamp:
    case KeyType::kDuration: {
      const bool fits = type == KeyType::kTimestamp ? value.is_timestamp()
                                                    : value.is_duration();
      if (fits && IsExactTime(TimeKey(value.time()))) {
        return TimeKey(value.time());
      }
      break;
    }
  }
  return absl::nullopt;
}

Relation Mirrored(Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return Relation::kGreater;
    case Relation::kLessEquals:
      return Relation::kGreaterEquals;
    case Relation::kGreater:
      return Relation::kLess;
    case Relation::kGreaterEquals:
      return Relation::kLessEquals;
    default:
      return relation;
  }
}

KeyRanges RangesOf(KeyType type, Relation relation, std::int64_t constant) {
  constexpr std::int64_t kMin = KeyRanges::kMin;
  std::int64_t last = KeyRanges::kMax;
  if (type == KeyType::kDouble) {
    // A NaN is in no order, and unequal to all.
    last = kNanKey - 1;
    if (constant == kNanKey) {
      return relation == Relation::kNotEquals
                 ? KeyRanges::Between(kMin, KeyRanges::kMax)
                 : KeyRanges();
    }
  }
  switch (relation) {
    case Relation::kEquals:
      return KeyRanges::Between(constant, constant);
    case Relation::kNotEquals:
      return KeyRanges::Between(constant, constant).Complement();
    case Relation::kLess:
      return constant == kMin ? KeyRanges()
                              : KeyRanges::Between(kMin, constant - 1);
    case Relation::kLessEquals:
      return KeyRanges::Between(kMin, constant);
    case Relation::kGreater:
      return constant == KeyRanges::kMax
                 ? KeyRanges()
                 : KeyRanges::Between(constant + 1, last);
    case Relation::kGreaterEquals:
      return KeyRanges::Between(constant, last);
  }
  return {};
}

}  // namespace klausul::engine
