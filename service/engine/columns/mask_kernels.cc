#include "service/engine/columns/mask_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
// What the intrinsics' own headers leave undefined on purpose.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace klausul::engine {
namespace {

// --- Anywhere ----------------------------------------------------------------

template <typename Code>
void AddRange(const Code* codes, std::size_t rows, Code first, Code last,
              std::uint64_t* out) {
  const auto width = static_cast<Code>(last - first);
  for (std::size_t row = 0; row < rows; row += 64) {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const bool in = static_cast<Code>(codes[row + i] - first) <= width;
      mask |= static_cast<std::uint64_t>(in) << i;
    }
    out[row / 64] |= mask;
  }
}

std::uint64_t GatherBits(std::uint64_t from, std::uint64_t which) {
  std::uint64_t result = 0;
  for (std::size_t i = 0; which != 0; which &= which - 1, ++i) {
    const std::uint64_t bit = which & (~which + 1);
    if ((from & bit) != 0) result |= std::uint64_t{1} << i;
  }
  return result;
}

std::uint64_t ScatterBits(std::uint64_t from, std::uint64_t which) {
  std::uint64_t result = 0;
  for (; which != 0; which &= which - 1, from >>= 1) {
    if ((from & 1) != 0) result |= which & (~which + 1);
  }
  return result;
}

// Without a branch on keys; several searches are under way at a time, so that
// none waits for the one before.
template <typename Code>
void Classify(const std::int64_t* keys, std::size_t rows,
              const std::int64_t* cuts, std::size_t cut_count, Code* out) {
  constexpr std::size_t kAtOnce = 8;
  std::size_t row = 0;
  for (; row + kAtOnce <= rows; row += kAtOnce) {
    std::size_t base[kAtOnce] = {};
    for (std::size_t left = cut_count; left > 1;) {
      const std::size_t half = left / 2;
      for (std::size_t i = 0; i < kAtOnce; ++i)
        base[i] += cuts[base[i] + half - 1] <= keys[row + i] ? half : 0;
      left -= half;
    }
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      out[row + i] =
          static_cast<Code>(base[i] + (cuts[base[i]] <= keys[row + i] ? 1 : 0));
    }
  }
  for (; row < rows; ++row) {
    std::size_t reached = 0;
    while (reached < cut_count && cuts[reached] <= keys[row])
      ++reached;
    out[row] = static_cast<Code>(reached);
  }
}

constexpr MaskKernels kPortable = {
    AddRange<std::uint8_t>, AddRange<std::uint16_t>, GatherBits, ScatterBits,
    Classify<std::uint8_t>, Classify<std::uint16_t>};

// --- x86-64 ------------------------------------------------------------------

#if defined(__x86_64__)

#define KLAUSUL_AVX2 __attribute__((target("avx2,bmi,bmi2")))
#define KLAUSUL_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,bmi,bmi2")))

KLAUSUL_AVX2 void AddRange8Avx2(const std::uint8_t* codes, std::size_t rows,
                                std::uint8_t first, std::uint8_t last,
                                std::uint64_t* out) {
  const __m256i low = _mm256_set1_epi8(static_cast<char>(first));
  const __m256i width = _mm256_set1_epi8(
      static_cast<char>(static_cast<std::uint8_t>(last - first)));
  const auto mask = [&](const std::uint8_t* from) KLAUSUL_AVX2 {
    const __m256i code =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
    const __m256i offset = _mm256_sub_epi8(code, low);
    const __m256i in =
        _mm256_cmpeq_epi8(_mm256_min_epu8(offset, width), offset);
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(in));
  };
  for (std::size_t row = 0; row < rows; row += 64) {
    out[row / 64] |= mask(codes + row) |
                     static_cast<std::uint64_t>(mask(codes + row + 32)) << 32;
  }
}

KLAUSUL_AVX2 void AddRange16Avx2(const std::uint16_t* codes, std::size_t rows,
                                 std::uint16_t first, std::uint16_t last,
                                 std::uint64_t* out) {
  const __m256i low = _mm256_set1_epi16(static_cast<short>(first));
  const __m256i width = _mm256_set1_epi16(
      static_cast<short>(static_cast<std::uint16_t>(last - first)));
  const auto in = [&](const std::uint16_t* from) KLAUSUL_AVX2 {
    const __m256i code =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
    const __m256i offset = _mm256_sub_epi16(code, low);
    return _mm256_cmpeq_epi16(_mm256_min_epu16(offset, width), offset);
  };
  for (std::size_t row = 0; row < rows; row += 64) {
    std::uint64_t mask = 0;
    for (std::size_t half = 0; half < 64; half += 32) {
      // Packing goes by halves of the register: put them in order again.
      const __m256i packed = _mm256_permute4x64_epi64(
          _mm256_packs_epi16(in(codes + row + half),
                             in(codes + row + half + 16)),
          0xd8);
      mask |= static_cast<std::uint64_t>(
                  static_cast<std::uint32_t>(_mm256_movemask_epi8(packed)))
              << half;
    }
    out[row / 64] |= mask;
  }
}

