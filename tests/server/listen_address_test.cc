#include "service/server/listen_address.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

TEST(ListenAddressTest, ReadsHostAndPort) {
  const auto v4 = ParseListenAddress("127.0.0.1:50051");
  ASSERT_TRUE(v4.ok()) << v4.status();
  EXPECT_EQ(v4->host, "127.0.0.1");
  EXPECT_EQ(v4->port, 50051);
  const auto v6 = ParseListenAddress("[::1]:0");
  ASSERT_TRUE(v6.ok()) << v6.status();
  EXPECT_EQ(v6->host, "::1");
  EXPECT_EQ(v6->port, 0);
}

TEST(ListenAddressTest, RefusesWhatIsNone) {
  for (const char* listen :
       {"", "localhost", ":50051", "127.0.0.1:", "127.0.0.1:http",
        "127.0.0.1:65536", "127.0.0.1:-1", "::1:50051", "unix:/tmp/socket"}) {
    const auto address = ParseListenAddress(listen);
    EXPECT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument)
        << listen;
    EXPECT_THAT(std::string(address.status().message()),
                testing::HasSubstr("HOST:PORT"));
  }
}

}  // namespace
}  // namespace klausul::server
