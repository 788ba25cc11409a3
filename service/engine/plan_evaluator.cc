#include "service/engine/plan_evaluator.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/civil_day.h"
#include "service/cel/message_access.h"
#include "service/engine/host_values.h"
#include "service/engine/program_graph.h"

namespace klausul::engine {
namespace {

using cel::EvalContext;
using cel::Value;
using Outcome = v1::Finding::Outcome;

// The whole input: paths of its fields are just their names.
constexpr cel::AttributePath kPlanRoot("");

std::string FormatError(const Value& value, absl::string_view part) {
  return absl::StrCat(part, ": ", value.error().message, " (",
                      cel::ErrorCodeName(value.error().code), ")");
}

bool HasMissing(const Value& value) {
  return value.is_unknown() && !value.unknown().Paths().empty();
}

}  // namespace

// Hands the variables of one environment to the reference interpreter.
class PlanEvaluator::PlanActivation : public cel::Activation {
 public:
  PlanActivation(PlanEvaluator& evaluator, const std::vector<Binding>& bindings)
      : evaluator_(evaluator), bindings_(bindings) {}

  Value Variable(int index, EvalContext& context) const override {
    return evaluator_.Read(bindings_[static_cast<std::size_t>(index)], context);
  }

 private:
  PlanEvaluator& evaluator_;
  const std::vector<Binding>& bindings_;
};

PlanEvaluator::PlanEvaluator(const ProgramParts& program,
                             const EffectivePlan& plan,
                             const EvaluationOptions& options,
                             GraphEvaluator* graph)
    : program_(program),
      plan_(plan),
      options_(options),
      graph_(graph),
      steps_left_(options.max_total_steps),
      date_of_law_(ToDate(options.as_of)) {
  presence_.stated_empty = &plan.presence().stated_empty;
  presence_.still_open = &plan.presence().still_open;
  presence_.complete = &plan.presence().complete;
  plan_value_.message = &plan.plan();
  plan_value_.path = &kPlanRoot;
  plan_facts_.resize(program.facts.size());
  if (program.scopes.empty()) return;
  plan_context_ = std::make_unique<EvalContext>(
      plan_arena_, *program.scopes[0]->plan_environment.cel, Options(nullptr));
  if (graph_ != nullptr) graph_->BeginScope(kPlanScope, *plan_context_);
  ReadParameters();
}

PlanEvaluator::~PlanEvaluator() = default;

cel::EvalOptions PlanEvaluator::Options(cel::Observer* observer) const {
  cel::EvalOptions options;
  options.step_limit = std::min(options_.max_expression_steps, steps_left_);
  options.observer = observer;
  options.presence = &presence_;
  options.cancelled = options_.cancelled;
  return options;
}

PlanEvaluator::Evaluation PlanEvaluator::Run(
    const CompiledExpression& expression, cel::EvalArena& arena) {
  return graph_ != nullptr && expression.graph != nullptr
             ? RunOnGraph(expression)
             : RunReference(expression, arena);
}

PlanEvaluator::Evaluation PlanEvaluator::RunOnGraph(
    const CompiledExpression& expression) {
  const std::int64_t limit =
      std::min(options_.max_expression_steps, steps_left_);
  EvalContext* const contexts[] = {plan_context_.get(), lot_context_.get()};
  for (EvalContext* context : contexts) {
    if (context != nullptr) context->ResetSteps(limit);
  }
  Evaluation evaluation;
  evaluation.done = true;
  evaluation.value = graph_->Evaluate(expression.graph->root, *this);
  for (const EvalContext* context : contexts) {
    if (context != nullptr) steps_left_ -= context->steps();
  }
  CheckBounds(evaluation.value);
  return evaluation;
}

PlanEvaluator::Evaluation PlanEvaluator::RunReference(
    const CompiledExpression& expression, cel::EvalArena& arena) {
  Evaluation evaluation;
  evaluation.done = true;
  const cel::CheckedExpr& checked = expression.checked();
  evaluation.recorder = std::make_unique<Recorder>(checked);
  evaluation.own_context = std::make_unique<EvalContext>(
      arena, checked.environment(), Options(evaluation.recorder.get()));
  const PlanActivation activation(*this, expression.environment->bindings);
  evaluation.value =
      expression.evaluator->Evaluate(activation, *evaluation.own_context);
  steps_left_ -= evaluation.own_context->steps();
  CheckBounds(evaluation.value);
  return evaluation;
}

void PlanEvaluator::CheckBounds(const Value& value) {
  if (stopped()) return;
  if (steps_left_ <= 0) {
    status_ = absl::ResourceExhaustedError(absl::StrCat(
        "the evaluation takes more than ", options_.max_total_steps, " steps"));
  } else if ((value.is_error() &&
              value.error().code == cel::ErrorCode::kCancelled) ||
             (options_.is_cancelled && options_.is_cancelled())) {
    status_ = absl::CancelledError("the evaluation was cancelled");
  }
}

Value PlanEvaluator::ReadInput(std::int32_t number, EvalContext& context) {
  return Read(program_.graph_inputs[static_cast<std::size_t>(number)], context);
}

Value PlanEvaluator::Read(const Binding& binding, EvalContext& context) {
  switch (binding.role) {
    case Binding::Role::kPlanField:
      if (binding.lot_field != nullptr && lot_ >= 0 &&
          plan_.lots() != EffectivePlan::Lots::kUndivided) {
        return cel::ReadField(lot_value_, binding.lot_field, context);
      }
      return cel::ReadField(plan_value_, binding.plan_field, context);
    case Binding::Role::kPlan:
      return Value::Message(&plan_value_);
    case Binding::Role::kLot:
      return Value::Message(&lot_value_);
    case Binding::Role::kDateOfLaw:
      return Value::Message(date_of_law_, nullptr, context);
    case Binding::Role::kParameter:
      return parameters_[static_cast<std::size_t>(binding.index)];
    case Binding::Role::kFact:
      return Fact(binding.index).value;
  }
  return Value::Null();
}

void PlanEvaluator::ReadParameters() {
  EvalContext context(plan_arena_, *program_.scopes[0]->plan_environment.cel,
                      Options(nullptr));
  for (const CompiledParameter& parameter : program_.parameters) {
    parameters_.push_back(ParameterValue(*parameter.proto, context));
  }
}

Value PlanEvaluator::ParameterValue(const v1::Parameter& parameter,
                                    EvalContext& context) const {
  for (const v1::Parameter::Value& value : parameter.values()) {
    if (!Holds(value.period(), options_.as_of)) continue;
    switch (parameter.type()) {
      case v1::Parameter::INT:
        return Value::Int(value.int_value());
      case v1::Parameter::DOUBLE:
        return Value::Double(value.double_value());
      case v1::Parameter::MONEY: {
        v1::Money money = value.money_value();
        money.set_vat(parameter.vat() == v1::VAT_BASIS_UNSPECIFIED
                          ? v1::VAT_BASIS_EXCLUDED
                          : parameter.vat());
        return MakeMoney(money, context);
      }
      case v1::Parameter::MONTHS: {
        v1::Span span;
        span.set_months(static_cast<std::int32_t>(value.int_value()));
        return MakeSpan(span, context);
      }
      default:
        return Value::String(value.string_value());
    }
  }
  return UnknownFor({Reason::Code::kNoParameterValue,
                     {parameter.id(), FormatCivilDay(options_.as_of)}},
                    context);
}

EvidenceSource PlanEvaluator::Source(const CompiledExpression& expression,
                                     const NodeValues& values, int lot,
                                     EvalContext& context) {
  EvidenceSource source;
  source.checked = &expression.checked();
  source.bindings = &expression.environment->bindings;
  source.values = &values;
  source.plan = &plan_;
  source.lot = lot;
  source.context = &context;
  source.of_fact = [this](int fact) -> const std::vector<Evidence>& {
    return EvidenceOfFact(fact);
  };
  return source;
}

cel::EvalContext& PlanEvaluator::ContextOf(const Evaluation& evaluation,
                                           int lot) {
  if (evaluation.own_context != nullptr) return *evaluation.own_context;
  return lot >= 0 ? *lot_context_ : *plan_context_;
}

std::vector<Evidence> PlanEvaluator::EvidenceOf(
    const CompiledExpression& expression, const Evaluation& evaluation,
    int lot) {
  if (!evaluation.done) return {};
  if (evaluation.recorder != nullptr) {
    return *CollectEvidence(
        Source(expression, *evaluation.recorder, lot, *evaluation.own_context));
  }
  const cel::Expr& root = expression.checked().root();
  if (expression.graph->nodes[static_cast<std::size_t>(root.id)] != kNoNode) {
    const GraphValues values(graph_, expression.graph.get());
    absl::optional<std::vector<Evidence>> evidence = CollectEvidence(
        Source(expression, values, lot, ContextOf(evaluation, lot)));
    if (evidence.has_value()) return *std::move(evidence);
  }
  // What happened within folds takes an evaluation of its own.
  cel::EvalArena arena;
  const int outer = std::exchange(lot_, lot);
  const Evaluation again = RunReference(expression, arena);
  std::vector<Evidence> evidence = *CollectEvidence(
      Source(expression, *again.recorder, lot, *again.own_context));
  lot_ = outer;
  return evidence;
}

const std::vector<Evidence>& PlanEvaluator::EvidenceOfFact(int index) {
  FactState& state = Fact(index);
  if (!state.evidence.has_value()) {
    state.evidence.emplace();
    if (state.expression != nullptr) {
      Evaluation evaluation;
      evaluation.done = true;
      evaluation.value = state.value;
      state.evidence =
          EvidenceOf(*state.expression, evaluation, IsOfLot(index) ? lot_ : -1);
    }
  }
  return *state.evidence;
}

bool PlanEvaluator::IsOfLot(int fact) const {
  return program_.facts[static_cast<std::size_t>(fact)].proto->for_each_lot();
}

PlanEvaluator::FactState& PlanEvaluator::Fact(int index) {
  const auto i = static_cast<std::size_t>(index);
  FactState& state = IsOfLot(index) ? lot_facts_[i] : plan_facts_[i];
  if (!state.known) EvaluateFact(index, state);
  return state;
}

void PlanEvaluator::EnterLot(int lot) {
  lot_ = lot;
  lot_facts_.clear();
  lot_facts_.resize(program_.facts.size());
  lot_arena_ = std::make_unique<cel::EvalArena>();
  const auto index = static_cast<std::size_t>(lot);
  lot_path_ = std::make_unique<cel::AttributePath>(plan_.lot_root(index));
  lot_value_.message = &plan_.lot(index);
  lot_value_.path = lot_path_.get();
  lot_context_ = std::make_unique<EvalContext>(
      *lot_arena_, *program_.scopes[0]->plan_environment.cel, Options(nullptr));
  if (graph_ != nullptr) graph_->BeginScope(kLotScope, *lot_context_);
}

void PlanEvaluator::EnsureFacts(const std::vector<int>& facts) {
  for (const int index : facts) {
    if (stopped()) return;
    Fact(index);
  }
}

void PlanEvaluator::PrepareFacts(const std::vector<int>& facts) {
  // On the graph a fact is evaluated by whoever reads it, unless facts stand
  // so deep behind one another that this would fill the stack.
  constexpr int kMaxDepth = 24;
  if (graph_ == nullptr || program_.fact_depth > kMaxDepth) EnsureFacts(facts);
}

void PlanEvaluator::EvaluateFact(int index, FactState& state) {
  const CompiledFact& fact = program_.facts[static_cast<std::size_t>(index)];
  const bool of_lot = IsOfLot(index);
  cel::EvalArena& arena = of_lot ? *lot_arena_ : plan_arena_;
  const auto version =
      std::find_if(fact.versions.begin(), fact.versions.end(),
                   [&](const CompiledFact::Version& candidate) {
                     return Holds(candidate.period, options_.as_of);
                   });
  state.known = true;
  if (version == fact.versions.end()) {
    state.value =
        UnknownFor({Reason::Code::kNoFactVersion,
                    {fact.proto->name(), FormatCivilDay(options_.as_of)}},
                   of_lot ? *lot_context_ : *plan_context_);
    return;
  }
  state.expression = &version->expression;
  // A fact of the plan reads no lot, also where a lot's rule asks for it.
  const int lot = std::exchange(lot_, of_lot ? lot_ : -1);
  if (graph_ != nullptr) {
    state.value = graph_->Evaluate(version->expression.graph->root, *this);
  } else {
    const Evaluation evaluation = RunReference(version->expression, arena);
    state.value = evaluation.value;
    state.evidence = EvidenceOf(version->expression, evaluation, lot_);
    if (options_.trace) {
      state.trace = MakeTrace(Source(version->expression, *evaluation.recorder,
                                     lot_, *evaluation.own_context),
                              fact.proto->name());
    }
  }
  if (state.value.is_error()) {
    // Whoever reads the fact learns which one failed.
    state.error = FormatError(state.value,
                              absl::StrCat("fact `", fact.proto->name(), "`"));
    state.value = Value::Error(state.value.error().code, state.error, arena);
  }
  lot_ = lot;
}

bool PlanEvaluator::IsWanted(const CompiledRule& rule) const {
  if (!Holds(rule.proto->in_force(), options_.as_of)) return false;
  if (options_.rule_ids.empty()) return true;
  const auto is_named = [&](const CompiledRule& candidate) {
    return std::find(options_.rule_ids.begin(), options_.rule_ids.end(),
                     candidate.proto->id()) != options_.rule_ids.end();
  };
  return is_named(rule) ||
         (rule.refines >= 0 &&
          is_named(program_.rules[static_cast<std::size_t>(rule.refines)]));
}

Outcome PlanEvaluator::Decide(const CompiledRule& rule, const Value& applies,
                              const Value& required) const {
  if (applies.is_error()) return v1::Finding::FAILED;
  if (applies.IsFalse()) return v1::Finding::NOT_APPLICABLE;
  if (required.IsTrue()) return v1::Finding::SATISFIED;
  // As long as it is not known whether the rule applies, neither a breach nor
  // a failure is decided.
  if (applies.is_unknown()) return v1::Finding::UNDETERMINED;
  if (required.is_error()) return v1::Finding::FAILED;
  if (required.IsFalse()) return v1::Finding::VIOLATED;
  // Silence is a breach only where it is silence: amounts in two currencies
  // are not.
  const bool silent =
      HasMissing(required) && required.unknown().Reasons().empty();
  return rule.proto->unstated_violates() && plan_.is_final() && silent
             ? v1::Finding::VIOLATED
             : v1::Finding::UNDETERMINED;
}

void PlanEvaluator::EvaluateRule(const CompiledRule& rule,
                                 EvaluationResult& result) {
  PrepareFacts(rule.needs);
  if (stopped()) return;
  cel::EvalArena arena;
  Evaluation applies;
  applies.value = Value::Bool(true);
  if (rule.applies.evaluator != nullptr) applies = Run(rule.applies, arena);
  Evaluation required;
  if (applies.value.IsTrue() || applies.value.is_unknown()) {
    required = Run(rule.requirement, arena);
  }
  RuleResult outcome;
  outcome.rule = rule.proto;
  outcome.rule_set_index = rule.rule_set_index;
  outcome.about_lot = rule.proto->for_each_lot();
  if (outcome.about_lot) {
    outcome.subject = plan_.subject(static_cast<std::size_t>(lot_));
  }
  outcome.outcome = Decide(rule, applies.value, required.value);
  Explain(rule, applies, required, outcome);
  if (options_.trace) AddTrace(rule, applies, required, outcome);
  if (outcome.outcome == v1::Finding::VIOLATED) AddValues(rule, outcome);
  if (!stopped()) result.rules.push_back(std::move(outcome));
}

// Missing fields, reasons, evidence or the error, as the outcome asks for.
void PlanEvaluator::Explain(const CompiledRule& rule, const Evaluation& applies,
                            const Evaluation& required, RuleResult& result) {
  const auto add_unknown = [&](const Value& value) {
    if (!value.is_unknown()) return;
    for (std::string& path : MissingPaths(value.unknown(), plan_)) {
      result.missing.push_back(std::move(path));
    }
    for (Reason& reason : ReasonsOf(value.unknown())) {
      if (std::find(result.reasons.begin(), result.reasons.end(), reason) ==
          result.reasons.end()) {
        result.reasons.push_back(std::move(reason));
      }
    }
  };
  const bool wants_evidence =
      (options_.evidence_outcomes >> result.outcome & 1) != 0;
  const auto add_evidence = [&](const CompiledExpression& expression,
                                const Evaluation& evaluation) {
    if (!wants_evidence) return;
    for (Evidence& evidence : EvidenceOf(expression, evaluation, lot_)) {
      result.fields.push_back(std::move(evidence));
    }
  };

  switch (result.outcome) {
    case v1::Finding::NOT_APPLICABLE:
      add_evidence(rule.applies, applies);
      break;
    case v1::Finding::UNDETERMINED:
      add_unknown(applies.value);
      add_unknown(required.value);
      if (applies.value.is_unknown()) add_evidence(rule.applies, applies);
      add_evidence(rule.requirement, required);
      break;
    case v1::Finding::FAILED:
      result.error = applies.value.is_error()
                         ? FormatError(applies.value, "`applies`")
                         : FormatError(required.value, "`requires`");
      break;
    default:
      add_unknown(required.value);
      add_evidence(rule.requirement, required);
      break;
  }
  SortUnique(result.fields);
  std::sort(result.missing.begin(), result.missing.end());
  result.missing.erase(
      std::unique(result.missing.begin(), result.missing.end()),
      result.missing.end());
  // has() shows a field that is not stated; among the missing it stands
  // already.
  const auto is_missing = [&](const Evidence& evidence) {
    return evidence.value.empty() &&
           std::binary_search(result.missing.begin(), result.missing.end(),
                              evidence.path);
  };
  result.fields.erase(
      std::remove_if(result.fields.begin(), result.fields.end(), is_missing),
      result.fields.end());
}

void PlanEvaluator::AddTrace(const CompiledRule& rule,
                             const Evaluation& applies,
                             const Evaluation& required, RuleResult& result) {
  const auto append = [&](std::vector<v1::TraceStep> steps) {
    std::move(steps.begin(), steps.end(), std::back_inserter(result.trace));
  };
  const auto trace = [&](const CompiledExpression& expression,
                         const Evaluation& evaluation, absl::string_view part) {
    if (evaluation.recorder == nullptr) return;
    append(MakeTrace(
        Source(expression, *evaluation.recorder, lot_, *evaluation.own_context),
        part));
  };
  trace(rule.applies, applies, "applies");
  trace(rule.requirement, required, "requires");
  for (const int fact : rule.needs)
    append(Fact(fact).trace);
}

// What the placeholders of the texts stand for.
void PlanEvaluator::AddValues(const CompiledRule& rule, RuleResult& result) {
  PrepareFacts(rule.text_needs);
  if (stopped()) return;
  cel::EvalArena arena;
  for (const CompiledPlaceholder& placeholder : rule.placeholders) {
    const auto index = static_cast<std::size_t>(placeholder.index);
    TextValue text;
    if (placeholder.kind == CompiledPlaceholder::Kind::kArgument) {
      const CompiledExpression& argument = rule.arguments[index];
      const Evaluation evaluation = Run(argument, arena);
      text = ToTextValue(evaluation.value, argument.checked().result_type(),
                         ContextOf(evaluation, lot_));
    } else {
      const bool is_fact = placeholder.kind == CompiledPlaceholder::Kind::kFact;
      EvalContext context(arena, *program_.scopes[0]->plan_environment.cel,
                          Options(nullptr));
      text = ToTextValue(
          is_fact ? Fact(placeholder.index).value : parameters_[index],
          is_fact ? program_.facts[index].type
                  : program_.parameters[index].type,
          context);
    }
    result.values.push_back({placeholder.name, std::move(text)});
  }
}

void PlanEvaluator::CollectFacts(bool for_lots, EvaluationResult& result) {
  if (!options_.all_facts) return;
  const auto& states = for_lots ? lot_facts_ : plan_facts_;
  cel::EvalArena arena;
  EvalContext context(arena, *program_.scopes[0]->plan_environment.cel,
                      Options(nullptr));
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!states[i].known) continue;
    const CompiledFact& fact = program_.facts[i];
    FactResult entry;
    entry.fact = fact.proto;
    entry.fact_index = static_cast<int>(i);
    entry.rule_set_index = fact.rule_set_index;
    if (for_lots) entry.subject = plan_.subject(static_cast<std::size_t>(lot_));
    const Value& value = states[i].value;
    entry.value = ToTextValue(value, fact.type, context);
    entry.error = states[i].error;
    if (value.is_unknown()) {
      entry.missing = MissingPaths(value.unknown(), plan_);
      entry.reasons = ReasonsOf(value.unknown());
    }
    result.facts.push_back(std::move(entry));
  }
}

