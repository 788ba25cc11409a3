#include "service/ruleset/example_plans.h"

#include <vector>

#include "absl/strings/str_cat.h"

#include "service/base/edit_distance.h"

namespace klausul::ruleset {

const absl::optional<v1::ProcurementPlan>& ExamplePlans::Base(
    const ExampleSource& example, DiagnosticSink& sink) {
  const auto known = bases_.find(example.base);
  if (known != bases_.end()) return known->second;

  const auto plan = source_.plans.find(example.base);
  if (plan == source_.plans.end()) {
    std::vector<std::string> stems;
    for (const auto& [stem, unused] : source_.plans)
      stems.push_back(stem);
    const std::string near = ClosestMatch(example.base, stems);
    example.base_place.Error(
        "unknown-plan", absl::StrCat("there is no plan `", example.base, "`"),
        near.empty() ? absl::StrCat("write plans/", example.base, ".yaml")
                     : absl::StrCat("did you mean `", near, "`?"),
        sink);
    // Not remembered: each example with the slip is told.
    static const auto& none = *new absl::optional<v1::ProcurementPlan>();
    return none;
  }
  absl::optional<v1::ProcurementPlan>& base = bases_[example.base];
  if (plan->second.root) base = reader_.Read(plan->second.root, sink);
  return base;
}

absl::optional<v1::ProcurementPlan> ExamplePlans::Build(
    const ExampleSource& example, DiagnosticSink& sink) {
  absl::optional<v1::ProcurementPlan> plan = Base(example, sink);
  if (!plan.has_value()) return absl::nullopt;
  bool ok = true;
  for (const NodeRef& path : example.unset) {
    ok = reader_.Unset(*plan, path, sink) && ok;
  }
  for (const auto& [path, value] : example.set) {
    ok = reader_.Set(*plan, path, value, sink) && ok;
  }
  return ok ? plan : absl::nullopt;
}

}  // namespace klausul::ruleset
