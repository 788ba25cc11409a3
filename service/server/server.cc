#include "service/server/server.h"

#include <sched.h>

#include <cstddef>
#include <cstdlib>
#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include "service/base/status_macros.h"
#include "service/server/compliance_service.h"
#include "service/server/listen_address.h"
#include "service/server/rule_service.h"

namespace klausul::server {
namespace {

// The processors that this process may use, but one: that is the calling
// thread's.
int HelperThreadCount() {
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) != 0) return 0;
  return CPU_COUNT(&processors) - 1;
}

void InitOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    // Every request that does not parse would leave a line on standard error;
    // the caller is told, and nobody else can mend it.
    google::protobuf::SetLogHandler(nullptr);
    // The same for gRPC; its own variable brings the log back.
    if (std::getenv("GRPC_VERBOSITY") == nullptr) {
      gpr_set_log_function([](gpr_log_func_args*) {});
    }
  });
}

}  // namespace

struct Server::Parts {
  Parts(const std::shared_ptr<const ServingRules>& serving,
        std::size_t max_message_bytes,
        const std::shared_ptr<Telemetry>& telemetry)
      : compliance(serving, max_message_bytes, HelperThreadCount(), telemetry),
        rules(serving, max_message_bytes, telemetry) {}

  ComplianceService compliance;
  RuleService rules;
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    std::shared_ptr<const ServingRules> rules, const ServerOptions& options) {
  RETURN_IF_ERROR(ParseListenAddress(options.listen).status());
  InitOnce();

  auto parts = std::make_unique<Parts>(
      rules, static_cast<std::size_t>(options.max_message_bytes),
      options.telemetry != nullptr ? options.telemetry
                                   : std::make_shared<Telemetry>());
  grpc::ServerBuilder builder;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                           &parts->port);
  // Two servers that share a port by accident would answer by turns.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options.max_message_bytes);
  builder.SetMaxSendMessageSize(options.max_message_bytes);
  // gRPC bounds a message before it unpacks it: a few kilobytes of zeros, well
  // packed, would fill the memory.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  grpc::ResourceQuota quota("klausul");
  quota.SetMaxThreads(options.max_threads);
  builder.SetResourceQuota(quota);
  builder.RegisterService(&parts->compliance);
  builder.RegisterService(&parts->rules);
  parts->server = builder.BuildAndStart();
  if (parts->server == nullptr || parts->port == 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on `", options.listen,
        "`: no such address here, or another program has the port"));
  }
  // Probes may ask for the whole (empty name) or for one service.
  if (auto* health = parts->server->GetHealthCheckService()) {
    health->SetServingStatus("klausul.v1.ComplianceService", true);
    health->SetServingStatus("klausul.v1.RuleService", true);
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    std::shared_ptr<const review::RuleCatalogue> catalogue,
    const ServerOptions& options) {
  return Start(std::make_shared<const ServingRules>(std::move(catalogue), "",
                                                    absl::Now()),
               options);
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  Drain(std::chrono::milliseconds(0));
}

int Server::port() const {
  return parts_->port;
}

void Server::Drain(std::chrono::milliseconds grace) {
  if (parts_->server == nullptr) return;
  if (auto* health = parts_->server->GetHealthCheckService()) {
    health->SetServingStatus(false);
  }
  parts_->server->Shutdown(std::chrono::system_clock::now() + grace);
  parts_->server->Wait();
  parts_->server.reset();
}

}  // namespace klausul::server
