#include "service/review/plan_reader_adapter.h"

#include "service/intake/document.h"
#include "service/intake/plan_file/plan_path.h"
#include "service/intake/plan_file/plan_reader.h"
#include "service/intake/source_map.h"

namespace klausul::review {

absl::optional<v1::ProcurementPlan> PlanReaderAdapter::Read(
    const ruleset::NodeRef& root, DiagnosticSink& sink) const {
  v1::ProcurementPlan plan;
  // Examples point at their own files, never into a plan.
  intake::SourceMap places;
  if (!intake::ReadPlan(root.tree(), intake::ReadOptions(), plan, places,
                        sink)) {
    return absl::nullopt;
  }
  return plan;
}

bool PlanReaderAdapter::Set(v1::ProcurementPlan& plan,
                            const ruleset::NodeRef& path,
                            const ruleset::NodeRef& value,
                            DiagnosticSink& sink) const {
  return intake::SetByPath(plan, path.text(), *value.tree(), path.span(),
                           *value.node(), intake::ReadOptions(), sink);
}

bool PlanReaderAdapter::Unset(v1::ProcurementPlan& plan,
                              const ruleset::NodeRef& path,
                              DiagnosticSink& sink) const {
  return intake::UnsetByPath(plan, path.text(), path.file(), path.span(), sink);
}

}  // namespace klausul::review
