#include "service/engine/plan_evaluator.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/civil_day.h"
#include "service/cel/message_access.h"
#include "service/engine/host_values.h"
#include "service/engine/program_graph.h"
#include "service/engine/refinement.h"

namespace klausul::engine {
namespace {

using cel::EvalContext;
using cel::Value;
using Outcome = v1::Finding::Outcome;

// The whole input: paths of its fields are just their names.
constexpr cel::AttributePath kPlanRoot("");

// On the graph a fact is evaluated by whoever reads it, unless facts stand so
// deep behind one another that this would fill the stack.
constexpr int kMaxFactDepth = 24;

std::string FormatError(const Value& value, absl::string_view part) {
  return absl::StrCat(part, ": ", value.error().message, " (",
                      cel::ErrorCodeName(value.error().code), ")");
}

Value ReadTopLevel(const cel::MessageValue& message,
                   const google::protobuf::FieldDescriptor* field,
                   const cel::FieldReader* reader, EvalContext& context) {
  return reader != nullptr ? cel::ReadField(message, *reader, context)
                           : cel::ReadField(message, field, context);
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
                             const DatedProgram& dated,
                             const EffectivePlan& plan,
                             const EvaluationOptions& options,
                             EvaluationWorkspace& workspace)
    : program_(program),
      dated_(dated),
      plan_(plan),
      options_(options),
      workspace_(workspace),
      graph_(options.reference || options.trace || options.observer != nullptr
                 ? nullptr
                 : &workspace.graph),
      steps_left_(options.max_total_steps),
      date_of_law_(ToDate(options.as_of)) {
  presence_.stated_empty = &plan.presence().stated_empty;
  presence_.still_open = &plan.presence().still_open;
  presence_.complete = &plan.presence().complete;
  plan_value_.message = &plan.plan();
  plan_value_.path = &kPlanRoot;
  workspace_.plan_facts.assign(program.facts.size(), {});
  if (options.deciding_paths) deciding_ = std::make_unique<DecidingPaths>(plan);
  if (program.scopes.empty()) return;
  plan_context_.emplace(workspace_.plan_arena,
                        *program.scopes[0]->plan_environment.cel,
                        Options(nullptr));
  if (on_graph()) graph_->BeginScope(kPlanScope, *plan_context_);
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
  return on_graph() && expression.graph != nullptr
             ? RunOnGraph(expression)
             : RunReference(expression, arena);
}

Value PlanEvaluator::EvaluateNode(NodeId node) {
  const std::int64_t limit =
      std::min(options_.max_expression_steps, steps_left_);
  plan_context_->ResetSteps(limit);
  if (lot_context_.has_value()) lot_context_->ResetSteps(limit);
  const Value value = graph_->Evaluate(node, *this);
  steps_left_ -= plan_context_->steps();
  if (lot_context_.has_value()) steps_left_ -= lot_context_->steps();
  CheckBounds(value);
  return value;
}

PlanEvaluator::Evaluation PlanEvaluator::RunOnGraph(
    const CompiledExpression& expression) {
  Evaluation evaluation;
  evaluation.done = true;
  evaluation.value = EvaluateNode(expression.graph->root);
  return evaluation;
}

PlanEvaluator::Evaluation PlanEvaluator::RunReference(
    const CompiledExpression& expression, cel::EvalArena& arena) {
  Evaluation evaluation;
  evaluation.done = true;
  const cel::CheckedExpr& checked = expression.checked();
  evaluation.recorder = std::make_unique<Recorder>(checked, options_.observer);
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

const cel::MessageValue& PlanEvaluator::LotValue() {
  if (lot_value_.message == nullptr) {
    lot_value_.message = &plan_.lot(static_cast<std::size_t>(lot_));
  }
  return lot_value_;
}

Value PlanEvaluator::Read(const Binding& binding, EvalContext& context) {
  switch (binding.role) {
    case Binding::Role::kPlanField:
      if (binding.lot_field != nullptr && lot_ >= 0 &&
          plan_.lots() != EffectivePlan::Lots::kUndivided) {
        return ReadTopLevel(LotValue(), binding.lot_field, binding.lot_reader,
                            context);
      }
      return ReadTopLevel(plan_value_, binding.plan_field, binding.plan_reader,
                          context);
    case Binding::Role::kPlan:
      return Value::Message(&plan_value_);
    case Binding::Role::kLot:
      return Value::Message(&LotValue());
    case Binding::Role::kDateOfLaw:
      return Value::Message(date_of_law_, nullptr, context);
    case Binding::Role::kParameter:
      return Parameter(binding.index, context);
    case Binding::Role::kFact:
      return Fact(binding.index);
  }
  return Value::Null();
}

Value PlanEvaluator::Parameter(int index, EvalContext& context) const {
  const auto place = static_cast<std::size_t>(index);
  if (const Value* const value = dated_.parameter(place)) return *value;
  return UnknownFor({Reason::Code::kNoParameterValue,
                     {program_.parameters[place].proto->id(),
                      FormatCivilDay(options_.as_of)}},
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
  const Value value = Fact(index);
  if (!NotesOf(index).evidence.has_value()) {
    std::vector<Evidence> evidence;
    const CompiledExpression* const expression =
        dated_.fact(static_cast<std::size_t>(index));
    if (expression != nullptr) {
      Evaluation evaluation;
      evaluation.done = true;
      evaluation.value = value;
      evidence =
          EvidenceOf(*expression, evaluation, IsOfLot(index) ? lot_ : -1);
    }
    NotesOf(index).evidence = std::move(evidence);
  }
  return *NotesOf(index).evidence;
}

bool PlanEvaluator::IsOfLot(int fact) const {
  return program_.facts[static_cast<std::size_t>(fact)].proto->for_each_lot();
}

const Value& PlanEvaluator::Fact(int index) {
  const auto i = static_cast<std::size_t>(index);
  FactValue& fact =
      IsOfLot(index) ? workspace_.lot_facts[i] : workspace_.plan_facts[i];
  if (!fact.known) EvaluateFact(index, fact);
  return fact.value;
}

PlanEvaluator::FactNotes& PlanEvaluator::NotesOf(int fact) {
  std::vector<FactNotes>& notes = IsOfLot(fact) ? lot_notes_ : plan_notes_;
  if (notes.empty()) notes.resize(program_.facts.size());
  return notes[static_cast<std::size_t>(fact)];
}

void PlanEvaluator::EnterLot(int lot) {
  lot_ = lot;
  lot_notes_.clear();
  lot_context_.reset();
  workspace_.lot_facts.assign(program_.facts.size(), {});
  workspace_.lot_arena.Reset();
  // What lay in the arena is gone, and other paths come to lie there.
  if (deciding_ != nullptr) deciding_->ForgetPaths();
  const auto index = static_cast<std::size_t>(lot);
  lot_path_.emplace(plan_.lot_root(index));
  lot_value_ = {nullptr, &*lot_path_, /*stated_absent=*/false};
  lot_context_.emplace(workspace_.lot_arena,
                       *program_.scopes[0]->plan_environment.cel,
                       Options(nullptr));
  if (on_graph()) graph_->BeginScope(kLotScope, *lot_context_);
}

void PlanEvaluator::EnsureFacts(const std::vector<int>& facts) {
  for (const int index : facts) {
    if (stopped()) return;
    Fact(index);
  }
}

void PlanEvaluator::PrepareFacts(const std::vector<int>& facts) {
  if (!on_graph() || program_.fact_depth > kMaxFactDepth) EnsureFacts(facts);
}

void PlanEvaluator::EvaluateFact(int index, FactValue& fact) {
  const v1::Fact& proto =
      *program_.facts[static_cast<std::size_t>(index)].proto;
  const bool of_lot = proto.for_each_lot();
  cel::EvalArena& arena = of_lot ? workspace_.lot_arena : workspace_.plan_arena;
  const CompiledExpression* const expression =
      dated_.fact(static_cast<std::size_t>(index));
  fact.known = true;
  if (expression == nullptr) {
    fact.value = UnknownFor({Reason::Code::kNoFactVersion,
                             {proto.name(), FormatCivilDay(options_.as_of)}},
                            of_lot ? *lot_context_ : *plan_context_);
    return;
  }
  // A fact of the plan reads no lot, also where a lot's rule asks for it.
  const int lot = std::exchange(lot_, of_lot ? lot_ : -1);
  if (on_graph()) {
    fact.value = graph_->Evaluate(expression->graph->root, *this);
  } else {
    const Evaluation evaluation = RunReference(*expression, arena);
    fact.value = evaluation.value;
    std::vector<Evidence> evidence = EvidenceOf(*expression, evaluation, lot_);
    NotesOf(index).evidence = std::move(evidence);
    if (options_.trace) {
      std::vector<v1::TraceStep> trace =
          MakeTrace(Source(*expression, *evaluation.recorder, lot_,
                           *evaluation.own_context),
                    proto.name());
      NotesOf(index).trace = std::move(trace);
    }
  }
  if (fact.value.is_error()) {
    // Whoever reads the fact learns which one failed.
    fact.value = Value::Error(
        fact.value.error().code,
        FormatError(fact.value, absl::StrCat("fact `", proto.name(), "`")),
        arena);
  }
  lot_ = lot;
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
  return rule.proto->unstated_violates() && plan_.is_final() &&
                 required.unknown().HasPath() && !required.unknown().HasReason()
             ? v1::Finding::VIOLATED
             : v1::Finding::UNDETERMINED;
}

void PlanEvaluator::Count(const v1::Rule& rule, Outcome outcome,
                          EvaluationResult& result) const {
  ++result.tally.outcomes[static_cast<std::size_t>(outcome)];
  if (outcome == v1::Finding::VIOLATED) {
    ++result.tally.violated[static_cast<std::size_t>(rule.severity())];
  }
}

void PlanEvaluator::CloseGates(const RuleGroup& group,
                               std::vector<std::uint64_t>& open) {
  for (const RuleGroup::Gate& gate : group.gates) {
    std::uint64_t concerned = 0;
    for (std::size_t word = 0; word < open.size(); ++word)
      concerned |= open[word] & gate.rules[word];
    if (concerned == 0) continue;
    const Value value = EvaluateNode(gate.node);
    if (stopped()) return;
    if (!value.IsFalse()) continue;
    for (std::size_t word = 0; word < open.size(); ++word)
      open[word] &= ~gate.rules[word];
  }
}

void PlanEvaluator::EvaluateGroup(const RuleGroup& group,
                                  EvaluationResult& result) {
  open_.assign((group.rules.size() + 63) / 64, ~std::uint64_t{0});
  // Where they are results themselves, it matters why they do not apply. Facts
  // that stand too deep are not for gates to evaluate.
  if (on_graph() && !IsWanted(v1::Finding::NOT_APPLICABLE) &&
      program_.fact_depth <= kMaxFactDepth) {
    CloseGates(group, open_);
  }
  for (std::size_t i = 0; i < group.rules.size() && !stopped(); ++i) {
    const RuleGroup::Entry& entry = group.rules[i];
    if ((open_[i / 64] >> (i % 64) & 1) != 0) {
      EvaluateRule(entry, result);
    } else if (entry.rule->proto->severity() >= options_.min_severity) {
      Count(*entry.rule->proto, v1::Finding::NOT_APPLICABLE, result);
    }
  }
}

void PlanEvaluator::EvaluateRule(const RuleGroup::Entry& entry,
                                 EvaluationResult& result) {
  const CompiledRule& rule = *entry.rule;
  PrepareFacts(rule.needs);
  if (stopped()) return;
  absl::optional<cel::EvalArena> reference_arena;
  if (!on_graph()) reference_arena.emplace();
  cel::EvalArena& arena = on_graph() ? workspace_.plan_arena : *reference_arena;
  Evaluation applies;
  applies.value = Value::Bool(true);
  if (rule.applies.evaluator != nullptr) applies = Run(rule.applies, arena);
  Evaluation required;
  if (applies.value.IsTrue() || applies.value.is_unknown()) {
    required = Run(rule.requirement, arena);
  }
  if (stopped()) return;
  const Outcome outcome = Decide(rule, applies.value, required.value);
  const bool is_counted = rule.proto->severity() >= options_.min_severity;
  if (!entry.in_refinement) {
    if (deciding_ != nullptr && outcome == v1::Finding::UNDETERMINED) {
      deciding_->Add(
          applies.value.is_unknown() ? &applies.value.unknown() : nullptr,
          required.value.is_unknown() ? &required.value.unknown() : nullptr);
    }
    if (is_counted) Count(*rule.proto, outcome, result);
    if (!is_counted || !IsWanted(outcome)) return;
  }
  RuleResult& added = result.rules.emplace_back();
  added.rule = rule.proto;
  added.rule_set_index = rule.rule_set_index;
  added.about_lot = rule.proto->for_each_lot();
  if (added.about_lot) {
    added.subject = plan_.subject(static_cast<std::size_t>(lot_));
  }
  added.outcome = outcome;
  Explain(rule, applies, required, added);
  if (options_.trace) AddTrace(rule, applies, required, added);
  if (outcome == v1::Finding::VIOLATED) AddValues(rule, added);
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
  const bool wants_evidence = IsWanted(result.outcome);
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
    append(NotesOf(fact).trace);
}

// What the placeholders of the texts stand for.
void PlanEvaluator::AddValues(const CompiledRule& rule, RuleResult& result) {
  PrepareFacts(rule.text_needs);
  if (stopped() || rule.placeholders.empty()) return;
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
      text = ToTextValue(is_fact ? Fact(placeholder.index)
                                 : Parameter(placeholder.index, context),
                         is_fact ? program_.facts[index].type
                                 : program_.parameters[index].type,
                         context);
    }
    result.values.push_back({placeholder.name, std::move(text)});
  }
}

void PlanEvaluator::CollectFacts(bool for_lots, EvaluationResult& result) {
  if (!options_.all_facts) return;
  const std::vector<FactValue>& facts =
      for_lots ? workspace_.lot_facts : workspace_.plan_facts;
  cel::EvalArena arena;
  EvalContext context(arena, *program_.scopes[0]->plan_environment.cel,
                      Options(nullptr));
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const CompiledFact& fact = program_.facts[i];
    if (!facts[i].known || fact.proto->for_each_lot() != for_lots) continue;
    FactResult entry;
    entry.fact = fact.proto;
    entry.fact_index = static_cast<int>(i);
    entry.rule_set_index = fact.rule_set_index;
    if (for_lots) entry.subject = plan_.subject(static_cast<std::size_t>(lot_));
    const Value& value = facts[i].value;
    entry.value = ToTextValue(value, fact.type, context);
    if (value.is_error()) entry.error = std::string(value.error().message);
    if (value.is_unknown()) {
      entry.missing = MissingPaths(value.unknown(), plan_);
      entry.reasons = ReasonsOf(value.unknown());
    }
    result.facts.push_back(std::move(entry));
  }
}

void PlanEvaluator::SettleRefinements(EvaluationResult& result) {
  if (dated_.in_refinements().empty()) return;
  HideRefined(result.rules);
  std::vector<RuleResult> kept;
  for (RuleResult& rule : result.rules) {
    if (dated_.in_refinements().contains(rule.rule)) {
      if (deciding_ != nullptr && rule.outcome == v1::Finding::UNDETERMINED) {
        deciding_->Add(rule.missing);
      }
      if (rule.rule->severity() < options_.min_severity) continue;
      Count(*rule.rule, rule.outcome, result);
      if (!IsWanted(rule.outcome)) continue;
    }
    kept.push_back(std::move(rule));
  }
  result.rules = std::move(kept);
}

absl::StatusOr<EvaluationResult> PlanEvaluator::EvaluateRules() {
  EvaluationResult result;
  result.uncovered_rule_sets = dated_.uncovered_rule_sets();
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
  EvaluateGroup(dated_.plan_rules(), result);
  if (!dated_.lot_rules().rules.empty() || !lot_facts.empty()) {
    for (std::size_t i = 0; i < plan_.lot_count() && !stopped(); ++i) {
      EnterLot(static_cast<int>(i));
      EnsureFacts(lot_facts);
      EvaluateGroup(dated_.lot_rules(), result);
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
  SettleRefinements(result);
  if (deciding_ != nullptr) result.deciding_paths = deciding_->Sorted();
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
