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

// Up to 64 fields of a row that are missing: bit i is field 64 * word + i of
// the layout's table.
struct MissingFields {
  std::uint64_t fields = 0;
  std::uint32_t row = 0;
  std::uint16_t table = 0;
  std::uint16_t word = 0;
};

// A condition that cannot be decided.
struct Undetermined {
  std::uint32_t condition = 0;
  // In the list of missing fields that comes with it.
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// A condition that the interpreter had to decide and could not: unknown, or an
// error.
struct Interpreted {
  std::uint32_t condition = 0;
  cel::Value value;
};

// What came of a record. The other conditions are false.
struct RecordResult {
  // Conditions that are true, ascending.
  absl::Span<const std::uint32_t> fired;
  // Ascending.
  absl::Span<const Undetermined> undetermined;
  // What is missing for those; no field twice for one condition.
  absl::Span<const MissingFields> missing;
  // Ascending.
  absl::Span<const Interpreted> interpreted;
};

// The paths of what is missing for a condition, sorted.
std::vector<std::string> MissingPaths(const RecordBlock& block,
                                      const RecordResult& result,
                                      const Undetermined& of);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_RESULT_H_
