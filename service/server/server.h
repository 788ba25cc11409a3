#ifndef KLAUSUL_SERVICE_SERVER_SERVER_H_
#define KLAUSUL_SERVICE_SERVER_SERVER_H_

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "service/server/serving_rules.h"
#include "service/server/telemetry.h"

// The gRPC server: both services of klausul.v1, grpc.health.v1.Health and
// server reflection on one port.
//
//   ASSIGN_OR_RETURN(auto server, Server::Start(rules, options));
//   std::cerr << "listening on port " << server->port();
//   ...
//   server->Drain(std::chrono::seconds(10));

namespace klausul::server {

struct ServerOptions {
  // HOST:PORT, `[::1]:PORT`; port 0 takes a free one.
  std::string listen = "127.0.0.1:50051";
  // Bytes of one message, either way. Larger ones end in RESOURCE_EXHAUSTED.
  int max_message_bytes = 64 * 1024 * 1024;
  // Threads for calls, at most; a stream takes one for as long as it is open.
  // Further calls end in RESOURCE_EXHAUSTED. Health and reflection do not need
  // any of them.
  int max_threads = 256;
  // What is told of the calls; null: nothing.
  std::shared_ptr<Telemetry> telemetry;
};

class Server {
 public:
  // UNAVAILABLE where the address cannot be taken, INVALID_ARGUMENT where it
  // is none.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      std::shared_ptr<const ServingRules> rules, const ServerOptions& options);

  // The same over rule sets that stay.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      std::shared_ptr<const review::RuleCatalogue> catalogue,
      const ServerOptions& options);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that is listened on.
  int port() const;

  // Health turns to NOT_SERVING, new calls are refused, those under way may
  // end within `grace`; then the server is down.
  void Drain(std::chrono::milliseconds grace);

 private:
  struct Parts;

  explicit Server(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_SERVER_H_
