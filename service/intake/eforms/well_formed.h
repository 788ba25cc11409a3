#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_WELL_FORMED_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_WELL_FORMED_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/intake/eforms/xml_fault.h"

namespace klausul::intake::eforms {

// Bounds of the check below.
struct WellFormedLimits {
  // Elements inside each other. A notice needs about 25.
  std::size_t depth = 256;
  // Elements in all; a notice of 20 MiB, the largest that is published, has
  // about 400 000.
  std::size_t elements = 2'000'000;
  // Attributes of one element.
  std::size_t attributes = 64;
};

// Checks that UTF-8 text is well-formed XML without a document type
// declaration: what pugixml reads without a word and should not (two roots,
// junk after the root, a bare `&`, undefined entities, doubled attributes,
// control characters), and what it reads with a poor message.
//
// The first fault, or nullopt. Takes time in proportion to the text and stack
// space that does not depend on it. `element_count` gets the number of
// elements.
absl::optional<XmlFault> CheckWellFormed(absl::string_view text,
                                         const WellFormedLimits& limits,
                                         std::size_t& element_count);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_WELL_FORMED_H_
