#ifndef KLAUSUL_SERVICE_ENGINE_PLAN_EVALUATOR_H_
#define KLAUSUL_SERVICE_ENGINE_PLAN_EVALUATOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/optional.h"

#include "service/cel/eval_arena.h"
#include "service/cel/evaluator.h"
#include "service/engine/dated_program.h"
#include "service/engine/deciding_paths.h"
#include "service/engine/effective_plan.h"
#include "service/engine/evaluation.h"
#include "service/engine/evaluation_workspace.h"
#include "service/engine/graph/graph_evaluator.h"
#include "service/engine/program_parts.h"
#include "service/engine/recorder.h"

// Runs a program over one plan: on its graph, or the reference way, in which
// every expression is walked by the interpreter of service/cel. Internal to
// this folder.

namespace klausul::engine {

// One run over one plan. Not thread-safe; make one for each call.
class PlanEvaluator : private GraphEvaluator::Host {
 public:
  // All must outlive it. The workspace serves one run at a time.
  PlanEvaluator(const ProgramParts& program, const DatedProgram& dated,
                const EffectivePlan& plan, const EvaluationOptions& options,
                EvaluationWorkspace& workspace);
  ~PlanEvaluator() override;

  // All rules in force, and the facts asked for. Call once.
  absl::StatusOr<EvaluationResult> EvaluateRules();

  // One expression about the plan, compiled against any of the program's
  // environments or one of the caller's over the same indices.
  absl::StatusOr<ExpressionResult> EvaluateExpression(
      const CompiledExpression& expression);

 private:
  class PlanActivation;

  // The values of the graph's nodes that one expression is made of.
  class GraphValues : public NodeValues {
   public:
    GraphValues(const GraphEvaluator* evaluator,
                const GraphExpression* expression)
        : evaluator_(evaluator), expression_(expression) {}

    bool seen(const cel::Expr& expr) const override {
      const NodeId node = NodeOf(expr);
      return node != kNoNode && evaluator_->IsKnown(node);
    }

    const cel::Value& value(const cel::Expr& expr) const override {
      return evaluator_->value(NodeOf(expr));
    }

    // Other expressions may have gone through the same nodes since.
    bool has_fold_bodies() const override { return false; }

   private:
    NodeId NodeOf(const cel::Expr& expr) const {
      return expression_->nodes[static_cast<std::size_t>(expr.id)];
    }

    const GraphEvaluator* evaluator_;
    const GraphExpression* expression_;
  };

  // What one evaluation of an expression leaves behind; those of the reference
  // interpreter in an arena of the caller's.
  struct Evaluation {
    cel::Value value;
    // False where nothing was evaluated.
    bool done = false;
    std::unique_ptr<cel::EvalContext> own_context;
    // Null for an evaluation on the graph.
    std::unique_ptr<Recorder> recorder;
  };

  // What a fact rests on; made when somebody asks.
  struct FactNotes {
    absl::optional<std::vector<Evidence>> evidence;
    std::vector<v1::TraceStep> trace;
  };

  cel::Value ReadInput(std::int32_t number, cel::EvalContext& context) override;

  cel::EvalOptions Options(cel::Observer* observer) const;
  Evaluation Run(const CompiledExpression& expression, cel::EvalArena& arena);
  Evaluation RunOnGraph(const CompiledExpression& expression);
  Evaluation RunReference(const CompiledExpression& expression,
                          cel::EvalArena& arena);
  cel::Value Read(const Binding& binding, cel::EvalContext& context);
  EvidenceSource Source(const CompiledExpression& expression,
                        const NodeValues& values, int lot,
                        cel::EvalContext& context);
  // The lot at hand, which is made when something reads it.
  const cel::MessageValue& LotValue();
  // The evidence of an expression that has been evaluated, for the lot or, -1,
  // for the plan.
  std::vector<Evidence> EvidenceOf(const CompiledExpression& expression,
                                   const Evaluation& evaluation, int lot);
  const std::vector<Evidence>& EvidenceOfFact(int index);
  cel::EvalContext& ContextOf(const Evaluation& evaluation, int lot);
  // Marks the run as over where a bound was met.
  void CheckBounds(const cel::Value& value);

  bool stopped() const { return !status_.ok(); }

  // A node of the program's graph, its steps counted.
  cel::Value EvaluateNode(NodeId node);

  bool on_graph() const { return graph_ != nullptr; }

  void EnterLot(int lot);
  // Evaluates those of these facts that have no value yet. They are in an
  // order in which each comes after what it needs.
  void EnsureFacts(const std::vector<int>& facts);
  // The same where an expression does not evaluate its facts as it goes.
  void PrepareFacts(const std::vector<int>& facts);
  void EvaluateFact(int index, FactValue& fact);
  bool IsOfLot(int fact) const;
  // Unknown where it has no value on the date of law.
  cel::Value Parameter(int index, cel::EvalContext& context) const;
  // Evaluates it where that has not been done.
  const cel::Value& Fact(int index);
  FactNotes& NotesOf(int fact);

  bool IsWanted(v1::Finding::Outcome outcome) const {
    return (options_.outcomes >> outcome & 1) != 0;
  }

  void EvaluateGroup(const RuleGroup& group, EvaluationResult& result);
  // Clears the bits of rules that a gate shows not to apply.
  void CloseGates(const RuleGroup& group, std::vector<std::uint64_t>& open);
  void EvaluateRule(const RuleGroup::Entry& entry, EvaluationResult& result);
  void Count(const v1::Rule& rule, v1::Finding::Outcome outcome,
             EvaluationResult& result) const;
  // Counts the results that were kept because of refinements, and drops those
  // that nobody wants.
  void SettleRefinements(EvaluationResult& result);
  v1::Finding::Outcome Decide(const CompiledRule& rule,
                              const cel::Value& applies,
                              const cel::Value& required) const;
  void Explain(const CompiledRule& rule, const Evaluation& applies,
               const Evaluation& required, RuleResult& result);
  void AddTrace(const CompiledRule& rule, const Evaluation& applies,
                const Evaluation& required, RuleResult& result);
  void AddValues(const CompiledRule& rule, RuleResult& result);
  void CollectFacts(bool for_lots, EvaluationResult& result);

  const ProgramParts& program_;
  const DatedProgram& dated_;
  const EffectivePlan& plan_;
  const EvaluationOptions& options_;
  EvaluationWorkspace& workspace_;
  // Null for the reference way.
  GraphEvaluator* const graph_;
  absl::Status status_;
  std::int64_t steps_left_;
  cel::Presence presence_;
  // Null where nobody asks for them.
  std::unique_ptr<DecidingPaths> deciding_;

  cel::MessageValue plan_value_;
  v1::Date date_of_law_;

  // Of evaluations on the graph.
  absl::optional<cel::EvalContext> plan_context_;
  std::vector<FactNotes> plan_notes_;

  // For the lot at hand.
  int lot_ = -1;
  cel::MessageValue lot_value_;
  absl::optional<cel::AttributePath> lot_path_;
  absl::optional<cel::EvalContext> lot_context_;
  std::vector<FactNotes> lot_notes_;

  // Working memory.
  std::vector<std::uint64_t> open_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PLAN_EVALUATOR_H_
