#include "service/engine/columns/column_program.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"

#include "service/engine/columns/condition_compiler.h"

namespace klausul::engine {
namespace {

template <typename T>
T& At(std::vector<T>& items, std::int32_t index) {
  return items[static_cast<std::size_t>(index)];
}

void AddBits(const std::vector<std::uint64_t>& from,
             std::vector<std::uint64_t>& to) {
  for (std::size_t i = 0; i < from.size(); ++i)
    to[i] |= from[i];
}

// Which fields each column rests on; a column comes after those it is made of.
void FindSources(LayoutTable& table) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    LayoutColumn& column = table.columns[c];
    column.sources.resize(table.field_words());
    const auto add_field = [&](std::int32_t field) {
      column.sources[static_cast<std::size_t>(field) / 64] |= std::uint64_t{1}
                                                              << (field % 64);
    };
    if (!column.is_derived()) {
      add_field(column.field);
      continue;
    }
    const Derivation& made = column.derivation;
    if (made.list_field >= 0) add_field(made.list_field);
    if (made.op == Derivation::Op::kSum) {
      column.sums.push_back(static_cast<std::int32_t>(c));
    }
    for (const Derivation::Operand& operand : {made.left, made.right}) {
      if (operand.column < 0) continue;
      const LayoutColumn& source = At(table.columns, operand.column);
      AddBits(source.sources, column.sources);
      column.sums.insert(column.sums.end(), source.sums.begin(),
                         source.sums.end());
    }
  }
}

// What a goal says of itself. Goals it links to are described before it.
void Describe(const RecordLayout& layout, std::vector<GoalTable>& tables,
              std::size_t id, Goal& goal) {
  const LayoutTable& table = layout.tables[id];
  goal.fields.resize(table.field_words());
  goal.rests_on_open = goal.open;
  for (const std::int32_t atom : goal.atoms) {
    const LayoutColumn& column = table.columns[static_cast<std::size_t>(
        At(tables[id].atoms, atom).column)];
    AddBits(column.sources, goal.fields);
    goal.sums.insert(goal.sums.end(), column.sums.begin(), column.sums.end());
  }
  std::sort(goal.sums.begin(), goal.sums.end());
  goal.sums.erase(std::unique(goal.sums.begin(), goal.sums.end()),
                  goal.sums.end());
  for (const GoalLink& link : goal.links) {
    const bool same_row = link.kind == GoalLink::Kind::kGoal;
    const Goal& to =
        At(tables[same_row ? id : static_cast<std::size_t>(link.table)].goals,
           link.goal);
    goal.rests_on_open = goal.rests_on_open || to.rests_on_open;
  }
}

}  // namespace

std::shared_ptr<const ColumnProgram> ColumnProgram::Build(
    std::shared_ptr<const Graph> graph, absl::Span<const NodeId> roots,
    const ColumnOptions& options) {
  auto program = absl::WrapUnique(new ColumnProgram());
  program->graph_ = std::move(graph);
  program->roots_.assign(roots.begin(), roots.end());
  ConditionCompiler compiler(*program->graph_, options);
  compiler.Compile(roots);
  program->layout_ = compiler.TakeLayout();
  program->tables_ = compiler.TakeTables();

  std::vector<GoalTable>& tables = program->tables_;
  for (LayoutTable& table : program->layout_.tables)
    FindSources(table);
  // Tables after their parents, so what is linked to comes first from the end.
  for (std::size_t t = tables.size(); t-- > 0;) {
    GoalTable& table = tables[t];
    for (Goal& goal : table.goals) {
      if (goal.links.empty()) Describe(program->layout_, tables, t, goal);
    }
    for (const std::int32_t goal : table.linked)
      Describe(program->layout_, tables, t, At(table.goals, goal));
  }
  for (std::size_t t = 0; t < tables.size(); ++t)
    program->indices_.emplace_back(program->layout_.tables[t], tables[t]);
  return program;
}

std::size_t ColumnProgram::covered_count() const {
  return static_cast<std::size_t>(std::count_if(
      tables_[0].goals.begin(),
      tables_[0].goals.begin() + static_cast<std::ptrdiff_t>(roots_.size()),
      [](const Goal& goal) { return !goal.rests_on_open; }));
}

}  // namespace klausul::engine
