#ifndef KLAUSUL_SERVICE_SERVER_LISTEN_ADDRESS_H_
#define KLAUSUL_SERVICE_SERVER_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace klausul::server {

// Where to listen, as an operator writes it: `127.0.0.1:50051`, `[::1]:0`.
struct ListenAddress {
  // Without brackets.
  std::string host;
  // 0: a free one.
  int port = 0;
};

// INVALID_ARGUMENT for what is no HOST:PORT. gRPC itself takes much more
// (`unix:`, a bare name), which then fails later and less clearly.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view listen);

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_LISTEN_ADDRESS_H_
