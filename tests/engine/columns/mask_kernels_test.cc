#include "service/engine/columns/mask_kernels.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

// What this processor does, what any does, and what is meant are the same.
class MaskKernelsTest : public testing::Test {
 protected:
  std::mt19937_64 random_{7};
};

TEST_F(MaskKernelsTest, RangesOfCodes) {
  constexpr std::size_t kRows = 192;
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint8_t> bytes(kRows);
    std::vector<std::uint16_t> shorts(kRows);
    for (std::size_t i = 0; i < kRows; ++i) {
      bytes[i] = static_cast<std::uint8_t>(random_());
      shorts[i] = static_cast<std::uint16_t>(random_());
    }
    auto first = static_cast<std::uint16_t>(random_() % 256);
    auto last = static_cast<std::uint16_t>(random_() % 256);
    if (first > last) std::swap(first, last);
    for (const MaskKernels* kernels : {&Kernels(), &PortableKernels()}) {
      std::vector<std::uint64_t> by_byte(kRows / 64);
      std::vector<std::uint64_t> by_short(kRows / 64);
      kernels->add_range_8(bytes.data(), kRows,
                           static_cast<std::uint8_t>(first),
                           static_cast<std::uint8_t>(last), by_byte.data());
      kernels->add_range_16(
          shorts.data(), kRows, static_cast<std::uint16_t>(first * 256),
          static_cast<std::uint16_t>(last * 256), by_short.data());
      for (std::size_t i = 0; i < kRows; ++i) {
        EXPECT_EQ(by_byte[i / 64] >> (i % 64) & 1,
                  first <= bytes[i] && bytes[i] <= last);
        EXPECT_EQ(by_short[i / 64] >> (i % 64) & 1,
                  first * 256 <= shorts[i] && shorts[i] <= last * 256);
      }
    }
  }
}

TEST_F(MaskKernelsTest, ClassesOfKeys) {
  for (std::size_t cuts = 1; cuts < 40; ++cuts) {
    std::vector<std::int64_t> at(cuts);
    for (std::size_t i = 0; i < cuts; ++i)
      at[i] = static_cast<std::int64_t>(i) * 3 - 20;
    std::vector<std::int64_t> keys = {INT64_MIN, INT64_MAX};
    for (std::int64_t key = -25; key < 110; ++key)
      keys.push_back(key);
    for (const MaskKernels* kernels : {&Kernels(), &PortableKernels()}) {
      std::vector<std::uint8_t> bytes(keys.size());
      std::vector<std::uint16_t> shorts(keys.size());
      kernels->classify_8(keys.data(), keys.size(), at.data(), cuts,
                          bytes.data());
      kernels->classify_16(keys.data(), keys.size(), at.data(), cuts,
                           shorts.data());
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto want =
            std::upper_bound(at.begin(), at.end(), keys[i]) - at.begin();
        EXPECT_EQ(bytes[i], want);
        EXPECT_EQ(shorts[i], want);
      }
    }
  }
}

TEST_F(MaskKernelsTest, GatheringAndScattering) {
  EXPECT_EQ(PortableKernels().gather_bits(0b1010, 0b1110), 0b101u);
  EXPECT_EQ(PortableKernels().scatter_bits(0b101, 0b1110), 0b1010u);
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t from = random_();
    const std::uint64_t which = random_();
    EXPECT_EQ(Kernels().gather_bits(from, which),
              PortableKernels().gather_bits(from, which));
    EXPECT_EQ(Kernels().scatter_bits(from, which),
              PortableKernels().scatter_bits(from, which));
  }
}

}  // namespace
}  // namespace klausul::engine
