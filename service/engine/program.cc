#include "service/engine/program.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/status_macros.h"
#include "service/engine/dated_program.h"
#include "service/engine/effective_plan.h"
#include "service/engine/evaluation_workspace.h"
#include "service/engine/legal_link.h"
#include "service/engine/plan_evaluator.h"
#include "service/engine/plan_path.h"
#include "service/engine/program_compiler.h"
#include "service/engine/program_parts.h"

namespace klausul::engine {
namespace {

std::string JoinReasons(const std::vector<Reason>& reasons, Language language) {
  return absl::StrJoin(reasons, "; ",
                       [&](std::string* out, const Reason& reason) {
                         out->append(reason.Text(language));
                       });
}

// A text with its values, in every language that it has.
v1::Text FillAll(const v1::Text& text, const std::vector<NamedValue>& values) {
  v1::Text filled;
  for (const auto& entry : text.by_language()) {
    const Language language =
        ParseLanguage(entry.first).value_or(Language::kEnglish);
    (*filled.mutable_by_language())[entry.first] =
        FillTemplate(entry.second, values, language);
  }
  return filled;
}

}  // namespace

bool Holds(const v1::Period& period, absl::CivilDay day) {
  if (period.has_from()) {
    const auto from = ToCivilDay(period.from());
    if (!from.has_value() || day < *from) return false;
  }
  if (period.has_to()) {
    const auto to = ToCivilDay(period.to());
    if (!to.has_value() || day > *to) return false;
  }
  return true;
}

Program::Program(std::unique_ptr<const ProgramParts> parts)
    : parts_(std::move(parts)),
      dates_(std::make_unique<DatedPrograms>(*parts_)),
      workspaces_(std::make_unique<WorkspacePool>(parts_->graph)) {}

Program::~Program() = default;

std::shared_ptr<const Program> Program::Compile(
    std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets,
    const ProgramSink& sink) {
  std::unique_ptr<const ProgramParts> parts =
      ProgramCompiler(std::move(rule_sets), sink).Compile();
  if (parts == nullptr) return nullptr;
  return absl::WrapUnique(new Program(std::move(parts)));
}

const std::vector<std::shared_ptr<const v1::RuleSet>>& Program::rule_sets()
    const {
  return parts_->rule_sets;
}

const v1::Rule* Program::FindRule(absl::string_view id) const {
  const auto found = parts_->rule_index.find(id);
  return found == parts_->rule_index.end()
             ? nullptr
             : parts_->rules[static_cast<std::size_t>(found->second)].proto;
}

RuleConditions Program::ConditionsOf(absl::string_view rule_id) const {
  const auto found = parts_->rule_index.find(rule_id);
  if (found == parts_->rule_index.end()) return {};
  const CompiledRule& rule =
      parts_->rules[static_cast<std::size_t>(found->second)];
  const auto checked = [](const CompiledExpression& expression) {
    return expression.evaluator == nullptr ? nullptr : &expression.checked();
  };
  return {checked(rule.applies), checked(rule.requirement)};
}

std::vector<const cel::CheckedExpr*> Program::VersionsOf(
    const v1::Fact& fact) const {
  std::vector<const cel::CheckedExpr*> versions;
  for (const CompiledFact& compiled : parts_->facts) {
    if (compiled.proto != &fact) continue;
    for (const CompiledFact::Version& version : compiled.versions)
      versions.push_back(&version.expression.checked());
  }
  return versions;
}

std::vector<const v1::Rule*> Program::RulesInForce(absl::CivilDay as_of) const {
  std::vector<const v1::Rule*> rules;
  for (const CompiledRule& rule : parts_->rules) {
    if (Holds(rule.proto->in_force(), as_of)) rules.push_back(rule.proto);
  }
  return rules;
}

absl::StatusOr<EvaluationResult> Program::Evaluate(
    const v1::ProcurementPlan& plan, const EvaluationOptions& options) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<const EffectivePlan> effective,
                   EffectivePlan::Make(plan));
  const WorkspacePool::Lease workspace(*workspaces_);
  const std::shared_ptr<const DatedProgram> dated =
      options.rule_ids.empty() ? dates_->On(options.as_of)
                               : std::make_shared<const DatedProgram>(
                                     *parts_, options.as_of, options.rule_ids);
  return PlanEvaluator(*parts_, *dated, *effective, options, *workspace)
      .EvaluateRules();
}

v1::Finding Program::MakeFinding(const RuleResult& result,
                                 const FindingOptions& options) const {
  v1::Finding finding;
  FillFinding(result, options, finding);
  return finding;
}

