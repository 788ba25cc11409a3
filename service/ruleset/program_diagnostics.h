#ifndef KLAUSUL_SERVICE_RULESET_PROGRAM_DIAGNOSTICS_H_
#define KLAUSUL_SERVICE_RULESET_PROGRAM_DIAGNOSTICS_H_

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/ruleset/set_source.h"

namespace klausul::ruleset {

// What the engine says about a rule set, at the place in the YAML file: under
// the smallest wrong piece of an expression or text, else at the key, else at
// the id.
Diagnostic ToDiagnostic(const engine::ProgramDiagnostic& from,
                        const SetSource& source);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_PROGRAM_DIAGNOSTICS_H_
