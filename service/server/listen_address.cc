#include "service/server/listen_address.h"

#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace klausul::server {

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view listen) {
  constexpr int kMaxPort = 65535;
  const std::size_t colon = listen.rfind(':');
  if (colon != absl::string_view::npos && colon > 0) {
    absl::string_view host = listen.substr(0, colon);
    const bool bracketed = host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    int port = -1;
    if (absl::SimpleAtoi(listen.substr(colon + 1), &port) && port >= 0 &&
        port <= kMaxPort &&
        (bracketed || host.find(':') == absl::string_view::npos)) {
      return ListenAddress{std::string(host), port};
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "`", listen, "` is no HOST:PORT, such as 127.0.0.1:50051 or [::1]:0"));
}

}  // namespace klausul::server
