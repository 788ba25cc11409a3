#include "service/server/server.h"

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "gtest/gtest.h"

#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;

absl::Status StartAt(const std::string& listen) {
  ServerOptions options;
  options.listen = listen;
  return Server::Start(TestCatalogue(), options).status();
}

TEST(ServerTest, RefusesWhatIsNoAddress) {
  for (const char* listen :
       {"", "localhost", ":50051", "127.0.0.1:", "127.0.0.1:http",
        "127.0.0.1:65536", "127.0.0.1:-1", "::1:50051", "unix:/tmp/socket"}) {
    const absl::Status status = StartAt(listen);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << listen;
    EXPECT_THAT(std::string(status.message()), HasSubstr("HOST:PORT"));
  }
}

TEST(ServerTest, RefusesAPortThatIsTaken) {
  const TestServer first;
  const std::string listen = absl::StrCat("127.0.0.1:", first.server->port());
  const absl::Status status = StartAt(listen);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr(listen));
}

TEST(ServerTest, RefusesAnAddressOfAnotherMachine) {
  // 192.0.2.0/24 is kept for documentation (RFC 5737).
  EXPECT_EQ(StartAt("192.0.2.1:0").code(), absl::StatusCode::kUnavailable);
}

TEST(ServerTest, SaysThatItServes) {
  const TestServer server;
  const auto health = Health::NewStub(server.channel);
  for (const char* service :
       {"", "klausul.v1.ComplianceService", "klausul.v1.RuleService"}) {
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service(service);
    HealthCheckResponse response;
    const grpc::Status status = health->Check(&context, request, &response);
    ASSERT_TRUE(status.ok()) << service << ": " << status.error_message();
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  }
}

TEST(ServerTest, ReflectsItsServices) {
  const TestServer server;
  // Field 7 of a ServerReflectionRequest is `list_services`. No package ships
  // the schema; the names in the answer speak for themselves.
  grpc::ClientContext context;
  const grpc::Slice slice(std::string("\x3A\x00", 2));
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  const grpc::internal::RpcMethod method(
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      grpc::internal::RpcMethod::BIDI_STREAMING);
  const std::unique_ptr<
      grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>>
      stream(grpc::internal::ClientReaderWriterFactory<
             grpc::ByteBuffer, grpc::ByteBuffer>::Create(server.channel.get(),
                                                         method, &context));
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  grpc::Slice bytes;
  ASSERT_TRUE(response.DumpToSingleSlice(&bytes).ok());
  const std::string text(reinterpret_cast<const char*>(bytes.begin()),
                         bytes.size());
  EXPECT_THAT(text, HasSubstr("klausul.v1.ComplianceService"));
  EXPECT_THAT(text, HasSubstr("klausul.v1.RuleService"));
  EXPECT_THAT(text, HasSubstr("grpc.health.v1.Health"));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(ServerTest, BoundsWhatComesIn) {
  ServerOptions options;
  options.max_message_bytes = 1 << 20;
  const TestServer server(options);
  v1::EvaluateRequest request;
  request.mutable_document()->set_content(std::string(2 << 20, ' '));
  grpc::ClientContext context;
  v1::EvaluateResponse response;
  const grpc::Status status =
      server.compliance->Evaluate(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(ServerTest, BoundsWhatGoesOut) {
  ServerOptions options;
  options.max_message_bytes = 500;
  const TestServer server(options);
  grpc::ClientContext context;
  v1::ListRulesResponse response;
  const grpc::Status status = server.rules->ListRules(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(status).reason(), "ANSWER_TOO_LARGE");
  EXPECT_THAT(status.error_message(), HasSubstr("at most 500 are sent"));
}

TEST(ServerTest, AnAnswerThatDoesNotFitHarmsNoOther) {
  ServerOptions options;
  // Room for the entries' answers one by one, and for no two together with
  // what is kept for a status.
  options.max_message_bytes = 10'000;
  const TestServer server(options);
  grpc::ClientContext context;
  const auto stream = server.compliance->EvaluateStream(&context);
  v1::EvaluateStreamRequest request;
  for (const char* id : {"a", "b"}) {
    auto& entry = *request.add_entries();
    entry.set_request_id(id);
    *entry.mutable_plan() = TestPlan();
  }
  // The longest id that is taken along in the report.
  request.mutable_entries(0)->mutable_plan()->set_id(std::string(9000, 'x'));
  ASSERT_TRUE(stream->Write(request));
  v1::EvaluateStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_EQ(InfoOf(response.results(0).status()).reason(), "ANSWER_TOO_LARGE");
  EXPECT_TRUE(response.results(1).has_response());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(ServerTest, TakesNothingPacked) {
  const TestServer server;
  v1::EvaluateRequest request;
  request.mutable_document()->set_content(std::string(1 << 20, ' '));
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::EvaluateResponse response;
  EXPECT_EQ(
      server.compliance->Evaluate(&context, request, &response).error_code(),
      grpc::StatusCode::UNIMPLEMENTED);
}

TEST(ServerTest, RefusesCallsPastItsThreads) {
  ServerOptions options;
  options.max_threads = 8;
  const TestServer server(options);
  // Open streams take their threads until one call finds none left.
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<
      v1::EvaluateStreamRequest, v1::EvaluateStreamResponse>>>
      streams;
  bool refused = false;
  for (int i = 0; i < options.max_threads + 1 && !refused; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(server.compliance->EvaluateStream(contexts.back().get()));
    streams.back()->Write({});
    v1::EvaluateStreamResponse response;
    if (!streams.back()->Read(&response)) {
      refused = true;
      EXPECT_EQ(streams.back()->Finish().error_code(),
                grpc::StatusCode::RESOURCE_EXHAUSTED);
      streams.pop_back();
    }
  }
  EXPECT_TRUE(refused);
  // Health answers all the same.
  grpc::ClientContext context;
  HealthCheckResponse response;
  EXPECT_TRUE(
      Health::NewStub(server.channel)->Check(&context, {}, &response).ok());
  for (const auto& open : contexts)
    open->TryCancel();
  for (const auto& stream : streams)
    stream->Finish();
}

TEST(ServerTest, DrainsWhatIsUnderWay) {
  TestServer server;
  grpc::ClientContext context;
  const auto stream = server.compliance->EvaluateStream(&context);
  v1::EvaluateStreamRequest request;
  *request.add_entries()->mutable_plan() = TestPlan();
  ASSERT_TRUE(stream->Write(request));
  v1::EvaluateStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));

  std::thread drain([&] { server.server->Drain(std::chrono::seconds(30)); });
  // The stream was open before: it goes on to its end, which ends the drain.
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.results(0).has_response());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  drain.join();

  grpc::ClientContext late;
  v1::EvaluateResponse ignored;
  EXPECT_EQ(server.compliance->Evaluate(&late, {}, &ignored).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST(ServerTest, GraceHasAnEnd) {
  TestServer server;
  grpc::ClientContext context;
  const auto stream = server.compliance->EvaluateStream(&context);
  v1::EvaluateStreamResponse response;
  ASSERT_TRUE(stream->Write({}));
  ASSERT_TRUE(stream->Read(&response));
  server.server->Drain(std::chrono::milliseconds(50));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_FALSE(stream->Finish().ok());
}

}  // namespace
}  // namespace klausul::server
