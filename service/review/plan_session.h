#ifndef KLAUSUL_SERVICE_REVIEW_PLAN_SESSION_H_
#define KLAUSUL_SERVICE_REVIEW_PLAN_SESSION_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "klausul/v1/evaluate_options.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/engine/program.h"
#include "service/intake/source_map.h"
#include "service/review/rule_catalogue.h"
#include "service/ruleset/date_of_law.h"

namespace klausul::review {

// One document read, and the program it is held against: for looking at it
// closely (`klausul eval`, `klausul explain`).
struct PlanSession {
  v1::ProcurementPlan plan;
  intake::SourceMap source_map;
  std::shared_ptr<const engine::Program> program;
  ruleset::DateOfLaw law;

  // INVALID_ARGUMENT where the document cannot be read (why is in `sink`) or
  // the options are wrong; FAILED_PRECONDITION where no rule set fits it.
  static absl::StatusOr<PlanSession> Open(const RuleCatalogue& catalogue,
                                          const v1::Document& document,
                                          const v1::EvaluateOptions& options,
                                          absl::Time now, DiagnosticSink& sink);
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_PLAN_SESSION_H_
