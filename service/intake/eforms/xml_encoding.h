#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_XML_ENCODING_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_XML_ENCODING_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "service/intake/eforms/xml_fault.h"

namespace klausul::intake::eforms {

// Turns the bytes of an XML file into UTF-8 without a byte order mark.
//
// Read are UTF-8 (also US-ASCII), UTF-16 with a byte order mark, ISO-8859-1,
// ISO-8859-15 and windows-1252, as the XML declaration names them. The tables
// are our own: iconv of a statically linked program looks for its tables on
// the machine that it runs on.
//
// `text` gets the decoded text; after a fault what came before it, so that the
// fault has a line and a column there.
absl::optional<XmlFault> DecodeXml(absl::string_view bytes, std::string& text);

// The same of bytes that are not needed any more: those of valid UTF-8 become
// the text and are not copied. `is_xml_text` gets what IsXmlText says of the
// text, as far as that came out on the way: false may mean that nobody asked.
absl::optional<XmlFault> DecodeOwnXml(std::string bytes, std::string& text,
                                      bool& is_xml_text);

// Adds a code point; it has to be one.
void AppendUtf8(std::uint32_t point, std::string& text);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_XML_ENCODING_H_
