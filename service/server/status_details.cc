#include "service/server/status_details.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace klausul::server {

ServiceError InvalidFields(std::vector<FieldViolation> fields) {
  ServiceError error;
  error.code = absl::StatusCode::kInvalidArgument;
  error.reason = "INVALID_REQUEST";
  if (!fields.empty()) {
    error.message =
        absl::StrCat(fields.front().field, ": ", fields.front().description);
    if (fields.size() > 1) {
      absl::StrAppend(&error.message, " (and ", fields.size() - 1, " more)");
    }
  }
  error.fields = std::move(fields);
  return error;
}

google::rpc::Status ToRpcStatus(const ServiceError& error) {
  google::rpc::Status status;
  // Canonical codes have the same numbers everywhere.
  status.set_code(static_cast<int>(error.code));
  status.set_message(error.message);
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason);
  info.set_domain("klausul");
  for (const auto& [key, value] : error.metadata) {
    (*info.mutable_metadata())[key] = value;
  }
  status.add_details()->PackFrom(info);
  if (!error.fields.empty()) {
    google::rpc::BadRequest bad_request;
    for (const FieldViolation& field : error.fields) {
      auto* violation = bad_request.add_field_violations();
      violation->set_field(field.field);
      violation->set_description(field.description);
    }
    status.add_details()->PackFrom(bad_request);
  }
  return status;
}

grpc::Status ToGrpcStatus(const ServiceError& error) {
  return {static_cast<grpc::StatusCode>(error.code), error.message,
          ToRpcStatus(error).SerializeAsString()};
}

}  // namespace klausul::server
