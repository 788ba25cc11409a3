#include "service/engine/columns/scalar_evaluator.h"

#include <algorithm>
#include <cstring>

namespace klausul::engine {
namespace {

// Four words at a time; the compiler makes of it what the processor has.
typedef std::uint64_t Words
    __attribute__((vector_size(32), aligned(8), may_alias));

const Words& At(const std::uint64_t* from) {
  return *reinterpret_cast<const Words*>(from);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KLAUSUL_VECTOR_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define KLAUSUL_VECTOR_CLONES
#endif

struct And {
  template <typename T>
  static void Join(T& to, const T& from) {
    to &= from;
  }
};

struct Or {
  template <typename T>
  static void Join(T& to, const T& from) {
    to |= from;
  }
};

// out = initial, joined by each of the rows; `words` is as RowIndex has it.
template <typename Op>
inline __attribute__((always_inline)) void JoinRows(
    const std::uint64_t* initial, const std::uint64_t* const* rows,
    std::size_t row_count, std::size_t words, std::uint64_t* out) {
  std::size_t at = 0;
  if (words == 1) {
    std::uint64_t joined = initial[0];
    for (std::size_t i = 0; i < row_count; ++i)
      Op::Join(joined, rows[i][0]);
    out[0] = joined;
    return;
  }
  // What stays in registers over all rows.
  for (; at + 16 <= words; at += 16) {
    Words a = At(initial + at);
    Words b = At(initial + at + 4);
    Words c = At(initial + at + 8);
    Words d = At(initial + at + 12);
    for (std::size_t i = 0; i < row_count; ++i) {
      const std::uint64_t* const row = rows[i] + at;
      Op::Join(a, At(row));
      Op::Join(b, At(row + 4));
      Op::Join(c, At(row + 8));
      Op::Join(d, At(row + 12));
    }
    *reinterpret_cast<Words*>(out + at) = a;
    *reinterpret_cast<Words*>(out + at + 4) = b;
    *reinterpret_cast<Words*>(out + at + 8) = c;
    *reinterpret_cast<Words*>(out + at + 12) = d;
  }
  for (; at < words; at += 4) {
    Words a = At(initial + at);
    for (std::size_t i = 0; i < row_count; ++i)
      Op::Join(a, At(rows[i] + at));
    *reinterpret_cast<Words*>(out + at) = a;
  }
}

KLAUSUL_VECTOR_CLONES
void AndRows(const std::uint64_t* initial, const std::uint64_t* const* rows,
             std::size_t row_count, std::size_t words, std::uint64_t* out) {
  JoinRows<And>(initial, rows, row_count, words, out);
}

KLAUSUL_VECTOR_CLONES
void OrRows(const std::uint64_t* initial, const std::uint64_t* const* rows,
            std::size_t row_count, std::size_t words, std::uint64_t* out) {
  JoinRows<Or>(initial, rows, row_count, words, out);
}

bool Bit(const std::uint64_t* bits, std::size_t at) {
  return (bits[at / 64] >> (at % 64) & 1) != 0;
}

// How many rows TurnRows() takes.
constexpr std::size_t kTurned = 8;

// In a word of eight rows turned, where a goal's rows are; see TurnRows().
std::size_t TurnedPlace(std::size_t goal) {
  return goal / 64 * 64 + goal % 8 * 8 + goal / 8 % 8;
}

// Of up to eight rows of `words` words each: for each bit of a row a byte, the
// rows that have it set in both. Eight bytes of eight words become columns in
// three exchanges, which leaves the byte of bit 8 * k + i at 8 * i + k.
void TurnRows(const std::uint64_t* a, const std::uint64_t* b, std::size_t count,
              std::size_t words, std::uint8_t* out) {
  constexpr std::uint64_t kHalves = 0x0f0f0f0f0f0f0f0fULL;
  constexpr std::uint64_t kQuarters = 0x3333333333333333ULL;
  constexpr std::uint64_t kEighths = 0x5555555555555555ULL;
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t rows[8] = {};
    for (std::size_t row = 0; row < count; ++row)
      rows[row] = a[row * words + word] & b[row * words + word];
    const auto exchange = [&](std::size_t low, std::size_t high, int shift,
                              std::uint64_t mask) {
      const std::uint64_t swap = (rows[low] >> shift ^ rows[high]) & mask;
      rows[high] ^= swap;
      rows[low] ^= swap << shift;
    };
    for (std::size_t i = 0; i < 4; ++i)
      exchange(i, i + 4, 4, kHalves);
    for (const std::size_t i : {0, 1, 4, 5})
      exchange(i, i + 2, 2, kQuarters);
    for (std::size_t i = 0; i < 8; i += 2)
      exchange(i, i + 1, 1, kEighths);
    std::memcpy(out, rows, sizeof rows);
    out += sizeof rows;
  }
}
}  // namespace

ScalarEvaluator::ScalarEvaluator(const ColumnProgram& program,
                                 const RecordOptions& options)
    : program_(program), interpreter_(program, options), missing_(program) {
  const RecordLayout& layout = program.layout();
  tables_.resize(layout.tables.size());
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    Table& table = tables_[t];
    const RowIndex& index = program.index(t);
    const GoalTable& goals = program.tables()[t];
    table.words = index.words();
    table.parent =
        static_cast<std::size_t>(std::max(layout.tables[t].parent, 0));
    for (const RowIndex::Column& column : index.columns()) {
      table.columns.push_back(
          {&layout.tables[t].columns[static_cast<std::size_t>(column.column)],
           column.column, column.rows, column.users});
    }
    PlanLinks(t);
    derived_.emplace_back(layout, t, goals.derived);
    // A word more than goals: sums of fields that are missing, which no
    // element decides. And so that something stands there for those who ask
    // for nothing.
    table.perhaps.resize(table.words + 1);
    table.perhaps.back() = ~std::uint64_t{0};
    table.undecided.resize((table.words + 1) * 64);
  }
  for (std::uint32_t i = 0; i < program.roots().size(); ++i) {
    const MissingCollector::Simple& simple = missing_.simple(i);
    Table& table = tables_[simple.table];
    Elements& elements = elements_.emplace_back();
    std::size_t goal = static_cast<std::size_t>(
        std::max(simple.element_goal, std::int32_t{0}));
    elements.turned = static_cast<std::uint32_t>(TurnedPlace(goal));
    if (simple.sum_field >= 0) {
      goal = table.words * 64 + static_cast<std::size_t>(simple.sum_field);
      elements.turned = static_cast<std::uint32_t>(goal);
      table.summed.push_back(simple.sum_field);
    }
    elements.word = static_cast<std::uint32_t>(goal / 64);
    elements.bit = static_cast<std::uint32_t>(goal % 64);
  }
  for (Table& table : tables_) {
    std::sort(table.summed.begin(), table.summed.end());
    table.summed.erase(std::unique(table.summed.begin(), table.summed.end()),
                       table.summed.end());
  }
  rows_.resize(tables_[0].columns.size() + 1);
  users_.resize(tables_[0].columns.size() + 1);
}

