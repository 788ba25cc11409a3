#include "service/engine/columns/batch_evaluator.h"

#include <algorithm>

#include "service/engine/columns/mask_kernels.h"

namespace klausul::engine {
namespace {

constexpr std::size_t kGroup = 64;

bool Bit(const std::uint64_t* bits, std::size_t at) {
  return (bits[at / 64] >> (at % 64) & 1) != 0;
}

std::size_t WordsFor(std::size_t rows) {
  return (rows + 63) / 64;
}

// Grows only.
template <typename T>
void MakeRoom(std::vector<T>& items, std::size_t size) {
  if (items.size() < size) items.resize(size);
}

bool IsWide(const LayoutColumn& column) {
  constexpr std::int32_t kByteClasses = 256;
  return column.class_count > kByteClasses;
}

// Of every row of the parent table, MissingFields can name the elements at one
// time.
bool HasShortLists(const RecordBlock& block, std::size_t table) {
  const auto parent =
      static_cast<std::size_t>(block.layout().tables[table].parent);
  const std::uint32_t* const begins = block.begins(table);
  std::uint32_t most = 0;
  for (std::size_t row = 0; row < block.rows(parent); ++row)
    most = std::max(most, begins[row + 1] - begins[row]);
  return most <= MissingCollector::kRows;
}

}  // namespace

BatchEvaluator::BatchEvaluator(const ColumnProgram& program,
                               const RecordOptions& options)
    : program_(program), interpreter_(program, options), missing_(program) {
  const RecordLayout& layout = program.layout();
  tables_.resize(layout.tables.size());
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    Table& table = tables_[t];
    const GoalTable& goals = program.tables()[t];
    for (const RowIndex::Column& column : program.index(t).columns())
      table.tested.push_back(column.column);
    table.codes_8.resize(layout.tables[t].columns.size());
    table.codes_16.resize(layout.tables[t].columns.size());
    table.exists_place.assign(goals.goals.size(), -1);
    derived_.emplace_back(layout, t, goals.derived);
  }
  for (const GoalTable& goals : program.tables()) {
    for (const Goal& goal : goals.goals) {
      for (const GoalLink& link : goal.links) {
        if (link.kind != GoalLink::Kind::kExists) continue;
        Table& child = tables_[static_cast<std::size_t>(link.table)];
        std::int32_t& place =
            child.exists_place[static_cast<std::size_t>(link.goal)];
        if (place >= 0) continue;
        place = static_cast<std::int32_t>(child.exists_goals.size());
        child.exists_goals.push_back(link.goal);
      }
    }
  }
  // Not a multiple of a page, so that the records' entries do not get into one
  // another's way in the cache.
  stride_ = (program.roots().size() / 16 | 1) * 16 + 16;
}

bool BatchEvaluator::IsUndecided(std::size_t id, std::size_t row,
                                 std::int32_t goal) const {
  const Table& table = tables_[id];
  const std::size_t at = static_cast<std::size_t>(goal) * table.words;
  return table.any_unknown && Bit(table.alive.data() + at, row) &&
         Bit(table.unknown.data() + at, row);
}

bool BatchEvaluator::ExistsTrue(std::size_t id, std::size_t row,
                                std::int32_t goal) const {
  const Table& table = tables_[id];
  const auto parent =
      static_cast<std::size_t>(program_.layout().tables[id].parent);
  const auto place = static_cast<std::size_t>(
      table.exists_place[static_cast<std::size_t>(goal)]);
  return Bit(table.exists.data() + place * tables_[parent].words, row);
}

void BatchEvaluator::Evaluate(const RecordBlock& block) {
  const std::size_t records = block.size();
  missing_.Clear();
  interpreter_.Clear();
  interpreted_.clear();
  left_.clear();
  regular_.assign(WordsFor(records), ~std::uint64_t{0});
  fired_count_.assign(records, 0);
  undetermined_end_.assign(records, nullptr);
  interpreted_part_.assign(records, {0, 0});
  MakeRoom(fired_, records * stride_);
  for (std::size_t i = 0; i < records; ++i) {
    if (block.is_irregular(i)) SetAside(block, 0, i);
  }
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    tables_[t].rows = block.rows(t);
    tables_[t].words = WordsFor(tables_[t].rows);
    tables_[t].has_short_lists = t == 0 || HasShortLists(block, t);
  }
  // What elements come to is known before what rests on it.
  for (std::size_t t = tables_.size(); t-- > 0;)
    EvaluateTable(block, t);
  Report(block);
  InterpretRest(block);
}

