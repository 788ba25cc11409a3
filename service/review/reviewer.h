#ifndef KLAUSUL_SERVICE_REVIEW_REVIEWER_H_
#define KLAUSUL_SERVICE_REVIEW_REVIEWER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "klausul/v1/evaluate_options.pb.h"
#include "klausul/v1/plan.pb.h"
#include "klausul/v1/report.pb.h"

#include "service/review/rule_catalogue.h"

// Documents in, reports out. The door of this folder; both the command line and
// the service go through it, so that they say the same:
//
//   ASSIGN_OR_RETURN(auto catalogue, RuleCatalogue::Builtin());
//   const Reviewer reviewer(catalogue);
//   reviewer.ReviewDocument(document, options, context,
//                           [](Reviewed reviewed) { ... });

namespace klausul::review {

// What a review takes from the world besides its input. Nothing in here reads
// a clock.
struct ReviewContext {
  absl::Time now;
  // Asked between two expressions; true ends the evaluation with CANCELLED.
  std::function<bool()> is_cancelled;
  // Gets each plan that ReviewDocument() reads, before it is evaluated. May be
  // empty.
  std::function<void(const v1::ProcurementPlan&)> on_plan = nullptr;
};

// What came of one plan.
struct Reviewed {
  enum class Status {
    // `report` has the findings.
    kEvaluated,
    // `report.error` says what is wrong with the document.
    kUnreadable,
    // The document is of some other kind; `report.error` says so too.
    kNotADocument,
    // The evaluation ended early: `failure` says why. Not the input's fault.
    kFailed,
  };

  Status status = Status::kEvaluated;
  v1::DocumentReport report;
  // kUnreadable because a bound was met, and kFailed: the status to send.
  absl::Status failure;
};

// A field of a request that is wrong.
struct FieldError {
  // Path from the root of the options or the plan: `language`,
  // `award.criteria[2].weight`.
  std::string field;
  std::string description;
};

// Reviews documents against the rule sets of a catalogue. Immutable and safe to
// share between threads.
class Reviewer {
 public:
  explicit Reviewer(std::shared_ptr<const RuleCatalogue> catalogue);

  const RuleCatalogue& catalogue() const { return *catalogue_; }

  // What is wrong with the options: unknown rule sets, languages, enum
  // numbers, a day that does not exist. Empty where all is well.
  std::vector<FieldError> CheckOptions(
      const v1::EvaluateOptions& options) const;

  // What is wrong with a plan that was sent as a message, where its schema
  // cannot say it: days that do not exist, unknown enum numbers and keys,
  // references to nothing. Empty where all is well.
  static std::vector<FieldError> CheckPlan(const v1::ProcurementPlan& plan);

  // Evaluates a plan that was sent as a message. `options` have passed
  // CheckOptions() and `plan` CheckPlan().
  Reviewed ReviewPlan(const v1::ProcurementPlan& plan,
                      const v1::EvaluateOptions& options,
                      const ReviewContext& context) const;

  // The same into `report`, for many plans in a row: what it held before is
  // cleared, the memory of that is used again. Not OK where the evaluation
  // ended early, which is not the plan's fault.
  absl::Status ReviewPlanInto(const v1::ProcurementPlan& plan,
                              const v1::EvaluateOptions& options,
                              const ReviewContext& context,
                              v1::DocumentReport& report) const;

  // Reads a document and evaluates what is in it: one result for a notice or a
  // plan file, one a line for JSON Lines. At least one call of `on_reviewed`.
  void ReviewDocument(const v1::Document& document,
                      const v1::EvaluateOptions& options,
                      const ReviewContext& context,
                      absl::FunctionRef<void(Reviewed)> on_reviewed) const;

 private:
  std::shared_ptr<const RuleCatalogue> catalogue_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_REVIEWER_H_
