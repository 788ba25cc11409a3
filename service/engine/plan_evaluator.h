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
#include "service/engine/effective_plan.h"
#include "service/engine/evaluation.h"
#include "service/engine/program_parts.h"
#include "service/engine/recorder.h"

// The reference way of running a program: every expression is walked by the
// interpreter of service/cel. Whatever is faster is measured against it.
// Internal to this folder.

namespace klausul::engine {

// One run over one plan. Not thread-safe; make one for each call.
class PlanEvaluator {
 public:
  // Both must outlive it.
  PlanEvaluator(const ProgramParts& program, const EffectivePlan& plan,
                const EvaluationOptions& options);
  ~PlanEvaluator();

  // All rules in force, and the facts asked for. Call once.
  absl::StatusOr<EvaluationResult> EvaluateRules();

  // One expression about the plan, compiled against any of the program's
  // environments or one of the caller's over the same indices.
  absl::StatusOr<ExpressionResult> EvaluateExpression(
      const CompiledExpression& expression);

 private:
  class PlanActivation;

  // A fact's value and what it rests on, kept for the plan or for one lot.
  struct FactState {
    cel::Value value;
    std::vector<Evidence> evidence;
    std::vector<v1::TraceStep> trace;
    std::string error;
  };

  // What one evaluation of an expression leaves behind. The arena is the
  // caller's.
  struct Evaluation {
    cel::Value value;
    std::unique_ptr<cel::EvalContext> context;
    std::unique_ptr<Recorder> recorder;
  };

  cel::EvalOptions Options(cel::Observer* observer) const;
  Evaluation Run(const CompiledExpression& expression, cel::EvalArena& arena);
  cel::Value Read(const Binding& binding, cel::EvalContext& context) const;
  EvidenceSource Source(const CompiledExpression& expression,
                        const Evaluation& evaluation) const;
  // Marks the run as over where a bound was met.
  void CheckBounds(const cel::Value& value);

  bool stopped() const { return !status_.ok(); }

  // The values of parameters on the date of law.
  void ReadParameters();
  cel::Value ParameterValue(const v1::Parameter& parameter,
                            cel::EvalContext& context) const;

  void EnterLot(int lot);
  // Evaluates those of these facts that have no value yet.
  void EnsureFacts(const std::vector<int>& facts);
  void EvaluateFact(int index);
  const FactState& Fact(int index) const;

  bool IsWanted(const CompiledRule& rule) const;
  void EvaluateRule(const CompiledRule& rule, EvaluationResult& result);
  v1::Finding::Outcome Decide(const CompiledRule& rule,
                              const cel::Value& applies,
                              const cel::Value& required) const;
  void Explain(const CompiledRule& rule, const Evaluation& applies,
               const Evaluation& required, RuleResult& result);
  void AddTrace(const CompiledRule& rule, const Evaluation& applies,
                const Evaluation& required, RuleResult& result);
  void AddValues(const CompiledRule& rule, RuleResult& result);
  static void HideRefined(EvaluationResult& result);
  void CollectFacts(bool for_lots, EvaluationResult& result) const;

  const ProgramParts& program_;
  const EffectivePlan& plan_;
  const EvaluationOptions& options_;
  absl::Status status_;
  std::int64_t steps_left_;
  cel::Presence presence_;

  cel::MessageValue plan_value_;
  v1::Date date_of_law_;

  // Lives for the whole run: parameters and facts of the plan.
  cel::EvalArena plan_arena_;
  std::vector<cel::Value> parameters_;
  std::vector<std::unique_ptr<FactState>> plan_facts_;

  // For the lot at hand.
  int lot_ = -1;
  std::unique_ptr<cel::EvalArena> lot_arena_;
  cel::MessageValue lot_value_;
  std::unique_ptr<cel::AttributePath> lot_path_;
  std::vector<std::unique_ptr<FactState>> lot_facts_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PLAN_EVALUATOR_H_
