#include "service/engine/columns/record_filler.h"

#include <algorithm>
#include <utility>

#include "service/cel/time_text.h"

namespace klausul::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Use = LayoutField::Use;

// Enum values below this one have their classes in a table.
constexpr int kSmallNumbers = 64;

bool IsNonEmpty(const cel::PathSet* paths) {
  return paths != nullptr && !paths->empty();
}

}  // namespace

RecordFiller::RecordFiller(const RecordLayout& layout)
    : layout_(layout), tables_(layout.tables.size()) {
  for (std::size_t i = 0; i < tables_.size(); ++i)
    Plan(i);
}

RecordFiller::Read RecordFiller::MakeRead(std::size_t table,
                                          std::size_t id) const {
  const LayoutField& field = layout_.tables[table].fields[id];
  Read read;
  read.id = id;
  read.use = field.use;
  read.child_table = field.child_table;
  if (!field.chain.empty()) read.field = field.chain.back();
  if (field.column < 0) return read;
  read.column =
      &layout_.tables[table].columns[static_cast<std::size_t>(field.column)];
  read.texts = &field.texts;
  if (read.column->type != KeyType::kText && read.column->is_byte) {
    for (int number = 0; number < kSmallNumbers; ++number) {
      read.small_classes.push_back(
          static_cast<std::uint8_t>(read.column->ClassOf(number)));
    }
  }
  return read;
}

void RecordFiller::Plan(std::size_t id) {
  const LayoutTable& from = layout_.tables[id];
  Table& table = tables_[id];
  table.starts.resize(id == 0 ? layout_.inputs.size() : 1);
  for (std::size_t f = 0; f < from.fields.size(); ++f) {
    const LayoutField& field = from.fields[f];
    Read read = MakeRead(id, f);
    if (field.chain.empty()) {
      table.element.push_back(std::move(read));
      continue;
    }
    Node* node = &table.starts[static_cast<std::size_t>(
        std::max<std::int32_t>(field.input, 0))];
    for (std::size_t step = 0; step + 1 < field.chain.size(); ++step) {
      const FieldDescriptor* next = field.chain[step];
      auto inner =
          std::find_if(node->inner.begin(), node->inner.end(),
                       [&](const Node& one) { return one.field == next; });
      if (inner == node->inner.end()) {
        node->inner.emplace_back();
        inner = node->inner.end() - 1;
        inner->field = next;
      }
      node = &*inner;
    }
    node->reads.push_back(std::move(read));
  }
}

void RecordFiller::Add(absl::Span<const Message* const> messages,
                       const cel::Presence* presence, RecordBlock& block) {
  record_ = block.AddRow(0);
  presence_ = presence;
  block.irregular_[record_] = 0;
  block.presences_[record_] = presence;
  std::copy(messages.begin(), messages.end(),
            block.messages_.begin() +
                static_cast<std::ptrdiff_t>(record_ * layout_.inputs.size()));
  for (std::size_t i = 0; i < messages.size(); ++i)
    ReadNode(tables_[0].starts[i], *messages[i], {0, record_}, block);
}

void RecordFiller::ReadNode(const Node& node, const Message& message, Place at,
                            RecordBlock& block) {
  for (const Read& read : node.reads) {
    switch (read.use) {
      case Use::kList:
        ReadList(read, message, at, block);
        break;
      case Use::kValue:
        ReadValue(read, message, at, block);
        break;
      case Use::kHas:
      case Use::kStated: {
        const Reflection& reflection = *message.GetReflection();
        bool has = layout_.unset_is_unknown ? SaysSomething(message, read.field)
                   : read.field->is_repeated()
                       ? reflection.FieldSize(message, read.field) > 0
                       : reflection.HasField(message, read.field);
        if (!has && read.use == Use::kStated && layout_.unset_is_unknown &&
            read.field->is_repeated() && !read.field->is_map() &&
            presence_ != nullptr) {
          has = IsIn(presence_->stated_empty, read, at, block);
        }
        StoreKey(read, has ? 1 : 0, at, block);
        break;
      }
    }
  }
  for (const Node& inner : node.inner) {
    ReadNode(inner, message.GetReflection()->GetMessage(message, inner.field),
             at, block);
  }
}

// As the interpreter has it in rules mode: set, and to something that says
// something.
bool RecordFiller::SaysSomething(const Message& message,
                                 const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (field->is_repeated()) return reflection.FieldSize(message, field) > 0;
  if (field->has_presence() && !reflection.HasField(message, field)) {
    return false;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(message, field) != 0;
    case FieldDescriptor::CPPTYPE_STRING:
      return !reflection.GetStringReference(message, field, &scratch_).empty();
    default:
      return true;
  }
}

void RecordFiller::StoreKey(const Read& read, std::int64_t key, Place at,
                            RecordBlock& block) const {
  const LayoutColumn& column = *read.column;
  RecordBlock::Table& table = block.tables_[at.table];
  const std::size_t cell =
      static_cast<std::size_t>(column.place) * table.capacity + at.row;
  if (!column.is_byte) {
    table.wide[cell] = key;
    return;
  }
  const bool small =
      key >= 0 && key < static_cast<std::int64_t>(read.small_classes.size());
  table.bytes[cell] = small ? read.small_classes[static_cast<std::size_t>(key)]
                            : static_cast<std::uint8_t>(column.ClassOf(key));
}

void RecordFiller::StoreText(const Read& read, const std::string& text,
                             Place at, RecordBlock& block) const {
  const LayoutColumn& column = *read.column;
  RecordBlock::Table& table = block.tables_[at.table];
  const std::size_t cell =
      static_cast<std::size_t>(column.place) * table.capacity + at.row;
  const std::int64_t text_class = read.texts->ClassOf(text);
  if (column.is_byte) {
    table.bytes[cell] = static_cast<std::uint8_t>(text_class);
  } else {
    table.wide[cell] = text_class;
  }
}

