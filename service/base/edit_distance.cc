#include "service/base/edit_distance.h"

#include <algorithm>

namespace klausul {

std::size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_back[j - 2] + 1);
      }
    }
    std::swap(two_back, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string ClosestMatch(absl::string_view wrong,
                         absl::Span<const std::string> candidates) {
  constexpr std::size_t kLongestName = 100;
  if (wrong.empty() || wrong.size() > kLongestName) return "";
  std::size_t best = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  const std::string* match = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t distance = EditDistance(wrong, candidate);
    if (distance < best) {
      best = distance;
      match = &candidate;
    }
  }
  return match == nullptr ? "" : *match;
}

}  // namespace klausul
