#include "service/engine/columns/goal_builder.h"

#include <algorithm>
#include <numeric>

namespace klausul::engine {
namespace {

constexpr std::int32_t kUnneeded = -1;
constexpr std::int32_t kNeeded = 0;

// Columns with so many classes or fewer are stored as classes.
constexpr std::int32_t kMaxByteClasses = 256;

bool IsByteType(KeyType type) {
  return type == KeyType::kBool || type == KeyType::kEnum ||
         type == KeyType::kText;
}

template <typename T>
T& At(std::vector<T>& items, std::int32_t index) {
  return items[static_cast<std::size_t>(index)];
}

template <typename T>
const T& At(const std::vector<T>& items, std::int32_t index) {
  return items[static_cast<std::size_t>(index)];
}

bool IsSameRow(const GoalLink& link) {
  return link.kind == GoalLink::Kind::kGoal;
}

}  // namespace

GoalBuilder::Table& GoalBuilder::TableAt(std::int32_t id) {
  const auto at = static_cast<std::size_t>(id);
  if (at >= tables_.size()) tables_.resize(at + 1);
  return tables_[at];
}

std::int32_t GoalBuilder::AtomId(Table& table, std::int32_t column,
                                 const KeyRanges& ranges) {
  const auto [it, is_new] = table.atom_ids.try_emplace(
      {column, ranges}, static_cast<std::int32_t>(table.atoms.size()));
  if (is_new) table.atoms.push_back({column, ranges});
  return it->second;
}

std::int32_t GoalBuilder::GoalId(Table& table, Goal goal) {
  std::vector<std::tuple<int, bool, std::int32_t, std::int32_t>> links;
  for (const GoalLink& link : goal.links) {
    links.emplace_back(static_cast<int>(link.kind), link.negated, link.table,
                       link.goal);
  }
  const auto [it, is_new] = table.goal_ids.try_emplace(
      GoalKey(goal.atoms, std::move(links), goal.open, goal.never),
      static_cast<std::int32_t>(table.goals.size()));
  if (is_new) table.goals.push_back(std::move(goal));
  return it->second;
}

Part GoalBuilder::Test(std::int32_t table, std::int32_t column,
                       const KeyRanges& ranges) {
  return {Part::Kind::kAtom, AtomId(TableAt(table), column, ranges), {}};
}

Part GoalBuilder::Not(std::int32_t table, const Part& part) {
  Part negated = part;
  switch (part.kind) {
    case Part::Kind::kTrue:
    case Part::Kind::kFalse:
      return Part::Constant(part.kind == Part::Kind::kFalse);
    case Part::Kind::kAtom: {
      const BuiltAtom atom = At(TableAt(table).atoms, part.atom);
      return Test(table, atom.column, atom.ranges.Complement());
    }
    case Part::Kind::kLink:
      negated.link.negated = !part.link.negated;
      return negated;
    case Part::Kind::kOpen:
      return part;
  }
  return part;
}

void GoalBuilder::AddToGoal(Table& table, const Part& part, Goal& goal) {
  switch (part.kind) {
    case Part::Kind::kTrue:
      return;
    case Part::Kind::kFalse:
      goal.never = true;
      return;
    case Part::Kind::kOpen:
      goal.open = true;
      return;
    case Part::Kind::kAtom: {
      // Two tests of a column are one.
      const BuiltAtom added = At(table.atoms, part.atom);
      for (std::int32_t& known : goal.atoms) {
        const BuiltAtom atom = At(table.atoms, known);
        if (atom.column != added.column) continue;
        known =
            AtomId(table, atom.column, atom.ranges.IntersectWith(added.ranges));
        return;
      }
      goal.atoms.push_back(part.atom);
      return;
    }
    case Part::Kind::kLink:
      break;
  }
  if (!IsSameRow(part.link) || part.link.negated) {
    goal.links.push_back(part.link);
    return;
  }
  // All of them of which some are all of others.
  const Goal inner = At(table.goals, part.link.goal);
  goal.open = goal.open || inner.open;
  goal.never = goal.never || inner.never;
  for (const std::int32_t atom : inner.atoms)
    AddToGoal(table, {Part::Kind::kAtom, atom, {}}, goal);
  for (const GoalLink& link : inner.links)
    goal.links.push_back(link);
}

Part GoalBuilder::All(std::int32_t id, const std::vector<Part>& parts) {
  Table& table = TableAt(id);
  Goal goal;
  for (const Part& part : parts)
    AddToGoal(table, part, goal);
  if (goal.never) return Part::Constant(false);
  const std::size_t count =
      goal.atoms.size() + goal.links.size() + (goal.open ? 1 : 0);
  if (count == 0) return Part::Constant(true);
  if (count == 1) {
    if (goal.open) return Part::Open();
    if (!goal.atoms.empty()) return {Part::Kind::kAtom, goal.atoms[0], {}};
    return {Part::Kind::kLink, 0, goal.links[0]};
  }
  GoalLink link;
  link.goal = GoalId(table, std::move(goal));
  return {Part::Kind::kLink, 0, link};
}

Goal GoalBuilder::GoalOf(std::int32_t table, const Part& part) {
  Goal goal;
  AddToGoal(TableAt(table), part, goal);
  return goal;
}

Part GoalBuilder::Exists(std::int32_t child_table, const Part& part) {
  GoalLink link;
  link.kind = GoalLink::Kind::kExists;
  link.table = child_table;
  Goal goal = GoalOf(child_table, part);
  link.goal = GoalId(TableAt(child_table), std::move(goal));
  return {Part::Kind::kLink, 0, link};
}

// --- Finishing ---------------------------------------------------------------

void GoalBuilder::Need(std::int32_t id, const Goal& goal) {
  for (const std::int32_t atom : goal.atoms)
    At(TableAt(id).new_atoms, atom) = kNeeded;
  for (const GoalLink& link : goal.links) {
    const std::int32_t of = IsSameRow(link) ? id : link.table;
    std::int32_t& needed = At(TableAt(of).new_goals, link.goal);
    if (needed == kNeeded) continue;
    needed = kNeeded;
    Need(of, At(TableAt(of).goals, link.goal));
  }
}

// Where the classes of the columns begin, from the tests that are needed.
void GoalBuilder::CutColumns(RecordLayout& layout) {
  for (std::size_t t = 0; t < layout.tables.size(); ++t) {
    LayoutTable& table = layout.tables[t];
    Table& built = TableAt(static_cast<std::int32_t>(t));
    for (std::size_t a = 0; a < built.atoms.size(); ++a) {
      if (built.new_atoms[a] == kUnneeded) continue;
      std::vector<std::int64_t>& cuts =
          At(table.columns, built.atoms[a].column).cuts;
      for (const KeyRanges::Range& range : built.atoms[a].ranges.ranges()) {
        if (range.first != KeyRanges::kMin) cuts.push_back(range.first);
        if (range.last != KeyRanges::kMax) cuts.push_back(range.last + 1);
      }
    }
    for (LayoutColumn& column : table.columns) {
      std::vector<std::int64_t>& cuts = column.cuts;
      if (column.type == KeyType::kText && !column.is_derived()) {
        const std::size_t classes = At(table.fields, column.field).texts.size();
        if (classes <= static_cast<std::size_t>(kMaxByteClasses)) {
          // What is stored is the class of the text.
          cuts.resize(classes - 1);
          std::iota(cuts.begin(), cuts.end(), 1);
        }
      }
      std::sort(cuts.begin(), cuts.end());
      cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
      column.class_count = static_cast<std::int32_t>(cuts.size()) + 1;
      column.is_byte = !column.is_derived() && IsByteType(column.type) &&
                       column.class_count <= kMaxByteClasses;
      column.place =
          column.is_byte ? table.byte_columns++ : table.wide_columns++;
    }
  }
}

GoalTable GoalBuilder::Emit(std::int32_t id, std::vector<Goal> first,
                            const RecordLayout& layout) {
  Table& built = TableAt(id);
  const LayoutTable& table = At(layout.tables, id);
  GoalTable result;
  for (std::size_t a = 0; a < built.atoms.size(); ++a) {
    if (built.new_atoms[a] == kUnneeded) continue;
    built.new_atoms[a] = static_cast<std::int32_t>(result.atoms.size());
    Atom atom;
    atom.column = built.atoms[a].column;
    const LayoutColumn& column = At(table.columns, atom.column);
    KeyRanges ranges = built.atoms[a].ranges;
    if (column.type == KeyType::kText) {
      // There are no other keys; the range beside them has no class.
      ranges = ranges.IntersectWith(KeyRanges::Between(
          0, static_cast<std::int64_t>(
                 At(table.fields, column.field).texts.size()) -
                 1));
    }
    for (const KeyRanges::Range& range : ranges.ranges()) {
      atom.classes.push_back(
          {column.ClassOf(range.first), column.ClassOf(range.last)});
    }
    result.atoms.push_back(std::move(atom));
  }
  const auto leading = static_cast<std::int32_t>(first.size());
  result.goals = std::move(first);
  for (std::size_t g = 0; g < built.goals.size(); ++g) {
    if (built.new_goals[g] == kUnneeded) continue;
    built.new_goals[g] = static_cast<std::int32_t>(result.goals.size());
    result.goals.push_back(built.goals[g]);
  }
  // Goals that others link to were made before those: the leading ones, to
  // which nobody links, come last.
  const auto count = static_cast<std::int32_t>(result.goals.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const std::int32_t g =
        i < count - leading ? leading + i : i - (count - leading);
    if (!At(result.goals, g).links.empty()) result.linked.push_back(g);
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].is_derived()) {
      result.derived.push_back(static_cast<std::int32_t>(c));
    }
  }
  for (std::size_t f = 0; f < table.fields.size(); ++f) {
    if (table.fields[f].use == LayoutField::Use::kList) {
      result.children.push_back(static_cast<std::int32_t>(f));
    }
  }
  return result;
}

