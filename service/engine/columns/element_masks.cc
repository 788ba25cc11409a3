#include "service/engine/columns/element_masks.h"

#include <algorithm>

#include "service/engine/columns/mask_kernels.h"

namespace klausul::engine {
namespace {

std::uint64_t LowBits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

std::size_t CountBits(std::uint64_t word) {
  return static_cast<std::size_t>(__builtin_popcountll(word));
}

}  // namespace

void ElementMasks::Begin(const std::uint32_t* begins, std::size_t owners) {
  element_words_ = (begins[owners] + 63) / 64;
  owner_words_ = (owners + 63) / 64;
  last_.assign(element_words_, 0);
  with_elements_.assign(owner_words_, 0);
  packed_.resize(owner_words_ + 2);
  std::size_t with = 0;
  for (std::size_t i = 0; i < owners; ++i) {
    if (begins[i + 1] == begins[i]) continue;
    const std::size_t last = begins[i + 1] - 1;
    last_[last / 64] |= std::uint64_t{1} << (last % 64);
    with_elements_[i / 64] |= std::uint64_t{1} << (i % 64);
    ++with;
  }
  all_have_elements_ = with == owners;
}

void ElementMasks::AnyOf(const std::uint64_t* elements, std::uint64_t* out) {
  constexpr std::uint64_t kTop = std::uint64_t{1} << 63;
  const MaskKernels& kernels = Kernels();
  std::uint64_t* const packed = all_have_elements_ ? out : packed_.data();
  const std::size_t packed_words =
      all_have_elements_ ? owner_words_ : packed_.size();
  std::fill_n(packed, packed_words, 0);
  std::size_t at = 0;
  std::uint64_t carried = 0;
  for (std::size_t word = 0; word < element_words_; ++word) {
    const std::uint64_t set = elements[word];
    // A list that goes on into the next word has an end at the top bit, too;
    // what it says is carried over.
    const std::uint64_t ends = last_[word] | kTop;
    // Ones up to each end: a bit added among them carries into the end.
    const std::uint64_t any = (((set & ~ends) + ~ends) | set) & ends;
    std::uint64_t bits = kernels.gather_bits(any, ends) | carried;
    std::size_t count = CountBits(ends);
    carried = 0;
    if ((last_[word] & kTop) == 0) {
      --count;
      carried = bits >> count & 1;
      bits &= LowBits(count);
    }
    if (count == 0) continue;
    packed[at / 64] |= bits << (at % 64);
    if (at % 64 + count > 64) packed[at / 64 + 1] |= bits >> (64 - at % 64);
    at += count;
  }
  if (all_have_elements_) return;
  std::size_t from = 0;
  for (std::size_t word = 0; word < owner_words_; ++word) {
    std::uint64_t bits = packed[from / 64] >> (from % 64);
    if (from % 64 != 0) bits |= packed[from / 64 + 1] << (64 - from % 64);
    out[word] = kernels.scatter_bits(bits, with_elements_[word]);
    from += CountBits(with_elements_[word]);
  }
}

}  // namespace klausul::engine
