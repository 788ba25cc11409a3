#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_BLOCK_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "google/protobuf/message.h"

#include "service/cel/attribute.h"
#include "service/engine/columns/record_layout.h"

namespace klausul::engine {

// Records, column by column; a block of one is a record. Made by a
// RecordFiller. Allocates nothing once it has seen its largest contents.
class RecordBlock {
 public:
  // The layout must outlive it. `capacity`: how many records it has room for
  // at first.
  explicit RecordBlock(const RecordLayout& layout, std::size_t capacity = 1);

  const RecordLayout& layout() const { return *layout_; }

  void Clear();

  // Records.
  std::size_t size() const { return tables_[0].rows; }

  std::size_t rows(std::size_t table) const { return tables_[table].rows; }

  // By row.
  const std::int64_t* wide(std::size_t table, std::int32_t place) const {
    const Table& t = tables_[table];
    return t.wide.data() + static_cast<std::size_t>(place) * t.capacity;
  }

  const std::uint8_t* bytes(std::size_t table, std::int32_t place) const {
    const Table& t = tables_[table];
    return t.bytes.data() + static_cast<std::size_t>(place) * t.capacity;
  }

  // The first element of each row of the parent table, and one more.
  const std::uint32_t* begins(std::size_t child_table) const {
    return tables_[child_table].begins.data();
  }

  // Some row has no value of the field.
  bool has_unknown(std::size_t table, std::size_t field) const {
    const Table& t = tables_[table];
    return (t.ever_unknown[field / 64] >> (field % 64) & 1) != 0;
  }

  // The rows without a value of the field, as bits. Of a list: those in which
  // its elements are not all known.
  const std::uint64_t* unknown_rows(std::size_t table,
                                    std::size_t field) const {
    const Table& t = tables_[table];
    return t.unknown_rows.data() + field * t.row_words();
  }

  // The fields without a value in the row, as bits.
  const std::uint64_t* unknown_fields(std::size_t table,
                                      std::size_t row) const {
    const Table& t = tables_[table];
    return t.unknown_fields.data() + row * t.field_words;
  }

  bool is_unknown(std::size_t table, std::size_t row, std::size_t field) const {
    return (unknown_fields(table, row)[field / 64] >> (field % 64) & 1) != 0;
  }

  // Records with a value that no column can hold, such as a time beyond the
  // years that there are: only the interpreter knows what becomes of them.
  bool is_irregular(std::size_t record) const {
    return irregular_[record] != 0;
  }

  // By RecordLayout::inputs.
  absl::Span<const google::protobuf::Message* const> messages(
      std::size_t record) const {
    return absl::MakeConstSpan(messages_).subspan(
        record * layout_->inputs.size(), layout_->inputs.size());
  }

  // Null: nothing is stated beyond the fields.
  const cel::Presence* presence(std::size_t record) const {
    return presences_[record];
  }

  // Where a field of a row is: `plan.lots[2].value`.
  std::string Path(std::size_t table, std::size_t row, std::size_t field) const;

 private:
  friend class RecordFiller;

  struct Table {
    std::size_t rows = 0;
    std::size_t capacity = 0;
    std::size_t field_words = 0;
    std::vector<std::int64_t> wide;
    std::vector<std::uint8_t> bytes;
    std::vector<std::uint64_t> unknown_rows;
    std::vector<std::uint64_t> unknown_fields;
    std::vector<std::uint64_t> ever_unknown;
    std::vector<std::uint32_t> begins;

    std::size_t row_words() const { return (capacity + 63) / 64; }
  };

  std::size_t AddRow(std::size_t table);
  void Reserve(std::size_t table, std::size_t capacity);
  void SetUnknown(std::size_t table, std::size_t row, std::size_t field);

  const RecordLayout* layout_;
  std::vector<Table> tables_;
  std::vector<std::uint8_t> irregular_;
  std::vector<const google::protobuf::Message*> messages_;
  std::vector<const cel::Presence*> presences_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_BLOCK_H_
