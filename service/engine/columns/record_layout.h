#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_LAYOUT_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

#include "service/engine/columns/key_ranges.h"
#include "service/engine/columns/text_classes.h"

// What conditions read of messages, as tables. The root table has a row for
// each record; a repeated field that a condition goes through is a table of
// its own, with a row for each element.

namespace klausul::engine {

// A message that conditions start from.
struct MessageInput {
  // Input::number in the graph.
  std::int32_t number = 0;
  // How paths of what is missing begin: `plan`; empty where they begin with
  // the name of a field.
  std::string root;
};

// Something that is read of the message of a row.
struct LayoutField {
  enum class Use : std::uint8_t {
    kValue,
    kHas,     // has(field): never unknown
    kStated,  // stated(field): never unknown
    kList,    // the elements are the rows of `child_table`
  };

  Use use = Use::kValue;
  // Of RecordLayout::inputs; in the root table only.
  std::int32_t input = -1;
  // From the message of the row to the field. Empty: the element of a list of
  // scalars itself.
  std::vector<const google::protobuf::FieldDescriptor*> chain;
  std::int32_t child_table = -1;
  // -1 for a list.
  std::int32_t column = -1;
  // Of texts.
  TextClasses texts;
};

// How a column that no field fills comes from others of its table.
struct Derivation {
  enum class Op : std::uint8_t {
    kNone,
    kAdd,
    kSubtract,
    kMultiply,
    kSum,    // of `child_column` over the elements of `list_field`
    kCount,  // of the elements of `list_field`
  };

  struct Operand {
    // -1: the constant.
    std::int32_t column = -1;
    std::int64_t constant = 0;

    friend bool operator==(const Operand& a, const Operand& b) {
      return a.column == b.column && a.constant == b.constant;
    }
  };

  Op op = Op::kNone;
  Operand left;
  Operand right;
  std::int32_t list_field = -1;
  std::int32_t child_column = -1;

  friend bool operator==(const Derivation& a, const Derivation& b) {
    return a.op == b.op && a.left == b.left && a.right == b.right &&
           a.list_field == b.list_field && a.child_column == b.child_column;
  }
};

// Keys, one for each row.
struct LayoutColumn {
  KeyType type = KeyType::kInt;
  // -1: derived.
  std::int32_t field = -1;
  Derivation derivation;
  // Where a class of keys begins that tests tell from the one before: a key's
  // class is how many of these it reaches.
  std::vector<std::int64_t> cuts;
  std::int32_t class_count = 1;
  // Its classes are stored, as bytes, instead of its keys.
  bool is_byte = false;
  // Among the byte columns or the others of its table.
  std::int32_t place = 0;
  // The fields of its table that it rests on, as bits.
  std::vector<std::uint64_t> sources;
  // Derived: the columns of sums that it rests on, itself among them.
  std::vector<std::int32_t> sums;

  bool is_derived() const { return field < 0; }

  // The class of a key; one binary search, without a branch on the key, which
  // nobody can foresee.
  std::int32_t ClassOf(std::int64_t key) const {
    const std::int64_t* base = cuts.data();
    std::size_t left = cuts.size();
    if (left == 0) return 0;
    while (left > 1) {
      const std::size_t half = left / 2;
      base += base[half - 1] <= key ? half : 0;
      left -= half;
    }
    return static_cast<std::int32_t>(base - cuts.data()) +
           (*base <= key ? 1 : 0);
  }
};

struct LayoutTable {
  // -1 for the root.
  std::int32_t parent = -1;
  // In the parent's fields.
  std::int32_t list_field = -1;
  std::vector<LayoutField> fields;
  std::vector<LayoutColumn> columns;
  std::int32_t byte_columns = 0;
  std::int32_t wide_columns = 0;

  // Words of a bit set over its fields.
  std::size_t field_words() const { return (fields.size() + 63) / 64; }
};

// Immutable once built, and then safe to share between threads. A table comes
// after its parent.
struct RecordLayout {
  std::vector<MessageInput> inputs;
  std::vector<LayoutTable> tables;
  // An unset field is unknown, an empty list too; else it is its default, as
  // the language definition has it.
  bool unset_is_unknown = true;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_RECORD_LAYOUT_H_