// A rule that makes another stricter speaks for both, as long as it does not
// hide more than it says: it has to apply, and a breach stays unless it is
// told at least as severely.
void PlanEvaluator::HideRefined(EvaluationResult& result) {
  const auto hides = [&](const RuleResult& strict, const RuleResult& base) {
    if (strict.subject != base.subject ||
        strict.rule->refines() != base.rule->id() ||
        strict.outcome == v1::Finding::NOT_APPLICABLE ||
        strict.outcome == v1::Finding::FAILED ||
        base.outcome == v1::Finding::FAILED) {
      return false;
    }
    return base.outcome != v1::Finding::VIOLATED ||
           (strict.outcome == v1::Finding::VIOLATED &&
            strict.rule->severity() >= base.rule->severity());
  };
  std::vector<const RuleResult*> strict;
  for (const RuleResult& rule : result.rules) {
    if (!rule.rule->refines().empty()) strict.push_back(&rule);
  }
  if (strict.empty()) return;
  std::vector<bool> hidden(result.rules.size(), false);
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    hidden[i] = std::any_of(strict.begin(), strict.end(),
                            [&](const RuleResult* candidate) {
                              return hides(*candidate, result.rules[i]);
                            });
  }
  std::vector<RuleResult> kept;
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    if (!hidden[i]) kept.push_back(std::move(result.rules[i]));
  }
  result.rules = std::move(kept);
}

