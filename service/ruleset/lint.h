#ifndef KLAUSUL_SERVICE_RULESET_LINT_H_
#define KLAUSUL_SERVICE_RULESET_LINT_H_

#include "service/base/diagnostic.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset {

// What is doubtful about sets that load: rules without provision, register
// rows, source or one of the four examples, ids of another shape, acts that the
// set does not name, figures that end before the rules that use them, and what
// nobody uses. Everything is a warning; a clean set has none.
//
// Sets that do not come from files are passed over.
//
// Codes: few-examples, id-shape, missing-legal-basis, missing-register,
// missing-source, missing-language, parameter-gap, provision-shape,
// unknown-instrument, unused-argument, unused-fact, unused-parameter,
// unused-plan.
void Lint(const RuleSetRepository& repository, DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_H_