void Program::FillFinding(const RuleResult& result,
                          const FindingOptions& options,
                          v1::Finding& finding) const {
  const v1::Rule& rule = *result.rule;
  finding.set_rule_id(rule.id());
  finding.set_outcome(result.outcome);
  finding.set_severity(rule.severity());
  finding.set_confidence(rule.confidence());
  const auto fill = [&](const v1::Text& text) {
    return FillTemplate(PickText(text, options.language), result.values,
                        options.language);
  };
  // Titles say what is wrong in general; the rest needs a breach to speak of.
  finding.set_title(fill(rule.title()));
  const bool breached = result.outcome == v1::Finding::VIOLATED;
  if (breached) {
    finding.set_message(fill(rule.message()));
    finding.set_remedy(fill(rule.remedy()));
    finding.set_consequence(fill(rule.consequence()));
  }
  for (const v1::LegalBasis& basis : rule.legal_basis()) {
    v1::LegalBasis& added = *finding.add_legal_basis();
    added = basis;
    if (!added.url().empty()) continue;
    for (const int set :
         parts_->scopes[static_cast<std::size_t>(result.rule_set_index)]
             ->rule_sets) {
      for (const v1::Instrument& instrument :
           parts_->rule_sets[static_cast<std::size_t>(set)]->instruments()) {
        if (instrument.short_name() == basis.instrument()) {
          added.set_url(ProvisionUrl(instrument, basis.provision()));
        }
      }
    }
  }
  finding.set_subject(result.subject);
  for (const Evidence& evidence : result.fields) {
    v1::FieldEvidence& field = *finding.add_fields();
    field.set_path(evidence.path);
    field.set_value(evidence.value);
    field.set_bt_id(BtIdOf(evidence.path, result.about_lot));
  }
  for (const std::string& path : result.missing)
    finding.add_missing(path);
  finding.set_reason(result.error.empty()
                         ? JoinReasons(result.reasons, options.language)
                         : result.error);
  if (options.all_languages) {
    v1::FindingTexts& texts = *finding.mutable_texts();
    *texts.mutable_title() = FillAll(rule.title(), result.values);
    if (breached) {
      *texts.mutable_message() = FillAll(rule.message(), result.values);
      *texts.mutable_remedy() = FillAll(rule.remedy(), result.values);
      *texts.mutable_consequence() = FillAll(rule.consequence(), result.values);
    }
  }
  for (const v1::TraceStep& step : result.trace)
    *finding.add_trace() = step;
}

v1::FactValue Program::MakeFactValue(const FactResult& result,
                                     Language language) {
  v1::FactValue value;
  value.set_name(result.fact->name());
  value.set_value(result.value.Plain());
  value.set_subject(result.subject);
  for (const std::string& path : result.missing)
    value.add_missing(path);
  value.set_reason(result.error.empty() ? JoinReasons(result.reasons, language)
                                        : result.error);
  return value;
}

absl::StatusOr<ExpressionResult> Program::EvaluateExpression(
    absl::string_view expression, const v1::ProcurementPlan& plan,
    const EvaluationOptions& options, DiagnosticSink& sink) const {
  PlanEnvironmentOptions names;
  names.calendars = parts_->calendars;
  // Of two sets that do not know each other the first one's names.
  absl::flat_hash_set<std::string> enums;
  for (const FactEnum& candidate : parts_->fact_enums) {
    if (enums.insert(candidate.type.name).second) {
      names.fact_enums.push_back(candidate.type);
    }
  }
  absl::flat_hash_set<std::string> seen;
  absl::flat_hash_set<std::string> lot_facts;
  for (std::size_t i = 0; i < parts_->parameters.size(); ++i) {
    names.parameters.push_back({parts_->parameters[i].proto->id(),
                                parts_->parameters[i].type,
                                static_cast<int>(i)});
  }
  for (std::size_t i = 0; i < parts_->facts.size(); ++i) {
    const CompiledFact& fact = parts_->facts[i];
    const std::string& name = fact.proto->name();
    if (fact.proto->for_each_lot()) {
      lot_facts.insert(name);
    } else if (seen.insert(name).second) {
      names.facts.push_back({name, fact.type, static_cast<int>(i)});
    }
  }
  ASSIGN_OR_RETURN(const PlanEnvironment environment,
                   BuildPlanEnvironment(names));
  ExpressionScope scope{&environment, parts_.get(), &lot_facts,
                        parts_->calendars.get()};
  std::vector<ExpressionDiagnostic> diagnostics;
  const CompiledExpression compiled =
      CompileExpression({expression, {}, false}, scope, diagnostics);
  const auto file =
      std::make_shared<SourceFile>("expression", std::string(expression));
  for (const ExpressionDiagnostic& from : diagnostics) {
    Diagnostic diagnostic;
    diagnostic.level = from.level;
    diagnostic.code = from.code;
    diagnostic.message = from.message;
    diagnostic.help = from.help;
    diagnostic.file = file;
    diagnostic.span = from.span;
    sink.Add(std::move(diagnostic));
  }
  if (compiled.evaluator == nullptr) {
    return absl::InvalidArgumentError("the expression does not compile");
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<const EffectivePlan> effective,
                   EffectivePlan::Make(plan));
  const WorkspacePool::Lease workspace(*workspaces_);
  return PlanEvaluator(*parts_, *dates_->On(options.as_of), *effective, options,
                       *workspace)
      .EvaluateExpression(compiled);
}

}  // namespace klausul::engine
