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

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_NAMES_H_
