#include "service/server/metrics_listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::unique_ptr<MetricsListener> Start() {
  auto listener =
      MetricsListener::Start("127.0.0.1:0", [] { return "page\n"; });
  EXPECT_TRUE(listener.ok()) << listener.status();
  return *std::move(listener);
}

// Sends the pieces one by one and reads to the end of the connection.
std::string Exchange(const MetricsListener& listener,
                     const std::vector<std::string>& pieces) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(listener.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(
      ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address),
      0);
  for (const std::string& piece : pieces) {
    ::send(socket, piece.data(), piece.size(), MSG_NOSIGNAL);
  }
  std::string answer;
  std::array<char, 512> bytes;
  for (ssize_t count = 0;
       (count = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;) {
    answer.append(bytes.data(), static_cast<std::size_t>(count));
  }
  ::close(socket);
  return answer;
}

TEST(MetricsListenerTest, ServesThePage) {
  const auto listener = Start();
  for (const char* target : {"/metrics", "/metrics?name=x"}) {
    const std::string answer =
        Exchange(*listener, {absl::StrCat("GET ", target, " HTTP/1.1\r\nHost"),
                             ": localhost\r\n\r\n"});
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_THAT(answer, HasSubstr("text/plain; version=0.0.4"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\npage\n"));
  }
}

TEST(MetricsListenerTest, RefusesTheRest) {
  const auto listener = Start();
  EXPECT_THAT(Exchange(*listener, {"GET / HTTP/1.1\r\n\r\n"}),
              StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(Exchange(*listener, {"POST /metrics HTTP/1.1\r\n\r\n"}),
              StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(Exchange(*listener, {"\r\n\r\n"}), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(
      Exchange(*listener,
               {std::string(MetricsListener::kMaxRequestBytes + 2, 'x')}),
      testing::Not(HasSubstr("200 OK")));
}

TEST(MetricsListenerTest, ASilentConnectionIsClosed) {
  const auto listener = Start();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(Exchange(*listener, {"GET /metrics"}),
              testing::Not(HasSubstr("200 OK")));
  EXPECT_LT(std::chrono::steady_clock::now() - start,
            std::chrono::seconds(MetricsListener::kMaxSeconds + 20));
  EXPECT_THAT(Exchange(*listener, {"GET /metrics HTTP/1.1\r\n\r\n"}),
              StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(MetricsListenerTest, RefusesAddresses) {
  const auto listener = Start();
  const auto code = [](const std::string& listen) {
    return MetricsListener::Start(listen, [] { return ""; }).status().code();
  };
  EXPECT_EQ(code("9464"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("no-number:9464"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(absl::StrCat("127.0.0.1:", listener->port())),
            absl::StatusCode::kUnavailable);
  // 192.0.2.0/24 is kept for documentation (RFC 5737).
  EXPECT_EQ(code("192.0.2.1:0"), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace klausul::server
