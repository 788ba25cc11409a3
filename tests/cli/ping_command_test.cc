#include "gmock/gmock.h"

#include "service/server/server.h"
#include "tests/support/command_line.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::cli {
namespace {

using PingCommandTest = testing_support::CommandLineTest;

TEST_F(PingCommandTest, SaysWhetherAServerServes) {
  const auto server = server::Server::Start(testing_support::TinyCatalogue(),
                                            {.listen = "127.0.0.1:0"});
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string address = "127.0.0.1:" + std::to_string((*server)->port());
  const auto up = Run({"ping", address});
  EXPECT_EQ(up.exit_code, 0) << up.err;
  EXPECT_EQ(up.out, address + ": serving\n");
  (*server)->Drain(std::chrono::milliseconds(0));
  EXPECT_EQ(Run({"ping", address}).exit_code, 1);
}

}  // namespace
}  // namespace klausul::cli
