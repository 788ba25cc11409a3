#include "service/cel/comments.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

#include "service/base/diagnostic.h"
#include "service/cel/lexer.h"

namespace klausul::cel {

std::vector<Comment> FindComments(
    const std::shared_ptr<const SourceFile>& source) {
  std::vector<Comment> comments;
  const absl::string_view text = source->text();
  DiagnosticSink no_errors;
  Lexer lexer(source, no_errors);
  std::size_t at = 0;
  for (;;) {
    const Token token = lexer.Next();
    while (at < token.span.begin) {
      const std::size_t begin = text.find("//", at);
      if (begin >= token.span.begin) break;
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::size_t line = text.rfind('\n', begin);
      const absl::string_view before =
          text.substr(line == absl::string_view::npos ? 0 : line + 1,
                      begin - (line == absl::string_view::npos ? 0 : line + 1));
      comments.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
           absl::StripAsciiWhitespace(before).empty()});
      at = end;
    }
    at = token.span.end;
    if (token.kind == TokenKind::kEnd) return comments;
  }
}

}  // namespace klausul::cel