absl::StatusOr<EvaluationResult> PlanEvaluator::EvaluateRules() {
  EvaluationResult result;
  std::vector<const CompiledRule*> plan_rules;
  std::vector<const CompiledRule*> lot_rules;
  for (const CompiledRule& rule : program_.rules) {
    if (!IsWanted(rule)) continue;
    (rule.proto->for_each_lot() ? lot_rules : plan_rules).push_back(&rule);
  }
  result.rules.reserve(plan_rules.size() +
                       lot_rules.size() * plan_.lot_count());
  std::vector<int> plan_facts;
  std::vector<int> lot_facts;
  if (options_.all_facts) {
    for (std::size_t i = 0; i < program_.facts.size(); ++i) {
      const CompiledFact& fact = program_.facts[i];
      std::vector<int>& facts =
          fact.proto->for_each_lot() ? lot_facts : plan_facts;
      facts.insert(facts.end(), fact.needs.begin(), fact.needs.end());
      facts.push_back(static_cast<int>(i));
    }
  }
  EnsureFacts(plan_facts);
  for (const CompiledRule* rule : plan_rules) {
    if (!stopped()) EvaluateRule(*rule, result);
  }
  if (!lot_rules.empty() || !lot_facts.empty()) {
    for (std::size_t i = 0; i < plan_.lot_count() && !stopped(); ++i) {
      EnterLot(static_cast<int>(i));
      EnsureFacts(lot_facts);
      for (const CompiledRule* rule : lot_rules) {
        if (!stopped()) EvaluateRule(*rule, result);
      }
      if (!stopped()) CollectFacts(/*for_lots=*/true, result);
    }
    lot_ = -1;
  }
  if (stopped()) return status_;
  CollectFacts(/*for_lots=*/false, result);
  std::stable_sort(result.facts.begin(), result.facts.end(),
                   [](const FactResult& a, const FactResult& b) {
                     return a.fact_index < b.fact_index;
                   });
  const auto comes_before = [](const RuleResult& a, const RuleResult& b) {
    return a.rule->id() != b.rule->id() ? a.rule->id() < b.rule->id()
                                        : a.subject < b.subject;
  };
  if (!std::is_sorted(result.rules.begin(), result.rules.end(), comes_before)) {
    std::stable_sort(result.rules.begin(), result.rules.end(), comes_before);
  }
  HideRefined(result);
  return result;
}

