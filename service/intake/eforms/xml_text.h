#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_XML_TEXT_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_XML_TEXT_H_

#include "absl/strings/string_view.h"

namespace klausul::intake::eforms {

// Whether bytes are valid UTF-8 that holds nothing but characters of XML: no
// control characters but tab and line breaks, neither U+FFFE nor U+FFFF.
//
// Says only whether; where the first fault is, and of which kind,
// FindInvalidUtf8 and CheckWellFormed tell. About 20 GB/s on a machine with
// AVX2, which is looked for when first called; without it a plain loop does the
// same.
bool IsXmlText(absl::string_view bytes);

// The plain loop, for the test that holds the two against each other.
bool IsXmlTextPortable(absl::string_view bytes);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_XML_TEXT_H_
