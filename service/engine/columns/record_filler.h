#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_FILLER_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_FILLER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/cel/attribute.h"
#include "service/engine/columns/record_block.h"
#include "service/engine/columns/record_layout.h"

namespace klausul::engine {

// Reads messages into records by reflection: each field that conditions need
// once, and each message on the way once. Not thread-safe.
class RecordFiller {
 public:
  // The layout must outlive it.
  explicit RecordFiller(const RecordLayout& layout);

  // Adds a record. `messages` are those of RecordLayout::inputs, in their
  // order. They, and `presence` where it is not null, are to outlive the
  // block's contents: what columns cannot hold is read from them later.
  void Add(absl::Span<const google::protobuf::Message* const> messages,
           const cel::Presence* presence, RecordBlock& block);

 private:
  // A field to read of a message.
  struct Read {
    const google::protobuf::FieldDescriptor* field = nullptr;
    // In the table.
    std::size_t id = 0;
    LayoutField::Use use = LayoutField::Use::kValue;
    std::int32_t child_table = -1;
    // Of a value.
    const LayoutColumn* column = nullptr;
    const TextClasses* texts = nullptr;
    // The classes of small numbers, for a bool or an enum that is stored as
    // classes.
    std::vector<std::uint8_t> small_classes;
  };

  // A message on the way, and what is read of it.
  struct Node {
    // Null for where a table starts.
    const google::protobuf::FieldDescriptor* field = nullptr;
    std::vector<Read> reads;
    std::vector<Node> inner;
  };

  struct Table {
    // The root table: by input. Others: one, unless elements are scalars.
    std::vector<Node> starts;
    // Scalar elements: how to read one.
    std::vector<Read> element;
  };

  struct Place {
    std::size_t table = 0;
    std::size_t row = 0;
  };

  void Plan(std::size_t table);
  Read MakeRead(std::size_t table, std::size_t field) const;
  void ReadNode(const Node& node, const google::protobuf::Message& message,
                Place at, RecordBlock& block);
  void ReadValue(const Read& read, const google::protobuf::Message& message,
                 Place at, RecordBlock& block);
  void ReadTime(const Read& read, const google::protobuf::Message& time,
                Place at, RecordBlock& block);
  void ReadList(const Read& read, const google::protobuf::Message& message,
                Place at, RecordBlock& block);
  void ReadElement(const Read& read, const google::protobuf::Message& message,
                   const google::protobuf::FieldDescriptor* field, int index,
                   Place at, RecordBlock& block);
  void StoreKey(const Read& read, std::int64_t key, Place at,
                RecordBlock& block) const;
  void StoreText(const Read& read, const std::string& text, Place at,
                 RecordBlock& block) const;
  bool SaysSomething(const google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor* field);
  bool IsIn(const cel::PathSet* paths, const Read& read, Place at,
            const RecordBlock& block) const;

  const RecordLayout& layout_;
  std::vector<Table> tables_;
  // Of the record that is being added.
  const cel::Presence* presence_ = nullptr;
  std::size_t record_ = 0;
  std::string scratch_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_FILLER_H_
