#ifndef KLAUSUL_TESTS_SERVER_TEST_SERVER_H_
#define KLAUSUL_TESTS_SERVER_TEST_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include <grpcpp/grpcpp.h>

#include "klausul/v1/compliance_service.grpc.pb.h"
#include "klausul/v1/rule_service.grpc.pb.h"

#include "service/review/rule_catalogue.h"
#include "service/ruleset/rule_files.h"
#include "service/server/server.h"

namespace klausul::server {

// The files of a small rule set, `no`: two rules, of which `no.test.days` asks
// for 30 days between notice and deadline. Each rule has one example.
std::vector<ruleset::RuleFile> TestRuleFiles();

// The catalogue of these files.
std::shared_ptr<const review::RuleCatalogue> TestCatalogue();

// A plan of a Norwegian buyer that breaks `no.test.days` and leaves
// `no.test.method` undecided; as a message and as a document.
v1::ProcurementPlan TestPlan();
std::string TestDocument();

// A server on a free port, and stubs for it.
struct TestServer {
  explicit TestServer(ServerOptions options = {});

  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<Server> server;
  std::unique_ptr<v1::ComplianceService::Stub> compliance;
  std::unique_ptr<v1::RuleService::Stub> rules;
};

// What a failed call carries.
google::rpc::ErrorInfo InfoOf(const grpc::Status& status);
google::rpc::ErrorInfo InfoOf(const google::rpc::Status& status);
google::rpc::BadRequest BadRequestOf(const grpc::Status& status);
google::rpc::BadRequest BadRequestOf(const google::rpc::Status& status);

// A unary call whose request is bytes, to send what no client library would.
grpc::Status CallWithBytes(grpc::Channel& channel, const std::string& method,
                           const std::string& bytes);

}  // namespace klausul::server

#endif  // KLAUSUL_TESTS_SERVER_TEST_SERVER_H_
