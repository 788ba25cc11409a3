#include "service/server/compliance_service.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/util/message_differencer.h>

#include "service/review/advice/advisor.h"
#include "tests/review/advice/advice_rules.h"
#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Stream = grpc::ClientReaderWriter<v1::EvaluateStreamRequest,
                                        v1::EvaluateStreamResponse>;

// One server for all: starting one takes longer than the calls.
class ComplianceServiceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = new TestServer(); }

  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }

  static grpc::Status Evaluate(const v1::EvaluateRequest& request,
                               v1::EvaluateResponse& response) {
    grpc::ClientContext context;
    return server_->compliance->Evaluate(&context, request, &response);
  }

  static grpc::Status Fail(const v1::EvaluateRequest& request) {
    v1::EvaluateResponse response;
    return Evaluate(request, response);
  }

  static TestServer* server_;
};

TestServer* ComplianceServiceTest::server_ = nullptr;

v1::EvaluateStreamEntry& AddEntry(v1::EvaluateStreamRequest& request,
                                  const std::string& id) {
  v1::EvaluateStreamEntry& entry = *request.add_entries();
  entry.set_request_id(id);
  return entry;
}

TEST_F(ComplianceServiceTest, EvaluatesAPlan) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  request.mutable_options()->set_language("en");
  v1::EvaluateResponse response;
  const grpc::Status status = Evaluate(request, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::DocumentReport& report = response.report();
  EXPECT_EQ(report.plan_id(), "test-1");
  EXPECT_EQ(report.kind(), v1::DocumentReport::PLAN);
  EXPECT_EQ(report.as_of(), "2026-03-01");
  EXPECT_EQ(report.as_of_basis(), v1::DocumentReport::STARTED);
  ASSERT_THAT(report.rule_sets(), SizeIs(1));
  EXPECT_EQ(report.rule_sets(0).id(), "no");
  // The view is BASIC: what is undecided is only counted.
  ASSERT_THAT(report.findings(), SizeIs(1));
  EXPECT_EQ(report.findings(0).rule_id(), "no.test.days");
  EXPECT_EQ(report.findings(0).outcome(), v1::Finding::VIOLATED);
  EXPECT_EQ(report.findings(0).message(), "Too short.");
  EXPECT_THAT(report.findings(0).locations(), IsEmpty());
  EXPECT_EQ(report.counts().undetermined(), 1);
  ASSERT_THAT(report.deciding_fields(), SizeIs(1));
  EXPECT_EQ(report.deciding_fields(0).path(), "procedure.kind");
}

TEST_F(ComplianceServiceTest, EvaluatesADocumentWithPlaces) {
  v1::EvaluateRequest request;
  request.mutable_document()->set_content(TestDocument());
  request.mutable_document()->set_uri("plan.yaml");
  request.mutable_options()->set_view(v1::EvaluateOptions::FULL);
  v1::EvaluateResponse response;
  const grpc::Status status = Evaluate(request, response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::DocumentReport& report = response.report();
  EXPECT_EQ(report.uri(), "plan.yaml");
  ASSERT_THAT(report.findings(), SizeIs(2));
  ASSERT_FALSE(report.findings(0).locations().empty());
  EXPECT_EQ(report.findings(0).locations(0).line(), 3);
  EXPECT_EQ(report.findings(1).outcome(), v1::Finding::UNDETERMINED);
}

TEST_F(ComplianceServiceTest, AskingForNothingIsAnError) {
  const grpc::Status status = Fail({});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "input: a plan or a document is required");
  EXPECT_EQ(InfoOf(status).reason(), "INVALID_REQUEST");
}

TEST_F(ComplianceServiceTest, WrongOptionsAreNamedEach) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  request.mutable_options()->add_rule_sets("on");
  request.mutable_options()->set_language("da");
  request.mutable_options()->mutable_as_of()->set_year(2026);
  const grpc::Status status = Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const google::rpc::BadRequest bad_request = BadRequestOf(status);
  std::vector<std::string> fields;
  for (const auto& violation : bad_request.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields,
              testing::UnorderedElementsAre(
                  "options.rule_sets[0]", "options.language", "options.as_of"));
}

