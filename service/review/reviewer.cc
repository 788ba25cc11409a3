#include "service/review/reviewer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

#include "klausul/v1/evaluate_options.pb.h"

#include "service/base/civil_day.h"
#include "service/base/status_macros.h"
#include "service/engine/evaluation.h"
#include "service/intake/plan_file/plan_check.h"
#include "service/intake/read.h"
#include "service/review/deciding_fields.h"
#include "service/review/finding_place.h"
#include "service/review/outcome_counts.h"
#include "service/review/rule_choice.h"
#include "service/ruleset/date_of_law.h"

namespace klausul::review {
namespace {

using engine::Language;
using v1::DocumentReport;
using v1::EvaluateOptions;
using v1::Finding;

absl::optional<absl::CivilDay> ToCivilDay(const v1::Date& date) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (day.year() != date.year() || day.month() != date.month() ||
      day.day() != date.day() || day.year() < kMinYear ||
      day.year() > kMaxYear) {
    return absl::nullopt;
  }
  return day;
}

Language LanguageOf(const EvaluateOptions& options) {
  return engine::ParseLanguage(options.language()).value_or(Language::kBokmal);
}

constexpr std::uint32_t Bit(int outcome) {
  return std::uint32_t{1} << outcome;
}

// The outcomes whose findings are sent, as bits.
std::uint32_t OutcomesOf(const EvaluateOptions& options) {
  constexpr std::uint32_t kBreaches =
      Bit(Finding::VIOLATED) | Bit(Finding::FAILED) | Bit(Finding::WAIVED);
  if (options.view() != EvaluateOptions::FULL) return kBreaches;
  if (options.outcomes().empty()) {
    return kBreaches | Bit(Finding::UNDETERMINED);
  }
  std::uint32_t outcomes = 0;
  for (const int outcome : options.outcomes())
    outcomes |= Bit(outcome);
  return outcomes;
}

std::string UncoveredNote(const std::string& rule_set, const std::string& as_of,
                          Language language) {
  switch (language) {
    case Language::kEnglish:
      return absl::StrCat("no rule of `", rule_set, "` is in force on ", as_of);
    case Language::kNynorsk:
      return absl::StrCat("ingen regel i `", rule_set, "` gjeld ", as_of);
    default:
      return absl::StrCat("ingen regel i `", rule_set, "` gjelder ", as_of);
  }
}

// The document that a report is about.
struct DocumentContext {
  // Null for a plan that came as a message: it has no places.
  const intake::SourceMap* source_map = nullptr;
  std::int32_t first_line = 1;
};

// Evaluates `plan` into `report`, whose uri, kind and notes are set. Not OK
// where the evaluation ended early.
absl::Status EvaluateInto(const RuleCatalogue& catalogue,
                          const v1::ProcurementPlan& plan,
                          const EvaluateOptions& options,
                          const ReviewContext& context,
                          const DocumentContext& document,
                          DocumentReport& report) {
  const Language language = LanguageOf(options);
  report.set_plan_id(plan.id());
  report.set_buyer(plan.buyer().name().empty() ? plan.buyer().id()
                                               : plan.buyer().name());
  const RuleChoice choice = ChooseRules(catalogue, plan, options, language);
  report.mutable_notes()->Add(choice.notes.begin(), choice.notes.end());
  absl::optional<absl::CivilDay> requested;
  if (options.has_as_of()) requested = ToCivilDay(options.as_of());
  const ruleset::DateOfLaw law =
      ruleset::FindDateOfLaw(plan, requested, context.now);
  report.set_as_of(FormatCivilDay(law.day));
  report.set_as_of_basis(law.basis);
  *report.mutable_counts() = MakeCounts({});
  if (choice.ids.empty()) return absl::OkStatus();

  ASSIGN_OR_RETURN(const std::shared_ptr<const engine::Program> program,
                   catalogue.ProgramFor(choice.ids));
  for (const auto& set : program->rule_sets()) {
    v1::RuleSetStamp& stamp = *report.add_rule_sets();
    stamp.set_id(set->id());
    stamp.set_version(set->version());
    stamp.set_digest(set->digest());
  }

  engine::EvaluationOptions evaluation;
  evaluation.as_of = law.day;
  evaluation.all_facts = options.include_facts();
  evaluation.trace = options.include_trace();
  evaluation.is_cancelled = context.is_cancelled;
  evaluation.outcomes = OutcomesOf(options);
  evaluation.min_severity = options.min_severity();
  evaluation.deciding_paths = true;
  ASSIGN_OR_RETURN(engine::EvaluationResult result,
                   program->Evaluate(plan, evaluation));

  for (const int index : result.uncovered_rule_sets) {
    report.add_notes(UncoveredNote(
        program->rule_sets()[static_cast<std::size_t>(index)]->id(),
        report.as_of(), language));
  }
  if (options.include_facts()) {
    for (const engine::FactResult& fact : result.facts) {
      *report.add_facts() = engine::Program::MakeFactValue(fact, language);
    }
  }

  for (const engine::RuleResult& rule : result.rules) {
    Finding& finding = *report.add_findings();
    program->FillFinding(rule, {language, options.all_languages()}, finding);
    if (document.source_map != nullptr) {
      SetLocations(
          *document.source_map, document.first_line, finding,
          options.include_excerpts() ? Excerpts::kFill : Excerpts::kLeaveOut);
    }
    finding.set_fingerprint(
        Fingerprint(finding, report.plan_id(), report.uri()));
  }
  *report.mutable_counts() = MakeCounts(result.tally);
  AddDecidingFields(std::move(result.deciding_paths),
                    *report.mutable_deciding_fields());
  return absl::OkStatus();
}

// What is wrong with a document: the first error, and all of them rendered.
void SetError(const intake::ReadResult& result, std::int32_t first_line,
              Reviewed& reviewed) {
  v1::DocumentError& error = *reviewed.report.mutable_error();
  DiagnosticSink sink;
  for (const Diagnostic& diagnostic : result.diagnostics)
    sink.Add(diagnostic);
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    if (diagnostic.level != Diagnostic::Level::kError) continue;
    error.set_message(diagnostic.message);
    if (diagnostic.file != nullptr) {
      const LineColumn place = diagnostic.file->Locate(diagnostic.span.begin);
      error.set_line(place.line + std::max(first_line, 1) - 1);
      error.set_column(place.column);
    }
    if (diagnostic.code == "too-large" || diagnostic.code == "too-deep") {
      reviewed.failure = absl::ResourceExhaustedError(diagnostic.message);
    }
    break;
  }
  error.set_details(sink.RenderAll());
}

}  // namespace

