#include "service/engine/columns/record_result.h"

#include <algorithm>

namespace klausul::engine {

std::vector<std::string> MissingPaths(const RecordBlock& block,
                                      const RecordResult& result,
                                      const Undetermined& of) {
  std::vector<std::string> paths;
  for (const MissingFields& part : result.missing.subspan(of.first, of.count)) {
    for (std::uint64_t left = part.fields; left != 0; left &= left - 1) {
      paths.push_back(
          block.Path(part.table, part.row,
                     std::size_t{part.word} * 64 +
                         static_cast<std::size_t>(__builtin_ctzll(left))));
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace klausul::engine
