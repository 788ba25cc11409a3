#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_READER_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_READER_H_

#include <memory>

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/intake/document.h"
#include "service/intake/source_map.h"
#include "service/syntax/tree.h"

namespace klausul::intake {

// Plan files: one reader for YAML and JSON, over the descriptors of the plan.
//
// Besides the protobuf JSON form, values have short ones:
//
//   Money      NOK 9600000, NOK 1 300 000.50, or {amount, currency, vat}
//   Date       2026-07-01
//   TimeOfDay  12:00, 12:00:30, 12:00+01:00, 12:00Z
//   Span       24 months, 2 years, 30 days, 6 weeks, 1 year 14 days, indefinite
//   Text       a string (in the reader's language), or {nb: ..., en: ...}
//   Reasoned   true, false (on_file), or a string (text)
//   Condition  true, false (met)
//   enums      OPEN, or PROCEDURE_KIND_OPEN
//
// `[]` states a list as empty, `{}` a keyed map as complete with no keys; null
// is not stated.
//
// Reading is strict: unknown fields, enum values and keys, values of a wrong
// type and what `CheckPlan` finds are errors, all of them at once, each with
// its place.

// Whether a tree looks like a plan at all: some of its top-level keys are
// fields of a plan.
bool LooksLikePlan(const syntax::Tree& tree);

// Reads a plan and its source map. False where the sink got an error; the plan
// then holds what could be read.
bool ReadPlan(const std::shared_ptr<const syntax::Tree>& tree,
              const ReadOptions& options, v1::ProcurementPlan& plan,
              SourceMap& source_map, DiagnosticSink& sink);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_READER_H_
