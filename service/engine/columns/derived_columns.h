#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_DERIVED_COLUMNS_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_DERIVED_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_layout.h"

namespace klausul::engine {

// The derived columns of one table: differences, sums, counts. Internal to
// this folder.
class DerivedColumns {
 public:
  // `columns`: the derived ones, each after those it comes from.
  DerivedColumns(const RecordLayout& layout, std::size_t table,
                 const std::vector<std::int32_t>& columns);

  // Works them out for rows `first` to `first + count`, which are rows 0 to
  // `count` below. False where some value is an error (an overflow, a time
  // without a key); error_rows() are those.
  bool Compute(const RecordBlock& block, std::size_t first, std::size_t count);

  const std::int64_t* values(std::int32_t column) const {
    return data_[SlotOf(column)].values.data();
  }

  // Rows of which the value is not known, as bits.
  const std::uint64_t* unknown_rows(std::int32_t column) const {
    return data_[SlotOf(column)].unknown.data();
  }

  bool has_unknown(std::int32_t column) const {
    return data_[SlotOf(column)].has_unknown;
  }

  const std::vector<std::size_t>& error_rows() const { return error_rows_; }

 private:
  struct Data {
    std::int32_t column = 0;
    std::vector<std::int64_t> values;
    std::vector<std::uint64_t> unknown;
    bool has_unknown = false;
  };

  // One side of an operator.
  struct Side {
    // Null: `constant`.
    const std::int64_t* values = nullptr;
    std::int64_t constant = 0;
    // A field, or a derived column, or neither.
    std::int32_t field = -1;
    const Data* derived = nullptr;
    bool is_time = false;
  };

  std::size_t SlotOf(std::int32_t column) const {
    return static_cast<std::size_t>(slots_[static_cast<std::size_t>(column)]);
  }

  void Sum(const RecordBlock& block, std::size_t first, std::size_t count,
           Data& data);
  void Count(const RecordBlock& block, std::size_t first, std::size_t count,
             Data& data);
  void Combine(const RecordBlock& block, std::size_t first, std::size_t count,
               Data& data);
  Side SideOf(const RecordBlock& block, std::size_t first,
              const Derivation::Operand& operand) const;
  bool IsUnknown(const RecordBlock& block, std::size_t first, std::size_t row,
                 const Side& side) const;
  static void SetUnknown(Data& data, std::size_t row);

  const RecordLayout& layout_;
  const std::size_t table_;
  // By column of the table; -1 for one that is not derived.
  std::vector<std::int32_t> slots_;
  std::vector<Data> data_;
  std::vector<std::size_t> error_rows_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_DERIVED_COLUMNS_H_