absl::StatusOr<ExpressionResult> PlanEvaluator::EvaluateExpression(
    const CompiledExpression& expression) {
  std::vector<int> needs;
  for (const int index : expression.facts) {
    const CompiledFact& fact = program_.facts[static_cast<std::size_t>(index)];
    needs.insert(needs.end(), fact.needs.begin(), fact.needs.end());
    needs.push_back(index);
  }
  EnsureFacts(needs);
  if (stopped()) return status_;
  cel::EvalArena arena;
  const Evaluation evaluation = RunReference(expression, arena);
  if (stopped()) return status_;
  const cel::Type& type = expression.checked().result_type();
  ExpressionResult result;
  result.type = type.ToString("klausul.v1");
  const Value& value = evaluation.value;
  if (value.is_unknown()) {
    result.status = ExpressionResult::Status::kUnknown;
    result.missing = MissingPaths(value.unknown(), plan_);
    result.reasons = ReasonsOf(value.unknown());
  } else if (value.is_error()) {
    result.status = ExpressionResult::Status::kError;
    result.error = absl::StrCat(value.error().message, " (",
                                cel::ErrorCodeName(value.error().code), ")");
  } else {
    result.value = ToTextValue(value, type, *evaluation.own_context);
  }
  return result;
}

}  // namespace klausul::engine
