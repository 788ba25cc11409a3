#include "tests/server/test_server.h"

#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include <grpcpp/impl/client_unary_call.h>

#include "service/base/diagnostic.h"
#include "service/ruleset/repository.h"

namespace klausul::server {
namespace {

constexpr char kHeader[] = R"yaml(id: "no"
version: "1.0"
jurisdiction: "NO"
title: {nb: Prøve, nn: Prøve, en: Test}
instruments:
  - short: FOA
    name: {nb: Forskrift, nn: Forskrift, en: Regulation}
    url: "https://example.com/foa"
)yaml";

constexpr char kRules[] = R"yaml(rules:
  - id: no.test.days
    title: {nb: For kort frist, nn: For kort frist, en: Deadline too short}
    legal_basis: [{instrument: FOA, provision: "§ 1 (2)"
}]
    register: [T-1]
    in_force: {from: 2017-01-01}
    severity: error
    confidence: seen-in-source
    requires: |
      days_between(dates.notice_sent, dates.tender_deadline) >= 30
    message: {nb: For kort., nn: For kort., en: Too short.}
    remedy: {nb: Flytt fristen., nn: Flytt fristen., en: Move the deadline.}
    sources: [{url: "https://example.com/foa", read: 2026-11-22}]
    examples:
      - {name: ten days, base: base, outcome: violated}
  - id: no.test.method
    title: {nb: Metode, nn: Metode, en: Method}
    legal_basis: [{instrument: FOA, provision: "§ 2"}]
    register: [T-2]
    in_force: {from: 2017-01-01}
    severity: warning
    confidence: seen-in-source
    requires: |
      procedure.kind == OPEN
    message: {nb: Feil metode., nn: Feil metode., en: Wrong method.}
    remedy: {nb: Endre den., nn: Endre den., en: Change it.}
    sources: [{url: "https://example.com/foa", read: 2026-11-22}]
    examples:
      - {name: not stated, base: base, outcome: undetermined}
)yaml";

constexpr char kPlan[] = R"yaml(id: test-1
buyer: {name: Fjordvik kommune, country: "NO"}
dates: {notice_sent: 2026-03-01, tender_deadline: 2026-03-11}
)yaml";

template <typename Detail>
Detail DetailOf(const google::rpc::Status& status) {
  Detail detail;
  for (const auto& any : status.details()) {
    if (any.UnpackTo(&detail)) break;
  }
  return detail;
}

google::rpc::Status Parse(const grpc::Status& status) {
  google::rpc::Status parsed;
  EXPECT_TRUE(parsed.ParseFromString(status.error_details()));
  if (parsed.code() != 0) {
    EXPECT_EQ(parsed.code(), static_cast<int>(status.error_code()));
    EXPECT_EQ(parsed.message(), status.error_message());
  }
  return parsed;
}

}  // namespace

std::vector<ruleset::RuleFile> TestRuleFiles() {
  return {{"plans/base.yaml", kPlan},
          {"rule_set.yaml", kHeader},
          {"rules.yaml", kRules}};
}

std::shared_ptr<const review::RuleCatalogue> TestCatalogue() {
  DiagnosticSink sink;
  auto repository = ruleset::RuleSetRepository::Load(TestRuleFiles(), {}, sink);
  if (!repository.ok()) {
    ADD_FAILURE() << repository.status() << "\n" << sink.RenderAll();
    return nullptr;
  }
  return std::make_shared<const review::RuleCatalogue>(*std::move(repository));
}

std::string TestDocument() {
  return kPlan;
}

v1::ProcurementPlan TestPlan() {
  v1::ProcurementPlan plan;
  plan.set_id("test-1");
  plan.mutable_buyer()->set_country("NO");
  v1::Date& sent = *plan.mutable_dates()->mutable_notice_sent();
  sent.set_year(2026);
  sent.set_month(3);
  sent.set_day(1);
  v1::Date& deadline = *plan.mutable_dates()->mutable_tender_deadline();
  deadline = sent;
  deadline.set_day(11);
  return plan;
}

TestServer::TestServer(ServerOptions options) {
  options.listen = "127.0.0.1:0";
  auto started = Server::Start(TestCatalogue(), options);
  if (!started.ok()) {
    ADD_FAILURE() << started.status();
    return;
  }
  server = *std::move(started);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  // Each server of a test gets a connection of its own.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel =
      grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", server->port()),
                                grpc::InsecureChannelCredentials(), arguments);
  compliance = v1::ComplianceService::NewStub(channel);
  rules = v1::RuleService::NewStub(channel);
}

google::rpc::ErrorInfo InfoOf(const google::rpc::Status& status) {
  return DetailOf<google::rpc::ErrorInfo>(status);
}

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  return InfoOf(Parse(status));
}

google::rpc::BadRequest BadRequestOf(const google::rpc::Status& status) {
  return DetailOf<google::rpc::BadRequest>(status);
}

google::rpc::BadRequest BadRequestOf(const grpc::Status& status) {
  return BadRequestOf(Parse(status));
}

grpc::Status CallWithBytes(grpc::Channel& channel, const std::string& method,
                           const std::string& bytes) {
  grpc::ClientContext context;
  const grpc::Slice slice(bytes);
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  const grpc::internal::RpcMethod rpc(method.c_str(),
                                      grpc::internal::RpcMethod::NORMAL_RPC);
  return grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      &channel, rpc, &context, request, &response);
}

}  // namespace klausul::server
