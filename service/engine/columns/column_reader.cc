#include "service/engine/columns/column_reader.h"

#include <algorithm>

namespace klausul::engine {
namespace {

using cel::SelectMode;
using cel::TypeKind;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Op = Derivation::Op;
using Use = LayoutField::Use;

// The type of what one element of the field holds; nullopt where no column can
// hold it.
absl::optional<KeyType> KeyTypeOf(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return KeyType::kBool;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return KeyType::kInt;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return KeyType::kUint;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return KeyType::kDouble;
    case FieldDescriptor::CPPTYPE_ENUM:
      if (field->enum_type()->full_name() == "google.protobuf.NullValue") break;
      return KeyType::kEnum;
    case FieldDescriptor::CPPTYPE_STRING:
      if (field->type() == FieldDescriptor::TYPE_STRING) return KeyType::kText;
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      switch (field->message_type()->well_known_type()) {
        case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
          return KeyType::kTimestamp;
        case Descriptor::WELLKNOWNTYPE_DURATION:
          return KeyType::kDuration;
        default:
          break;
      }
      break;
  }
  return absl::nullopt;
}

bool IsPlainMessage(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         !field->is_map() &&
         field->message_type()->well_known_type() ==
             Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

// What an operator on these two gives; nullopt where no column is made of it.
absl::optional<KeyType> ResultType(Op op, KeyType left, KeyType right) {
  constexpr KeyType kTime = KeyType::kTimestamp;
  constexpr KeyType kLength = KeyType::kDuration;
  if (left == KeyType::kInt && right == KeyType::kInt) return KeyType::kInt;
  if (op == Op::kMultiply) return absl::nullopt;
  if (left == kLength && right == kLength) return kLength;
  if (left == kTime && right == kLength) return kTime;
  if (op == Op::kAdd && left == kLength && right == kTime) return kTime;
  if (op == Op::kSubtract && left == kTime && right == kTime) return kLength;
  return absl::nullopt;
}

}  // namespace

ColumnReader::ColumnReader(const Graph& graph,
                           std::vector<std::string> int_sums,
                           RecordLayout& layout)
    : graph_(graph),
      int_sums_(int_sums.begin(), int_sums.end()),
      layout_(layout) {}

std::int32_t ColumnReader::LocalTable(std::int32_t slot,
                                      const Scope& scope) const {
  for (auto it = scope.locals.rbegin(); it != scope.locals.rend(); ++it) {
    if (it->first == slot) return it->second;
  }
  return -1;
}

const Descriptor* ColumnReader::ElementType(std::int32_t table) const {
  const LayoutTable& of = layout_.tables[static_cast<std::size_t>(table)];
  const LayoutTable& parent =
      layout_.tables[static_cast<std::size_t>(of.parent)];
  const FieldDescriptor* field =
      parent.fields[static_cast<std::size_t>(of.list_field)].chain.back();
  return IsPlainMessage(field) ? field->message_type() : nullptr;
}

absl::optional<ColumnReader::MessageRef> ColumnReader::Message(
    NodeId id, const Scope& scope) {
  const GraphNode& node = graph_.node(id);
  MessageRef ref;
  if (node.kind == NodeKind::kInput) {
    const auto input = std::find_if(
        layout_.inputs.begin(), layout_.inputs.end(),
        [&](const MessageInput& one) { return one.number == node.number; });
    if (input == layout_.inputs.end()) return absl::nullopt;
    ref.input = static_cast<std::int32_t>(input - layout_.inputs.begin());
    ref.type = graph_.type(id).message();
    return ref.type == nullptr ? absl::nullopt : absl::make_optional(ref);
  }
  if (node.kind == NodeKind::kLocal) {
    ref.table = LocalTable(node.number, scope);
    if (ref.table < 0) return absl::nullopt;
    ref.type = ElementType(ref.table);
    return ref.type == nullptr ? absl::nullopt : absl::make_optional(ref);
  }
  if (node.kind != NodeKind::kSelect || node.mode != SelectMode::kRead) {
    return absl::nullopt;
  }
  absl::optional<MessageRef> owner = Owner(node, scope);
  if (!owner.has_value()) return absl::nullopt;
  const FieldDescriptor* field = node.reference->field;
  if (field->is_repeated() || !IsPlainMessage(field)) return absl::nullopt;
  owner->chain.push_back(field);
  owner->type = field->message_type();
  return owner;
}

absl::optional<ColumnReader::MessageRef> ColumnReader::Owner(
    const GraphNode& node, const Scope& scope) {
  if (node.kind != NodeKind::kSelect || node.reference == nullptr ||
      node.reference->field == nullptr ||
      node.reference->field->is_extension()) {
    return absl::nullopt;
  }
  absl::optional<MessageRef> owner = Message(graph_.args(node)[0], scope);
  if (owner.has_value() &&
      node.reference->field->containing_type() != owner->type) {
    return absl::nullopt;
  }
  // What MissingFields can name.
  constexpr std::size_t kMaxTables = 256;
  constexpr std::size_t kMaxFields = 128 * 64;
  if (layout_.tables.size() >= kMaxTables ||
      (owner.has_value() &&
       TableAt(owner->table).fields.size() >= kMaxFields)) {
    return absl::nullopt;
  }
  return owner;
}

std::int32_t ColumnReader::AddField(std::int32_t id, Use use,
                                    const MessageRef& owner,
                                    const FieldDescriptor* field) {
  LayoutField wanted;
  wanted.use = use;
  wanted.input = owner.input;
  wanted.chain = owner.chain;
  if (field != nullptr) wanted.chain.push_back(field);
  LayoutTable& table = TableAt(id);
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    const LayoutField& known = table.fields[i];
    if (known.use == use && known.input == wanted.input &&
        known.chain == wanted.chain) {
      return static_cast<std::int32_t>(i);
    }
  }
  table.fields.push_back(std::move(wanted));
  return static_cast<std::int32_t>(table.fields.size()) - 1;
}

