#include "service/engine/columns/record_block.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace klausul::engine {
namespace {

// The columns of a table with room for more rows.
template <typename T>
std::vector<T> Widen(const std::vector<T>& columns, std::size_t count,
                     std::size_t old_stride, std::size_t used,
                     std::size_t new_stride) {
  std::vector<T> wider(count * new_stride);
  for (std::size_t i = 0; i < count; ++i) {
    std::copy_n(columns.data() + i * old_stride, used,
                wider.data() + i * new_stride);
  }
  return wider;
}

}  // namespace

RecordBlock::RecordBlock(const RecordLayout& layout, std::size_t capacity)
    : layout_(&layout), tables_(layout.tables.size()) {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    tables_[i].field_words = layout.tables[i].field_words();
    tables_[i].ever_unknown.resize(tables_[i].field_words);
    tables_[i].begins.resize(1);
  }
  Reserve(0, std::max<std::size_t>(capacity, 1));
}

void RecordBlock::Clear() {
  for (Table& table : tables_) {
    table.rows = 0;
    table.begins[0] = 0;
    for (std::size_t word = 0; word < table.field_words; ++word) {
      for (std::uint64_t left = table.ever_unknown[word]; left != 0;
           left &= left - 1) {
        const std::size_t field =
            word * 64 + static_cast<std::size_t>(__builtin_ctzll(left));
        std::fill_n(table.unknown_rows.data() + field * table.row_words(),
                    table.row_words(), 0);
      }
      table.ever_unknown[word] = 0;
    }
  }
}

void RecordBlock::Reserve(std::size_t index, std::size_t capacity) {
  Table& table = tables_[index];
  const LayoutTable& layout = layout_->tables[index];
  const auto wide_columns = static_cast<std::size_t>(layout.wide_columns);
  const auto byte_columns = static_cast<std::size_t>(layout.byte_columns);
  table.wide =
      Widen(table.wide, wide_columns, table.capacity, table.rows, capacity);
  table.bytes =
      Widen(table.bytes, byte_columns, table.capacity, table.rows, capacity);
  // Batches read a column to the end of a group of 64.
  table.bytes.resize(table.bytes.size() + 64);
  table.unknown_rows =
      Widen(table.unknown_rows, layout.fields.size(), table.row_words(),
            table.row_words(), (capacity + 63) / 64);
  table.unknown_fields.resize(capacity * table.field_words);
  table.capacity = capacity;
  for (std::size_t i = index + 1; i < tables_.size(); ++i) {
    if (layout_->tables[i].parent == static_cast<std::int32_t>(index)) {
      tables_[i].begins.resize(capacity + 1);
    }
  }
  if (index == 0) {
    irregular_.resize(capacity);
    presences_.resize(capacity);
    messages_.resize(capacity * layout_->inputs.size());
  }
}

std::size_t RecordBlock::AddRow(std::size_t index) {
  Table& table = tables_[index];
  if (table.rows == table.capacity) {
    Reserve(index, std::max<std::size_t>(8, table.capacity * 2));
  }
  std::fill_n(table.unknown_fields.data() + table.rows * table.field_words,
              table.field_words, 0);
  return table.rows++;
}

void RecordBlock::SetUnknown(std::size_t index, std::size_t row,
                             std::size_t field) {
  Table& table = tables_[index];
  const std::uint64_t field_bit = std::uint64_t{1} << (field % 64);
  table.unknown_fields[row * table.field_words + field / 64] |= field_bit;
  table.ever_unknown[field / 64] |= field_bit;
  table.unknown_rows[field * table.row_words() + row / 64] |= std::uint64_t{1}
                                                              << (row % 64);
}

std::string RecordBlock::Path(std::size_t index, std::size_t row,
                              std::size_t field) const {
  const LayoutTable& table = layout_->tables[index];
  const LayoutField& of = table.fields[field];
  std::string path;
  if (table.parent >= 0) {
    const std::vector<std::uint32_t>& begins = tables_[index].begins;
    const auto parent = static_cast<std::size_t>(table.parent);
    const auto end =
        begins.begin() + static_cast<std::ptrdiff_t>(rows(parent)) + 1;
    const auto after = std::upper_bound(begins.begin(), end, row);
    const auto parent_row =
        static_cast<std::size_t>(after - begins.begin()) - 1;
    path = absl::StrCat(
        Path(parent, parent_row, static_cast<std::size_t>(table.list_field)),
        "[", row - begins[parent_row], "]");
  } else {
    path = layout_->inputs[static_cast<std::size_t>(of.input)].root;
  }
  for (const google::protobuf::FieldDescriptor* step : of.chain) {
    absl::StrAppend(&path, path.empty() ? "" : ".", step->name());
  }
  return path;
}

}  // namespace klausul::engine
