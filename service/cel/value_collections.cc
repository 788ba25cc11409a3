// Lists and maps that are made during an evaluation.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/cel/eval_context.h"
#include "service/cel/map_key.h"
#include "service/cel/value.h"

namespace klausul::cel {
namespace {

class ArrayList final : public ListValue {
 public:
  explicit ArrayList(absl::Span<const Value> elements) : elements_(elements) {}

  std::size_t size() const override { return elements_.size(); }

  Value Get(std::size_t index, EvalContext&) const override {
    return elements_[index];
  }

 private:
  absl::Span<const Value> elements_;
};

class ArrayMap final : public MapValue {
 public:
  ArrayMap(absl::Span<const MapEntry> entries, const MapKeyIndex* index)
      : entries_(entries), index_(index) {}

  std::size_t size() const override { return entries_.size(); }

  Value KeyAt(std::size_t index, EvalContext&) const override {
    return entries_[index].key;
  }

  Value ValueAt(std::size_t index, EvalContext&) const override {
    return entries_[index].value;
  }

  absl::optional<Value> Find(const Value& key, EvalContext&) const override {
    const absl::optional<MapKey> wanted = MapKey::ForLookup(key);
    if (!wanted.has_value()) return absl::nullopt;
    if (index_ != nullptr) {
      const auto it = index_->find(*wanted);
      if (it == index_->end()) return absl::nullopt;
      return entries_[it->second].value;
    }
    for (const MapEntry& entry : entries_) {
      if (MapKey::ForLookup(entry.key) == wanted) return entry.value;
    }
    return absl::nullopt;
  }

 private:
  absl::Span<const MapEntry> entries_;
  // Null for a few entries, where looking at each is faster.
  const MapKeyIndex* index_;
};

// From how many entries on an index pays.
constexpr std::size_t kIndexFrom = 9;

Value DuplicateKey(const Value& key, EvalContext& context) {
  return context.Error(ErrorCode::kDuplicateKey,
                       absl::StrCat("the map has the key ",
                                    DebugString(key, context), " twice"));
}

}  // namespace

absl::optional<MapKey> MapKey::ForLookup(const Value& key) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  switch (key.kind()) {
    case ValueKind::kBool:
      return MapKey{Kind::kBool, key.bool_value() ? 1u : 0u, {}};
    case ValueKind::kInt:
      return MapKey{key.int_value() < 0 ? Kind::kNegative : Kind::kNumber,
                    static_cast<std::uint64_t>(key.int_value()),
                    {}};
    case ValueKind::kUint:
      return MapKey{Kind::kNumber, key.uint_value(), {}};
    case ValueKind::kDouble: {
      const double number = key.double_value();
      if (std::isnan(number) || number != std::floor(number)) {
        return absl::nullopt;
      }
      if (number < -kTwoTo63 || number >= 2 * kTwoTo63) return absl::nullopt;
      if (number < 0) {
        const auto whole = static_cast<std::int64_t>(number);
        return MapKey{Kind::kNegative, static_cast<std::uint64_t>(whole), {}};
      }
      return MapKey{Kind::kNumber, static_cast<std::uint64_t>(number), {}};
    }
    case ValueKind::kString:
      return MapKey{Kind::kText, 0, key.text()};
    default:
      return absl::nullopt;
  }
}

Value MakeList(absl::Span<const Value> elements, EvalArena& arena) {
  return Value::List(arena.New<ArrayList>(elements));
}

Value Value::List(absl::Span<const Value> elements, EvalArena& arena) {
  return MakeList(arena.CopyArray(elements), arena);
}

Value MakeMap(absl::Span<const MapEntry> entries, EvalContext& context) {
  EvalArena& arena = context.arena();
  MapKeyIndex* index =
      entries.size() < kIndexFrom ? nullptr : arena.New<MapKeyIndex>();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Value& key = entries[i].key;
    const absl::optional<MapKey> normal = MapKey::ForLookup(key);
    if (!normal.has_value() || key.is_double()) {
      return context.Error(ErrorCode::kNoMatchingOverload,
                           absl::StrCat("a map key may be a bool, int, uint or "
                                        "string, not a ",
                                        key.TypeName()));
    }
    if (index != nullptr) {
      if (!index->emplace(*normal, i).second) {
        return DuplicateKey(key, context);
      }
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (MapKey::ForLookup(entries[j].key) == normal) {
        return DuplicateKey(key, context);
      }
    }
  }
  return Value::Map(arena.New<ArrayMap>(arena.CopyArray(entries), index));
}

}  // namespace klausul::cel
