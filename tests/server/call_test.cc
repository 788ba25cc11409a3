#include "service/server/call.h"

#include <memory>
#include <mutex>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;

// Calls of a real server, since nothing else can make a context with metadata.
class CallTest : public testing::Test {
 protected:
  CallTest() {
    telemetry_->log = [this](const LogLine& line) {
      const std::lock_guard<std::mutex> lock(mutex_);
      log_ += line.Text();
    };
    ServerOptions options;
    options.telemetry = telemetry_;
    server_ = std::make_unique<TestServer>(options);
  }

  // The request id that comes back.
  std::string Evaluate(const std::string& request_id,
                       const v1::EvaluateRequest& request) {
    grpc::ClientContext context;
    if (!request_id.empty()) context.AddMetadata("x-request-id", request_id);
    context.AddMetadata(
        "traceparent",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    v1::EvaluateResponse response;
    server_->compliance->Evaluate(&context, request, &response);
    const auto& metadata = context.GetServerInitialMetadata();
    const auto it = metadata.find("x-request-id");
    return it == metadata.end()
               ? "none"
               : std::string(it->second.data(), it->second.size());
  }

  // Ends the server first, so that every call has been told.
  std::string Log() {
    server_->server->Drain(std::chrono::seconds(60));
    const std::lock_guard<std::mutex> lock(mutex_);
    return log_;
  }

  std::mutex mutex_;
  std::string log_;
  std::shared_ptr<Telemetry> telemetry_ = std::make_shared<Telemetry>();
  std::unique_ptr<TestServer> server_;
};

TEST_F(CallTest, IsCountedAndTimed) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  Evaluate("", request);
  Evaluate("", {});
  server_->server->Drain(std::chrono::seconds(60));
  const std::string page = telemetry_->metrics.Render();
  const std::string method = "method=\"klausul.v1.ComplianceService/Evaluate\"";
  EXPECT_THAT(page,
              HasSubstr("klausul_calls_total{" + method + ",code=\"OK\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("klausul_calls_total{" + method +
                              ",code=\"INVALID_ARGUMENT\"} 1\n"));
  EXPECT_THAT(page,
              HasSubstr("klausul_call_seconds_count{" + method + "} 2\n"));
  EXPECT_THAT(page, HasSubstr("klausul_calls_in_flight{" + method + "} 0\n"));
  EXPECT_THAT(page, HasSubstr("klausul_plans_total 1\n"));
}

TEST_F(CallTest, IsLoggedWithItsIdsAndWithoutItsContents) {
  telemetry_->log_calls = LogCalls::kAll;
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  request.mutable_plan()->mutable_buyer()->set_name("Hemmelig kommune");
  EXPECT_EQ(Evaluate("form-7", request), "form-7");
  request.mutable_options()->set_language("hemmelig");
  EXPECT_THAT(Evaluate("", request), MatchesRegex("[0-9a-f]{16}"));
  const std::string log = Log();
  EXPECT_THAT(log, HasSubstr("\"event\":\"call\",\"method\":"
                             "\"klausul.v1.ComplianceService/Evaluate\","
                             "\"code\":\"OK\""));
  EXPECT_THAT(log, HasSubstr("\"code\":\"INVALID_ARGUMENT\""));
  EXPECT_THAT(log, HasSubstr("\"request_id\":\"form-7\",\"trace_id\":"
                             "\"4bf92f3577b34da6a3ce929d0e0e4736\""));
  EXPECT_THAT(log, HasSubstr("\"parent_id\":\"00f067aa0ba902b7\""));
  EXPECT_THAT(log, Not(HasSubstr("emmelig")));
  EXPECT_THAT(log, Not(HasSubstr("test-1")));
}

TEST_F(CallTest, ACallersMistakeIsNoTrouble) {
  telemetry_->log_calls = LogCalls::kErrors;
  Evaluate("", {});
  EXPECT_THAT(Log(), IsEmpty());
}

}  // namespace
}  // namespace klausul::server
