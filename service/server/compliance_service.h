#ifndef KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_
#define KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <memory>

#include "klausul/v1/compliance_service.grpc.pb.h"
#include "service/review/reviewer.h"

namespace klausul::server {

// The most entries of one message of a stream: what a client may queue up
// behind one another without getting an answer.
inline constexpr int kMaxEntriesAMessage = 1000;

// klausul.v1.ComplianceService over a Reviewer. Thread-safe.
class ComplianceService final : public v1::ComplianceService::Service {
 public:
  explicit ComplianceService(std::shared_ptr<const review::Reviewer> reviewer);

  grpc::Status Evaluate(grpc::ServerContext* context,
                        const v1::EvaluateRequest* request,
                        v1::EvaluateResponse* response) override;

  grpc::Status EvaluateStream(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::EvaluateStreamResponse,
                               v1::EvaluateStreamRequest>* stream) override;

 private:
  std::shared_ptr<const review::Reviewer> reviewer_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_
