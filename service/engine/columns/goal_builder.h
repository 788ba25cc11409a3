#ifndef KLAUSUL_SERVICE_ENGINE_COLUMNS_GOAL_BUILDER_H_
#define KLAUSUL_SERVICE_ENGINE_COLUMNS_GOAL_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "service/engine/columns/column_program.h"
#include "service/engine/columns/key_ranges.h"

namespace klausul::engine {

// A condition on the row of a table while goals are made of it.
struct Part {
  enum class Kind : std::uint8_t { kTrue, kFalse, kAtom, kLink, kOpen };

  Kind kind = Kind::kOpen;
  std::int32_t atom = 0;
  GoalLink link;

  static Part Constant(bool value) {
    return {value ? Kind::kTrue : Kind::kFalse, 0, {}};
  }

  static Part Open() { return {}; }
};

// Makes goals of conditions, equal ones only once. Internal to this folder.
class GoalBuilder {
 public:
  // A test of a column.
  Part Test(std::int32_t table, std::int32_t column, const KeyRanges& ranges);
  Part Not(std::int32_t table, const Part& part);
  // All of them.
  Part All(std::int32_t table, const std::vector<Part>& parts);
  // Some row of the child table meets the part, which is about these rows.
  Part Exists(std::int32_t child_table, const Part& part);

  // Ends it: what the conditions of the root table, in their order, need, with
  // the classes of the layout's columns and all that Goal says of itself.
  std::vector<GoalTable> Finish(const std::vector<Part>& conditions,
                                RecordLayout& layout);

  void Clear() { tables_.clear(); }

 private:
  struct BuiltAtom {
    std::int32_t column = 0;
    KeyRanges ranges;
  };

  using GoalKey =
      std::tuple<std::vector<std::int32_t>,
                 std::vector<std::tuple<int, bool, std::int32_t, std::int32_t>>,
                 bool, bool>;

  struct Table {
    std::vector<BuiltAtom> atoms;
    std::map<std::pair<std::int32_t, KeyRanges>, std::int32_t> atom_ids;
    std::vector<Goal> goals;
    std::map<GoalKey, std::int32_t> goal_ids;
    // While finishing: new numbers, -1 where nobody needs it.
    std::vector<std::int32_t> new_atoms;
    std::vector<std::int32_t> new_goals;
  };

  Table& TableAt(std::int32_t id);
  std::int32_t AtomId(Table& table, std::int32_t column,
                      const KeyRanges& ranges);
  std::int32_t GoalId(Table& table, Goal goal);
  // A goal that is met where the part is true.
  Goal GoalOf(std::int32_t table, const Part& part);
  void AddToGoal(Table& table, const Part& part, Goal& goal);
  void Need(std::int32_t table, const Goal& goal);
  void CutColumns(RecordLayout& layout);
  GoalTable Emit(std::int32_t id, std::vector<Goal> first,
                 const RecordLayout& layout);

  std::vector<Table> tables_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_COLUMNS_GOAL_BUILDER_H_
