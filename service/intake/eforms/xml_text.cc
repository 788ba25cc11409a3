#include "service/intake/eforms/xml_text.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/match.h"

#include "service/base/source.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define KLAUSUL_HAS_AVX2 1
#include <immintrin.h>
#endif

namespace klausul::intake::eforms {
namespace {

// A byte that is a fault by itself or may start one of the two non-characters.
bool IsSuspect(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') ||
         byte == 0xEF;
}

#ifdef KLAUSUL_HAS_AVX2

#define KLAUSUL_AVX2 __attribute__((target("avx2")))

// Sixteen bytes, twice, as a table for a shuffle.
KLAUSUL_AVX2 inline __m256i Table(char a, char b, char c, char d, char e,
                                  char f, char g, char h, char i, char j,
                                  char k, char l, char m, char n, char o,
                                  char p) {
  return _mm256_setr_epi8(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a, b,
                          c, d, e, f, g, h, i, j, k, l, m, n, o, p);
}

KLAUSUL_AVX2 inline __m256i HighNibbles(__m256i bytes) {
  return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

// The bytes that stand `kBack` places earlier.
template <int kBack>
KLAUSUL_AVX2 inline __m256i Earlier(__m256i bytes, __m256i before) {
  return _mm256_alignr_epi8(
      bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - kBack);
}

// The lookup algorithm of Keiser and Lemire, "Validating UTF-8 in less than
// one instruction per byte" (2021): three shuffles classify each pair of bytes
// by the errors that it may be part of, and what is left in all three is one.
class Utf8Checker {
 public:
  KLAUSUL_AVX2 Utf8Checker()
      : error_(_mm256_setzero_si256()),
        before_(_mm256_setzero_si256()),
        incomplete_(_mm256_setzero_si256()) {}

  KLAUSUL_AVX2 void Next(__m256i first, __m256i second) {
    error_ = _mm256_or_si256(
        error_, _mm256_or_si256(Controls(first), Controls(second)));
    if (_mm256_movemask_epi8(_mm256_or_si256(first, second)) == 0) {
      error_ = _mm256_or_si256(error_, incomplete_);
      incomplete_ = _mm256_setzero_si256();
    } else {
      Sequences(first, before_);
      Sequences(second, first);
      // A sequence that would go on beyond these bytes.
      incomplete_ = _mm256_subs_epu8(
          second,
          _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                           -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                           -1, -1, -1, char(0xEF), char(0xDF), char(0xBF)));
    }
    before_ = second;
  }

  KLAUSUL_AVX2 bool good() const {
    const __m256i all = _mm256_or_si256(error_, incomplete_);
    return _mm256_testz_si256(all, all) != 0;
  }

 private:
  KLAUSUL_AVX2 void Sequences(__m256i bytes, __m256i before) {
    const __m256i one = Earlier<1>(bytes, before);
    const __m256i two = Earlier<2>(bytes, before);
    Pairs(bytes, one, two, Earlier<3>(bytes, before));
    NonCharacters(bytes, one, two);
  }

  // Bytes below a blank, but for the three of them that are space: the table
  // gives each of those back, and another byte for what shares its nibble.
  KLAUSUL_AVX2 static __m256i Controls(__m256i bytes) {
    const __m256i space = _mm256_cmpeq_epi8(
        bytes, _mm256_shuffle_epi8(Table(1, 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n',
                                         0, 0, '\r', 0, 0),
                                   bytes));
    const __m256i low = _mm256_cmpeq_epi8(
        _mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
    return _mm256_andnot_si256(space, low);
  }

  // EF BF BE and EF BF BF.
  KLAUSUL_AVX2 void NonCharacters(__m256i bytes, __m256i one, __m256i two) {
    const __m256i last = _mm256_cmpeq_epi8(
        _mm256_or_si256(bytes, _mm256_set1_epi8(1)), _mm256_set1_epi8(-0x41));
    const __m256i found = _mm256_and_si256(
        _mm256_and_si256(last, _mm256_cmpeq_epi8(one, _mm256_set1_epi8(-0x41))),
        _mm256_cmpeq_epi8(two, _mm256_set1_epi8(-0x11)));
    error_ = _mm256_or_si256(error_, found);
  }

  KLAUSUL_AVX2 void Pairs(__m256i bytes, __m256i one, __m256i two,
                          __m256i three) {
    constexpr char kTooShort = 1 << 0;   // lead, then no continuation
    constexpr char kTooLong = 1 << 1;    // ASCII, then a continuation
    constexpr char kOverlong3 = 1 << 2;  // E0, then 80 to 9F
    constexpr char kSurrogate = 1 << 4;  // ED, then A0 to BF
    constexpr char kOverlong2 = 1 << 5;  // C0 or C1
    constexpr char kTwoConts = char(1 << 7);
    constexpr char kTooLarge = 1 << 3;      // F4, then 90 or more
    constexpr char kTooLarge1000 = 1 << 6;  // F5 or more
    constexpr char kOverlong4 = 1 << 6;     // F0, then 80 to 8F
    constexpr char kCarry = char(kTooShort | kTooLong | kTwoConts);
    const __m256i high_of_first = _mm256_shuffle_epi8(
        Table(kTooLong, kTooLong, kTooLong, kTooLong, kTooLong, kTooLong,
              kTooLong, kTooLong, kTwoConts, kTwoConts, kTwoConts, kTwoConts,
              kTooShort | kOverlong2, kTooShort,
              kTooShort | kOverlong3 | kSurrogate,
              kTooShort | kTooLarge | kTooLarge1000 | kOverlong4),
        HighNibbles(one));
    constexpr char kLarge = char(kCarry | kTooLarge | kTooLarge1000);
    const __m256i low_of_first = _mm256_shuffle_epi8(
        Table(char(kCarry | kOverlong3 | kOverlong2 | kOverlong4),
              char(kCarry | kOverlong2), kCarry, kCarry,
              char(kCarry | kTooLarge), kLarge, kLarge, kLarge, kLarge, kLarge,
              kLarge, kLarge, kLarge, char(kLarge | kSurrogate), kLarge,
              kLarge),
        _mm256_and_si256(one, _mm256_set1_epi8(0x0F)));
    constexpr char kCont = char(kTooLong | kOverlong2 | kTwoConts);
    const __m256i high_of_second = _mm256_shuffle_epi8(
        Table(kTooShort, kTooShort, kTooShort, kTooShort, kTooShort, kTooShort,
              kTooShort, kTooShort,
              char(kCont | kOverlong3 | kTooLarge1000 | kOverlong4),
              char(kCont | kOverlong3 | kTooLarge),
              char(kCont | kSurrogate | kTooLarge),
              char(kCont | kSurrogate | kTooLarge), kTooShort, kTooShort,
              kTooShort, kTooShort),
        HighNibbles(bytes));
    const __m256i special = _mm256_and_si256(
        _mm256_and_si256(high_of_first, low_of_first), high_of_second);
    // The third byte of three and the third and fourth of four have to be
    // continuations, and only they may follow one.
    const __m256i third =
        _mm256_subs_epu8(two, _mm256_set1_epi8(char(0xE0 - 0x80)));
    const __m256i fourth =
        _mm256_subs_epu8(three, _mm256_set1_epi8(char(0xF0 - 0x80)));
    const __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                            _mm256_set1_epi8(char(0x80)));
    error_ = _mm256_or_si256(error_, _mm256_xor_si256(wanted, special));
  }

  __m256i error_;
  __m256i before_;
  // Not zero where the bytes so far end inside a character.
  __m256i incomplete_;
};

KLAUSUL_AVX2 inline __m256i Load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

KLAUSUL_AVX2 bool IsXmlTextAvx2(absl::string_view bytes) {
  constexpr std::size_t kHalf = 32;
  constexpr std::size_t kBlock = 2 * kHalf;
  Utf8Checker checker;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= kBlock; at += kBlock, left -= kBlock) {
    checker.Next(Load(at), Load(at + kHalf));
  }
  // The rest among blanks, which end what is not complete.
  char rest[kBlock];
  std::memset(rest, ' ', sizeof(rest));
  if (left > 0) std::memcpy(rest, at, left);
  checker.Next(Load(rest), Load(rest + kHalf));
  return checker.good();
}

#endif  // KLAUSUL_HAS_AVX2

}  // namespace

bool IsXmlTextPortable(absl::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (!IsSuspect(byte)) continue;
    const absl::string_view rest = bytes.substr(i);
    if (byte != 0xEF || absl::StartsWith(rest, "\xEF\xBF\xBE") ||
        absl::StartsWith(rest, "\xEF\xBF\xBF")) {
      return false;
    }
  }
  return FindInvalidUtf8(bytes) == absl::string_view::npos;
}

bool IsXmlText(absl::string_view bytes) {
#ifdef KLAUSUL_HAS_AVX2
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return IsXmlTextAvx2(bytes);
#endif
  return IsXmlTextPortable(bytes);
}

}  // namespace klausul::intake::eforms
