#include "service/review/plan_session.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/intake/read.h"
#include "service/review/rule_choice.h"

namespace klausul::review {

absl::StatusOr<PlanSession> PlanSession::Open(
    const RuleCatalogue& catalogue, const v1::Document& document,
    const v1::EvaluateOptions& options, absl::Time now, DiagnosticSink& sink) {
  intake::ReadResult read =
      intake::ReadOne({document.uri(), document.content()}, {});
  for (Diagnostic& diagnostic : read.diagnostics) {
    sink.Add(std::move(diagnostic));
  }
  if (!read.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(document.uri(), ": cannot be read"));
  }
  const engine::Language language = engine::ParseLanguage(options.language())
                                        .value_or(engine::Language::kBokmal);
  const RuleChoice choice =
      ChooseRules(catalogue, read.plan, options, language);
  if (choice.ids.empty()) {
    return absl::FailedPreconditionError(choice.notes.empty()
                                             ? "no rule set fits the document"
                                             : choice.notes.front());
  }
  PlanSession session;
  ASSIGN_OR_RETURN(session.program, catalogue.ProgramFor(choice.ids));
  absl::optional<absl::CivilDay> requested;
  if (options.has_as_of()) {
    requested = absl::CivilDay(options.as_of().year(), options.as_of().month(),
                               options.as_of().day());
  }
  session.law = ruleset::FindDateOfLaw(read.plan, requested, now);
  session.plan = std::move(read.plan);
  session.source_map = std::move(read.source_map);
  return session;
}

}  // namespace klausul::review
