#ifndef KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_
#define KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_

#include <cstddef>
#include <memory>

#include "absl/types/optional.h"
#include <grpcpp/grpcpp.h>

#include "klausul/v1/compliance_service.pb.h"

#include "service/server/checked_service.h"
#include "service/server/helper_threads.h"
#include "service/server/serving_rules.h"
#include "service/server/status_details.h"

namespace klausul::server {

// klausul.v1.ComplianceService over the rules in service.
// Thread-safe.
class ComplianceService final : public CheckedService {
 public:
  // `helper_threads` evaluate entries of streams beside the threads of the
  // calls: one less than there are processors for this.
  ComplianceService(std::shared_ptr<const ServingRules> rules,
                    std::size_t max_message_bytes, int helper_threads,
                    std::shared_ptr<Telemetry> telemetry);

 private:
  class StreamCall;
  using EvaluationStream = Stream<StreamMessage, v1::EvaluateStreamResponse>;

  absl::optional<ServiceError> Evaluate(const Call& call,
                                        const v1::EvaluateRequest& request,
                                        v1::EvaluateResponse& response) const;

  absl::optional<ServiceError> AdviseProcedure(
      const Call& call, const v1::AdviseProcedureRequest& request,
      v1::AdviseProcedureResponse& response) const;

  absl::optional<ServiceError> EvaluateStream(const Call& call,
                                              EvaluationStream& stream) const;

  std::shared_ptr<const ServingRules> rules_;
  std::unique_ptr<HelperThreads> helpers_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_COMPLIANCE_SERVICE_H_
