#include "service/review/advice/advisor.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/base/civil_day.h"
#include "service/base/status_macros.h"
#include "service/engine/calendar.h"
#include "service/intake/read.h"
#include "service/review/advice/candidate_verdict.h"
#include "service/review/advice/open_facts.h"
#include "service/review/advice/opportunities.h"
#include "service/review/advice/rule_asker.h"
#include "service/review/advice/time_steps.h"
#include "service/review/rule_choice.h"
#include "service/ruleset/date_of_law.h"

namespace klausul::review {
namespace {

using engine::Language;
using v1::AdviceCatalogue;
using v1::AdviseProcedureRequest;
using v1::AdviseProcedureResponse;
using v1::ProcedureAdvice;

std::string NoAdviceNote(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "the rule sets chosen give no advice on procedures";
    case Language::kNynorsk:
      return "dei valde regelsetta gir ikkje råd om prosedyre";
    default:
      return "de valgte regelsettene gir ikke råd om prosedyre";
  }
}

// The catalogue of the first set that has one: of a country, not of the
// policies that build on it.
const AdviceCatalogue* CatalogueOf(const engine::Program& program) {
  for (const auto& set : program.rule_sets()) {
    if (set->has_advice()) return &set->advice();
  }
  return nullptr;
}

// The regime that governs, or all that may.
absl::StatusOr<std::vector<PossibleRegime>> FindRegimes(
    const RuleAsker& asker, const AdviceCatalogue& catalogue,
    const v1::ProcurementPlan& plan) {
  std::vector<PossibleRegime> regimes;
  for (const AdviceCatalogue::Regime& regime : catalogue.regimes()) {
    ASSIGN_OR_RETURN(const engine::ExpressionResult holds,
                     AskCondition(asker, regime.condition(), plan));
    const bool decided =
        holds.status == engine::ExpressionResult::Status::kValue;
    if (decided && !holds.value.bool_value) continue;
    PossibleRegime possible{&regime, holds.missing, !decided};
    if (decided) return std::vector<PossibleRegime>{possible};
    regimes.push_back(std::move(possible));
  }
  return regimes;
}

// For the reader: what may be done first.
int Rank(ProcedureAdvice::Verdict verdict) {
  switch (verdict) {
    case ProcedureAdvice::ALLOWED:
      return 0;
    case ProcedureAdvice::ALLOWED_ON_CONDITIONS:
      return 1;
    case ProcedureAdvice::UNDECIDED:
      return 2;
    default:
      return 3;
  }
}

std::vector<const AdviceCatalogue::Step*> StepsOf(
    const AdviceCatalogue& catalogue,
    const AdviceCatalogue::Candidate& candidate) {
  std::vector<const AdviceCatalogue::Step*> steps;
  for (const std::string& id : candidate.steps()) {
    for (const AdviceCatalogue::Step& step : catalogue.steps()) {
      if (step.id() == id) steps.push_back(&step);
    }
  }
  return steps;
}

// The steps of a procedure that may be used, and when they end.
absl::Status AddTime(const RuleAsker& asker, const AdviceCatalogue& catalogue,
                     const AdviceCatalogue::Candidate& candidate,
                     const v1::ProcurementPlan& plan, absl::CivilDay start,
                     ProcedureAdvice& advice) {
  const auto steps = StepsOf(catalogue, candidate);
  ASSIGN_OR_RETURN(Timeline timeline, WalkSteps(asker, steps, start, plan));
  for (v1::TimeStep& step : timeline.steps) {
    if (step.has_days_min()) {
      if (step.kind() == AdviceCatalogue::Step::REQUESTS) {
        advice.set_request_days_min(step.days_min());
      } else if (step.kind() == AdviceCatalogue::Step::TENDERS) {
        advice.set_tender_days_min(step.days_min());
      }
    }
    *advice.add_steps() = std::move(step);
  }
  // What ends before a contract has no such day.
  if (!steps.empty() &&
      steps.back()->kind() == AdviceCatalogue::Step::CONTRACT) {
    advice.set_earliest_contract_date(FormatCivilDay(timeline.end));
  }
  return absl::OkStatus();
}

absl::Status AddProcedures(const RuleAsker& asker,
                           const AdviceCatalogue& catalogue,
                           const v1::ProcurementPlan& plan,
                           absl::CivilDay start,
                           AdviseProcedureResponse& response) {
  ASSIGN_OR_RETURN(const std::vector<PossibleRegime> regimes,
                   FindRegimes(asker, catalogue, plan));
  for (const PossibleRegime& possible : regimes) {
    v1::GoverningLaw& law = *response.add_laws();
    law.set_id(possible.regime->id());
    law.set_title(asker.Pick(possible.regime->title()));
    *law.mutable_legal_basis() = possible.regime->legal_basis();
    law.mutable_missing()->Add(possible.missing.begin(),
                               possible.missing.end());
  }
  std::vector<ProcedureAdvice> procedures;
  for (const AdviceCatalogue::Candidate& candidate : catalogue.candidates()) {
    v1::ProcurementPlan varied = plan;
    RETURN_IF_ERROR(Vary(candidate.unset(), candidate.settings(), varied));
    ASSIGN_OR_RETURN(
        absl::optional<ProcedureAdvice> advice,
        JudgeCandidate(asker, catalogue, candidate, regimes, varied));
    if (!advice.has_value()) continue;
    if (Rank(advice->verdict()) < Rank(ProcedureAdvice::UNDECIDED)) {
      RETURN_IF_ERROR(
          AddTime(asker, catalogue, candidate, varied, start, *advice));
    }
    procedures.push_back(*std::move(advice));
  }
  std::stable_sort(procedures.begin(), procedures.end(),
                   [](const ProcedureAdvice& a, const ProcedureAdvice& b) {
                     return Rank(a.verdict()) < Rank(b.verdict());
                   });
  for (ProcedureAdvice& procedure : procedures) {
    *response.add_procedures() = std::move(procedure);
  }
  return absl::OkStatus();
}

absl::CivilDay StartOf(const AdviseProcedureRequest& request,
                       const v1::ProcurementPlan& plan, absl::Time now) {
  absl::optional<absl::CivilDay> start;
  if (request.has_start_date()) {
    start = engine::ToCivilDay(request.start_date());
  }
  if (!start.has_value() && plan.dates().has_planned_notice()) {
    start = engine::ToCivilDay(plan.dates().planned_notice());
  }
  return start.value_or(ruleset::DayAt(plan.buyer().country(), now));
}

// Everything but the report, whose findings are those of the plan as it is.
absl::Status AdviseOn(const RuleCatalogue& rules,
                      const AdviseProcedureRequest& request,
                      const v1::ProcurementPlan& plan,
                      const ReviewContext& context,
                      AdviseProcedureResponse& response) {
  const v1::EvaluateOptions& options = request.options();
  const Language language =
      engine::ParseLanguage(options.language()).value_or(Language::kBokmal);
  const absl::CivilDay start = StartOf(request, plan, context.now);
  response.set_start_date(FormatCivilDay(start));
  const RuleChoice choice = ChooseRules(rules, plan, options, language);
  if (choice.ids.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto program, rules.ProgramFor(choice.ids));
  const AdviceCatalogue* catalogue = CatalogueOf(*program);
  if (catalogue == nullptr) {
    response.mutable_report()->add_notes(NoAdviceNote(language));
    return absl::OkStatus();
  }
  absl::optional<absl::CivilDay> requested;
  if (options.has_as_of()) requested = engine::ToCivilDay(options.as_of());
  const RuleAsker asker{
      *program, ruleset::FindDateOfLaw(plan, requested, context.now).day,
      language, context.is_cancelled};
  RETURN_IF_ERROR(AddProcedures(asker, *catalogue, plan, start, response));
  for (v1::OpenFact& fact :
       RankOpenFacts(response.report().findings(), response.procedures(),
                     kMaxOpenFacts)) {
    *response.add_open_facts() = std::move(fact);
  }
  ASSIGN_OR_RETURN(std::vector<v1::AdvisedOpportunity> opportunities,
                   FindOpportunities(asker, *catalogue, plan));
  for (v1::AdvisedOpportunity& opportunity : opportunities) {
    *response.add_opportunities() = std::move(opportunity);
  }
  return absl::OkStatus();
}

// The options of the review that the report comes from: undecided rules one by
// one, since the open facts are counted from them.
v1::EvaluateOptions ReportOptions(v1::EvaluateOptions options) {
  options.set_view(v1::EvaluateOptions::FULL);
  options.clear_outcomes();
  options.add_outcomes(v1::Finding::UNDETERMINED);
  options.clear_min_severity();
  options.set_all_languages(false);
  options.set_include_trace(false);
  return options;
}

}  // namespace