void RecordFiller::ReadValue(const Read& read, const Message& message, Place at,
                             RecordBlock& block) {
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* field = read.field;
  if (layout_.unset_is_unknown && field->has_presence() &&
      !reflection.HasField(message, field)) {
    StoreKey(read, 0, at, block);
    block.SetUnknown(at.table, at.row, read.id);
    return;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return StoreKey(read, reflection.GetBool(message, field), at, block);
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreKey(read, reflection.GetInt32(message, field), at, block);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreKey(read, reflection.GetInt64(message, field), at, block);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreKey(read, UintKey(reflection.GetUInt32(message, field)), at,
                      block);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreKey(read, UintKey(reflection.GetUInt64(message, field)), at,
                      block);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return StoreKey(read, DoubleKey(reflection.GetDouble(message, field)), at,
                      block);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return StoreKey(
          read,
          DoubleKey(static_cast<double>(reflection.GetFloat(message, field))),
          at, block);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = reflection.GetEnumValue(message, field);
      if (number == 0 && layout_.unset_is_unknown) {
        block.SetUnknown(at.table, at.row, read.id);
      }
      return StoreKey(read, number, at, block);
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string& text =
          reflection.GetStringReference(message, field, &scratch_);
      if (text.empty() && layout_.unset_is_unknown) {
        block.SetUnknown(at.table, at.row, read.id);
      }
      return StoreText(read, text, at, block);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ReadTime(read, reflection.GetMessage(message, field), at, block);
  }
}

void RecordFiller::ReadTime(const Read& read, const Message& time, Place at,
                            RecordBlock& block) {
  const google::protobuf::Descriptor* type = time.GetDescriptor();
  const Reflection& reflection = *time.GetReflection();
  const cel::TimeValue value = {
      reflection.GetInt64(time, type->FindFieldByNumber(1)),
      reflection.GetInt32(time, type->FindFieldByNumber(2))};
  const std::int64_t key = TimeKey(value);
  // Lengths within the range of keys are valid where their signs agree.
  const bool valid = read.column->type == KeyType::kTimestamp
                         ? cel::IsValidTimestamp(value)
                         : IsExactTime(key) && value.nanos > -1'000'000'000 &&
                               value.nanos < 1'000'000'000 &&
                               !(value.seconds < 0 && value.nanos > 0) &&
                               !(value.seconds > 0 && value.nanos < 0);
  if (!valid) block.irregular_[record_] = 1;
  StoreKey(read, key, at, block);
}

void RecordFiller::ReadElement(const Read& read, const Message& message,
                               const FieldDescriptor* field, int index,
                               Place at, RecordBlock& block) {
  const Reflection& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return StoreKey(read, reflection.GetRepeatedBool(message, field, index),
                      at, block);
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreKey(read, reflection.GetRepeatedInt32(message, field, index),
                      at, block);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreKey(read, reflection.GetRepeatedInt64(message, field, index),
                      at, block);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreKey(
          read, UintKey(reflection.GetRepeatedUInt32(message, field, index)),
          at, block);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreKey(
          read, UintKey(reflection.GetRepeatedUInt64(message, field, index)),
          at, block);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return StoreKey(
          read, DoubleKey(reflection.GetRepeatedDouble(message, field, index)),
          at, block);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return StoreKey(read,
                      DoubleKey(static_cast<double>(
                          reflection.GetRepeatedFloat(message, field, index))),
                      at, block);
    case FieldDescriptor::CPPTYPE_ENUM:
      return StoreKey(read,
                      reflection.GetRepeatedEnumValue(message, field, index),
                      at, block);
    case FieldDescriptor::CPPTYPE_STRING:
      return StoreText(read,
                       reflection.GetRepeatedStringReference(message, field,
                                                             index, &scratch_),
                       at, block);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ReadTime(read,
                      reflection.GetRepeatedMessage(message, field, index), at,
                      block);
  }
}

void RecordFiller::ReadList(const Read& read, const Message& message, Place at,
                            RecordBlock& block) {
  const auto child = static_cast<std::size_t>(read.child_table);
  const Table& table = tables_[child];
  const int size = message.GetReflection()->FieldSize(message, read.field);
  if (layout_.unset_is_unknown) {
    const bool stated =
        size > 0 || (presence_ != nullptr &&
                     IsIn(presence_->stated_empty, read, at, block));
    const bool open =
        presence_ != nullptr && IsIn(presence_->still_open, read, at, block);
    if (!stated || open) block.SetUnknown(at.table, at.row, read.id);
  }
  block.tables_[child].begins[at.row] =
      static_cast<std::uint32_t>(block.rows(child));
  // For paths of what is in an element while it is being read.
  block.tables_[child].begins[at.row + 1] = ~std::uint32_t{0};
  for (int i = 0; i < size; ++i) {
    const Place element = {child, block.AddRow(child)};
    for (const Read& scalar : table.element)
      ReadElement(scalar, message, read.field, i, element, block);
    if (read.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
        table.element.empty()) {
      ReadNode(
          table.starts[0],
          message.GetReflection()->GetRepeatedMessage(message, read.field, i),
          element, block);
    }
  }
  block.tables_[child].begins[at.row + 1] =
      static_cast<std::uint32_t>(block.rows(child));
}

bool RecordFiller::IsIn(const cel::PathSet* paths, const Read& read, Place at,
                        const RecordBlock& block) const {
  return IsNonEmpty(paths) &&
         paths->contains(block.Path(at.table, at.row, read.id));
}

}  // namespace klausul::engine
