#ifndef KLAUSUL_SERVICE_ENGINE_DATED_PROGRAM_H_
#define KLAUSUL_SERVICE_ENGINE_DATED_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/cel/eval_arena.h"
#include "service/cel/value.h"
#include "service/engine/graph/graph.h"
#include "service/engine/program_parts.h"

// What of a program holds on one date of law. Internal to this folder.

namespace klausul::engine {

// Rules that are evaluated together: all of the plan, or all of a lot.
//
// Most rules do not apply to most plans, and most of those for one of a few
// reasons: the regulation's Part, the procedure, the nature of the contract. A
// gate is such a condition, and the rules that do not apply where it is false,
// whatever else is known or not: one evaluation settles all of them.
struct RuleGroup {
  struct Entry {
    const CompiledRule* rule = nullptr;
    // It refines another rule or is refined by one: what comes of it decides
    // about the other, and no gate settles it.
    bool in_refinement = false;
  };

  struct Gate {
    NodeId node = kNoNode;
    // By place in `rules`, as bits.
    std::vector<std::uint64_t> rules;
  };

  // In force, by id.
  std::vector<Entry> rules;
  // Those of several rules, the most common first.
  std::vector<Gate> gates;
};

// Immutable and safe to share between threads. The same on all days between two
// on which something changes.
class DatedProgram {
 public:
  // `rule_ids`: only these and those that refine them; empty: all. The program
  // must outlive it.
  DatedProgram(const ProgramParts& program, absl::CivilDay as_of,
               absl::Span<const std::string> rule_ids);

  DatedProgram(const DatedProgram&) = delete;
  DatedProgram& operator=(const DatedProgram&) = delete;

  const RuleGroup& plan_rules() const { return plan_rules_; }

  const RuleGroup& lot_rules() const { return lot_rules_; }

  // Those that refine another rule or are refined by one.
  const absl::flat_hash_set<const v1::Rule*>& in_refinements() const {
    return in_refinements_;
  }

  // The value of a parameter, by its index in the program; null where it has
  // none on the date.
  const cel::Value* parameter(std::size_t index) const {
    return parameters_[index].has_value() ? &*parameters_[index] : nullptr;
  }

  // The expression of a fact, by its index; null where it has none.
  const CompiledExpression* fact(std::size_t index) const {
    return facts_[index];
  }

  // See EvaluationResult.
  const std::vector<int>& uncovered_rule_sets() const {
    return uncovered_rule_sets_;
  }

 private:
  void ReadParameters(const ProgramParts& program, absl::CivilDay as_of);

  RuleGroup plan_rules_;
  RuleGroup lot_rules_;
  absl::flat_hash_set<const v1::Rule*> in_refinements_;
  cel::EvalArena arena_;
  std::vector<absl::optional<cel::Value>> parameters_;
  std::vector<const CompiledExpression*> facts_;
  std::vector<int> uncovered_rule_sets_;
};

// Keeps the periods asked for last: the days between two on which a rule, a
// fact or a parameter changes. Safe to use from any thread.
class DatedPrograms {
 public:
  // The law of ten years has some fifty.
  static constexpr std::size_t kMaxKept = 64;

  explicit DatedPrograms(const ProgramParts& program);

  std::shared_ptr<const DatedProgram> On(absl::CivilDay as_of);

 private:
  struct Kept {
    // How many changes come before it.
    std::ptrdiff_t period;
    std::shared_ptr<const DatedProgram> program;
  };

  const ProgramParts& program_;
  // The first days on which something differs from the day before, ascending.
  std::vector<absl::CivilDay> changes_;
  std::mutex mutex_;
  // Those used last at the end.
  std::vector<Kept> kept_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_DATED_PROGRAM_H_