KLAUSUL_AVX2 std::uint64_t GatherBitsBmi(std::uint64_t from,
                                         std::uint64_t which) {
  return _pext_u64(from, which);
}

KLAUSUL_AVX2 std::uint64_t ScatterBitsBmi(std::uint64_t from,
                                          std::uint64_t which) {
  return _pdep_u64(from, which);
}

KLAUSUL_AVX512 void AddRange8Avx512(const std::uint8_t* codes, std::size_t rows,
                                    std::uint8_t first, std::uint8_t last,
                                    std::uint64_t* out) {
  const __m512i low = _mm512_set1_epi8(static_cast<char>(first));
  const __m512i width = _mm512_set1_epi8(
      static_cast<char>(static_cast<std::uint8_t>(last - first)));
  for (std::size_t row = 0; row < rows; row += 64) {
    const __m512i offset =
        _mm512_sub_epi8(_mm512_loadu_si512(codes + row), low);
    out[row / 64] |= _mm512_cmple_epu8_mask(offset, width);
  }
}

KLAUSUL_AVX512 void AddRange16Avx512(const std::uint16_t* codes,
                                     std::size_t rows, std::uint16_t first,
                                     std::uint16_t last, std::uint64_t* out) {
  const __m512i low = _mm512_set1_epi16(static_cast<short>(first));
  const __m512i width = _mm512_set1_epi16(
      static_cast<short>(static_cast<std::uint16_t>(last - first)));
  for (std::size_t row = 0; row < rows; row += 64) {
    const __m512i a = _mm512_sub_epi16(_mm512_loadu_si512(codes + row), low);
    const __m512i b =
        _mm512_sub_epi16(_mm512_loadu_si512(codes + row + 32), low);
    out[row / 64] |=
        static_cast<std::uint64_t>(_mm512_cmple_epu16_mask(a, width)) |
        static_cast<std::uint64_t>(_mm512_cmple_epu16_mask(b, width)) << 32;
  }
}

// Eight searches in a register.
template <typename Code, typename Store>
KLAUSUL_AVX512 inline void ClassifyAvx512(const std::int64_t* keys,
                                          std::size_t rows,
                                          const std::int64_t* cuts,
                                          std::size_t cut_count, Code* out,
                                          Store store) {
  const __m512i one = _mm512_set1_epi64(1);
  std::size_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    const __m512i key = _mm512_loadu_si512(keys + row);
    __m512i base = _mm512_setzero_si512();
    for (std::size_t left = cut_count; left > 1;) {
      const std::size_t half = left / 2;
      const __m512i cut =
          _mm512_i64gather_epi64(base, cuts + half - 1, sizeof(*cuts));
      base = _mm512_mask_add_epi64(
          base, _mm512_cmple_epi64_mask(cut, key), base,
          _mm512_set1_epi64(static_cast<long long>(half)));
      left -= half;
    }
    const __m512i cut = _mm512_i64gather_epi64(base, cuts, sizeof(*cuts));
    base = _mm512_mask_add_epi64(base, _mm512_cmple_epi64_mask(cut, key), base,
                                 one);
    store(out + row, base);
  }
  if (row < rows) Classify(keys + row, rows - row, cuts, cut_count, out + row);
}

KLAUSUL_AVX512 void Classify8Avx512(const std::int64_t* keys, std::size_t rows,
                                    const std::int64_t* cuts,
                                    std::size_t cut_count, std::uint8_t* out) {
  ClassifyAvx512(keys, rows, cuts, cut_count, out,
                 [](std::uint8_t* to, __m512i classes) KLAUSUL_AVX512 {
                   _mm512_mask_cvtepi64_storeu_epi8(to, 0xff, classes);
                 });
}

KLAUSUL_AVX512 void Classify16Avx512(const std::int64_t* keys, std::size_t rows,
                                     const std::int64_t* cuts,
                                     std::size_t cut_count,
                                     std::uint16_t* out) {
  ClassifyAvx512(keys, rows, cuts, cut_count, out,
                 [](std::uint16_t* to, __m512i classes) KLAUSUL_AVX512 {
                   _mm512_mask_cvtepi64_storeu_epi16(to, 0xff, classes);
                 });
}

MaskKernels Choose() {
  MaskKernels kernels = kPortable;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
    kernels.add_range_8 = AddRange8Avx2;
    kernels.add_range_16 = AddRange16Avx2;
    kernels.gather_bits = GatherBitsBmi;
    kernels.scatter_bits = ScatterBitsBmi;
  }
  if (__builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq")) {
    kernels.add_range_8 = AddRange8Avx512;
    kernels.add_range_16 = AddRange16Avx512;
    kernels.classify_8 = Classify8Avx512;
    kernels.classify_16 = Classify16Avx512;
  }
  return kernels;
}

#else

MaskKernels Choose() {
  return kPortable;
}

#endif

}  // namespace

const MaskKernels& Kernels() {
  static const MaskKernels kernels = Choose();
  return kernels;
}

const MaskKernels& PortableKernels() {
  return kPortable;
}

}  // namespace klausul::engine
