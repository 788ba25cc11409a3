#include "service/server/metrics_listener.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "service/base/status_macros.h"
#include "service/server/listen_address.h"

namespace klausul::server {
namespace {

using Clock = std::chrono::steady_clock;

// How long it takes at most until the thread sees that it is to end.
constexpr int kWakeMilliseconds = 100;

// Waits until the connection can be read (POLLIN) or written (POLLOUT); false
// past `end`.
bool Await(int connection, short events, Clock::time_point end) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
  pollfd waited{connection, events, 0};
  return left.count() > 0 &&
         ::poll(&waited, 1, static_cast<int>(left.count())) == 1;
}

// The head of the request, or empty where none came in time.
std::string ReadHead(int connection, Clock::time_point end) {
  std::string head;
  std::array<char, 1024> piece;
  while (head.size() <= MetricsListener::kMaxRequestBytes) {
    if (!Await(connection, POLLIN, end)) return "";
    const ssize_t count =
        ::recv(connection, piece.data(), piece.size(), MSG_DONTWAIT);
    if (count <= 0) return "";
    head.append(piece.data(), static_cast<std::size_t>(count));
    if (absl::StrContains(head, "\r\n\r\n")) return head;
  }
  return "";
}

void WriteAll(int connection, absl::string_view bytes, Clock::time_point end) {
  while (!bytes.empty() && Await(connection, POLLOUT, end)) {
    const ssize_t count = ::send(connection, bytes.data(), bytes.size(),
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string Response(absl::string_view status, absl::string_view body) {
  return absl::StrCat("HTTP/1.1 ", status,
                      "\r\nContent-Type: text/plain; version=0.0.4; "
                      "charset=utf-8\r\nContent-Length: ",
                      body.size(), "\r\nConnection: close\r\n\r\n", body);
}

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsListener>> MetricsListener::Start(
    absl::string_view listen, std::function<std::string()> render) {
  ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(listen));
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.host.c_str(), absl::StrCat(address.port).c_str(),
                    &hints, &found) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", listen, "` has no address in numbers, such as ",
                     "127.0.0.1:9464"));
  }
  const absl::Cleanup free_found = [&] { ::freeaddrinfo(found); };
  const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (socket < 0 ||
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(socket, found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(socket, 16) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    if (socket >= 0) ::close(socket);
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on `", listen,
        "`: no such address here, or another program has the port"));
  }
  const in_port_t port =
      bound.ss_family == AF_INET6
          ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
          : reinterpret_cast<const sockaddr_in&>(bound).sin_port;
  return std::unique_ptr<MetricsListener>(
      new MetricsListener(socket, ntohs(port), std::move(render)));
}

MetricsListener::MetricsListener(int socket, int port,
                                 std::function<std::string()> render)
    : socket_(socket), port_(port), render_(std::move(render)) {
  thread_ = std::thread([this] { Run(); });
}

MetricsListener::~MetricsListener() {
  stop_ = true;
  thread_.join();
  ::close(socket_);
}

void MetricsListener::Run() {
  while (!stop_) {
    pollfd waited{socket_, POLLIN, 0};
    if (::poll(&waited, 1, kWakeMilliseconds) != 1) continue;
    const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    Answer(connection);
    ::close(connection);
  }
}

void MetricsListener::Answer(int connection) const {
  const Clock::time_point end =
      Clock::now() + std::chrono::seconds(kMaxSeconds);
  const std::string head = ReadHead(connection, end);
  absl::string_view target = head;
  std::string response;
  if (!absl::ConsumePrefix(&target, "GET ")) {
    response = absl::StrContains(head.substr(0, 16), "/")
                   ? Response("405 Method Not Allowed", "GET only\n")
                   : Response("400 Bad Request", "no request\n");
  } else {
    target = target.substr(0, target.find_first_of(" ?\r"));
    response = target == "/metrics"
                   ? Response("200 OK", render_())
                   : Response("404 Not Found", "see /metrics\n");
  }
  WriteAll(connection, response, end);
  ::shutdown(connection, SHUT_WR);
}

}  // namespace klausul::server
