#ifndef KLAUSUL_SERVICE_REVIEW_ADVICE_ADVISOR_H_
#define KLAUSUL_SERVICE_REVIEW_ADVICE_ADVISOR_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"

#include "klausul/v1/advice.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/review/reviewer.h"

// Advice on the choice of procedure. The door of this folder; the command line
// and the service both go through it:
//
//   const Advisor advisor(reviewer);
//   Advised advised = advisor.Advise(request, {absl::Now(), nullptr});
//
// How: each candidate of the rule set's catalogue (`v1::AdviceCatalogue`) is
// put into a copy of the plan, and the rules that the catalogue names are asked
// what they say of it (candidate_verdict.h); the least time limits are found by
// trying lengths (time_steps.h). What is law is in the rule set; nothing here
// knows a procedure, a threshold or a number of days.

namespace klausul::review {

// What came of one request.
struct Advised {
  // As for a review; `response.report.error` says what is wrong with the
  // document.
  Reviewed::Status status = Reviewed::Status::kEvaluated;
  v1::AdviseProcedureResponse response;
  absl::Status failure;
};

// The most open facts that are listed.
inline constexpr int kMaxOpenFacts = 20;

// Immutable and safe to share between threads. Borrows the reviewer.
class Advisor {
 public:
  explicit Advisor(const Reviewer& reviewer) : reviewer_(reviewer) {}

  // What is wrong with the request, the options included: paths as
  // `options.language`, `start_date`. Empty where all is well.
  std::vector<FieldError> CheckRequest(
      const v1::AdviseProcedureRequest& request) const;

  // The request has passed CheckRequest(), and a plan Reviewer::CheckPlan().
  // A document that holds several plans is unreadable here: advice is on one.
  Advised Advise(const v1::AdviseProcedureRequest& request,
                 const ReviewContext& context) const;

 private:
  const Reviewer& reviewer_;
};

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_ADVICE_ADVISOR_H_
