#include "service/cli/heap.h"

#include <cstddef>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

// Of the process, in bytes.
std::size_t ResidentBytes() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::size_t kilobytes = 0;
    if (word == "VmRSS:" && in >> kilobytes) return kilobytes << 10;
  }
  return 0;
}

TEST(HeapTest, TakesAddressSpaceAndNoMemory) {
  constexpr std::size_t kFew = std::size_t{4} << 20;
  const std::size_t before = ResidentBytes();
  UseHugePages();
  EXPECT_LT(ResidentBytes(), before + kFew);
}

TEST(HeapTest, LeavesTheHeapInOrder) {
  UseHugePages();
  std::vector<std::unique_ptr<std::string>> texts;
  for (int i = 0; i < 20000; ++i)
    texts.push_back(std::make_unique<std::string>(1000, 'a'));
  for (const auto& text : texts)
    ASSERT_EQ(text->size(), 1000u);
}

}  // namespace
}  // namespace klausul::cli
