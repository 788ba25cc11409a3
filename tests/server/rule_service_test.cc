#include "service/server/rule_service.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/server/rule_set_check.h"
#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// What the answers say is tested in rule_queries_test and rule_set_check_test;
// here, that they come over the wire.
class RuleServiceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = new TestServer(); }

  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }

  static grpc::Status Check(const v1::CheckRuleSetRequest& request,
                            v1::CheckRuleSetResponse& response) {
    grpc::ClientContext context;
    return server_->rules->CheckRuleSet(&context, request, &response);
  }

  static TestServer* server_;
};

TestServer* RuleServiceTest::server_ = nullptr;

v1::CheckRuleSetRequest RequestOf(const std::vector<ruleset::RuleFile>& files) {
  v1::CheckRuleSetRequest request;
  for (const ruleset::RuleFile& file : files) {
    v1::RuleFile& to = *request.add_files();
    to.set_path(file.path);
    to.set_content(file.content);
  }
  return request;
}

TEST_F(RuleServiceTest, ListsRuleSets) {
  grpc::ClientContext context;
  v1::ListRuleSetsResponse response;
  const grpc::Status status =
      server_->rules->ListRuleSets(&context, {}, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_THAT(response.rule_sets(), SizeIs(1));
  EXPECT_EQ(response.rule_sets(0).id(), "no");
  EXPECT_THAT(response.rule_sets(0).digest(), HasSubstr("sha256:"));
}

TEST_F(RuleServiceTest, ShowsARuleSet) {
  grpc::ClientContext context;
  v1::GetRuleSetRequest request;
  request.set_id("no");
  request.set_language("nn");
  v1::RuleSet set;
  ASSERT_TRUE(server_->rules->GetRuleSet(&context, request, &set).ok());
  EXPECT_THAT(set.rules(), SizeIs(2));
  EXPECT_THAT(set.title().by_language(), SizeIs(1));
}

TEST_F(RuleServiceTest, ListsAndShowsRules) {
  v1::ListRulesRequest request;
  request.set_page_size(1);
  v1::ListRulesResponse response;
  {
    grpc::ClientContext context;
    ASSERT_TRUE(server_->rules->ListRules(&context, request, &response).ok());
  }
  ASSERT_THAT(response.rules(), SizeIs(1));
  EXPECT_EQ(response.rules(0).id(), "no.test.days");
  request.set_page_token(response.next_page_token());
  {
    grpc::ClientContext context;
    ASSERT_TRUE(server_->rules->ListRules(&context, request, &response).ok());
  }
  EXPECT_EQ(response.rules(0).id(), "no.test.method");
  EXPECT_EQ(response.next_page_token(), "");

  grpc::ClientContext context;
  v1::GetRuleRequest rule_request;
  rule_request.set_id("no.test.days");
  v1::Rule rule;
  ASSERT_TRUE(server_->rules->GetRule(&context, rule_request, &rule).ok());
  EXPECT_EQ(rule.legal_basis(0).provision(), "§ 1 (2)");
}

TEST_F(RuleServiceTest, ErrorsHaveDetails) {
  grpc::ClientContext context;
  v1::GetRuleRequest request;
  request.set_id("no.test.day");
  v1::Rule rule;
  const grpc::Status status = server_->rules->GetRule(&context, request, &rule);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(),
            "no rule `no.test.day`; did you mean `no.test.days`?");
  EXPECT_EQ(InfoOf(status).reason(), "RULE_NOT_FOUND");
}

TEST_F(RuleServiceTest, AnIdThatIsNoUtf8IsRefused) {
  const grpc::Status status =
      CallWithBytes(*server_->channel, "/klausul.v1.RuleService/GetRule",
                    std::string("\x0A\x01\xFF", 3));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(InfoOf(status).reason(), "REQUEST_UNREADABLE");
}

TEST_F(RuleServiceTest, ChecksARuleSet) {
  v1::CheckRuleSetResponse response;
  const grpc::Status status = Check(RequestOf(TestRuleFiles()), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(response.ok()) << response.DebugString();
  EXPECT_EQ(response.example_count(), 2);
  EXPECT_THAT(response.failed_examples(), IsEmpty());
  EXPECT_THAT(response.digest(), HasSubstr("sha256:"));
}

TEST_F(RuleServiceTest, WhatIsWrongWithARuleSetIsAnAnswer) {
  std::vector<ruleset::RuleFile> files = TestRuleFiles();
  std::string& rules = files.back().content;
  const std::string right = "dates.tender_deadline";
  rules.replace(rules.find(right), right.size(), "dates.tender_deadlin");
  v1::CheckRuleSetResponse response;
  const grpc::Status status = Check(RequestOf(files), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(response.ok());
  ASSERT_FALSE(response.diagnostics().empty());
  const v1::RuleDiagnostic& diagnostic = response.diagnostics(0);
  EXPECT_EQ(diagnostic.level(), v1::RuleDiagnostic::ERROR);
  EXPECT_THAT(diagnostic.file(), HasSubstr("rules.yaml"));
  EXPECT_EQ(diagnostic.line(), 11);
  EXPECT_THAT(diagnostic.rendered(), HasSubstr("tender_deadlin"));
}

TEST_F(RuleServiceTest, FilesPastTheLimitsAreRefused) {
  std::vector<ruleset::RuleFile> files = TestRuleFiles();
  files.front().content = std::string(UploadLimits().max_file_bytes + 1, '#');
  v1::CheckRuleSetResponse response;
  const grpc::Status status = Check(RequestOf(files), response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(status).reason(), "LIMIT_EXCEEDED");
}

}  // namespace
}  // namespace klausul::server
