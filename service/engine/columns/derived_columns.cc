#include "service/engine/columns/derived_columns.h"

#include <algorithm>

namespace klausul::engine {
namespace {

using Op = Derivation::Op;

bool IsTime(KeyType type) {
  return type == KeyType::kTimestamp || type == KeyType::kDuration;
}

// False on overflow.
bool Apply(Op op, std::int64_t a, std::int64_t b, std::int64_t& result) {
  switch (op) {
    case Op::kAdd:
      return !__builtin_add_overflow(a, b, &result);
    case Op::kSubtract:
      return !__builtin_sub_overflow(a, b, &result);
    default:
      return !__builtin_mul_overflow(a, b, &result);
  }
}

}  // namespace

DerivedColumns::DerivedColumns(const RecordLayout& layout, std::size_t table,
                               const std::vector<std::int32_t>& columns)
    : layout_(layout),
      table_(table),
      slots_(layout.tables[table].columns.size(), -1) {
  for (const std::int32_t column : columns) {
    slots_[static_cast<std::size_t>(column)] =
        static_cast<std::int32_t>(data_.size());
    data_.emplace_back();
    data_.back().column = column;
  }
}

void DerivedColumns::SetUnknown(Data& data, std::size_t row) {
  data.unknown[row / 64] |= std::uint64_t{1} << (row % 64);
  data.has_unknown = true;
  data.values[row] = 0;
}

bool DerivedColumns::Compute(const RecordBlock& block, std::size_t first,
                             std::size_t count) {
  error_rows_.clear();
  for (Data& data : data_) {
    if (data.values.size() < count) {
      data.values.resize(count);
      data.unknown.resize((count + 63) / 64);
    }
    if (data.has_unknown) {
      std::fill(data.unknown.begin(), data.unknown.end(), 0);
      data.has_unknown = false;
    }
    switch (layout_.tables[table_]
                .columns[static_cast<std::size_t>(data.column)]
                .derivation.op) {
      case Op::kSum:
        Sum(block, first, count, data);
        break;
      case Op::kCount:
        Count(block, first, count, data);
        break;
      default:
        Combine(block, first, count, data);
        break;
    }
  }
  return error_rows_.empty();
}

void DerivedColumns::Sum(const RecordBlock& block, std::size_t first,
                         std::size_t count, Data& data) {
  const LayoutTable& table = layout_.tables[table_];
  const Derivation& made =
      table.columns[static_cast<std::size_t>(data.column)].derivation;
  const auto list = static_cast<std::size_t>(made.list_field);
  const auto child = static_cast<std::size_t>(table.fields[list].child_table);
  const LayoutColumn& column =
      layout_.tables[child]
          .columns[static_cast<std::size_t>(made.child_column)];
  const auto field = static_cast<std::size_t>(column.field);
  const std::int64_t* const keys = block.wide(child, column.place);
  const std::uint32_t* const begins = block.begins(child);
  const bool list_unknown = block.has_unknown(table_, list);
  const bool field_unknown = block.has_unknown(child, field);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t begin = begins[first + row];
    const std::size_t end = begins[first + row + 1];
    std::int64_t sum = 0;
    bool fits = true;
    for (std::size_t i = begin; i < end; ++i)
      fits = !__builtin_add_overflow(sum, keys[i], &sum) && fits;
    data.values[row] = sum;
    bool unknown = list_unknown && block.is_unknown(table_, first + row, list);
    if (field_unknown) {
      for (std::size_t i = begin; i < end; ++i)
        unknown = unknown || block.is_unknown(child, i, field);
    }
    if (unknown) {
      SetUnknown(data, row);
    } else if (!fits) {
      error_rows_.push_back(row);
    }
  }
}

void DerivedColumns::Count(const RecordBlock& block, std::size_t first,
                           std::size_t count, Data& data) {
  const LayoutTable& table = layout_.tables[table_];
  const auto list = static_cast<std::size_t>(
      table.columns[static_cast<std::size_t>(data.column)]
          .derivation.list_field);
  const std::uint32_t* const begins =
      block.begins(static_cast<std::size_t>(table.fields[list].child_table));
  for (std::size_t row = 0; row < count; ++row) {
    data.values[row] = begins[first + row + 1] - begins[first + row];
    if (block.is_unknown(table_, first + row, list)) SetUnknown(data, row);
  }
}

DerivedColumns::Side DerivedColumns::SideOf(
    const RecordBlock& block, std::size_t first,
    const Derivation::Operand& operand) const {
  Side side;
  side.constant = operand.constant;
  if (operand.column < 0) return side;
  const LayoutColumn& column =
      layout_.tables[table_].columns[static_cast<std::size_t>(operand.column)];
  side.is_time = IsTime(column.type);
  if (column.is_derived()) {
    side.derived = &data_[SlotOf(operand.column)];
    side.values = side.derived->values.data();
  } else {
    side.field = column.field;
    side.values = block.wide(table_, column.place) + first;
  }
  return side;
}

bool DerivedColumns::IsUnknown(const RecordBlock& block, std::size_t first,
                               std::size_t row, const Side& side) const {
  if (side.derived != nullptr) {
    return (side.derived->unknown[row / 64] >> (row % 64) & 1) != 0;
  }
  return side.field >= 0 &&
         block.is_unknown(table_, first + row,
                          static_cast<std::size_t>(side.field));
}

void DerivedColumns::Combine(const RecordBlock& block, std::size_t first,
                             std::size_t count, Data& data) {
  const Derivation& made = layout_.tables[table_]
                               .columns[static_cast<std::size_t>(data.column)]
                               .derivation;
  const Side left = SideOf(block, first, made.left);
  const Side right = SideOf(block, first, made.right);
  for (std::size_t row = 0; row < count; ++row) {
    if (IsUnknown(block, first, row, left) ||
        IsUnknown(block, first, row, right)) {
      SetUnknown(data, row);
      continue;
    }
    const std::int64_t a =
        left.values == nullptr ? left.constant : left.values[row];
    const std::int64_t b =
        right.values == nullptr ? right.constant : right.values[row];
    const bool exact =
        (!left.is_time || IsExactTime(a)) && (!right.is_time || IsExactTime(b));
    if (!Apply(made.op, a, b, data.values[row]) || !exact) {
      data.values[row] = 0;
      error_rows_.push_back(row);
    }
  }
}

}  // namespace klausul::engine
