#ifndef KLAUSUL_TESTS_CEL_DESCRIBE_H_
#define KLAUSUL_TESTS_CEL_DESCRIBE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"

namespace klausul::cel {

inline std::shared_ptr<const SourceFile> Source(absl::string_view text) {
  return std::make_shared<SourceFile>("test.cel", std::string(text));
}

// What an author sees of a diagnostic, the text under the caret in `«»`:
//
//   unknown-name: `x` is not known «x» help: did you mean `y`?
inline std::vector<std::string> Describe(const DiagnosticSink& sink) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    const Span span = diagnostic.span;
    std::string line = absl::StrCat(
        diagnostic.code, ": ", diagnostic.message, " \u00AB",
        diagnostic.file->text().substr(span.begin, span.end - span.begin),
        "\u00BB");
    if (!diagnostic.help.empty()) {
      absl::StrAppend(&line, " help: ", diagnostic.help);
    }
    for (const Diagnostic::Note& note : diagnostic.notes) {
      absl::StrAppend(&line, " note: ", note.message, " at ", note.span.begin);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_DESCRIBE_H_
