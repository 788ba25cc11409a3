#include "service/server/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/server/compliance_service.h"
#include "service/server/rule_service.h"

namespace klausul::server {

struct Server::Parts {
  explicit Parts(const std::shared_ptr<const review::RuleCatalogue>& catalogue)
      : compliance(std::make_shared<review::Reviewer>(catalogue)),
        rules(catalogue) {}

  ComplianceService compliance;
  RuleService rules;
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    std::shared_ptr<const review::RuleCatalogue> catalogue,
    const ServerOptions& options) {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });

  auto parts = std::make_unique<Parts>(catalogue);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                           &parts->port);
  // Two servers that share a port by accident would answer by turns.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options.max_message_bytes);
  builder.SetMaxSendMessageSize(options.max_message_bytes);
  grpc::ResourceQuota quota("klausul");
  quota.SetMaxThreads(options.max_threads);
  builder.SetResourceQuota(quota);
  builder.RegisterService(&parts->compliance);
  builder.RegisterService(&parts->rules);
  parts->server = builder.BuildAndStart();
  if (parts->server == nullptr || parts->port == 0) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on `", options.listen,
        "`: not HOST:PORT, or another program has the port"));
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() { Drain(std::chrono::milliseconds(0)); }

int Server::port() const { return parts_->port; }

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
