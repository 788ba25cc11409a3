#ifndef KLAUSUL_SERVICE_RULESET_LINT_H_
#define KLAUSUL_SERVICE_RULESET_LINT_H_

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset {

struct LintOptions {
  // Day against which the age of sources is counted. nullopt: it is not.
  absl::optional<absl::CivilDay> today;
  // A source read as many whole months ago, or more, is to be read again.
  int max_source_age_months = 12;
};

// What is doubtful about sets that load: rules without provision, register
// rows, source or one of the four examples, sources read long ago, ids of
// another shape, acts that the set does not name, and what nobody uses; periods
// that do not go together (lint/period_lint.h) and conditions that no plan can
// change (lint/condition_lint.h). Everything is a warning; a clean set has
// none.
//
// Sets that do not come from files are passed over.
//
// Codes: few-examples, id-shape, missing-legal-basis, missing-register,
// missing-source, missing-language, old-source, provision-shape,
// unknown-instrument, unused-argument, unused-fact, unused-parameter,
// unused-plan, and those of the two.
void Lint(const RuleSetRepository& repository, DiagnosticSink& sink,
          const LintOptions& options = {});

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_H_
