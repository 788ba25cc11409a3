#ifndef KLAUSUL_SERVICE_REPORT_MARKUP_TEXT_H_
#define KLAUSUL_SERVICE_REPORT_MARKUP_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace klausul::report {

// A text as XML and HTML take it, between tags and in quoted attributes:
// `& < > " '` are escaped; what no document may hold (control characters other
// than tab and line breaks, invalid UTF-8, U+FFFE, U+FFFF) becomes U+FFFD.
std::string MarkupText(absl::string_view text);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_MARKUP_TEXT_H_
