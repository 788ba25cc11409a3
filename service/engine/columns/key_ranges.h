#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_KEY_RANGES_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_KEY_RANGES_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/optional.h"

#include "service/cel/value.h"

// Values as keys: whatever a column holds is an int64 in the order of its
// values, so that a test against a constant is a set of ranges of keys.

namespace klausul::engine {

// What a test of a column lets through: disjoint ranges, ascending, none
// touching the next.
class KeyRanges {
 public:
  struct Range {
    // Both included.
    std::int64_t first = 0;
    std::int64_t last = 0;

    friend bool operator==(Range a, Range b) {
      return a.first == b.first && a.last == b.last;
    }

    friend bool operator<(Range a, Range b) {
      return a.first != b.first ? a.first < b.first : a.last < b.last;
    }
  };

  static constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

  // Nothing.
  KeyRanges() = default;

  // From `first` to `last`; nothing where `last` comes before.
  static KeyRanges Between(std::int64_t first, std::int64_t last);

  const std::vector<Range>& ranges() const { return ranges_; }

  bool Contains(std::int64_t key) const;

  // The keys that are not in it.
  KeyRanges Complement() const;
  KeyRanges UnionWith(const KeyRanges& other) const;
  KeyRanges IntersectWith(const KeyRanges& other) const;

  friend bool operator==(const KeyRanges& a, const KeyRanges& b) {
    return a.ranges_ == b.ranges_;
  }

  friend bool operator<(const KeyRanges& a, const KeyRanges& b) {
    return a.ranges_ < b.ranges_;
  }

 private:
  std::vector<Range> ranges_;
};

// How a column's values are compared.
enum class KeyType : std::uint8_t {
  kBool,
  kInt,
  kEnum,
  kUint,
  kDouble,
  kText,
  kTimestamp,
  kDuration,
};

// Keys of values; all but texts, whose keys depend on the constants that they
// meet (see TextClasses).
std::int64_t UintKey(std::uint64_t value);
// NaN is after all others, and 0.0 is -0.0.
std::int64_t DoubleKey(double value);
inline constexpr std::int64_t kNanKey = KeyRanges::kMax;
// Nanoseconds; kMin or kMax beyond some 292 years, see IsExactTime().
std::int64_t TimeKey(cel::TimeValue value);

// False for the keys that stand for all times too early or too late for a key
// of their own.
inline bool IsExactTime(std::int64_t key) {
  return key != KeyRanges::kMin && key != KeyRanges::kMax;
}

// The key of a constant; nullopt where it is of another type, or is a time
// without a key of its own.
absl::optional<std::int64_t> ConstantKey(KeyType type, const cel::Value& value);

enum class Relation : std::uint8_t {
  kEquals,
  kNotEquals,
  kLess,
  kLessEquals,
  kGreater,
  kGreaterEquals,
};

// The relation that `b ? a` is where `a relation b` is given.
Relation Mirrored(Relation relation);

// The keys of this type for which `key relation constant` is true.
KeyRanges RangesOf(KeyType type, Relation relation, std::int64_t constant);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_KEY_RANGES_H_
