#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_NAMES_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_NAMES_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace klausul::intake::eforms {

// Element names by number, so that a path is followed by comparing numbers.
//
// The list in names.cc holds the local names that the field table and the parts
// of a notice ask for. It is there for speed alone: a name that it lacks has
// kUnknownName and is compared letter by letter. A test holds the list to what
// the table asks for.
using NameId = std::uint16_t;

inline constexpr NameId kUnknownName = 0;

// The number of a local name; kUnknownName where the list does not have it.
NameId FindName(absl::string_view local_name);

// A set of names that may hold more than was added: two names may share a bit.
// What it does not hold was not added.
struct NameSet {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  // Nothing for kUnknownName, of which no set tells.
  void Add(NameId id) {
    const std::uint64_t bit = std::uint64_t{id != kUnknownName} << (id % 64);
    (id % 128 < 64 ? low : high) |= bit;
  }

  void Add(const NameSet& other) {
    low |= other.low;
    high |= other.high;
  }

  bool HoldsAll(const NameSet& other) const {
    return ((other.low & ~low) | (other.high & ~high)) == 0;
  }
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_NAMES_H_
