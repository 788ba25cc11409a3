#ifndef KLAUSUL_SERVICE_BASE_SOURCE_H_
#define KLAUSUL_SERVICE_BASE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

namespace klausul {

// A half-open range of bytes [begin, end) in one text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span& a, const Span& b) {
    return a.begin == b.begin && a.end == b.end;
  }
};

// The smallest span that holds both.
Span Cover(Span a, Span b);

// A place as people count it: line and column from 1, the column in code
// points, so that `æøå` does not shift a caret.
struct LineColumn {
  std::int32_t line = 1;
  std::int32_t column = 1;

  friend bool operator==(const LineColumn& a, const LineColumn& b) {
    return a.line == b.line && a.column == b.column;
  }
};

// A named text. Immutable once made; spans into it keep bytes. Lines are worked
// out only when shown: the first call that asks for one makes an index of them.
// Safe to ask from several threads.
class SourceFile {
 public:
  // `first_line` is the number of the text's first line, for a text that is a
  // part of a longer one, such as one line of JSON Lines.
  SourceFile(std::string name, std::string text, std::int32_t first_line = 1);

  absl::string_view name() const ABSL_ATTRIBUTE_LIFETIME_BOUND { return name_; }

  absl::string_view text() const ABSL_ATTRIBUTE_LIFETIME_BOUND { return text_; }

  // The place of a byte offset. An offset past the end is the end; one inside
  // a code point is that code point's place.
  LineColumn Locate(std::size_t offset) const;

  // The byte offset of a place; the end of the line where the column is past
  // it, the end of the text where the line is.
  std::size_t OffsetOf(LineColumn place) const;

  // The text of a line (counted from `first_line`), without its line break.
  // Empty where there is no such line.
  absl::string_view Line(std::int32_t line) const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  std::int32_t line_count() const {
    return static_cast<std::int32_t>(LineStarts().size());
  }

  std::int32_t first_line() const { return first_line_; }

 private:
  const std::vector<std::size_t>& LineStarts() const;

  std::string name_;
  std::string text_;
  std::int32_t first_line_;
  mutable std::once_flag lines_are_found_;
  mutable std::vector<std::size_t> line_starts_;
};

// The number of code points in UTF-8 text; a stray byte counts as one.
std::size_t CodePointCount(absl::string_view text);

// The offset of the first byte that is not part of well-formed UTF-8, or
// `npos` where all is well. Surrogates and overlong forms are not well-formed.
std::size_t FindInvalidUtf8(absl::string_view text);

}  // namespace klausul

#endif  // KLAUSUL_SERVICE_BASE_SOURCE_H_
