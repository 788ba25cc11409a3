#include "service/cli/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace klausul::cli {

void UseHugePages() {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  // By how much the heap grows at a time: what a thousand rules take. Address
  // space only, until it is written to.
  constexpr int kGrowth = 32 << 20;
  constexpr std::uintptr_t kHugePage = std::uintptr_t{2} << 20;
  mallopt(M_TOP_PAD, kGrowth);
  const auto before = reinterpret_cast<std::uintptr_t>(sbrk(0));
  std::uintptr_t after = before;
  // Takes what is left of the first piece of heap, so that it grows.
  constexpr std::size_t kPiece = std::size_t{64} << 10;
  void* pieces[8] = {};
  for (void*& piece : pieces) {
    piece = std::malloc(kPiece);
    after = reinterpret_cast<std::uintptr_t>(sbrk(0));
    if (after != before) break;
  }
  for (void* const piece : pieces)
    std::free(piece);
  const std::uintptr_t first = (before + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t last = after / kHugePage * kHugePage;
  if (first < last) {
    // Advice: what is not taken is not missed.
    (void)madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
  }
#endif
}

}  // namespace klausul::cli
