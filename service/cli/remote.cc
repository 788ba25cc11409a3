#include "service/cli/remote.h"

#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include <grpcpp/grpcpp.h>

#include "klausul/v1/compliance_service.grpc.pb.h"

#include "service/base/status_macros.h"

namespace klausul::cli {
namespace {

constexpr std::chrono::seconds kCallTimeout(60);
constexpr std::chrono::seconds kPingTimeout(3);
// As much as a server takes by default.
constexpr int kMaxMessageBytes = 64 * 1024 * 1024;

// A target may have several addresses: calls go to all of them in turn, and one
// that a server has not answered is sent again, since every call can be
// repeated. CANCELLED is what gRPC answers to calls that reach a server in the
// moment in which it begins to drain. client-examples/service_config.json says
// the same to other clients.
constexpr char kServiceConfig[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "methodConfig": [{
    "name": [{"service": "klausul.v1.ComplianceService"}],
    "retryPolicy": {
      "maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "2s",
      "backoffMultiplier": 2,
      "retryableStatusCodes":
          ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "CANCELLED"]
    }
  }]
})";
// What is kept to be sent again; a call with more in it is not retried.
constexpr int kRetryBufferBytes = 4 * 1024 * 1024;

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetInt(GRPC_ARG_PER_RPC_RETRY_BUFFER_SIZE, kRetryBufferBytes);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

absl::Status ToAbslStatus(const grpc::Status& status) {
  return {static_cast<absl::StatusCode>(status.error_code()),
          status.error_message()};
}

// The ErrorInfo that a status carries, or an empty one.
google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details()) {
      if (detail.UnpackTo(&info)) break;
    }
  }
  return info;
}

int NumberIn(const google::rpc::ErrorInfo& info, const char* key) {
  const auto it = info.metadata().find(key);
  int number = 0;
  if (it == info.metadata().end() || !absl::SimpleAtoi(it->second, &number)) {
    return 0;
  }
  return number;
}

// A call that failed because the server could not read the document, as what
// came of reading it; the call's own status for any other failure.
absl::StatusOr<review::Reviewed> Unread(const grpc::Status& status,
                                        const v1::Document& document) {
  const google::rpc::ErrorInfo info = InfoOf(status);
  const bool unreadable = info.reason() == "DOCUMENT_UNREADABLE" ||
                          info.reason() == "LIMIT_EXCEEDED";
  if (!unreadable && info.reason() != "NOT_A_PROCUREMENT_DOCUMENT") {
    return ToAbslStatus(status);
  }
  review::Reviewed reviewed;
  reviewed.status = unreadable ? review::Reviewed::Status::kUnreadable
                               : review::Reviewed::Status::kNotADocument;
  reviewed.report.set_uri(document.uri());
  v1::DocumentError& error = *reviewed.report.mutable_error();
  error.set_line(NumberIn(info, "line"));
  error.set_column(NumberIn(info, "column"));
  // By value: what error_message() gives may be a temporary.
  const std::string whole = status.error_message();
  absl::string_view message = whole;
  if (error.line() > 0) {
    absl::ConsumePrefix(&message,
                        absl::StrCat(error.line(), ":", error.column(), ": "));
  }
  error.set_message(std::string(message));
  const auto details = info.metadata().find("details");
  if (details != info.metadata().end()) error.set_details(details->second);
  return reviewed;
}

}  // namespace

struct Remote::Channel {
  std::unique_ptr<v1::ComplianceService::Stub> stub;
};

Remote::Remote(const std::string& address)
    : channel_(std::make_unique<Channel>()) {
  channel_->stub = v1::ComplianceService::NewStub(Connect(address));
}

Remote::~Remote() = default;

absl::StatusOr<review::Reviewed> Remote::Review(
    const v1::Document& document, const v1::EvaluateOptions& options) const {
  v1::EvaluateRequest request;
  *request.mutable_document() = document;
  *request.mutable_options() = options;
  v1::EvaluateResponse response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  const grpc::Status status =
      channel_->stub->Evaluate(&context, request, &response);
  if (!status.ok()) return Unread(status, document);
  review::Reviewed reviewed;
  reviewed.report = std::move(*response.mutable_report());
  return reviewed;
}

absl::StatusOr<review::Advised> Remote::Advise(
    const v1::AdviseProcedureRequest& request) const {
  review::Advised advised;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  const grpc::Status status =
      channel_->stub->AdviseProcedure(&context, request, &advised.response);
  if (status.ok()) return advised;
  ASSIGN_OR_RETURN(review::Reviewed unread, Unread(status, request.document()));
  advised.status = unread.status;
  *advised.response.mutable_report() = std::move(unread.report);
  return advised;
}

absl::Status Ping(const std::string& address) {
  const auto stub = grpc::health::v1::Health::NewStub(Connect(address));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPingTimeout);
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, {}, &response);
  if (!status.ok()) return ToAbslStatus(status);
  if (response.status() != grpc::health::v1::HealthCheckResponse::SERVING) {
    return absl::UnavailableError(
        absl::StrCat("the server says ",
                     grpc::health::v1::HealthCheckResponse::ServingStatus_Name(
                         response.status())));
  }
  return absl::OkStatus();
}

}  // namespace klausul::cli
