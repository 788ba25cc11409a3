#include "service/base/source.h"

#include <algorithm>
#include <utility>

namespace klausul {
namespace {

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

Span Cover(Span a, Span b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceFile::SourceFile(std::string name, std::string text,
                       std::int32_t first_line)
    : name_(std::move(name)), text_(std::move(text)), first_line_(first_line) {}

const std::vector<std::size_t>& SourceFile::LineStarts() const {
  std::call_once(lines_are_found_, [this] {
    line_starts_.push_back(0);
    for (std::size_t end = text_.find('\n'); end != std::string::npos;
         end = text_.find('\n', end + 1)) {
      line_starts_.push_back(end + 1);
    }
  });
  return line_starts_;
}

LineColumn SourceFile::Locate(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  while (offset > 0 && offset < text_.size() && IsContinuation(text_[offset])) {
    --offset;
  }
  const std::vector<std::size_t>& starts = LineStarts();
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::size_t line = static_cast<std::size_t>(next - starts.begin());
  const std::size_t start = starts[line - 1];
  const absl::string_view before =
      absl::string_view(text_).substr(start, offset - start);
  return {static_cast<std::int32_t>(line) - 1 + first_line_,
          static_cast<std::int32_t>(CodePointCount(before)) + 1};
}

std::size_t SourceFile::OffsetOf(LineColumn place) const {
  const std::int32_t index = place.line - first_line_;
  if (index < 0) return 0;
  if (index >= line_count()) return text_.size();
  const absl::string_view line = Line(place.line);
  std::size_t offset = 0;
  for (std::int32_t column = 1; column < place.column && offset < line.size();
       ++column) {
    ++offset;
    while (offset < line.size() && IsContinuation(line[offset]))
      ++offset;
  }
  return LineStarts()[static_cast<std::size_t>(index)] + offset;
}

absl::string_view SourceFile::Line(std::int32_t line) const {
  if (line < first_line_ || line - first_line_ >= line_count()) return {};
  const auto index = static_cast<std::size_t>(line - first_line_);
  const std::vector<std::size_t>& starts = LineStarts();
  const std::size_t begin = starts[index];
  std::size_t end =
      index + 1 < starts.size() ? starts[index + 1] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return absl::string_view(text_).substr(begin, end - begin);
}

std::size_t CodePointCount(absl::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::size_t FindInvalidUtf8(absl::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned char lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t length = 0;
    unsigned char low = 0x80;   // Bounds of the second byte, which rule out
    unsigned char high = 0xBF;  // overlong forms and surrogates.
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return i;
    }
    if (i + length > text.size()) return i;
    if (byte(i + 1) < low || byte(i + 1) > high) return i;
    for (std::size_t k = 2; k < length; ++k) {
      if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return i;
    }
    i += length;
  }
  return absl::string_view::npos;
}

}  // namespace klausul