bool ScalarEvaluator::IsUndecided(std::size_t id, std::size_t row,
                                  std::int32_t goal) const {
  const Table& table = tables_[id];
  const std::size_t at = (row - table.first) * table.words;
  const auto bit = static_cast<std::size_t>(goal);
  return Bit(table.alive.data() + at, bit) &&
         Bit(table.unknown.data() + at, bit);
}

bool ScalarEvaluator::ExistsTrue(std::size_t id, std::size_t row,
                                 std::int32_t goal) const {
  const Table& table = tables_[id];
  return Bit(
      table.exists.data() + (row - tables_[table.parent].first) * table.words,
      static_cast<std::size_t>(goal));
}

const RecordResult& ScalarEvaluator::Evaluate(const RecordBlock& block,
                                              std::size_t record) {
  fired_.clear();
  undetermined_.clear();
  interpreted_.clear();
  missing_.Clear();
  if (interpreted_any_) {
    interpreter_.Clear();
    interpreted_any_ = false;
  }
  block_ = &block;
  record_ = record;
  if (!block.is_irregular(record) && EvaluateTables(block, record)) {
    Report(block, record);
  } else {
    for (std::uint32_t i = 0; i < program_.roots().size(); ++i)
      Interpret(i);
  }
  result_.record = record;
  result_.fired = fired_;
  result_.undetermined = undetermined_;
  result_.missing = missing_.missing();
  result_.interpreted = interpreted_;
  return result_;
}

