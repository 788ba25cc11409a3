#ifndef KLAUSUL_SERVICE_CEL_MAP_KEY_H_
#define KLAUSUL_SERVICE_CEL_MAP_KEY_H_

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/cel/value.h"

namespace klausul::cel {

// A map key in a form in which equal keys are equal bytes: 1, 1u and 1.0 are
// one key, true is another.
struct MapKey {
  enum class Kind : std::uint8_t { kBool, kNegative, kNumber, kText };

  Kind kind = Kind::kBool;
  std::uint64_t number = 0;
  absl::string_view text;

  // nullopt for a value that no key can be equal to, such as 1.5 or a list.
  static absl::optional<MapKey> ForLookup(const Value& key);

  friend bool operator==(const MapKey& a, const MapKey& b) {
    return a.kind == b.kind && a.number == b.number && a.text == b.text;
  }

  // Negative numbers before others; their bits rise with them.
  friend bool operator<(const MapKey& a, const MapKey& b) {
    return std::tie(a.kind, a.number, a.text) <
           std::tie(b.kind, b.number, b.text);
  }

  template <typename H>
  friend H AbslHashValue(H state, const MapKey& key) {
    return H::combine(std::move(state), key.kind, key.number, key.text);
  }
};

// From a key to the place of its entry.
using MapKeyIndex = absl::flat_hash_map<MapKey, std::size_t>;

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_MAP_KEY_H_
