#include "service/syntax/scalar.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"

namespace klausul::syntax {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

bool IsBreak(char c) {
  return c == '\n' || c == '\r';
}

// The offset behind the line break at `at`, or `at` where there is none.
std::size_t SkipBreak(absl::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at;
  return at;
}

std::size_t SkipBlanks(absl::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at]))
    ++at;
  return at;
}

// Bytes of a code point in UTF-8.
std::size_t Utf8Size(std::uint32_t code_point) {
  if (code_point < 0x80) return 1;
  if (code_point < 0x800) return 2;
  return code_point < 0x10000 ? 3 : 4;
}

std::uint32_t HexValue(absl::string_view text, std::size_t at,
                       std::size_t digits) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < std::min(at + digits, text.size()); ++i) {
    const char c = absl::ascii_tolower(static_cast<unsigned char>(text[i]));
    value = value * 16 +
            static_cast<std::uint32_t>(c >= 'a' ? c - 'a' + 10 : c - '0');
  }
  return value;
}

// Bytes that an escape takes in the text and gives to the value.
struct Escape {
  std::size_t raw = 2;
  std::size_t value = 1;
};

// The escape whose `\` stands at `at`; YAML's and JSON's together.
Escape ReadEscape(absl::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return {1, 0};
  switch (text[at + 1]) {
    case 'x':
      return {4, Utf8Size(HexValue(text, at + 2, 2))};
    case 'u': {
      const std::uint32_t unit = HexValue(text, at + 2, 4);
      // A surrogate pair, JSON's way to write what lies past U+FFFF.
      if (unit >= 0xD800 && unit <= 0xDBFF) return {12, 4};
      return {6, Utf8Size(unit)};
    }
    case 'U':
      return {10, Utf8Size(HexValue(text, at + 2, 8))};
    case 'N':  // U+0085
    case '_':  // U+00A0
      return {2, 2};
    case 'L':  // U+2028
    case 'P':  // U+2029
      return {2, 3};
    default:
      return {2, 1};
  }
}

// Walks plain and quoted scalars, whose lines are folded.
std::size_t FlowOffset(absl::string_view text, std::size_t begin,
                       Node::Style style, absl::string_view value,
                       std::size_t offset) {
  std::size_t raw = style == Node::Style::kPlain ? begin : begin + 1;
  std::size_t at = 0;
  while (at < offset && raw < text.size()) {
    const std::size_t line_end = SkipBlanks(text, raw);
    if (line_end < text.size() && IsBreak(text[line_end])) {
      // One break reads as a space, n of them as n - 1 line breaks.
      std::size_t next = line_end;
      std::size_t breaks = 0;
      while (next < text.size() && IsBreak(text[next])) {
        next = SkipBlanks(text, SkipBreak(text, next));
        ++breaks;
      }
      at += breaks == 1 ? 1 : breaks - 1;
      if (at > offset) return raw;
      raw = next;
      continue;
    }
    if (style == Node::Style::kDoubleQuoted && text[raw] == '\\') {
      if (raw + 1 < text.size() && IsBreak(text[raw + 1])) {
        raw = SkipBlanks(text, SkipBreak(text, raw + 1));
        continue;
      }
      const Escape escape = ReadEscape(text, raw);
      if (at + escape.value > offset) return raw;
      at += escape.value;
      raw += escape.raw;
      continue;
    }
    if (text[raw] != value[at]) return raw;
    raw += style == Node::Style::kSingleQuoted && text[raw] == '\'' ? 2 : 1;
    ++at;
  }
  return std::min(raw, text.size());
}

std::size_t LeadingSpaces(absl::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] == ' ')
    ++end;
  return end - at;
}

bool AtLineEnd(absl::string_view text, std::size_t at) {
  return at >= text.size() || IsBreak(text[at]);
}

// Spaces that every line of a block loses: the indentation of its first line
// that is not blank, less what the value keeps of it.
std::size_t BlockIndent(absl::string_view text, std::size_t first_line,
                        absl::string_view value) {
  std::size_t line = first_line;
  while (line < text.size()) {
    const std::size_t spaces = LeadingSpaces(text, line);
    if (!AtLineEnd(text, line + spaces)) {
      const std::size_t start = value.find_first_not_of("\r\n");
      const std::size_t kept =
          start == absl::string_view::npos ? 0 : LeadingSpaces(value, start);
      return spaces - std::min(kept, spaces);
    }
    line = SkipBreak(text, line + spaces);
  }
  return 0;
}

// Walks block scalars. Between two lines the value has one space (folded) or
// line breaks, as many as it has; the raw text has any number of blank lines.
std::size_t BlockOffset(absl::string_view text, std::size_t begin,
                        absl::string_view value, std::size_t offset) {
  std::size_t raw = begin;
  while (!AtLineEnd(text, raw))
    ++raw;
  raw = SkipBreak(text, raw);
  const std::size_t indent = BlockIndent(text, raw, value);

  // To the first byte of a line's content; blank lines are passed over.
  const auto enter_line = [&](std::size_t line) {
    while (line < text.size()) {
      const std::size_t spaces = LeadingSpaces(text, line);
      if (spaces > indent || !AtLineEnd(text, line + spaces)) {
        return line + std::min(spaces, indent);
      }
      line = SkipBreak(text, line + spaces);
    }
    return line;
  };

  std::size_t at = 0;
  while (at < offset && value[at] == '\n')
    ++at;
  if (at < offset || offset == 0) raw = enter_line(raw);
  while (at < offset && raw < text.size()) {
    if (!AtLineEnd(text, raw)) {
      if (text[raw] != value[at]) return raw;
      ++raw;
      ++at;
      continue;
    }
    const std::size_t next = enter_line(SkipBreak(text, raw));
    if (value[at] == ' ' && (next >= text.size() || text[next] != ' ')) {
      ++at;
    } else {
      const std::size_t before = at;
      while (at < offset && value[at] == '\n')
        ++at;
      if (at == before) return raw;
    }
    // The breaks at the end of the value belong to its last line.
    if (at == value.size()) return raw;
    raw = next;
  }
  return raw;
}

}  // namespace

std::size_t RawOffset(absl::string_view text, std::size_t begin,
                      Node::Style style, absl::string_view value,
                      std::size_t offset) {
  if (style == Node::Style::kLiteral || style == Node::Style::kFolded) {
    return BlockOffset(text, begin, value, offset);
  }
  return FlowOffset(text, begin, style, value, offset);
}

std::size_t RawEnd(absl::string_view text, std::size_t begin, Node::Style style,
                   absl::string_view value) {
  const std::size_t end = RawOffset(text, begin, style, value, value.size());
  const bool quoted = style == Node::Style::kSingleQuoted ||
                      style == Node::Style::kDoubleQuoted;
  if (!quoted) return end;
  // A value that ends in a folded or escaped line break leaves blanks before
  // the quote.
  std::size_t quote = end;
  const char mark = style == Node::Style::kSingleQuoted ? '\'' : '"';
  while (quote < text.size() && text[quote] != mark)
    ++quote;
  return std::min(quote + 1, text.size());
}

}  // namespace klausul::syntax
