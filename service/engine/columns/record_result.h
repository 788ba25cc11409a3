#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_RESULT_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"

#include "service/cel/value.h"
#include "service/engine/columns/record_block.h"

namespace klausul::engine {

// Missing fields of some rows of a table: of each row, those of these fields
// that it has no value of.
struct MissingFields {
  // Bit i is field 64 * word + i of the layout's table.
  std::uint64_t fields = 0;
  // Bit i is row + i of the block's table.
  std::uint32_t row = 0;
  std::uint16_t rows = 0;
  std::uint8_t table = 0;
  std::uint8_t word : 7;
  // Another one of the same condition follows.
  std::uint8_t has_next : 1;
};

// A condition that cannot be decided, and what it misses.
struct Undetermined {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Of the record's own fields, the first 64.
  std::uint64_t fields = 0;
  std::uint32_t condition = 0;
  // The first of the others in the list that comes with it; kNone: that is
  // all.
  std::uint32_t first = kNone;
};

// A condition that the interpreter had to decide and could not: unknown, or an
// error.
struct Interpreted {
  std::uint32_t condition = 0;
  cel::Value value;
};

// What came of a record. The other conditions are false.
struct RecordResult {
  // Which it is of its block.
  std::size_t record = 0;
  // Conditions that are true, ascending.
  absl::Span<const std::uint32_t> fired;
  // Ascending.
  absl::Span<const Undetermined> undetermined;
  // What is missing for those.
  absl::Span<const MissingFields> missing;
  // Ascending.
  absl::Span<const Interpreted> interpreted;
};

// The paths of what is missing for a condition, sorted, each once.
std::vector<std::string> MissingPaths(const RecordBlock& block,
                                      const RecordResult& result,
                                      const Undetermined& of);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_RESULT_H_
