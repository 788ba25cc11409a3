#include "service/engine/columns/record_result.h"

#include <algorithm>

namespace klausul::engine {

std::vector<std::string> MissingPaths(const RecordBlock& block,
                                      const RecordResult& result,
                                      const Undetermined& of) {
  std::vector<std::string> paths;
  const auto add = [&](std::size_t table, std::size_t row, std::size_t word,
                       std::uint64_t fields) {
    for (; fields != 0; fields &= fields - 1) {
      paths.push_back(block.Path(
          table, row,
          word * 64 + static_cast<std::size_t>(__builtin_ctzll(fields))));
    }
  };
  add(0, result.record, 0, of.fields);
  bool has_next = of.first != Undetermined::kNone;
  for (std::size_t i = of.first; has_next; ++i) {
    const MissingFields& part = result.missing[i];
    for (std::uint32_t rows = part.rows; rows != 0; rows &= rows - 1) {
      const std::size_t row =
          part.row + static_cast<std::size_t>(__builtin_ctz(rows));
      add(part.table, row, part.word,
          part.fields & block.unknown_fields(part.table, row)[part.word]);
    }
    has_next = part.has_next != 0;
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace klausul::engine
