#ifndef KLAUSUL_SERVICE_CEL_EXTENSIONS_CODE_POINTS_H_
#define KLAUSUL_SERVICE_CEL_EXTENSIONS_CODE_POINTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

// Places in UTF-8. Authors count code points, these functions find the bytes.

namespace klausul::cel {

// The length in bytes of the first code point of a text that is not empty. Not
// more than the text has, whatever it is: fields of proto2 may not be UTF-8.
inline std::size_t CodePointBytes(absl::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80   ? 1
                           : lead < 0xE0 ? 2
                           : lead < 0xF0 ? 3
                                         : 4;
  return std::min(size, text.size());
}

// The first code point of a text that is not empty.
inline char32_t FirstCodePoint(absl::string_view text) {
  constexpr unsigned char kLeadBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const std::size_t size = CodePointBytes(text);
  char32_t code = static_cast<unsigned char>(text.front()) & kLeadBits[size];
  for (std::size_t i = 1; i < size; ++i) {
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  return code;
}

// The last code point of a text that is not empty, as the bytes it has.
inline absl::string_view LastCodePoint(absl::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
    --begin;
  return text.substr(begin);
}

// Where the code point of an index begins; the end of the text for the index
// that is its length. nullopt for an index below 0 or past that.
inline absl::optional<std::size_t> ByteOffset(absl::string_view text,
                                              std::int64_t index) {
  if (index < 0) return absl::nullopt;
  std::size_t offset = 0;
  for (; index > 0 && offset < text.size(); --index)
    offset += CodePointBytes(text.substr(offset));
  if (index > 0) return absl::nullopt;
  return offset;
}

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EXTENSIONS_CODE_POINTS_H_
