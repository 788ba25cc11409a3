#ifndef KLAUSUL_SERVICE_RULESET_EXAMPLE_COVERAGE_H_
#define KLAUSUL_SERVICE_RULESET_EXAMPLE_COVERAGE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "service/engine/evaluation.h"
#include "service/engine/program.h"
#include "service/ruleset/repository.h"

// Which parts of conditions the examples tried: a part that no example made
// true, or none made false, might as well say something else.

namespace klausul::ruleset {

// A subexpression that has not come out both ways.
struct UndecidedPart {
  std::string rule_set_id;
  // Id of the rule, or name of the fact.
  std::string owner;
  // `applies`, `requires`, or `fact`.
  std::string part;
  std::string file;
  // From 1; in code points.
  std::int64_t line = 0;
  std::int64_t column = 0;
  // As written, on one line.
  std::string text;
  // At most one of them holds.
  bool was_true = false;
  bool was_false = false;
};

struct ConditionCoverage {
  int rule_count = 0;
  int fact_count = 0;
  // Subexpressions that are true or false; each has two sides.
  int part_count = 0;
  int decided_side_count = 0;
  // By file, line and column.
  std::vector<UndecidedPart> open;

  int side_count() const { return 2 * part_count; }

  // Rounded down, so that 100 is said of the whole only; 100 where there is
  // nothing to decide.
  double percent() const;
};

// Watches the examples of one run (example_runner.h).
//
// Parts are the bool subexpressions of `applies`, `requires` and of facts, the
// whole among them; `!x` is told as `x`, a call as `claimed(x)` as one. A part
// behind one that settles the matter is not asked, so it does not come out. The
// examples of all rules count for a fact, of a rule only its own.
class ExampleCoverage : public engine::NodeObserver {
 public:
  // The examples that come next are of this rule. The entry outlives this.
  void Enter(const RuleSetRepository::Entry& entry,
             const std::shared_ptr<const engine::Program>& program,
             const v1::Rule& rule);

  void OnNode(const cel::CheckedExpr& whole, const cel::Expr& node,
              const cel::Value& value) override;

  // Of the rules entered and, where asked for, all facts of their sets.
  ConditionCoverage Result(bool with_facts) const;

 private:
  // An expression, and how its nodes came out.
  struct Watched {
    const RuleSetRepository::Entry* entry = nullptr;
    std::string owner;
    std::string part;
    const v1::Expression* expression = nullptr;
    // Of one of the programs that ran it; nodes have the same ids in all.
    const cel::CheckedExpr* checked = nullptr;
    // By node: bit 0 for true, bit 1 for false.
    std::vector<std::uint8_t> sides;
  };

  class Counter;

  void EnterProgram(const RuleSetRepository::Entry& entry,
                    const std::shared_ptr<const engine::Program>& program);
  Watched& Watch(const RuleSetRepository::Entry* entry,
                 const std::string& owner, const std::string& part,
                 const v1::Expression& expression,
                 const cel::CheckedExpr& checked);

  std::map<const v1::Expression*, Watched> watched_;
  // Of the program and rule at hand.
  std::shared_ptr<const engine::Program> program_;
  absl::flat_hash_map<const cel::CheckedExpr*, std::vector<Watched*>> facts_;
  absl::flat_hash_map<const cel::CheckedExpr*, std::vector<Watched*>> rule_;
  // Keeps what `checked` points at.
  std::vector<std::shared_ptr<const engine::Program>> programs_;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_EXAMPLE_COVERAGE_H_
