#ifndef KLAUSUL_SERVICE_REVIEW_DECISION_H_
#define KLAUSUL_SERVICE_REVIEW_DECISION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "klausul/v1/decision.pb.h"

#include "service/review/plan_mask.h"
#include "service/review/reviewer.h"

// Evaluations as a decision log keeps them, and the same evaluations again.

namespace klausul::review {

// One evaluation as it leaves the call: in bytes, since the call has no time to
// make a record of it.
struct Evaluated {
  absl::Time time;
  std::string client;
  std::string request_id;
  std::string trace_id;
  std::string bundle_digest;
  // v1::EvaluateOptions.
  std::string options;
  // v1::ProcurementPlan, from SerializeDeterministic().
  std::string plan;
  // v1::DocumentReport.
  std::string report;

  std::size_t ByteSize() const {
    return sizeof(*this) + options.size() + plan.size() + report.size();
  }
};

// Bytes that are the same for the same message: entries of maps by key.
std::string SerializeDeterministic(const google::protobuf::Message& message);

// What a record holds beside what it always does.
struct DecisionContents {
  bool findings = false;
  bool plan = false;
  PlanMask mask;
};

// The record. `binary_version` is that of this binary. DATA_LOSS where the
// bytes are no messages.
absl::StatusOr<v1::DecisionRecord> MakeDecision(
    const Evaluated& evaluated, const DecisionContents& contents);

// A record as a line of the log, with its line break.
std::string DecisionLine(const v1::DecisionRecord& record);

// INVALID_ARGUMENT for a line that is no record.
absl::StatusOr<v1::DecisionRecord> ParseDecisionLine(absl::string_view line);

// Evaluates the plan of a record again, at its time and with its options. Empty
// where findings, counts, date of law and rule sets are the same to the byte
// (places in the document aside, which no record keeps); else what differs, one
// a line. INVALID_ARGUMENT where the record has no plan.
absl::StatusOr<std::string> Replay(const v1::DecisionRecord& record,
                                   const Reviewer& reviewer);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_DECISION_H_
