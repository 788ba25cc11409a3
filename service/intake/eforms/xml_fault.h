#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_XML_FAULT_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_XML_FAULT_H_

#include <string>

#include "service/base/source.h"

namespace klausul::intake::eforms {

// Why a text is not XML that we take, and where.
struct XmlFault {
  // Into the decoded text.
  Span span;
  // Stable, such as `xml-entity`.
  std::string code;
  // One line, lower case.
  std::string message;
  // What to do about it; may be empty.
  std::string help;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_XML_FAULT_H_
