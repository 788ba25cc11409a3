#ifndef KLAUSUL_SERVICE_REVIEW_PLAN_READER_ADAPTER_H_
#define KLAUSUL_SERVICE_REVIEW_PLAN_READER_ADAPTER_H_

#include "service/ruleset/plan_reader.h"

namespace klausul::review {

// Reads the plans of examples with intake's reader of plan files: where rule
// sets, which know nothing of documents, meet intake, which knows nothing of
// rules.
class PlanReaderAdapter final : public ruleset::PlanReader {
 public:
  absl::optional<v1::ProcurementPlan> Read(const ruleset::NodeRef& root,
                                           DiagnosticSink& sink) const override;
  bool Set(v1::ProcurementPlan& plan, const ruleset::NodeRef& path,
           const ruleset::NodeRef& value, DiagnosticSink& sink) const override;
  bool Unset(v1::ProcurementPlan& plan, const ruleset::NodeRef& path,
             DiagnosticSink& sink) const override;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_PLAN_READER_ADAPTER_H_