ColumnRef ColumnReader::AddFieldColumn(std::int32_t id, std::int32_t field,
                                       KeyType type) {
  LayoutTable& table = TableAt(id);
  std::int32_t& column = table.fields[static_cast<std::size_t>(field)].column;
  if (column < 0) {
    column = static_cast<std::int32_t>(table.columns.size());
    LayoutColumn made;
    made.type = type;
    made.field = field;
    table.columns.push_back(std::move(made));
  }
  return {id, column};
}

ColumnRef ColumnReader::AddDerived(std::int32_t id, KeyType type,
                                   const Derivation& derivation) {
  LayoutTable& table = TableAt(id);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].is_derived() &&
        table.columns[i].derivation == derivation) {
      return {id, static_cast<std::int32_t>(i)};
    }
  }
  LayoutColumn made;
  made.type = type;
  made.derivation = derivation;
  table.columns.push_back(std::move(made));
  return {id, static_cast<std::int32_t>(table.columns.size()) - 1};
}

absl::optional<ColumnRef> ColumnReader::Column(NodeId id, const Scope& scope) {
  const GraphNode& node = graph_.node(id);
  if (node.kind == NodeKind::kLocal) {
    const std::int32_t table = LocalTable(node.number, scope);
    if (table < 0) return absl::nullopt;
    const LayoutTable& of = TableAt(table);
    return Element({of.parent, of.list_field, table});
  }
  if (node.kind == NodeKind::kCall) return Derived(node, scope);
  const absl::optional<MessageRef> owner = Owner(node, scope);
  if (!owner.has_value()) return absl::nullopt;
  const FieldDescriptor* field = node.reference->field;
  if (node.mode != SelectMode::kRead) {
    const Use use = node.mode == SelectMode::kHas ? Use::kHas : Use::kStated;
    return AddFieldColumn(owner->table,
                          AddField(owner->table, use, *owner, field),
                          KeyType::kBool);
  }
  const absl::optional<KeyType> type = KeyTypeOf(field);
  if (field->is_repeated() || !type.has_value()) return absl::nullopt;
  return AddFieldColumn(
      owner->table, AddField(owner->table, Use::kValue, *owner, field), *type);
}

absl::optional<ListRef> ColumnReader::List(NodeId id, const Scope& scope) {
  const GraphNode& node = graph_.node(id);
  if (node.kind != NodeKind::kSelect || node.mode != SelectMode::kRead) {
    return absl::nullopt;
  }
  const absl::optional<MessageRef> owner = Owner(node, scope);
  if (!owner.has_value()) return absl::nullopt;
  const FieldDescriptor* field = node.reference->field;
  if (!field->is_repeated() || field->is_map() ||
      !(IsPlainMessage(field) || KeyTypeOf(field).has_value())) {
    return absl::nullopt;
  }
  const std::int32_t list = AddField(owner->table, Use::kList, *owner, field);
  const auto at = static_cast<std::size_t>(list);
  std::int32_t child = TableAt(owner->table).fields[at].child_table;
  if (child < 0) {
    child = static_cast<std::int32_t>(layout_.tables.size());
    TableAt(owner->table).fields[at].child_table = child;
    LayoutTable table;
    table.parent = owner->table;
    table.list_field = list;
    layout_.tables.push_back(std::move(table));
  }
  return ListRef{owner->table, list, child};
}