// False where some derived value is an error.
bool ScalarEvaluator::EvaluateTables(const RecordBlock& block,
                                     std::size_t record) {
  tables_[0].first = record;
  tables_[0].count = 1;
  for (std::size_t t = 1; t < tables_.size(); ++t) {
    const Table& parent = tables_[tables_[t].parent];
    const std::uint32_t* const begins = block.begins(t);
    tables_[t].first = begins[parent.first];
    tables_[t].count = begins[parent.first + parent.count] - tables_[t].first;
  }
  // What elements come to is known before what rests on it.
  for (std::size_t t = tables_.size(); t-- > 0;) {
    if (!program_.tables()[t].derived.empty() &&
        !derived_[t].Compute(block, tables_[t].first, tables_[t].count)) {
      return false;
    }
    if (tables_[t].words == 0) continue;
    EvaluateRows(block, t);
    if (t > 0) SumUpElements(block, t);
  }
  return true;
}

void ScalarEvaluator::EvaluateRows(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const std::size_t needed = table.count * table.words;
  if (table.alive.size() < needed) {
    table.alive.resize(needed);
    table.unknown.resize(needed);
  }
  if (id == 0) {
    EvaluateRoot(block);
  } else if (table.words == 1) {
    EvaluateElements<1>(block, id);
  } else if (table.words == RowIndex::kPadding) {
    EvaluateElements<RowIndex::kPadding>(block, id);
  } else {
    EvaluateElements<0>(block, id);
  }
  if (table.runs.empty()) return;
  for (std::size_t row = 0; row < table.count; ++row)
    ApplyLinks(id, row);
}

void ScalarEvaluator::EvaluateRoot(const RecordBlock& block) {
  Table& table = tables_[0];
  const std::size_t at = table.first;
  const std::uint64_t* const unknown_fields = block.unknown_fields(0, at);
  // Of each column either the row of its class or its users.
  const std::uint64_t** row = rows_.data();
  const std::uint64_t** user = users_.data();
  for (const Column& column : table.columns) {
    const LayoutColumn& layout = *column.layout;
    bool is_unknown = false;
    std::int32_t key_class = 0;
    if (layout.is_derived()) {
      is_unknown = Bit(derived_[0].unknown_rows(column.id), 0);
      key_class = layout.ClassOf(derived_[0].values(column.id)[0]);
    } else {
      is_unknown = Bit(unknown_fields, static_cast<std::size_t>(layout.field));
      key_class = layout.is_byte
                      ? block.bytes(0, layout.place)[at]
                      : layout.ClassOf(block.wide(0, layout.place)[at]);
    }
    *user = column.users;
    user += is_unknown ? 1 : 0;
    *row = column.rows + static_cast<std::size_t>(key_class) * table.words;
    row += is_unknown ? 0 : 1;
  }
  AndRows(program_.index(0).initial(), rows_.data(),
          static_cast<std::size_t>(row - rows_.data()), table.words,
          table.alive.data());
  OrRows(program_.index(0).open(), users_.data(),
         static_cast<std::size_t>(user - users_.data()), table.words,
         table.unknown.data());
}

