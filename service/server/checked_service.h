#ifndef KLAUSUL_SERVICE_SERVER_CHECKED_SERVICE_H_
#define KLAUSUL_SERVICE_SERVER_CHECKED_SERVICE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/method_handler.h>
#include <grpcpp/support/sync_stream.h>

#include "service/server/call.h"
#include "service/server/request_reader.h"
#include "service/server/status_details.h"
#include "service/server/telemetry.h"

namespace klausul::server {

// A request as it came: read, or with what is wrong with it.
template <typename Request>
struct Received {
  Request request;
  absl::optional<ServiceError> error;
  // Holds the bytes that a StreamMessage points into.
  grpc::Slice bytes;
};

// A gRPC service whose requests come through ReadRequest() and whose answers
// are bounded. It registers its methods as generated code does, with the same
// names of grpc::internal; only the type of the request is ours.
class CheckedService : public grpc::Service {
 public:
  // `max_message_bytes` bounds an answer. gRPC's own bound would break the call
  // off without a word.
  CheckedService(std::size_t max_message_bytes,
                 std::shared_ptr<Telemetry> telemetry)
      : max_message_bytes_(max_message_bytes),
        telemetry_(std::move(telemetry)) {}

  std::size_t max_message_bytes() const { return max_message_bytes_; }

  Telemetry& telemetry() const { return *telemetry_; }

 protected:
  // `name` is a literal: `/klausul.v1.RuleService/GetRule`.
  template <typename Request, typename Response>
  void AddUnary(const char* name, std::function<absl::optional<ServiceError>(
                                      const Call&, const Request&, Response&)>
                                      answer) {
    using Handler =
        grpc::internal::RpcMethodHandler<CheckedService, Received<Request>,
                                         Response>;
    AddMethod(new grpc::internal::RpcServiceMethod(
        name, grpc::internal::RpcMethod::NORMAL_RPC,
        new Handler(
            [answer = std::move(answer),
             metrics = MethodMetrics(name, telemetry_->metrics)](
                CheckedService* service, grpc::ServerContext* context,
                const Received<Request>* received, Response* response) {
              Call call(*context, metrics, *service->telemetry_);
              absl::optional<ServiceError> error = received->error;
              if (!error.has_value()) {
                error = answer(call, received->request, *response);
              }
              if (!error.has_value()) error = service->CheckSize(*response);
              return call.End(ToStatus(error));
            },
            this)));
  }

  template <typename Request, typename Response>
  using Stream = grpc::ServerReaderWriter<Response, Received<Request>>;

  template <typename Request, typename Response>
  void AddBidiStream(const char* name,
                     std::function<absl::optional<ServiceError>(
                         const Call&, Stream<Request, Response>&)>
                         answer) {
    using Handler =
        grpc::internal::BidiStreamingHandler<CheckedService, Received<Request>,
                                             Response>;
    AddMethod(new grpc::internal::RpcServiceMethod(
        name, grpc::internal::RpcMethod::BIDI_STREAMING,
        new Handler(
            [answer = std::move(answer),
             metrics = MethodMetrics(name, telemetry_->metrics)](
                CheckedService* service, grpc::ServerContext* context,
                Stream<Request, Response>* stream) {
              Call call(*context, metrics, *service->telemetry_);
              return call.End(ToStatus(answer(call, *stream)));
            },
            this)));
  }

 private:
  static grpc::Status ToStatus(const absl::optional<ServiceError>& error) {
    return error.has_value() ? ToGrpcStatus(*error) : grpc::Status::OK;
  }

  template <typename Response>
  absl::optional<ServiceError> CheckSize(const Response& response) const {
    const std::size_t bytes = response.ByteSizeLong();
    if (bytes <= max_message_bytes_) return absl::nullopt;
    return AnswerTooLarge(bytes, max_message_bytes_, "ask for less");
  }

  std::size_t max_message_bytes_;
  std::shared_ptr<Telemetry> telemetry_;
};

}  // namespace klausul::server

// How gRPC makes a Received of the bytes of a message: never failing, so that
// the method gets to say what is wrong.
template <typename Request>
class grpc::SerializationTraits<klausul::server::Received<Request>, void> {
 public:
  static grpc::Status Deserialize(
      grpc::ByteBuffer* buffer, klausul::server::Received<Request>* received) {
    *received = klausul::server::Received<Request>();
    const grpc::Status status = buffer->DumpToSingleSlice(&received->bytes);
    buffer->Clear();
    if (!status.ok()) return status;
    received->error = klausul::server::ReadRequest(
        absl::string_view(
            reinterpret_cast<const char*>(received->bytes.begin()),
            received->bytes.size()),
        received->request);
    return grpc::Status::OK;
  }
};

#endif  // KLAUSUL_SERVICE_SERVER_CHECKED_SERVICE_H_
