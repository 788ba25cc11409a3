#ifndef KLAUSUL_SERVICE_SERVER_METRICS_LISTENER_H_
#define KLAUSUL_SERVICE_SERVER_METRICS_LISTENER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace klausul::server {

// Answers `GET /metrics` over HTTP/1.1 on a port of its own, one connection
// after the other and one request a connection: that is what a scraper does
// every few seconds. Anything else is 404, 405 or 400. No TLS and no
// authentication: for loopback, or behind what has both.
class MetricsListener {
 public:
  // Of a request; a scraper's has a few hundred.
  static constexpr std::size_t kMaxRequestBytes = 8 * 1024;
  // A connection that has not sent its request by then is closed, so that it
  // keeps no other waiting for long.
  static constexpr int kMaxSeconds = 2;

  // `listen` is HOST:PORT with an address in numbers; port 0 takes a free one.
  // `render` makes the page, on the listener's thread. INVALID_ARGUMENT for
  // what is no address, UNAVAILABLE where it cannot be taken.
  static absl::StatusOr<std::unique_ptr<MetricsListener>> Start(
      absl::string_view listen, std::function<std::string()> render);

  ~MetricsListener();
  MetricsListener(const MetricsListener&) = delete;
  MetricsListener& operator=(const MetricsListener&) = delete;

  int port() const { return port_; }

 private:
  MetricsListener(int socket, int port, std::function<std::string()> render);

  void Run();
  void Answer(int connection) const;

  int socket_;
  int port_;
  std::function<std::string()> render_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace klausul::server

#endif  // KLAUSUL_SERVICE_SERVER_METRICS_LISTENER_H_
