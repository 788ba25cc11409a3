#ifndef KLAUSUL_SERVICE_ENGINE_RECORDER_H_
#define KLAUSUL_SERVICE_ENGINE_RECORDER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/types/optional.h"

#include "klausul/v1/finding.pb.h"

#include "service/cel/checker.h"
#include "service/cel/eval_context.h"
#include "service/cel/value.h"
#include "service/engine/effective_plan.h"
#include "service/engine/evaluation.h"
#include "service/engine/plan_environment.h"

// What is remembered of one evaluation, and what is made of it: the plan fields
// that an outcome rests on, and the trace. Internal to this folder.

namespace klausul::engine {

// What the nodes of one expression were worth.
class NodeValues {
 public:
  virtual ~NodeValues() = default;

  // False for a node that was not evaluated.
  virtual bool seen(const cel::Expr& expr) const = 0;

  // Only of a node that was.
  virtual const cel::Value& value(const cel::Expr& expr) const = 0;

  // Whether the nodes within folds are seen, too, with the values of the last
  // turn.
  virtual bool has_fold_bodies() const = 0;
};

// Keeps the value of every node that the reference interpreter evaluates.
class Recorder : public cel::Observer, public NodeValues {
 public:
  // `observer` may be null; it hears of every node, too.
  explicit Recorder(const cel::CheckedExpr& checked,
                    NodeObserver* observer = nullptr)
      : checked_(checked),
        observer_(observer),
        values_(static_cast<std::size_t>(checked.ast().max_id()) + 1),
        seen_(values_.size(), false) {}

  void OnNode(const cel::Expr& expr, const cel::Value& value) override;

  bool seen(const cel::Expr& expr) const override {
    return seen_[static_cast<std::size_t>(expr.id)];
  }

  const cel::Value& value(const cel::Expr& expr) const override {
    return values_[static_cast<std::size_t>(expr.id)];
  }

  bool has_fold_bodies() const override { return true; }

 private:
  const cel::CheckedExpr& checked_;
  NodeObserver* const observer_;
  std::vector<cel::Value> values_;
  std::vector<bool> seen_;
};

// What evidence is made of.
struct EvidenceSource {
  const cel::CheckedExpr* checked = nullptr;
  const std::vector<Binding>* bindings = nullptr;
  const NodeValues* values = nullptr;
  const EffectivePlan* plan = nullptr;
  // The lot that plain names speak of, or -1.
  int lot = -1;
  cel::EvalContext* context = nullptr;
  // The evidence of a fact that has been evaluated.
  std::function<const std::vector<Evidence>&(int fact)> of_fact;
};

// The plan fields on which the value of the expression rests: the operands
// that decide, from the top down. Of `&&` that is false the false ones, of
// `||` that is true the true ones, of either that is unknown the unknown ones;
// of `c ? a : b` the condition and the branch taken; of a fact its own; of a
// fold the list that it walks over. Sorted by path, each once. nullopt where
// that takes the values within a fold, and the source does not have them.
absl::optional<std::vector<Evidence>> CollectEvidence(
    const EvidenceSource& source);

// The subexpressions and their values, from the whole to the parts.
std::vector<v1::TraceStep> MakeTrace(const EvidenceSource& source,
                                     absl::string_view part);

// The paths of an unknown value as plan paths, sorted, each once.
std::vector<std::string> MissingPaths(const cel::UnknownSet& unknown,
                                      const EffectivePlan& plan);

// Its reasons, in order of their encoding, each once.
std::vector<Reason> ReasonsOf(const cel::UnknownSet& unknown);

void SortUnique(std::vector<Evidence>& evidence);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_RECORDER_H_