std::vector<GoalTable> GoalBuilder::Finish(const std::vector<Part>& conditions,
                                           RecordLayout& layout) {
  std::vector<Goal> roots;
  for (const Part& part : conditions)
    roots.push_back(GoalOf(0, part));
  TableAt(static_cast<std::int32_t>(layout.tables.size()) - 1);
  for (Table& table : tables_) {
    table.new_atoms.assign(table.atoms.size(), kUnneeded);
    table.new_goals.assign(table.goals.size(), kUnneeded);
  }
  for (const Goal& goal : roots)
    Need(0, goal);
  CutColumns(layout);
  std::vector<GoalTable> result;
  for (std::size_t t = 0; t < layout.tables.size(); ++t) {
    result.push_back(Emit(static_cast<std::int32_t>(t),
                          t == 0 ? std::move(roots) : std::vector<Goal>(),
                          layout));
  }
  // Old numbers to new ones.
  for (std::size_t t = 0; t < result.size(); ++t) {
    for (Goal& goal : result[t].goals) {
      for (std::int32_t& atom : goal.atoms)
        atom = At(tables_[t].new_atoms, atom);
      for (GoalLink& link : goal.links) {
        const Table& of =
            IsSameRow(link) ? tables_[t] : At(tables_, link.table);
        link.goal = At(of.new_goals, link.goal);
      }
    }
  }
  return result;
}

}  // namespace klausul::engine
