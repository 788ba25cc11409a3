#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_XML_REFERENCE_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_XML_REFERENCE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace klausul::intake::eforms {

// What may be done to the text between two tags, or in quotes.
enum class XmlTextKind {
  // References are resolved; a line break of any kind is one `\n`.
  kCharacters,
  // The inside of a CDATA section: line breaks alone.
  kCdata,
  // References are resolved; tabs and line breaks become blanks.
  kValue,
};

// Adds what XML text means to `out`. False, with `out` in any state, where a
// `&` starts no reference that XML knows: the five names and the numbers of
// characters, up to 40 bytes long, as CheckWellFormed has it.
bool AppendXmlText(absl::string_view text, XmlTextKind kind, std::string& out);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_XML_REFERENCE_H_
