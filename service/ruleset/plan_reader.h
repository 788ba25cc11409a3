#ifndef KLAUSUL_SERVICE_RULESET_PLAN_READER_H_
#define KLAUSUL_SERVICE_RULESET_PLAN_READER_H_

#include <string>

#include "absl/types/optional.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/node_ref.h"

namespace klausul::ruleset {

// How the plans of examples are read. Reading plan files belongs to intake,
// which this folder does not know; whoever knows both hands an adapter in (see
// service/review/plan_reader_adapter.h). Safe to share between threads.
class PlanReader {
 public:
  virtual ~PlanReader() = default;

  // A whole plan file. nullopt where it has errors, which are in `sink`.
  virtual absl::optional<v1::ProcurementPlan> Read(
      const NodeRef& root, DiagnosticSink& sink) const = 0;

  // Sets one field, such as `award.criteria[2].weight`, to a value written as
  // in a plan file; what stood there goes. An empty list is stated as none.
  // False where it cannot be set; why is in `sink`, at `path` or `value`.
  virtual bool Set(v1::ProcurementPlan& plan, const NodeRef& path,
                   const NodeRef& value, DiagnosticSink& sink) const = 0;

  // Makes a field not stated. False where there is no such field.
  virtual bool Unset(v1::ProcurementPlan& plan, const NodeRef& path,
                     DiagnosticSink& sink) const = 0;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_PLAN_READER_H_
