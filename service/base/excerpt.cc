#include "service/base/excerpt.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace klausul {
namespace {

// A line longer than this many bytes is cut round the caret: generated files
// have lines of megabytes.
constexpr std::size_t kMaxShownLine = 200;
// Bytes that are shown of such a line: before the place, and in all.
constexpr std::size_t kShownBefore = 60;
constexpr std::size_t kShown = 160;

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Tabs and control characters take one column each.
std::string Printable(absl::string_view line) {
  std::string out(line);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  // Reports are UTF-8 even where the text is not. A stray continuation byte
  // has no column, so it leaves none behind.
  for (std::size_t at = FindInvalidUtf8(out); at != std::string::npos;
       at = FindInvalidUtf8(out)) {
    out.replace(at, 1, IsContinuation(out[at]) ? "" : "\xEF\xBF\xBD");
  }
  return out;
}

}  // namespace

Excerpt MakeExcerpt(const SourceFile& file, Span span) {
  Excerpt excerpt;
  excerpt.place = file.Locate(span.begin);
  const LineColumn from = excerpt.place;
  const LineColumn to = file.Locate(std::max(span.begin, span.end));
  absl::string_view line = file.Line(from.line);

  excerpt.caret = static_cast<std::size_t>(from.column) - 1;
  std::size_t line_points = CodePointCount(line);
  if (to.line == from.line) {
    excerpt.width =
        static_cast<std::size_t>(std::max(1, to.column - from.column));
  } else if (line_points > excerpt.caret) {
    excerpt.width = line_points - excerpt.caret;
  }
  absl::string_view prefix;
  if (line.size() > kMaxShownLine) {
    const std::size_t line_start = file.OffsetOf({from.line, 1});
    const std::size_t in_line = span.begin - line_start;
    std::size_t begin = in_line > kShownBefore ? in_line - kShownBefore : 0;
    while (begin > 0 && IsContinuation(line[begin]))
      --begin;
    std::size_t end = std::min(line.size(), begin + kShown);
    while (end < line.size() && IsContinuation(line[end]))
      ++end;
    excerpt.caret = CodePointCount(
        line.substr(begin, std::min(in_line, line.size()) - begin));
    line = line.substr(begin, end - begin);
    line_points = CodePointCount(line);
    if (begin > 0) {
      prefix = "...";
      excerpt.caret += prefix.size();
    }
  }
  const std::size_t points = line_points + prefix.size();
  excerpt.width = std::max<std::size_t>(
      1, std::min(excerpt.width,
                  points > excerpt.caret ? points - excerpt.caret : 1));
  excerpt.text = absl::StrCat(prefix, Printable(line));
  return excerpt;
}

}  // namespace klausul