TEST_F(ComplianceServiceTest, TooManyRuleSetsAreALimit) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  for (int i = 0; i < 101; ++i)
    request.mutable_options()->add_rule_sets("no");
  EXPECT_EQ(Fail(request).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ComplianceServiceTest, AWrongPlanFieldIsNamed) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  request.mutable_plan()->mutable_dates()->mutable_notice_sent()->set_month(13);
  request.mutable_plan()->mutable_procedure()->set_kind(
      static_cast<v1::ProcedureKind>(9999));
  const grpc::Status status = Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const google::rpc::BadRequest bad_request = BadRequestOf(status);
  std::vector<std::string> fields;
  for (const auto& violation : bad_request.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields, testing::UnorderedElementsAre("plan.dates.notice_sent",
                                                    "plan.procedure.kind"));
}

TEST_F(ComplianceServiceTest, AnUnreadableDocumentHasItsPlace) {
  v1::EvaluateRequest request;
  request.mutable_document()->set_uri("plan.yaml");
  request.mutable_document()->set_content("id: a\nbuyer: {nam: b}\n");
  request.mutable_document()->set_first_line(10);
  const grpc::Status status = Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const google::rpc::ErrorInfo info = InfoOf(status);
  EXPECT_EQ(info.reason(), "DOCUMENT_UNREADABLE");
  EXPECT_EQ(info.metadata().at("line"), "11");
  EXPECT_EQ(info.metadata().at("column"), "9");
  EXPECT_THAT(status.error_message(), HasSubstr("11:9: "));
  EXPECT_EQ(BadRequestOf(status).field_violations(0).field(),
            "document.content");
}

TEST_F(ComplianceServiceTest, ADocumentOfAnotherKindIsSaidToBe) {
  v1::EvaluateRequest request;
  request.mutable_document()->set_uri("page.xml");
  request.mutable_document()->set_content("<html><body/></html>");
  const grpc::Status status = Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(status).reason(), "NOT_A_PROCUREMENT_DOCUMENT");
}

TEST_F(ComplianceServiceTest, SeveralDocumentsInOneAreAnError) {
  v1::EvaluateRequest request;
  request.mutable_document()->set_uri("plans.jsonl");
  request.mutable_document()->set_content("{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
  const grpc::Status status = Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("holds 2 documents"));
}

TEST_F(ComplianceServiceTest, ARequestThatIsNoneIsSaidToBe) {
  // Field 1 is the plan; its id is not UTF-8.
  const grpc::Status status =
      CallWithBytes(*server_->channel, "/klausul.v1.ComplianceService/Evaluate",
                    std::string("\x0A\x03\x0A\x01\xFF", 5));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(status).reason(), "REQUEST_UNREADABLE");
}

TEST_F(ComplianceServiceTest, APassedDeadlineIsTold) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  v1::EvaluateResponse response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));
  EXPECT_EQ(
      server_->compliance->Evaluate(&context, request, &response).error_code(),
      grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(ComplianceServiceTest, AdviceThatTheRequestDoesNotAllowNamesTheFields) {
  v1::AdviseProcedureRequest request;
  request.mutable_start_date()->set_year(2026);
  request.mutable_start_date()->set_month(13);
  v1::AdviseProcedureResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      server_->compliance->AdviseProcedure(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const google::rpc::BadRequest bad = BadRequestOf(status);
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(0).field(), "start_date");
  EXPECT_EQ(bad.field_violations(1).field(), "input");
}

TEST_F(ComplianceServiceTest, AdviceOnAnUnreadableDocumentTellsThePlace) {
  v1::AdviseProcedureRequest request;
  request.mutable_document()->set_content("contract: {nature: SERVICE}\n");
  v1::AdviseProcedureResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      server_->compliance->AdviseProcedure(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(status).reason(), "DOCUMENT_UNREADABLE");
}

TEST_F(ComplianceServiceTest, AdviceIsThatOfTheRuleSets) {
  const auto catalogue = testing_support::AdviceSets();
  auto server = Server::Start(catalogue, {.listen = "127.0.0.1:0"});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = v1::ComplianceService::NewStub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", (*server)->port()),
                          grpc::InsecureChannelCredentials()));
  v1::AdviseProcedureRequest request;
  *request.mutable_plan() = TestPlan();
  request.mutable_plan()->mutable_contract()->set_nature(
      v1::CONTRACT_NATURE_SERVICES);
  request.mutable_start_date()->set_year(2026);
  request.mutable_start_date()->set_month(3);
  request.mutable_start_date()->set_day(2);
  grpc::ClientContext context;
  v1::AdviseProcedureResponse there;
  const grpc::Status status = stub->AdviseProcedure(&context, request, &there);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(there.procedures_size(), 4);
  EXPECT_EQ(there.procedures(0).id(), "open");
  EXPECT_EQ(there.procedures(0).earliest_contract_date(), "2026-03-19");
  // The same as the embedded engine gives.
  const review::Reviewer reviewer(catalogue);
  const review::Advised here =
      review::Advisor(reviewer).Advise(request, {absl::Now(), nullptr});
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(here.response, there));
}