// Column by column: no row waits for the one before.
template <std::size_t kWords>
void ScalarEvaluator::EvaluateElements(const RecordBlock& block,
                                       std::size_t id) {
  Table& table = tables_[id];
  const std::size_t words = kWords == 0 ? table.words : kWords;
  const std::size_t count = table.count;
  std::uint64_t* const alive = table.alive.data();
  std::uint64_t* const unknown = table.unknown.data();
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t word = 0; word < words; ++word) {
      alive[row * words + word] = program_.index(id).initial()[word];
      unknown[row * words + word] = program_.index(id).open()[word];
    }
  }
  for (const Column& column : table.columns) {
    const LayoutColumn& layout = *column.layout;
    const bool derived = layout.is_derived();
    const auto field = static_cast<std::size_t>(std::max(layout.field, 0));
    const bool any_unknown = derived ? derived_[id].has_unknown(column.id)
                                     : block.has_unknown(id, field);
    const std::uint8_t* const bytes =
        layout.is_byte ? block.bytes(id, layout.place) + table.first : nullptr;
    const std::int64_t* const keys =
        derived          ? derived_[id].values(column.id)
        : layout.is_byte ? nullptr
                         : block.wide(id, layout.place) + table.first;
    const auto row_of = [&](std::size_t row) {
      const std::int32_t key_class =
          bytes != nullptr ? bytes[row] : layout.ClassOf(keys[row]);
      return column.rows + static_cast<std::size_t>(key_class) * words;
    };
    if (!any_unknown) {
      for (std::size_t row = 0; row < count; ++row) {
        const std::uint64_t* const bits = row_of(row);
        for (std::size_t word = 0; word < words; ++word)
          alive[row * words + word] &= bits[word];
      }
      continue;
    }
    const std::uint64_t* const unknown_rows =
        derived ? derived_[id].unknown_rows(column.id)
                : block.unknown_rows(id, field);
    const std::size_t first = derived ? 0 : table.first;
    for (std::size_t row = 0; row < count; ++row) {
      const std::uint64_t* const bits = row_of(row);
      const std::uint64_t open =
          Bit(unknown_rows, first + row) ? ~std::uint64_t{0} : 0;
      for (std::size_t word = 0; word < words; ++word) {
        alive[row * words + word] &= bits[word] | open;
        unknown[row * words + word] |= column.users[word] & open;
      }
    }
  }
}

// Goals that others link to are finished first, one after another. The links of
// the last ones, to which nobody links, may come in any order: those of one
// kind together.
void ScalarEvaluator::PlanLinks(std::size_t id) {
  const GoalTable& goals = program_.tables()[id];

  struct Planned {
    Link link;
    bool exists = false;
    std::int32_t child_table = 0;
  };

  std::vector<bool> is_target(goals.goals.size());
  for (const Goal& goal : goals.goals) {
    for (const GoalLink& link : goal.links) {
      if (link.kind == GoalLink::Kind::kGoal) {
        is_target[static_cast<std::size_t>(link.goal)] = true;
      }
    }
  }
  std::vector<Planned> planned;
  std::vector<Planned> last;
  for (const std::int32_t from : goals.linked) {
    const auto at = static_cast<std::size_t>(from);
    for (const GoalLink& link : goals.goals[at].links) {
      Planned one;
      one.link = {static_cast<std::uint32_t>(from),
                  static_cast<std::uint32_t>(link.goal),
                  link.negated ? std::uint64_t{1} : 0};
      one.exists = link.kind == GoalLink::Kind::kExists;
      one.child_table = one.exists ? link.table : 0;
      (is_target[at] ? planned : last).push_back(one);
    }
  }
  std::stable_sort(last.begin(), last.end(),
                   [](const Planned& a, const Planned& b) {
                     return a.child_table < b.child_table;
                   });
  planned.insert(planned.end(), last.begin(), last.end());
  std::vector<LinkRun>& runs = tables_[id].runs;
  for (const Planned& one : planned) {
    const auto child = static_cast<std::uint32_t>(one.child_table);
    const auto at = static_cast<std::uint32_t>(links_.size());
    if (runs.empty() || runs.back().exists != one.exists ||
        runs.back().child_table != child) {
      runs.push_back({one.exists, child, at, at});
    }
    links_.push_back(one.link);
    ++runs.back().end;
  }
}

