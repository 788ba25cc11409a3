#ifndef KLAUSUL_SERVICE_SERVER_REQUEST_READER_H_
#define KLAUSUL_SERVICE_SERVER_REQUEST_READER_H_

#include <cstddef>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

#include "klausul/v1/compliance_service.pb.h"
#include "klausul/v1/rule_service.pb.h"

#include "service/server/status_details.h"

// From bytes to requests. gRPC would do it too, but answers a message that does
// not parse (a string that is no UTF-8, say) with a bare INTERNAL, and ends a
// stream as if the client had finished. And what two bytes say can take some
// hundred bytes of memory, so the bounds are looked at before parsing.

namespace klausul::server {

// The most bytes of a request (or entry) besides `document.content`: of a plan
// sent as a message, above all. Real ones take some kilobytes.
inline constexpr std::size_t kMaxPlanBytes = std::size_t{2} << 20;

// The most bytes of a request to the catalogue: ids and tokens.
inline constexpr std::size_t kMaxLookupBytes = std::size_t{64} << 10;

// The most entries of one message of a stream: what a client may queue up
// behind one another without getting an answer.
inline constexpr std::size_t kMaxEntriesAMessage = 1000;

// The most bytes of a request_id: it comes back with every answer.
inline constexpr std::size_t kMaxRequestIdBytes = std::size_t{1} << 10;

// The most files of a CheckRuleSetRequest.
inline constexpr std::size_t kMaxRuleFiles = 2000;

// Each parses `bytes` into `request`, or says why not: INVALID_ARGUMENT with
// the reason REQUEST_UNREADABLE, or RESOURCE_EXHAUSTED.
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::EvaluateRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::AdviseProcedureRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::ListRuleSetsRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::GetRuleSetRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::ListRulesRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::GetRuleRequest& request);
absl::optional<ServiceError> ReadRequest(absl::string_view bytes,
                                         v1::CheckRuleSetRequest& request);

// An EvaluateStreamRequest whose entries are still bytes: each is read when its
// turn comes, so that a bad one harms no other and memory holds one at a time.
struct StreamMessage {
  std::vector<absl::string_view> entries;
  absl::optional<v1::EvaluateOptions> options;
};

// The entries point into `bytes`.
absl::optional<ServiceError> ReadRequest(absl::string_view bytes
                                             ABSL_ATTRIBUTE_LIFETIME_BOUND,
                                         StreamMessage& request);

// Where it fails, `entry` has just the request_id, if that can be made out.
absl::optional<ServiceError> ReadEntry(absl::string_view bytes,
                                       v1::EvaluateStreamEntry& entry);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_REQUEST_READER_H_