absl::optional<ColumnRef> ColumnReader::Element(const ListRef& list) {
  const FieldDescriptor* field =
      TableAt(list.table)
          .fields[static_cast<std::size_t>(list.field)]
          .chain.back();
  const absl::optional<KeyType> type = KeyTypeOf(field);
  if (!type.has_value()) return absl::nullopt;
  MessageRef element;
  element.table = list.child_table;
  return AddFieldColumn(
      list.child_table,
      AddField(list.child_table, Use::kValue, element, nullptr), *type);
}

absl::optional<ColumnRef> ColumnReader::Derived(const GraphNode& node,
                                                const Scope& scope) {
  const absl::Span<const NodeId> args = graph_.args(node);
  if (args.size() == 2) return Arithmetic(node, scope);
  if (args.size() != 1 || node.overload == nullptr) return absl::nullopt;
  if (int_sums_.contains(node.overload->id)) return Sum(node, scope);
  if (node.overload->id == "size_list" || node.overload->id == "list_size") {
    const absl::optional<ListRef> list = List(args[0], scope);
    if (!list.has_value()) return absl::nullopt;
    Derivation count;
    count.op = Op::kCount;
    count.list_field = list->field;
    return AddDerived(list->table, KeyType::kInt, count);
  }
  return absl::nullopt;
}

absl::optional<ColumnRef> ColumnReader::Arithmetic(const GraphNode& node,
                                                   const Scope& scope) {
  Derivation made;
  if (node.name() == cel::op::kAdd) {
    made.op = Op::kAdd;
  } else if (node.name() == cel::op::kSubtract) {
    made.op = Op::kSubtract;
  } else if (node.name() == cel::op::kMultiply) {
    made.op = Op::kMultiply;
  } else {
    return absl::nullopt;
  }
  std::int32_t table = -1;
  KeyType types[2] = {};
  Derivation::Operand* const operands[2] = {&made.left, &made.right};
  for (std::size_t i = 0; i < 2; ++i) {
    const NodeId arg = graph_.args(node)[i];
    const GraphNode& of = graph_.node(arg);
    if (of.is_constant) {
      absl::optional<std::int64_t> key;
      for (const KeyType type :
           {KeyType::kInt, KeyType::kTimestamp, KeyType::kDuration}) {
        if (!key.has_value()) {
          key = ConstantKey(type, of.constant);
          types[i] = type;
        }
      }
      if (!key.has_value()) return absl::nullopt;
      operands[i]->constant = *key;
      continue;
    }
    const absl::optional<ColumnRef> ref = Column(arg, scope);
    if (!ref.has_value() || (table >= 0 && table != ref->table)) {
      return absl::nullopt;
    }
    table = ref->table;
    types[i] = ColumnAt(*ref).type;
    operands[i]->column = ref->column;
  }
  const absl::optional<KeyType> type = ResultType(made.op, types[0], types[1]);
  if (table < 0 || !type.has_value()) return absl::nullopt;
  return AddDerived(table, *type, made);
}

absl::optional<ColumnRef> ColumnReader::Sum(const GraphNode& node,
                                            const Scope& scope) {
  const NodeId arg = graph_.args(node)[0];
  const GraphNode& of = graph_.node(arg);
  if (of.kind != NodeKind::kFold) {
    const absl::optional<ListRef> list = List(arg, scope);
    if (!list.has_value()) return absl::nullopt;
    const absl::optional<ColumnRef> element = Element(*list);
    if (!element.has_value()) return absl::nullopt;
    return SumOf(*list, *element);
  }
  const absl::Span<const NodeId> parts = graph_.args(of);
  if (of.fold != cel::FoldKind::kMap || of.two_variables ||
      parts[1] != kNoNode) {
    return absl::nullopt;
  }
  const absl::optional<ListRef> list = List(parts[0], scope);
  if (!list.has_value()) return absl::nullopt;
  Scope inner = scope;
  inner.table = list->child_table;
  inner.locals.emplace_back(of.number, list->child_table);
  const absl::optional<ColumnRef> summed = Column(parts[2], inner);
  if (!summed.has_value()) return absl::nullopt;
  return SumOf(*list, *summed);
}

absl::optional<ColumnRef> ColumnReader::SumOf(const ListRef& list,
                                              const ColumnRef& summed) {
  if (summed.table != list.child_table ||
      ColumnAt(summed).type != KeyType::kInt) {
    return absl::nullopt;
  }
  // Sums of sums are left to the interpreter: what they miss lies deeper.
  const LayoutColumn& column = ColumnAt(summed);
  if (column.is_derived()) return absl::nullopt;
  Derivation sum;
  sum.op = Op::kSum;
  sum.list_field = list.field;
  sum.child_column = summed.column;
  return AddDerived(list.table, KeyType::kInt, sum);
}

}  // namespace klausul::engine