// Bits instead of branches, which nobody could foresee.
void ScalarEvaluator::ApplyLinks(std::size_t id, std::size_t row) {
  Table& table = tables_[id];
  std::uint64_t* const alive = table.alive.data() + row * table.words;
  std::uint64_t* const unknown = table.unknown.data() + row * table.words;
  const auto apply = [&](const Link& link, std::uint64_t met,
                         std::uint64_t open) {
    const std::uint64_t is_false = ((met ^ link.flip) | open) ^ 1;
    alive[link.from / 64] &= ~(is_false << (link.from % 64));
    unknown[link.from / 64] |= open << (link.from % 64);
  };
  for (const LinkRun& run : table.runs) {
    if (run.exists) {
      const Table& child = tables_[run.child_table];
      const std::uint64_t* const exists =
          child.exists.data() + row * child.words;
      const std::uint64_t* const perhaps =
          child.perhaps.data() + row * child.words;
      for (std::uint32_t i = run.begin; i < run.end; ++i) {
        const Link& link = links_[i];
        apply(link, exists[link.to / 64] >> (link.to % 64) & 1,
              perhaps[link.to / 64] >> (link.to % 64) & 1);
      }
      continue;
    }
    for (std::uint32_t i = run.begin; i < run.end; ++i) {
      const Link& link = links_[i];
      const std::uint64_t left = alive[link.to / 64] >> (link.to % 64) & 1;
      const std::uint64_t open = unknown[link.to / 64] >> (link.to % 64) & left;
      apply(link, left & ~open, open);
    }
  }
}

void ScalarEvaluator::SumUpElements(const RecordBlock& block, std::size_t id) {
  Table& table = tables_[id];
  const Table& parent = tables_[table.parent];
  const std::size_t words = table.words;
  const std::size_t needed = parent.count * words;
  if (table.exists.size() < needed) {
    table.exists.resize(needed);
    table.perhaps.resize(std::max(table.perhaps.size(), needed));
  }
  std::fill_n(table.exists.data(), needed, 0);
  std::fill_n(table.perhaps.data(), needed, 0);
  const std::uint32_t* const begins = block.begins(id) + parent.first;
  const auto list =
      static_cast<std::size_t>(program_.layout().tables[id].list_field);
  for (std::size_t row = 0; row < parent.count; ++row) {
    std::uint64_t* const exists = table.exists.data() + row * words;
    std::uint64_t* const perhaps = table.perhaps.data() + row * words;
    for (std::size_t i = begins[row] - table.first;
         i < begins[row + 1] - table.first; ++i) {
      const std::uint64_t* const alive = table.alive.data() + i * words;
      const std::uint64_t* const unknown = table.unknown.data() + i * words;
      for (std::size_t word = 0; word < words; ++word) {
        exists[word] |= alive[word] & ~unknown[word];
        perhaps[word] |= alive[word] & unknown[word];
      }
    }
    // Where elements are not all known, there may be one that meets it.
    const std::uint64_t more =
        block.has_unknown(table.parent, list) &&
                block.is_unknown(table.parent, parent.first + row, list)
            ? ~std::uint64_t{0}
            : 0;
    for (std::size_t word = 0; word < words; ++word)
      perhaps[word] = (perhaps[word] | more) & ~exists[word];
  }
}

