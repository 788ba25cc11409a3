#include "service/server/status_details.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

#include "service/base/source.h"

namespace klausul::server {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";
constexpr absl::string_view kEllipsis = "…";

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

google::rpc::ErrorInfo InfoOf(const ServiceError& error) {
  google::rpc::ErrorInfo info;
  info.set_reason(error.reason);
  info.set_domain("klausul");
  for (const auto& [key, value] : error.metadata) {
    (*info.mutable_metadata())[key] = CleanText(value, kMaxErrorMetadataBytes);
  }
  return info;
}

}  // namespace

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

ServiceError LimitExceeded(std::string field, std::string description) {
  ServiceError error =
      InvalidFields({{std::move(field), std::move(description)}});
  error.code = absl::StatusCode::kResourceExhausted;
  error.reason = "LIMIT_EXCEEDED";
  return error;
}

ServiceError NotFound(std::string reason, std::string message) {
  ServiceError error;
  error.code = absl::StatusCode::kNotFound;
  error.reason = std::move(reason);
  error.message = std::move(message);
  return error;
}

ServiceError AnswerTooLarge(std::size_t bytes, std::size_t max_bytes,
                            absl::string_view what_to_do) {
  ServiceError error;
  error.code = absl::StatusCode::kResourceExhausted;
  error.reason = "ANSWER_TOO_LARGE";
  error.message =
      absl::StrCat("the answer would take ", bytes, " bytes; at most ",
                   max_bytes, " are sent in one message: ", what_to_do);
  return error;
}

std::string CleanText(absl::string_view text, std::size_t max_bytes) {
  bool cut = false;
  // Bytes that are replaced grow threefold; cutting first bounds the work.
  if (text.size() > max_bytes) {
    cut = true;
    std::size_t end = max_bytes;
    while (end > 0 && IsContinuation(text[end]))
      --end;
    text = text.substr(0, end);
  }
  std::string clean;
  while (!text.empty()) {
    const std::size_t bad = FindInvalidUtf8(text);
    if (bad == absl::string_view::npos) {
      clean.append(text.data(), text.size());
      break;
    }
    clean.append(text.data(), bad);
    clean.append(kReplacement.data(), kReplacement.size());
    text.remove_prefix(bad + 1);
  }
  if (clean.size() > max_bytes) {
    cut = true;
    std::size_t end = max_bytes;
    while (end > 0 && IsContinuation(clean[end]))
      --end;
    clean.resize(end);
  }
  if (cut) clean.append(kEllipsis.data(), kEllipsis.size());
  return clean;
}

google::rpc::Status ToRpcStatus(const ServiceError& error) {
  google::rpc::BadRequest bad_request;
  std::size_t bytes = 0;
  std::size_t omitted = 0;
  for (const FieldViolation& field : error.fields) {
    google::rpc::BadRequest::FieldViolation violation;
    violation.set_field(CleanText(field.field, kMaxErrorTextBytes));
    violation.set_description(CleanText(field.description, kMaxErrorTextBytes));
    bytes += violation.ByteSizeLong();
    if (bytes > kMaxErrorDetailBytes) {
      ++omitted;
    } else {
      *bad_request.add_field_violations() = std::move(violation);
    }
  }

  google::rpc::Status status;
  // Canonical codes have the same numbers everywhere.
  status.set_code(static_cast<int>(error.code));
  status.set_message(CleanText(error.message, kMaxErrorMessageBytes));
  google::rpc::ErrorInfo info = InfoOf(error);
  if (omitted > 0) {
    (*info.mutable_metadata())["violations_omitted"] = absl::StrCat(omitted);
  }
  status.add_details()->PackFrom(info);
  if (bad_request.field_violations_size() > 0) {
    status.add_details()->PackFrom(bad_request);
  }
  return status;
}

grpc::Status ToGrpcStatus(const ServiceError& error) {
  const google::rpc::Status status = ToRpcStatus(error);
  return {static_cast<grpc::StatusCode>(error.code), status.message(),
          status.SerializeAsString()};
}

}  // namespace klausul::server
