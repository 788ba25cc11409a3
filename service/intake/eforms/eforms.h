#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_EFORMS_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_EFORMS_H_

#include <string>

#include "service/intake/document.h"

namespace klausul::intake::eforms {

// Reads an eForms notice (XML) into a plan with a source map whose addresses
// are XPaths.
//
// `bytes` are as they came, in any encoding that XML may have; the result's
// `source` holds the decoded text. The size limit is the reader's own
// (`options.max_notice_bytes`). XML that is no notice of a known form is
// kNotADocument, any other trouble kUnreadable.
ReadResult ReadNotice(std::string uri, std::string bytes,
                      const ReadOptions& options);

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_EFORMS_H_