std::vector<FieldError> Advisor::CheckRequest(
    const AdviseProcedureRequest& request) const {
  std::vector<FieldError> errors = reviewer_.CheckOptions(request.options());
  for (FieldError& error : errors)
    error.field = absl::StrCat("options.", error.field);
  if (request.has_start_date()) {
    const auto day = engine::ToCivilDay(request.start_date());
    if (!day.has_value() || day->year() < kMinYear || day->year() > kMaxYear) {
      errors.push_back(
          {"start_date", absl::StrCat("no day of the calendar between ",
                                      kMinYear, " and ", kMaxYear)});
    }
  }
  return errors;
}

Advised Advisor::Advise(const AdviseProcedureRequest& request,
                        const ReviewContext& context) const {
  const v1::EvaluateOptions options = ReportOptions(request.options());
  Advised advised;
  v1::ProcurementPlan plan;
  Reviewed reviewed;
  if (request.has_document()) {
    int count = 0;
    reviewer_.ReviewDocument(request.document(), options, context,
                             [&](Reviewed one) {
                               if (++count == 1) reviewed = std::move(one);
                             });
    if (count > 1) {
      reviewed.status = Reviewed::Status::kUnreadable;
      reviewed.report.mutable_error()->set_message(
          absl::StrCat("holds ", count, " documents; advice is on one plan"));
    }
    if (reviewed.status == Reviewed::Status::kEvaluated) {
      plan = intake::ReadOne(
                 {request.document().uri(), request.document().content()}, {})
                 .plan;
    }
  } else {
    plan = request.plan();
    reviewed = reviewer_.ReviewPlan(plan, options, context);
  }
  advised.status = reviewed.status;
  advised.failure = reviewed.failure;
  *advised.response.mutable_report() = std::move(reviewed.report);
  if (advised.status == Reviewed::Status::kEvaluated) {
    const absl::Status status = AdviseOn(reviewer_.catalogue(), request, plan,
                                         context, advised.response);
    if (!status.ok()) {
      advised.status = Reviewed::Status::kFailed;
      advised.failure = status;
    }
  }
  advised.response.mutable_report()->clear_findings();
  return advised;
}

}  // namespace klausul::review
