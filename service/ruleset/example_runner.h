#ifndef KLAUSUL_SERVICE_RULESET_EXAMPLE_RUNNER_H_
#define KLAUSUL_SERVICE_RULESET_EXAMPLE_RUNNER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "service/base/diagnostic.h"
#include "service/ruleset/example_coverage.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/repository.h"

namespace klausul::ruleset {

struct ExampleRunOptions {
  // Only examples of these rules; empty: of all.
  std::vector<std::string> rule_ids;
  // Only of these sets; empty: of all that come from files.
  std::vector<std::string> rule_set_ids;
  // For plans that name no date of their own. Required.
  absl::Time now;
  // Asked between two examples, and while one is evaluated; true ends the run
  // with CANCELLED. Empty: nobody cancels.
  std::function<bool()> is_cancelled;
  // Watches which parts of conditions the examples try; null: nobody does.
  ExampleCoverage* coverage = nullptr;
};

// An example that did not come out as its author says.
struct FailedExample {
  std::string rule_set_id;
  std::string rule_id;
  std::string name;
  // Where it is written: `rules/no/foa-climate.yaml:42`.
  std::string place;
  // Expected and actual, one a line.
  std::string difference;
  // How the deciding part came about, subexpression by subexpression, indented
  // by depth; one a line.
  std::string trace;
};

struct ExampleReport {
  int rule_count = 0;
  int example_count = 0;
  // By rule id, then as written.
  std::vector<FailedExample> failed;

  bool ok() const { return failed.empty(); }
};

// Runs the examples of sets that come from files: builds each plan, evaluates
// the rule on the example's date, and compares the outcome and whatever else
// the example states. Mistakes in plans and paths go to `sink`, and the
// example counts as failed.
//
// An example of a rule on lots names its `subject`, unless all lots have the
// same outcome. A rule that is not in force on the date is not applicable.
//
// NOT_FOUND for a rule or set that is not there, with a suggestion; CANCELLED.
absl::StatusOr<ExampleReport> RunExamples(const RuleSetRepository& repository,
                                          const PlanReader& reader,
                                          const ExampleRunOptions& options,
                                          DiagnosticSink& sink);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_EXAMPLE_RUNNER_H_
