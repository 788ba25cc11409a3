#include "service/engine/columns/missing_collector.h"

namespace klausul::engine {
MissingCollector::MissingCollector(const ColumnProgram& program)
    : program_(program) {
  const std::vector<LayoutTable>& layouts = program.layout().tables;
  for (std::size_t t = 0; t < layouts.size(); ++t) {
    TableParts& table = tables_.emplace_back();
    table.words = layouts[t].field_words();
    for (const Goal& goal : program.tables()[t].goals) {
      table.fields.insert(table.fields.end(), goal.fields.begin(),
                          goal.fields.end());
      GoalParts& parts = table.goals.emplace_back();
      parts.first = static_cast<std::uint32_t>(parts_.size());
      parts.count = static_cast<std::uint32_t>(goal.links.size());
      parts.has_sums = !goal.sums.empty();
      for (const GoalLink& link : goal.links) {
        Part& part = parts_.emplace_back();
        part.goal = link.goal;
        if (link.kind == GoalLink::Kind::kGoal) continue;
        part.child = link.table;
        const auto child = static_cast<std::size_t>(link.table);
        part.list = layouts[child].list_field;
        const Goal& element =
            program.tables()[child].goals[static_cast<std::size_t>(link.goal)];
        part.is_plain = element.links.empty() && element.sums.empty() &&
                        element.fields.size() == 1;
        if (part.is_plain) part.fields = element.fields[0];
      }
    }
  }
  for (std::size_t i = 0; i < program.roots().size(); ++i)
    simple_.push_back(MakeSimple(program.tables()[0].goals[i]));
}

MissingCollector::Simple MissingCollector::MakeSimple(const Goal& goal) const {
  const std::vector<LayoutTable>& layouts = program_.layout().tables;
  const auto is_small = [&](std::int32_t table) {
    return layouts[static_cast<std::size_t>(table)].field_words() == 1;
  };
  Simple simple;
  if (!is_small(0) || goal.sums.size() > 1) return simple;
  simple.fields = goal.fields[0];
  if (!goal.sums.empty()) {
    const Derivation& sum =
        layouts[0].columns[static_cast<std::size_t>(goal.sums[0])].derivation;
    const std::int32_t child =
        layouts[0].fields[static_cast<std::size_t>(sum.list_field)].child_table;
    if (!is_small(child)) return simple;
    simple.table = static_cast<std::uint8_t>(child);
    simple.rows = 0xff;
    simple.sum_field = layouts[static_cast<std::size_t>(child)]
                           .columns[static_cast<std::size_t>(sum.child_column)]
                           .field;
    simple.element_fields = std::uint64_t{1} << simple.sum_field;
    simple.list_field = std::uint64_t{1} << sum.list_field;
  }
  std::size_t goals = 0;
  for (const GoalLink& link : goal.links) {
    const bool same_row = link.kind == GoalLink::Kind::kGoal;
    const Goal& to =
        program_.tables()[static_cast<std::size_t>(same_row ? 0 : link.table)]
            .goals[static_cast<std::size_t>(link.goal)];
    if (!to.links.empty() || !to.sums.empty()) return simple;
    if (same_row) {
      if (goals == Simple::kGoals) return simple;
      simple.goals[goals] = link.goal;
      simple.goal_fields[goals++] = to.fields[0];
      continue;
    }
    if (simple.rows != 0 || !is_small(link.table)) return simple;
    simple.table = static_cast<std::uint8_t>(link.table);
    simple.rows = 0xff;
    simple.element_goal = link.goal;
    simple.element_fields = to.fields[0];
    simple.list_field =
        std::uint64_t{1}
        << layouts[static_cast<std::size_t>(link.table)].list_field;
  }
  simple.is_simple = true;
  return simple;
}

void MissingCollector::GatherSums(const RecordBlock& block, std::size_t table,
                                  std::size_t row, std::int32_t id) {
  const LayoutTable& layout = program_.layout().tables[table];
  for (const std::int32_t column :
       program_.tables()[table].goals[static_cast<std::size_t>(id)].sums) {
    const Derivation& sum =
        layout.columns[static_cast<std::size_t>(column)].derivation;
    const auto list = static_cast<std::size_t>(sum.list_field);
    if (block.is_unknown(table, row, list)) continue;
    const auto child =
        static_cast<std::size_t>(layout.fields[list].child_table);
    const auto field = static_cast<std::size_t>(
        program_.layout()
            .tables[child]
            .columns[static_cast<std::size_t>(sum.child_column)]
            .field);
    const std::uint32_t* const begins = block.begins(child) + row;
    const std::uint64_t* const unknown = block.unknown_rows(child, field);
    for (std::size_t at = begins[0]; at < begins[1]; at += kRows) {
      const std::uint32_t rows =
          BitsFrom(unknown, at, std::min<std::size_t>(kRows, begins[1] - at));
      if (rows == 0) continue;
      Push(std::uint64_t{1} << (field % 64), at, rows, child, field / 64);
    }
  }
}

}  // namespace klausul::engine
