#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_READER_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_READER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"

#include "service/engine/columns/record_layout.h"
#include "service/engine/graph/graph.h"

namespace klausul::engine {

// Where an expression stands: the table whose rows it is about, and what the
// variables of the folds around it go through.
struct Scope {
  std::int32_t table = 0;
  // Slot of a fold's variable, table of the elements.
  std::vector<std::pair<std::int32_t, std::int32_t>> locals;
};

struct ColumnRef {
  std::int32_t table = 0;
  std::int32_t column = 0;
};

struct ListRef {
  // Of the row that has the list.
  std::int32_t table = 0;
  std::int32_t field = 0;
  std::int32_t child_table = 0;
};

// Finds out which nodes of a graph are columns and lists of tables, and adds
// these to the layout. Internal to this folder.
class ColumnReader {
 public:
  ColumnReader(const Graph& graph, std::vector<std::string> int_sums,
               RecordLayout& layout);

  // The column that a scalar expression is; nullopt where it can be none.
  absl::optional<ColumnRef> Column(NodeId id, const Scope& scope);

  // The list that an expression is.
  absl::optional<ListRef> List(NodeId id, const Scope& scope);

  // Of a list of scalars: the elements themselves.
  absl::optional<ColumnRef> Element(const ListRef& list);

  LayoutField& FieldOf(const ColumnRef& ref) {
    LayoutTable& table = TableAt(ref.table);
    return table.fields[static_cast<std::size_t>(ColumnAt(ref).field)];
  }

  LayoutColumn& ColumnAt(const ColumnRef& ref) {
    return TableAt(ref.table).columns[static_cast<std::size_t>(ref.column)];
  }

 private:
  // A message that can be reached from the row of a table.
  struct MessageRef {
    std::int32_t table = 0;
    std::int32_t input = -1;
    std::vector<const google::protobuf::FieldDescriptor*> chain;
    const google::protobuf::Descriptor* type = nullptr;
  };

  LayoutTable& TableAt(std::int32_t id) {
    return layout_.tables[static_cast<std::size_t>(id)];
  }

  absl::optional<MessageRef> Message(NodeId id, const Scope& scope);
  // The message and field of a selection.
  absl::optional<MessageRef> Owner(const GraphNode& node, const Scope& scope);
  absl::optional<ColumnRef> Derived(const GraphNode& node, const Scope& scope);
  absl::optional<ColumnRef> Arithmetic(const GraphNode& node,
                                       const Scope& scope);
  absl::optional<ColumnRef> Sum(const GraphNode& node, const Scope& scope);
  absl::optional<ColumnRef> SumOf(const ListRef& list, const ColumnRef& summed);

  std::int32_t AddField(std::int32_t table, LayoutField::Use use,
                        const MessageRef& owner,
                        const google::protobuf::FieldDescriptor* field);
  ColumnRef AddFieldColumn(std::int32_t table, std::int32_t field,
                           KeyType type);
  ColumnRef AddDerived(std::int32_t table, KeyType type,
                       const Derivation& derivation);
  std::int32_t LocalTable(std::int32_t slot, const Scope& scope) const;
  // Null for a table of scalars.
  const google::protobuf::Descriptor* ElementType(std::int32_t table) const;

  const Graph& graph_;
  const absl::flat_hash_set<std::string> int_sums_;
  RecordLayout& layout_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_COLUMN_READER_H_