void ScalarEvaluator::TurnElements(const RecordBlock& block) {
  const std::uint64_t* const unknown =
      block.unknown_fields(0, tables_[0].first);
  for (std::size_t t = 1; t < tables_.size(); ++t) {
    Table& table = tables_[t];
    const std::size_t count = std::min(kTurned, table.count);
    TurnRows(table.alive.data(), table.unknown.data(), count, table.words,
             table.undecided.data());
    for (const std::int32_t sum : table.summed) {
      const auto field = static_cast<std::size_t>(sum);
      const auto list =
          static_cast<std::size_t>(program_.layout().tables[t].list_field);
      table.undecided[table.words * 64 + field % 64] =
          Bit(unknown, list)
              ? std::uint8_t{0}
              : static_cast<std::uint8_t>(
                    BitsFrom(block.unknown_rows(t, field), table.first, count));
    }
  }
}

void ScalarEvaluator::Report(const RecordBlock& block, std::size_t record) {
  const Table& root = tables_[0];
  const std::size_t conditions = program_.roots().size();
  const std::vector<Goal>& goals = program_.tables()[0].goals;
  for (std::size_t word = 0; word * 64 < conditions; ++word) {
    const std::size_t left = conditions - word * 64;
    const std::uint64_t wanted =
        left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    for (std::uint64_t bits = root.alive[word] & wanted; bits != 0;
         bits &= bits - 1) {
      const auto condition = static_cast<std::uint32_t>(word * 64) +
                             static_cast<std::uint32_t>(__builtin_ctzll(bits));
      if ((root.unknown[word] & bits & -bits) == 0) {
        fired_.push_back(condition);
      } else if (goals[condition].rests_on_open) {
        Interpret(condition);
      } else {
        undetermined_.push_back({0, condition, Undetermined::kNone});
      }
    }
  }
  if (!undetermined_.empty()) ListMissing(block, record);
}

void ScalarEvaluator::ListMissing(const RecordBlock& block,
                                  std::size_t record) {
  TurnElements(block);
  const Table& root = tables_[0];
  const std::uint64_t unknown = *block.unknown_fields(0, record);
  bool is_small = true;
  for (const Table& table : tables_)
    is_small = is_small && table.count <= kTurned;
  for (Undetermined& entry : undetermined_) {
    const MissingCollector::Simple& simple = missing_.simple(entry.condition);
    if (!simple.is_simple || !is_small) {
      entry = missing_.Collect(*this, block, record, entry.condition);
      continue;
    }
    std::uint64_t fields = simple.fields;
    for (std::size_t i = 0; i < MissingCollector::Simple::kGoals; ++i) {
      const auto goal = static_cast<std::size_t>(simple.goals[i]);
      const std::uint64_t open =
          (root.alive[goal / 64] & root.unknown[goal / 64]) >> (goal % 64) & 1;
      fields |= simple.goal_fields[i] & (0 - open);
    }
    const Table& child = tables_[simple.table];
    const Elements& elements = elements_[entry.condition];
    const std::uint64_t kept =
        0 - (child.perhaps[elements.word] >> elements.bit & 1);
    fields |= simple.list_field & kept;
    const std::uint32_t rows = child.undecided[elements.turned] &
                               static_cast<std::uint32_t>(kept) & simple.rows;
    entry.fields = fields & unknown;
    entry.first = rows != 0 ? missing_.size() : Undetermined::kNone;
    *missing_.Room(1) = {simple.element_fields,
                         static_cast<std::uint32_t>(child.first),
                         static_cast<std::uint16_t>(rows),
                         simple.table,
                         0,
                         0};
    missing_.Keep(rows != 0 ? 1 : 0);
  }
}

void ScalarEvaluator::Interpret(std::uint32_t condition) {
  if (!interpreted_any_) interpreter_.Begin(*block_, record_);
  interpreted_any_ = true;
  const cel::Value value = interpreter_.Evaluate(condition);
  if (value.IsTrue()) {
    fired_.push_back(condition);
  } else if (!value.IsFalse()) {
    interpreted_.push_back({condition, value});
  }
}

}  // namespace klausul::engine