Reviewer::Reviewer(std::shared_ptr<const RuleCatalogue> catalogue)
    : catalogue_(std::move(catalogue)) {}

std::vector<FieldError> Reviewer::CheckOptions(
    const EvaluateOptions& options) const {
  std::vector<FieldError> errors;
  for (int i = 0; i < options.rule_sets_size(); ++i) {
    const std::string& id = options.rule_sets(i);
    if (catalogue_->repository().Find(id) != nullptr) continue;
    std::string description =
        absl::StrCat("no rule set `", id,
                     "`; known: ", absl::StrJoin(catalogue_->Ids(), ", "));
    const std::string match = catalogue_->repository().NearestSet(id);
    if (!match.empty()) {
      absl::StrAppend(&description, "; did you mean `", match, "`?");
    }
    errors.push_back({absl::StrCat("rule_sets[", i, "]"), description});
  }
  if (options.has_as_of() && !ToCivilDay(options.as_of()).has_value()) {
    errors.push_back({"as_of", absl::StrCat("no day of the calendar between ",
                                            kMinYear, " and ", kMaxYear)});
  }
  if (!options.language().empty() &&
      !engine::ParseLanguage(options.language()).has_value()) {
    errors.push_back(
        {"language", absl::StrCat("no language `", options.language(),
                                  "`; known: nb, nn, en")});
  }
  if (!EvaluateOptions::View_IsValid(options.view())) {
    errors.push_back({"view", "unknown enum number"});
  }
  for (int i = 0; i < options.outcomes_size(); ++i) {
    const int outcome = options.outcomes(i);
    if (!Finding::Outcome_IsValid(outcome) ||
        outcome == Finding::OUTCOME_UNSPECIFIED) {
      errors.push_back(
          {absl::StrCat("outcomes[", i, "]"), "unknown enum number"});
    }
  }
  if (!v1::Rule::Severity_IsValid(options.min_severity())) {
    errors.push_back({"min_severity", "unknown enum number"});
  }
  return errors;
}

std::vector<FieldError> Reviewer::CheckPlan(const v1::ProcurementPlan& plan) {
  std::vector<FieldError> errors;
  for (const intake::PlanProblem& problem : intake::CheckPlan(plan)) {
    errors.push_back({problem.path,
                      problem.help.empty()
                          ? problem.message
                          : absl::StrCat(problem.message, "; ", problem.help)});
  }
  return errors;
}

Reviewed Reviewer::ReviewPlan(const v1::ProcurementPlan& plan,
                              const EvaluateOptions& options,
                              const ReviewContext& context) const {
  Reviewed reviewed;
  reviewed.failure = ReviewPlanInto(plan, options, context, reviewed.report);
  if (!reviewed.failure.ok()) reviewed.status = Reviewed::Status::kFailed;
  return reviewed;
}

absl::Status Reviewer::ReviewPlanInto(const v1::ProcurementPlan& plan,
                                      const EvaluateOptions& options,
                                      const ReviewContext& context,
                                      DocumentReport& report) const {
  report.Clear();
  report.set_uri(plan.id());
  report.set_kind(DocumentReport::PLAN);
  return EvaluateInto(*catalogue_, plan, options, context, {}, report);
}

void Reviewer::ReviewDocument(
    const v1::Document& document, const EvaluateOptions& options,
    const ReviewContext& context,
    absl::FunctionRef<void(Reviewed)> on_reviewed) const {
  intake::Read(
      {document.uri(), document.content()}, {}, [&](intake::ReadResult result) {
        Reviewed reviewed;
        reviewed.report.set_uri(result.uri);
        reviewed.report.set_kind(result.kind);
        reviewed.report.mutable_notes()->Add(result.notes.begin(),
                                             result.notes.end());
        if (!result.ok()) {
          reviewed.status =
              result.status == intake::ReadResult::Status::kUnreadable
                  ? Reviewed::Status::kUnreadable
                  : Reviewed::Status::kNotADocument;
          SetError(result, document.first_line(), reviewed);
        } else {
          if (context.on_plan) context.on_plan(result.plan);
          reviewed.failure = EvaluateInto(
              *catalogue_, result.plan, options, context,
              {&result.source_map, document.first_line()}, reviewed.report);
          if (!reviewed.failure.ok()) {
            reviewed.status = Reviewed::Status::kFailed;
          }
        }
        on_reviewed(std::move(reviewed));
      });
}

}  // namespace klausul::review
