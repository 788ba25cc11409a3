#include "service/cli/remote.h"

#include <chrono>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include <google/protobuf/util/message_differencer.h>

#include "service/server/server.h"
#include "tests/support/command_line.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::cli {
namespace {

class RemoteTest : public testing_support::CommandLineTest {
 protected:
  RemoteTest() : catalogue_(testing_support::TinyCatalogue()) {
    auto server = server::Server::Start(catalogue_, {.listen = "127.0.0.1:0"});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  std::string Address() const {
    return "127.0.0.1:" + std::to_string(server_->port());
  }

  std::shared_ptr<const review::RuleCatalogue> catalogue_;
  std::unique_ptr<server::Server> server_;
};

TEST_F(RemoteTest, GivesTheSameReportAsTheEmbeddedEngine) {
  const Remote remote(Address());
  const review::Reviewer reviewer(catalogue_);
  v1::EvaluateOptions options;
  options.set_view(v1::EvaluateOptions::FULL);
  options.mutable_as_of()->set_year(2026);
  options.mutable_as_of()->set_month(3);
  options.mutable_as_of()->set_day(1);
  for (const char* content :
       {kBreach, kClean, "id: x\n", "contract: {nature: SERVICE}\n",
        "name: no plan\n", ""}) {
    v1::Document document;
    document.set_uri("plan.yaml");
    document.set_content(content);
    const auto there = remote.Review(document, options);
    ASSERT_TRUE(there.ok()) << there.status();
    reviewer.ReviewDocument(
        document, options, {absl::Now(), nullptr}, [&](review::Reviewed here) {
          EXPECT_EQ(here.status, there->status) << content;
          // The kind of an unreadable document does not travel.
          if (here.report.has_error()) here.report.clear_kind();
          EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
              here.report, there->report))
              << here.report.DebugString() << there->report.DebugString();
        });
  }
}

TEST_F(RemoteTest, OfSeveralServersOneIsEnough) {
  auto second = server::Server::Start(catalogue_, {.listen = "127.0.0.1:0"});
  ASSERT_TRUE(second.ok()) << second.status();
  // Nobody listens on port 1.
  const Remote remote("ipv4:127.0.0.1:1," + Address() +
                      ",127.0.0.1:" + std::to_string((*second)->port()));
  v1::Document document;
  document.set_content(kBreach);
  for (int call = 0; call < 40; ++call) {
    if (call == 20) server_->Drain(std::chrono::milliseconds(0));
    const auto reviewed = remote.Review(document, v1::EvaluateOptions());
    EXPECT_TRUE(reviewed.ok()) << call << ": " << reviewed.status();
  }
  (*second)->Drain(std::chrono::milliseconds(0));
  EXPECT_EQ(remote.Review(document, v1::EvaluateOptions()).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(RemoteTest, OptionsThatTheServerDoesNotTakeFailTheCall) {
  const Remote remote(Address());
  v1::EvaluateOptions options;
  options.add_rule_sets("none");
  v1::Document document;
  document.set_content("id: x\n");
  EXPECT_EQ(remote.Review(document, options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(RemoteTest, CheckSaysTheSameWithAndWithoutAServer) {
  const std::string breach = Write("breach.yaml", kBreach);
  const std::string broken = Write("broken.yaml", "contract: [\n");
  const auto embedded = Run(
      {"check", "--format", "json", "--as-of", "2026-03-01", breach, broken});
  const auto remote = Run({"check", "--format", "json", "--as-of", "2026-03-01",
                           "--server", Address(), breach, broken});
  EXPECT_EQ(remote.exit_code, embedded.exit_code);
  EXPECT_EQ(remote.out, embedded.out);
}

}  // namespace
}  // namespace klausul::cli
