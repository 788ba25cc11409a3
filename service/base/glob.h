#ifndef KLAUSUL_SERVICE_BASE_GLOB_H_
#define KLAUSUL_SERVICE_BASE_GLOB_H_

#include "absl/strings/string_view.h"

namespace klausul {

// Patterns for paths, as shells and .gitignore have them: `*` and `?` match
// within a name, `[a-z]` and `[!a-z]` one character of a set, `**` as a whole
// name any number of folders, also none. Everything else is itself; paths are
// separated by `/` and compared byte by byte, `?` and sets by code point.
//
//   GlobMatches("tenders/**/*.xml", "tenders/2026/may/notice.xml")  // true

// Whether the text asks for any of that.
bool IsGlob(absl::string_view text);

// Whether the whole path matches. Takes at most the product of both lengths in
// steps, whatever the pattern.
bool GlobMatches(absl::string_view pattern, absl::string_view path);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_GLOB_H_
