#include "service/server/decision_log.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

namespace fs = std::filesystem;

class DecisionLogTest : public testing::Test {
 protected:
  DecisionLogTest() {
    fs::create_directories(folder_);
    options_.file.path = (folder_ / "log").string();
  }

  ~DecisionLogTest() override { fs::remove_all(folder_); }

  std::unique_ptr<DecisionLog> Open() {
    auto log = DecisionLog::Open(
        options_, metrics_,
        [this](const LogLine& line) { told_ += line.Text(); });
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }

  static review::Evaluated Evaluated(const std::string& id) {
    review::Evaluated evaluated;
    evaluated.time = absl::UnixEpoch();
    evaluated.request_id = id;
    evaluated.plan = review::SerializeDeterministic(TestPlan());
    return evaluated;
  }

  std::vector<v1::DecisionRecord> Lines() const {
    std::vector<v1::DecisionRecord> records;
    std::ifstream in(options_.file.path);
    for (std::string line; std::getline(in, line);) {
      const auto record = review::ParseDecisionLine(line);
      EXPECT_TRUE(record.ok()) << line;
      if (record.ok()) records.push_back(*record);
    }
    return records;
  }

  std::uint64_t Count(const char* what) {
    return metrics_
        .GetCounter(absl::StrCat("klausul_decision_log_", what, "_total"), "")
        .value();
  }

  const fs::path folder_ =
      fs::temp_directory_path() /
      ("klausul-decisions-" + std::to_string(::getpid()) + "-" +
       testing::UnitTest::GetInstance()->current_test_info()->name());
  DecisionLog::Options options_;
  MetricsRegistry metrics_;
  std::string told_;
};

TEST_F(DecisionLogTest, WritesALineAnEvaluationInOrder) {
  {
    const auto log = Open();
    for (const char* id : {"a", "b", "c"}) {
      EXPECT_TRUE(log->Record(Evaluated(id)));
    }
  }
  const auto lines = Lines();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].request_id(), "a");
  EXPECT_EQ(lines[2].request_id(), "c");
  EXPECT_FALSE(lines[0].has_plan());
  EXPECT_EQ(Count("written"), 3U);
  EXPECT_EQ(Count("dropped"), 0U);
}

TEST_F(DecisionLogTest, LosesNothingBetweenThreads) {
  constexpr int kThreads = 4;
  constexpr int kEach = 250;
  {
    const auto log = Open();
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < kEach; ++n)
          log->Record(Evaluated("x"));
      });
    }
    for (std::thread& thread : threads)
      thread.join();
  }
  EXPECT_EQ(Lines().size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_F(DecisionLogTest, WhatDoesNotFitIsLeftOutAndCounted) {
  options_.max_queued_bytes = Evaluated("a").ByteSize() - 1;
  {
    const auto log = Open();
    EXPECT_FALSE(log->Record(Evaluated("a")));
    EXPECT_FALSE(log->Record(Evaluated("b")));
    // Smaller than the two.
    review::Evaluated small = Evaluated("c");
    small.plan.clear();
    EXPECT_TRUE(log->Record(std::move(small)));
    // Once that one is written, the next says what is missing.
    while (Count("written") < 1)
      std::this_thread::yield();
    small = Evaluated("d");
    small.plan.clear();
    EXPECT_TRUE(log->Record(std::move(small)));
  }
  const auto lines = Lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(Count("dropped"), 2U);
  EXPECT_EQ(lines[0].dropped_before() + lines[1].dropped_before(), 2);
}

TEST_F(DecisionLogTest, ADiskThatIsFullIsToldAndHoldsNobodyUp) {
  options_.file.path = "/dev/full";
  {
    const auto log = Open();
    EXPECT_TRUE(log->Record(Evaluated("a")));
  }
  EXPECT_EQ(Count("written"), 0U);
  EXPECT_EQ(Count("dropped"), 1U);
  EXPECT_THAT(told_, testing::HasSubstr("\"event\":\"decision_log\""));
}

TEST_F(DecisionLogTest, AServerLogsItsEvaluations) {
  options_.contents.plan = true;
  ServerOptions server_options;
  server_options.telemetry = std::make_shared<Telemetry>();
  server_options.telemetry->decisions = Open();
  {
    TestServer server(server_options);
    v1::EvaluateRequest request;
    *request.mutable_plan() = TestPlan();
    grpc::ClientContext context;
    context.AddMetadata("x-request-id", "form-7");
    v1::EvaluateResponse response;
    ASSERT_TRUE(server.compliance->Evaluate(&context, request, &response).ok());
    grpc::ClientContext other;
    request.mutable_document()->set_content(TestDocument());
    request.mutable_document()->set_uri("plan.yaml");
    ASSERT_TRUE(server.compliance->Evaluate(&other, request, &response).ok());
    grpc::ClientContext third;
    const auto stream = server.compliance->EvaluateStream(&third);
    v1::EvaluateStreamRequest entries;
    *entries.add_entries()->mutable_plan() = TestPlan();
    entries.add_entries();
    ASSERT_TRUE(stream->Write(entries));
    stream->WritesDone();
    v1::EvaluateStreamResponse results;
    ASSERT_TRUE(stream->Read(&results));
    EXPECT_TRUE(stream->Finish().ok());
  }
  server_options.telemetry->decisions.reset();
  const auto lines = Lines();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].request_id(), "form-7");
  EXPECT_THAT(lines[0].client(), testing::HasSubstr("127.0.0.1:"));
  EXPECT_EQ(lines[0].plan().id(), "test-1");
  EXPECT_EQ(lines[1].uri(), "plan.yaml");
  EXPECT_EQ(lines[1].plan().buyer().name(), "Fjordvik kommune");
  EXPECT_EQ(lines[2].plan_digest(), lines[0].plan_digest());
}

}  // namespace
}  // namespace klausul::server
