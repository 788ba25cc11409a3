#ifndef KLAUSUL_SERVICE_RULESET_EXAMPLE_PLANS_H_
#define KLAUSUL_SERVICE_RULESET_EXAMPLE_PLANS_H_

#include <map>
#include <string>

#include "absl/types/optional.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/set_source.h"

namespace klausul::ruleset {

// Builds the plans of one set's examples. Each base plan is read once. Not
// thread-safe; borrows both arguments.
class ExamplePlans {
 public:
  ExamplePlans(const SetSource& source, const PlanReader& reader)
      : source_(source), reader_(reader) {}

  // The base plan with what the example sets and unsets. nullopt where a part
  // of it is wrong, which is in `sink`; a broken base plan is reported with the
  // first example that uses it.
  absl::optional<v1::ProcurementPlan> Build(const ExampleSource& example,
                                            DiagnosticSink& sink);

 private:
  const absl::optional<v1::ProcurementPlan>& Base(const ExampleSource& example,
                                                  DiagnosticSink& sink);

  const SetSource& source_;
  const PlanReader& reader_;
  std::map<std::string, absl::optional<v1::ProcurementPlan>> bases_;
};

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_EXAMPLE_PLANS_H_
