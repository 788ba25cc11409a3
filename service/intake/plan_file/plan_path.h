#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_PATH_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_PATH_H_

#include <memory>

#include "absl/strings/string_view.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/intake/document.h"
#include "service/syntax/tree.h"

namespace klausul::intake {

// Changes of single fields, as the examples of rules make them:
//
//   set: {"award.criteria[2].weight": 20, "contract.trades": []}
//   unset: ["dates.tender_deadline"]

// Sets the field at `path` to `value`, in the forms of a plan file; what the
// field held before goes. A list takes an index that it has, or the next one.
// `[]` states a list as empty; null is the same as `UnsetByPath`.
//
// `path_span` is where the path is written in the tree's file. False, with
// errors in the sink, where the path names no field or the value does not fit.
bool SetByPath(v1::ProcurementPlan& plan, absl::string_view path,
               const syntax::Tree& tree, Span path_span,
               const syntax::Node& value, const ReadOptions& options,
               DiagnosticSink& sink);

// Makes the field at `path` not stated, with all that `stated_empty`,
// `still_open` and `complete` say about it or what is below. An entry of a list
// is taken out. A field that is not set is left so; a path that names no field
// is an error.
bool UnsetByPath(v1::ProcurementPlan& plan, absl::string_view path,
                 const std::shared_ptr<const SourceFile>& file, Span path_span,
                 DiagnosticSink& sink);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_PLAN_PATH_H_
