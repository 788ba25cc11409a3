#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_XML_SCAN_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_XML_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace klausul::intake::eforms {

// Looking for the next byte that matters, sixteen at a time where the machine
// is an x86-64 (all of them have SSE2), else one by one. Every function gives
// `end` where there is none, and reads nothing from there on.
//
// The text has passed IsXmlText: what is not above a blank is space.

inline bool IsXmlSpace(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// Letters, digits, `-._:` and everything beyond ASCII, as well_formed.cc has
// them.
inline bool IsXmlNameChar(char c) {
  static constexpr std::array<bool, 256> kTable = [] {
    std::array<bool, 256> table = {};
    for (int i = 0; i < 256; ++i) {
      table[i] = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') ||
                 (i >= '0' && i <= '9') || i == '_' || i == ':' || i == '-' ||
                 i == '.' || i >= 0x80;
    }
    return table;
  }();
  return kTable[static_cast<unsigned char>(c)];
}

inline bool IsXmlNameStart(char c) {
  return IsXmlNameChar(c) && c != '-' && c != '.' && !(c >= '0' && c <= '9');
}

inline bool IsXmlName(absl::string_view name) {
  if (name.empty() || !IsXmlNameStart(name[0])) return false;
  for (const char c : name) {
    if (!IsXmlNameChar(c)) return false;
  }
  return true;
}

// Without space at its ends.
inline absl::string_view StripXmlSpace(absl::string_view text) {
  while (!text.empty() && IsXmlSpace(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && IsXmlSpace(text.back()))
    text.remove_suffix(1);
  return text;
}

// As memcmp, for short texts.
inline bool SameBytes(const char* a, const char* b, std::size_t size) {
  std::uint64_t word_a = 0;
  std::uint64_t word_b = 0;
  constexpr std::size_t kWord = sizeof(word_a);
  if (size < kWord) {
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  for (std::size_t i = 0;; i += kWord) {
    // The last word may overlap the one before.
    i = i + kWord < size ? i : size - kWord;
    std::memcpy(&word_a, a + i, kWord);
    std::memcpy(&word_b, b + i, kWord);
    if (word_a != word_b) return false;
    if (i + kWord == size) return true;
  }
}

namespace scan_internal {

inline constexpr std::ptrdiff_t kBlock = 16;

#if defined(__SSE2__)
inline __m128i Load(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}

inline unsigned Mask(__m128i bytes) {
  return static_cast<unsigned>(_mm_movemask_epi8(bytes));
}

inline __m128i Same(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

// Bytes up to `limit`, which is ASCII.
inline __m128i UpTo(__m128i bytes, char limit) {
  return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(limit)), bytes);
}
#endif

}  // namespace scan_internal

// The first byte that is no space.
inline const char* SkipSpace(const char* at, const char* end) {
  if (at != end && !IsXmlSpace(*at)) return at;
#if defined(__SSE2__)
  while (end - at >= scan_internal::kBlock) {
    const unsigned other =
        scan_internal::Mask(scan_internal::UpTo(scan_internal::Load(at), ' ')) ^
        0xFFFFU;
    if (other != 0) return at + __builtin_ctz(other);
    at += scan_internal::kBlock;
  }
#endif
  while (at != end && IsXmlSpace(*at))
    ++at;
  return at;
}

// The end of plain character data: `<`, `&`, `]` or a carriage return.
inline const char* FindInText(const char* at, const char* end) {
#if defined(__SSE2__)
  using scan_internal::Same;
  while (end - at >= scan_internal::kBlock) {
    const __m128i bytes = scan_internal::Load(at);
    const unsigned found = scan_internal::Mask(
        _mm_or_si128(_mm_or_si128(Same(bytes, '<'), Same(bytes, '&')),
                     _mm_or_si128(Same(bytes, ']'), Same(bytes, '\r'))));
    if (found != 0) return at + __builtin_ctz(found);
    at += scan_internal::kBlock;
  }
#endif
  while (at != end && *at != '<' && *at != '&' && *at != ']' && *at != '\r')
    ++at;
  return at;
}

// The end of a plain attribute value: its quotation mark, `<`, `&`, a tab or a
// line break.
inline const char* FindInValue(const char* at, const char* end, char quote) {
#if defined(__SSE2__)
  using scan_internal::Same;
  while (end - at >= scan_internal::kBlock) {
    const __m128i bytes = scan_internal::Load(at);
    const unsigned found = scan_internal::Mask(_mm_or_si128(
        _mm_or_si128(Same(bytes, quote), Same(bytes, '&')),
        _mm_or_si128(Same(bytes, '<'), scan_internal::UpTo(bytes, '\x1F'))));
    if (found != 0) return at + __builtin_ctz(found);
    at += scan_internal::kBlock;
  }
#endif
  while (at != end && *at != quote && *at != '&' && *at != '<' &&
         static_cast<unsigned char>(*at) >= ' ') {
    ++at;
  }
  return at;
}

// Where the name of a tag ends: at a space, `/` or `>`. `colon` gets the first
// colon of the name, or that end.
inline const char* FindNameEnd(const char* at, const char* end,
                               const char*& colon) {
  colon = nullptr;
#if defined(__SSE2__)
  using scan_internal::Same;
  while (end - at >= scan_internal::kBlock) {
    const __m128i bytes = scan_internal::Load(at);
    const unsigned stops = scan_internal::Mask(
        _mm_or_si128(_mm_or_si128(Same(bytes, '/'), Same(bytes, '>')),
                     scan_internal::UpTo(bytes, ' ')));
    const unsigned colons = scan_internal::Mask(Same(bytes, ':'));
    // Colons below the first stop; all of them where there is none.
    const unsigned before_stop = colons & ((stops & (~stops + 1U)) - 1U);
    if (colon == nullptr && before_stop != 0) {
      colon = at + __builtin_ctz(before_stop);
    }
    if (stops != 0) {
      at += __builtin_ctz(stops);
      if (colon == nullptr) colon = at;
      return at;
    }
    at += scan_internal::kBlock;
  }
#endif
  for (; at != end && !IsXmlSpace(*at) && *at != '/' && *at != '>'; ++at) {
    if (colon == nullptr && *at == ':') colon = at;
  }
  if (colon == nullptr) colon = at;
  return at;
}

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_XML_SCAN_H_
