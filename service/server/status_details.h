#ifndef KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_
#define KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_

#include <grpcpp/support/status.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/status.pb.h"

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

// INVALID_ARGUMENT, reason INVALID_REQUEST, for one or more wrong fields.
ServiceError InvalidFields(std::vector<FieldViolation> fields);

// The same error in the two forms in which it travels: as an entry of a stream
// and as the end of a call (details in `grpc-status-details-bin`).
google::rpc::Status ToRpcStatus(const ServiceError& error);
grpc::Status ToGrpcStatus(const ServiceError& error);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_STATUS_DETAILS_H_
