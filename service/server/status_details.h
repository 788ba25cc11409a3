#ifndef KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_
#define KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"
#include <grpcpp/support/status.h>

namespace klausul::server {

// A field of a request that is wrong.
struct FieldViolation {
  // Path from the root of the request: `options.language`.
  std::string field;
  std::string description;
};

// An error as clients get it: a code, a message, a reason that a program can
// read (google.rpc.ErrorInfo, domain `klausul`) and the wrong fields
// (google.rpc.BadRequest).
struct ServiceError {
  absl::StatusCode code = absl::StatusCode::kInternal;
  std::string message;
  // UPPER_SNAKE_CASE, stable: `INVALID_REQUEST`.
  std::string reason;
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> fields;
};

// The bounds of an error as it travels. Clients refuse trailers past 8 KiB by
// default, and what is sent may grow on its way: the message three times
// (percent signs), the details by a third (base64). What is left out is counted
// in the ErrorInfo's metadata, under `violations_omitted`.
inline constexpr std::size_t kMaxErrorMessageBytes = 512;
inline constexpr std::size_t kMaxErrorTextBytes = 256;
inline constexpr std::size_t kMaxErrorMetadataBytes = 1024;
inline constexpr std::size_t kMaxErrorDetailBytes = 2048;

// INVALID_ARGUMENT, reason INVALID_REQUEST, for one or more wrong fields.
ServiceError InvalidFields(std::vector<FieldViolation> fields);

// RESOURCE_EXHAUSTED, reason LIMIT_EXCEEDED: one field past a bound.
ServiceError LimitExceeded(std::string field, std::string description);

// NOT_FOUND with a reason such as `RULE_NOT_FOUND`.
ServiceError NotFound(std::string reason, std::string message);

// RESOURCE_EXHAUSTED: an answer that would exceed the bound on messages.
ServiceError AnswerTooLarge(std::size_t bytes, std::size_t max_bytes,
                            absl::string_view what_to_do);

// Text that may travel: what is not well-formed UTF-8 replaced by U+FFFD, cut
// between code points to `max_bytes`, with an ellipsis where something was cut.
std::string CleanText(absl::string_view text, std::size_t max_bytes);

// The same error in the two forms in which it travels: as an entry of a stream
// and as the end of a call (details in `grpc-status-details-bin`). Both keep
// the bounds above.
google::rpc::Status ToRpcStatus(const ServiceError& error);
grpc::Status ToGrpcStatus(const ServiceError& error);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_