TEST_F(ComplianceServiceTest, AStreamAnswersEachEntryInItsPlace) {
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream =
      server_->compliance->EvaluateStream(&context);
  v1::EvaluateStreamRequest request;
  request.mutable_options()->set_language("en");
  *AddEntry(request, "plan").mutable_plan() = TestPlan();
  AddEntry(request, "empty");
  AddEntry(request, "broken").mutable_document()->set_content("id: [");
  AddEntry(request, "document").mutable_document()->set_content(TestDocument());
  ASSERT_TRUE(stream->Write(request));
  v1::EvaluateStreamResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_THAT(response.results(), SizeIs(4));
  EXPECT_EQ(response.results(0).request_id(), "plan");
  EXPECT_EQ(response.results(0).response().report().findings(0).message(),
            "Too short.");
  EXPECT_EQ(response.results(1).status().code(), 3);
  EXPECT_EQ(InfoOf(response.results(2).status()).reason(),
            "DOCUMENT_UNREADABLE");
  EXPECT_EQ(response.results(3).request_id(), "document");
  EXPECT_TRUE(response.results(3).has_response());

  // Options hold until others are sent; a message may be empty.
  v1::EvaluateStreamRequest second;
  *AddEntry(second, "again").mutable_plan() = TestPlan();
  ASSERT_TRUE(stream->Write(second));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.results(0).response().report().findings(0).message(),
            "Too short.");
  ASSERT_TRUE(stream->Write({}));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_THAT(response.results(), IsEmpty());

  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ComplianceServiceTest, WrongOptionsEndAStream) {
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream =
      server_->compliance->EvaluateStream(&context);
  v1::EvaluateStreamRequest request;
  request.mutable_options()->set_language("da");
  stream->Write(request);
  v1::EvaluateStreamResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(BadRequestOf(status).field_violations(0).field(),
            "options.language");
}

TEST_F(ComplianceServiceTest, TooManyEntriesEndAStream) {
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream =
      server_->compliance->EvaluateStream(&context);
  v1::EvaluateStreamRequest request;
  for (std::size_t i = 0; i <= kMaxEntriesAMessage; ++i) {
    AddEntry(request, "");
  }
  stream->Write(request);
  v1::EvaluateStreamResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(BadRequestOf(status).field_violations(0).field(), "entries");
}

TEST_F(ComplianceServiceTest, AStreamKeepsItsDeadline) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(100));
  const std::unique_ptr<Stream> stream =
      server_->compliance->EvaluateStream(&context);
  v1::EvaluateStreamResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(ComplianceServiceTest, AClientMayLeaveInTheMiddleOfAStream) {
  {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream =
        server_->compliance->EvaluateStream(&context);
    v1::EvaluateStreamRequest request;
    for (int i = 0; i < 500; ++i) {
      *AddEntry(request, absl::StrCat(i)).mutable_plan() = TestPlan();
    }
    ASSERT_TRUE(stream->Write(request));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // The server goes on.
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  v1::EvaluateResponse response;
  EXPECT_TRUE(Evaluate(request, response).ok());
}

TEST_F(ComplianceServiceTest, ManyClientsAtATime) {
  constexpr int kClients = 24;
  std::vector<std::thread> clients;
  std::vector<int> good(kClients, 0);
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&good, i] {
      for (int call = 0; call < 20; ++call) {
        v1::EvaluateRequest request;
        *request.mutable_plan() = TestPlan();
        request.mutable_plan()->set_id(absl::StrCat(i, "-", call));
        v1::EvaluateResponse response;
        if (Evaluate(request, response).ok() &&
            response.report().plan_id() == request.plan().id()) {
          ++good[static_cast<std::size_t>(i)];
        }
      }
    });
  }
  for (std::thread& client : clients)
    client.join();
  EXPECT_THAT(good, testing::Each(20));
}

}  // namespace
}  // namespace klausul::server
