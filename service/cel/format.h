#ifndef KLAUSUL_SERVICE_CEL_FORMAT_H_
#define KLAUSUL_SERVICE_CEL_FORMAT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/types/optional.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"

// Lays an expression out for people.
//
//   governing_part == PART_III
//   && procedure.kind in [RESTRICTED, NEGOTIATED_WITH_NOTICE,
//                         COMPETITIVE_DIALOGUE]
//   && (tender_days >= 30 || (claimed(procedure.urgent) && on_file))
//
// What fits stands on one line. Else lines break before operators and after
// commas, under what they go on with, and are filled. Breaks that the author
// made before `&&`, `||`, `?` and `:` stay, for they group by meaning; so do
// lists of one element a line. An `&&` within `||` stands in parentheses.
// Literals, names and comments stay as they are spelled; blanks, and
// parentheses that change nothing, do not.

namespace klausul::cel {

struct FormatOptions {
  // Columns of a line, in code points. Only what cannot be broken, such as a
  // long text, goes past it.
  std::size_t width = 80;
  // All on one line: for places that have only one. A comment, or a text over
  // several lines, is then an error.
  bool one_line = false;
};

// The whole of `source` as it should look, without a line break at the end;
// it means the same to the letter: parsed, it gives the same tree. Formatting
// what has been formatted changes nothing.
//
// Only the syntax is looked at: macros are calls, names are not resolved. A
// text that does not parse is reported as by Parse(), and nullopt.
absl::optional<std::string> Format(
    const std::shared_ptr<const SourceFile>& source,
    const FormatOptions& options, DiagnosticSink& sink);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_FORMAT_H_
