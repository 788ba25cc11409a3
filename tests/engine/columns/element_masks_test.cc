#include "service/engine/columns/element_masks.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::engine {
namespace {

// Lists of all sizes, some across several words, some empty.
TEST(ElementMasksTest, AnOwnerHasWhatSomeElementHas) {
  std::mt19937 random(3);
  ElementMasks masks;
  for (int round = 0; round < 200; ++round) {
    const std::size_t owners = 1 + random() % 150;
    const std::uint32_t largest = round % 4 == 0 ? 200 : 9;
    std::vector<std::uint32_t> begins = {0};
    for (std::size_t i = 0; i < owners; ++i) {
      const bool empty = round % 2 == 0 && random() % 3 == 0;
      begins.push_back(begins.back() + (empty ? 0 : 1 + random() % largest));
    }
    std::vector<std::uint64_t> elements(begins.back() / 64 + 1);
    for (std::uint32_t i = 0; i < begins.back(); ++i) {
      if (random() % 8 == 0) elements[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    std::vector<std::uint64_t> found((owners + 63) / 64);
    masks.Begin(begins.data(), owners);
    masks.AnyOf(elements.data(), found.data());
    for (std::size_t i = 0; i < owners; ++i) {
      bool want = false;
      for (std::uint32_t e = begins[i]; e < begins[i + 1]; ++e)
        want = want || (elements[e / 64] >> (e % 64) & 1) != 0;
      EXPECT_EQ(found[i / 64] >> (i % 64) & 1, want) << "owner " << i;
    }
  }
}

}  // namespace
}  // namespace klausul::engine
