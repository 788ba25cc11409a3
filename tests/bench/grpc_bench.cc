// A unary call, against a service that sends the same answer without having
// looked at the question.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include <benchmark/benchmark.h>
#include <grpcpp/grpcpp.h>

#include "klausul/v1/compliance_service.grpc.pb.h"

#include "service/server/server.h"
#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

using Stub = v1::ComplianceService::Stub;

std::unique_ptr<Stub> Connect(int port) {
  return v1::ComplianceService::NewStub(grpc::CreateChannel(
      absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
}

v1::EvaluateRequest SampleRequest() {
  v1::EvaluateRequest request;
  *request.mutable_plan() = SamplePlan("plan.yaml");
  return request;
}

grpc::Status Call(Stub& stub, const v1::EvaluateRequest& request,
                  v1::EvaluateResponse& response) {
  grpc::ClientContext context;
  return stub.Evaluate(&context, request, &response);
}

void CallAgainAndAgain(benchmark::State& state, Stub& stub) {
  const v1::EvaluateRequest request = SampleRequest();
  for (auto _ : state) {
    v1::EvaluateResponse response;
    if (!Call(stub, request, response).ok()) {
      state.SkipWithError("the call failed");
      break;
    }
    benchmark::DoNotOptimize(response);
  }
}

std::unique_ptr<server::Server> StartKlausul() {
  server::ServerOptions options;
  options.listen = "127.0.0.1:0";
  auto server = server::Server::Start(Catalogue(), options);
  return server.ok() ? *std::move(server) : nullptr;
}

class EmptyService final : public v1::ComplianceService::Service {
 public:
  explicit EmptyService(v1::EvaluateResponse response)
      : response_(std::move(response)) {}

  grpc::Status Evaluate(grpc::ServerContext*, const v1::EvaluateRequest*,
                        v1::EvaluateResponse* response) override {
    *response = response_;
    return grpc::Status::OK;
  }

 private:
  const v1::EvaluateResponse response_;
};

void BM_GrpcUnary(benchmark::State& state) {
  const auto server = StartKlausul();
  if (server == nullptr) {
    state.SkipWithError("the server does not start");
    return;
  }
  CallAgainAndAgain(state, *Connect(server->port()));
}

BENCHMARK(BM_GrpcUnary)->Unit(benchmark::kMicrosecond)->UseRealTime();

void BM_GrpcEmpty(benchmark::State& state) {
  const auto klausul = StartKlausul();
  v1::EvaluateResponse answer;
  if (klausul == nullptr ||
      !Call(*Connect(klausul->port()), SampleRequest(), answer).ok()) {
    state.SkipWithError("there is no answer to send");
    return;
  }
  EmptyService service(std::move(answer));
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    state.SkipWithError("the empty server does not start");
    return;
  }
  CallAgainAndAgain(state, *Connect(port));
}

BENCHMARK(BM_GrpcEmpty)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace klausul::bench