// A record that columns cannot hold, by one of its rows.
void BatchEvaluator::SetAside(const RecordBlock& block, std::size_t table,
                              std::size_t row) {
  while (table != 0) {
    const auto parent =
        static_cast<std::size_t>(program_.layout().tables[table].parent);
    const std::uint32_t* const begins = block.begins(table);
    row = static_cast<std::size_t>(
        std::upper_bound(begins, begins + block.rows(parent) + 1, row) -
        begins - 1);
    table = parent;
  }
  regular_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

void BatchEvaluator::EvaluateTable(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const GoalTable& goals = program_.tables()[id];
  if (!goals.derived.empty() && !derived_[id].Compute(block, 0, table.rows)) {
    for (const std::size_t row : derived_[id].error_rows())
      SetAside(block, id, row);
  }
  if (goals.goals.empty()) return;
  TestColumns(block, id);
  JoinAtoms(block, id);
  JoinLinks(block, id);
  if (id != 0) SumUpElements(block, id);
}

const std::uint64_t* BatchEvaluator::UnknownRows(const RecordBlock& block,
                                                 std::size_t id,
                                                 std::int32_t column) const {
  const LayoutColumn& layout =
      program_.layout().tables[id].columns[static_cast<std::size_t>(column)];
  if (layout.is_derived()) {
    return derived_[id].has_unknown(column) ? derived_[id].unknown_rows(column)
                                            : nullptr;
  }
  const auto field = static_cast<std::size_t>(layout.field);
  return block.has_unknown(id, field) ? block.unknown_rows(id, field) : nullptr;
}

void BatchEvaluator::TestColumns(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const MaskKernels& kernels = Kernels();
  const std::size_t padded = table.words * kGroup;
  const std::vector<LayoutColumn>& columns =
      program_.layout().tables[id].columns;
  for (const std::int32_t column : table.tested) {
    const auto at = static_cast<std::size_t>(column);
    const LayoutColumn& layout = columns[at];
    if (layout.is_byte) continue;
    const std::int64_t* const keys = layout.is_derived()
                                         ? derived_[id].values(column)
                                         : block.wide(id, layout.place);
    if (IsWide(layout)) {
      MakeRoom(table.codes_16[at], padded);
      kernels.classify_16(keys, table.rows, layout.cuts.data(),
                          layout.cuts.size(), table.codes_16[at].data());
    } else {
      MakeRoom(table.codes_8[at], padded);
      if (layout.cuts.empty()) continue;
      kernels.classify_8(keys, table.rows, layout.cuts.data(),
                         layout.cuts.size(), table.codes_8[at].data());
    }
  }
  const std::vector<Atom>& atoms = program_.tables()[id].atoms;
  MakeRoom(table.atoms, atoms.size() * table.words);
  std::fill_n(table.atoms.data(), atoms.size() * table.words, 0);
  std::uint64_t* out = table.atoms.data();
  for (const Atom& atom : atoms) {
    const auto at = static_cast<std::size_t>(atom.column);
    const LayoutColumn& layout = columns[at];
    for (const Atom::Classes& range : atom.classes) {
      if (layout.is_byte || !IsWide(layout)) {
        kernels.add_range_8(layout.is_byte ? block.bytes(id, layout.place)
                                           : table.codes_8[at].data(),
                            padded, static_cast<std::uint8_t>(range.first),
                            static_cast<std::uint8_t>(range.last), out);
      } else {
        kernels.add_range_16(table.codes_16[at].data(), padded,
                             static_cast<std::uint16_t>(range.first),
                             static_cast<std::uint16_t>(range.last), out);
      }
    }
    if (const std::uint64_t* unknown = UnknownRows(block, id, atom.column)) {
      for (std::size_t word = 0; word < table.words; ++word)
        out[word] |= unknown[word];
    }
    out += table.words;
  }
}

void BatchEvaluator::JoinAtoms(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const GoalTable& goals = program_.tables()[id];
  const std::size_t words = table.words;
  const std::size_t needed = goals.goals.size() * words;
  MakeRoom(table.alive, needed);
  table.any_unknown = std::any_of(
      table.tested.begin(), table.tested.end(), [&](std::int32_t column) {
        return UnknownRows(block, id, column) != nullptr;
      });
  for (const std::int32_t field : goals.children) {
    table.any_unknown = table.any_unknown ||
                        block.has_unknown(id, static_cast<std::size_t>(field));
    const auto child =
        static_cast<std::size_t>(program_.layout()
                                     .tables[id]
                                     .fields[static_cast<std::size_t>(field)]
                                     .child_table);
    table.any_unknown = table.any_unknown || tables_[child].any_unknown;
  }
  for (const Goal& goal : goals.goals)
    table.any_unknown = table.any_unknown || goal.open;
  if (table.any_unknown) MakeRoom(table.unknown, needed);

  std::uint64_t* alive = table.alive.data();
  std::uint64_t* unknown = table.unknown.data();
  for (const Goal& goal : goals.goals) {
    std::fill_n(alive, words, goal.never ? 0 : ~std::uint64_t{0});
    for (const std::int32_t atom : goal.atoms) {
      const std::uint64_t* const mask =
          table.atoms.data() + static_cast<std::size_t>(atom) * words;
      for (std::size_t word = 0; word < words; ++word)
        alive[word] &= mask[word];
    }
    if (words != 0 && table.rows % 64 != 0) {
      alive[words - 1] &= (std::uint64_t{1} << (table.rows % 64)) - 1;
    }
    alive += words;
    if (!table.any_unknown) continue;
    std::fill_n(unknown, words, goal.open ? ~std::uint64_t{0} : 0);
    for (const std::int32_t atom : goal.atoms) {
      const std::uint64_t* const mask = UnknownRows(
          block, id, goals.atoms[static_cast<std::size_t>(atom)].column);
      if (mask == nullptr) continue;
      for (std::size_t word = 0; word < words; ++word)
        unknown[word] |= mask[word];
    }
    unknown += words;
  }
}

void BatchEvaluator::JoinLinks(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const GoalTable& goals = program_.tables()[id];
  const std::size_t words = table.words;
  for (const std::int32_t linked : goals.linked) {
    const std::size_t at = static_cast<std::size_t>(linked) * words;
    std::uint64_t* const alive = table.alive.data() + at;
    std::uint64_t* const unknown = table.unknown.data() + at;
    for (const GoalLink& link :
         goals.goals[static_cast<std::size_t>(linked)].links) {
      const std::uint64_t flip = link.negated ? ~std::uint64_t{0} : 0;
      if (link.kind == GoalLink::Kind::kGoal) {
        const std::size_t to = static_cast<std::size_t>(link.goal) * words;
        const std::uint64_t* const left = table.alive.data() + to;
        const std::uint64_t* const open = table.unknown.data() + to;
        for (std::size_t word = 0; word < words; ++word) {
          const std::uint64_t rests =
              table.any_unknown ? left[word] & open[word] : 0;
          alive[word] &= (left[word] ^ flip) | rests;
          if (table.any_unknown) unknown[word] |= rests;
        }
        continue;
      }
      const Table& child = tables_[static_cast<std::size_t>(link.table)];
      const auto place = static_cast<std::size_t>(
          child.exists_place[static_cast<std::size_t>(link.goal)]);
      const std::uint64_t* const met = child.exists.data() + place * words;
      if (!table.any_unknown) {
        for (std::size_t word = 0; word < words; ++word)
          alive[word] &= met[word] ^ flip;
        continue;
      }
      const auto list = static_cast<std::size_t>(
          program_.layout()
              .tables[static_cast<std::size_t>(link.table)]
              .list_field);
      const std::uint64_t* const incomplete = block.unknown_rows(id, list);
      for (std::size_t word = 0; word < words; ++word) {
        std::uint64_t rests = incomplete[word];
        if (child.any_unknown) rests |= child.perhaps[place * words + word];
        rests &= ~met[word];
        alive[word] &= (met[word] ^ flip) | rests;
        unknown[word] |= rests;
      }
    }
  }
}

void BatchEvaluator::SumUpElements(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  if (table.exists_goals.empty()) return;
  const auto parent =
      static_cast<std::size_t>(program_.layout().tables[id].parent);
  const std::size_t parent_words = tables_[parent].words;
  elements_.Begin(block.begins(id), tables_[parent].rows);
  MakeRoom(table.exists, table.exists_goals.size() * parent_words);
  if (table.any_unknown) {
    MakeRoom(table.perhaps, table.exists_goals.size() * parent_words);
  }
  std::vector<std::uint64_t>& scratch = table.atoms;
  MakeRoom(scratch, table.words);
  for (std::size_t i = 0; i < table.exists_goals.size(); ++i) {
    const std::size_t at =
        static_cast<std::size_t>(table.exists_goals[i]) * table.words;
    const std::uint64_t* const alive = table.alive.data() + at;
    std::uint64_t* const exists = table.exists.data() + i * parent_words;
    if (!table.any_unknown) {
      elements_.AnyOf(alive, exists);
      continue;
    }
    // The atoms' masks have served.
    const std::uint64_t* const unknown = table.unknown.data() + at;
    for (std::size_t word = 0; word < table.words; ++word)
      scratch[word] = alive[word] & ~unknown[word];
    elements_.AnyOf(scratch.data(), exists);
    for (std::size_t word = 0; word < table.words; ++word)
      scratch[word] = alive[word] & unknown[word];
    elements_.AnyOf(scratch.data(), table.perhaps.data() + i * parent_words);
  }
}

void BatchEvaluator::Report(const RecordBlock& block) {
  Table& root = tables_[0];
  const std::vector<Goal>& goals = program_.tables()[0].goals;
  if (root.any_unknown) MakeRoom(undetermined_, root.rows * stride_);
  for (std::size_t record = 0; record < root.rows; ++record)
    undetermined_end_[record] = undetermined_.data() + record * stride_;
  open_.assign(root.words, 0);
  const auto conditions = static_cast<std::uint32_t>(program_.roots().size());
  for (std::uint32_t condition = 0; condition < conditions; ++condition) {
    const std::size_t at = condition * root.words;
    for (std::size_t word = 0; word < root.words; ++word) {
      const std::uint64_t left = root.alive[at + word] & regular_[word];
      const std::uint64_t open =
          root.any_unknown ? left & root.unknown[at + word] : 0;
      for (std::uint64_t bits = left & ~open; bits != 0; bits &= bits - 1) {
        const std::size_t record =
            word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
        fired_[record * stride_ + fired_count_[record]++] = condition;
      }
      open_[word] = open;
      if (open == 0 || !goals[condition].rests_on_open) continue;
      for (std::uint64_t bits = open; bits != 0; bits &= bits - 1) {
        left_.emplace_back(
            static_cast<std::uint32_t>(word * 64) +
                static_cast<std::uint32_t>(__builtin_ctzll(bits)),
            condition);
      }
    }
    if (root.any_unknown && !goals[condition].rests_on_open) {
      ReportUndetermined(block, condition);
    }
  }
  for (std::size_t record = 0; record < root.rows; ++record) {
    if (Bit(regular_.data(), record)) continue;
    for (std::uint32_t condition = 0; condition < conditions; ++condition)
      left_.emplace_back(static_cast<std::uint32_t>(record), condition);
  }
}

void BatchEvaluator::ReportUndetermined(const RecordBlock& block,
                                        std::uint32_t condition) {
  const MissingCollector::Simple& simple = missing_.simple(condition);
  if (simple.is_simple && tables_[simple.table].has_short_lists) {
    if (simple.rows != 0) {
      ListSimple<true, true>(block, condition);
    } else if (simple.goal_fields[0] != 0) {
      ListSimple<false, true>(block, condition);
    } else {
      ListSimple<false, false>(block, condition);
    }
    return;
  }
  ForEachBit(open_.data(), 0, tables_[0].rows, [&](std::size_t record) {
    *undetermined_end_[record]++ =
        missing_.Collect(*this, block, record, condition);
  });
}

// Whatever the loop needs is fetched before it: what it writes could be
// anything, as far as the compiler knows.
template <bool kHasElements, bool kHasGoals>
void BatchEvaluator::ListSimple(const RecordBlock& block,
                                std::uint32_t condition) {
  const MissingCollector::Simple& simple = missing_.simple(condition);
  const Table& root = tables_[0];
  const Table& child = tables_[simple.table];
  const std::size_t words = root.words;
  const std::uint64_t goal_fields_0 = simple.goal_fields[0];
  const std::uint64_t goal_fields_1 = simple.goal_fields[1];
  const std::uint64_t own_fields = simple.fields;
  const std::uint64_t list_field = simple.list_field;
  const std::uint64_t element_fields = simple.element_fields;
  const std::uint8_t element_table = simple.table;
  // Of elements: a mask over the rows of their table, and where none is
  // missing since one meets the goal, or since it is the whole list of a sum
  // that is.
  const std::uint32_t* begins = nullptr;
  const std::uint64_t* alive = nullptr;
  const std::uint64_t* unknown = nullptr;
  const std::uint64_t* met_words = nullptr;
  std::uint64_t whole_list = 0;
  if (kHasElements) {
    begins = block.begins(simple.table);
    if (simple.sum_field >= 0) {
      alive = unknown = block.unknown_rows(
          simple.table, static_cast<std::size_t>(simple.sum_field));
      whole_list = list_field;
    } else {
      const auto goal = static_cast<std::size_t>(simple.element_goal);
      met_words = child.exists.data() +
                  static_cast<std::size_t>(child.exists_place[goal]) * words;
      if (child.any_unknown) {
        alive = child.alive.data() + goal * child.words;
        unknown = child.unknown.data() + goal * child.words;
      }
    }
  }
  const std::uint64_t* const unknown_fields = block.unknown_fields(0, 0);
  Undetermined** const ends = undetermined_end_.data();
  for (std::size_t word = 0; word < words; ++word) {
    const std::uint64_t records = open_[word];
    if (records == 0) continue;
    const auto open_goal = [&](std::size_t i) -> std::uint64_t {
      if (!kHasGoals) return 0;
      const std::size_t at =
          static_cast<std::size_t>(simple.goals[i]) * words + word;
      return root.alive[at] & root.unknown[at];
    };
    const std::uint64_t open_0 = open_goal(0);
    const std::uint64_t open_1 = open_goal(1);
    const std::uint64_t met = met_words != nullptr ? met_words[word] : 0;
    const std::uint32_t first = missing_.size();
    MissingFields* const parts = kHasElements ? missing_.Room(64) : nullptr;
    std::uint32_t count = 0;
    for (std::uint64_t bits = records; bits != 0; bits &= bits - 1) {
      const int bit = __builtin_ctzll(bits);
      const std::size_t record = word * 64 + static_cast<std::size_t>(bit);
      const std::uint64_t unset = unknown_fields[record];
      std::uint64_t fields = own_fields;
      if (kHasGoals) {
        fields |= (goal_fields_0 & (0 - (open_0 >> bit & 1))) |
                  (goal_fields_1 & (0 - (open_1 >> bit & 1)));
      }
      std::uint32_t part = Undetermined::kNone;
      if (kHasElements) {
        const std::uint64_t unmet = (met >> bit & 1) - 1;
        fields |= list_field & unmet;
        const std::size_t begin = begins[record];
        const std::size_t elements = begins[record + 1] - begin;
        std::uint32_t rows = 0;
        if (unknown != nullptr) {
          rows = BitsFrom(alive, begin, elements) &
                 BitsFrom(unknown, begin, elements) &
                 static_cast<std::uint32_t>(unmet) &
                 ((unset & whole_list) == 0 ? ~std::uint32_t{0} : 0);
        }
        parts[count] = {element_fields,
                        static_cast<std::uint32_t>(begin),
                        static_cast<std::uint16_t>(rows),
                        element_table,
                        0,
                        0};
        part = rows != 0 ? first + count : Undetermined::kNone;
        count += rows != 0 ? 1 : 0;
      }
      *ends[record]++ = {fields & unset, condition, part};
    }
    missing_.Keep(count);
  }
}

void BatchEvaluator::InterpretRest(const RecordBlock& block) {
  std::sort(left_.begin(), left_.end());
  for (std::size_t i = 0; i < left_.size();) {
    const std::uint32_t record = left_[i].first;
    interpreter_.Begin(block, record);
    const std::size_t first = interpreted_.size();
    std::uint32_t* const fired = fired_.data() + record * stride_;
    const std::size_t fired_before = fired_count_[record];
    for (; i < left_.size() && left_[i].first == record; ++i) {
      const cel::Value value = interpreter_.Evaluate(left_[i].second);
      if (value.IsTrue()) {
        fired[fired_count_[record]++] = left_[i].second;
      } else if (!value.IsFalse()) {
        interpreted_.push_back({left_[i].second, value});
      }
    }
    std::inplace_merge(fired, fired + fired_before,
                       fired + fired_count_[record]);
    interpreted_part_[record] = {
        static_cast<std::uint32_t>(first),
        static_cast<std::uint32_t>(interpreted_.size() - first)};
  }
}

RecordResult BatchEvaluator::result(std::size_t record) const {
  RecordResult result;
  result.record = record;
  result.fired = absl::MakeConstSpan(fired_).subspan(record * stride_,
                                                     fired_count_[record]);
  if (tables_[0].any_unknown) {
    const Undetermined* const first = undetermined_.data() + record * stride_;
    result.undetermined = absl::MakeConstSpan(
        first, static_cast<std::size_t>(undetermined_end_[record] - first));
  }
  result.missing = missing_.missing();
  result.interpreted = absl::MakeConstSpan(interpreted_)
                           .subspan(interpreted_part_[record].first,
                                    interpreted_part_[record].second);
  return result;
}

}  // namespace klausul::engine
