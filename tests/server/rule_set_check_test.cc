#include "service/server/rule_set_check.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/review/plan_reader_adapter.h"
#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

v1::CheckRuleSetRequest RequestOf(const std::vector<ruleset::RuleFile>& files) {
  v1::CheckRuleSetRequest request;
  for (const ruleset::RuleFile& file : files) {
    v1::RuleFile& to = *request.add_files();
    to.set_path(file.path);
    to.set_content(file.content);
  }
  return request;
}

// The test rules with one piece of the rules file replaced.
std::vector<ruleset::RuleFile> With(const std::string& right,
                                    const std::string& wrong) {
  std::vector<ruleset::RuleFile> files = TestRuleFiles();
  std::string& rules = files.back().content;
  rules.replace(rules.find(right), right.size(), wrong);
  return files;
}

absl::optional<ServiceError> Check(const std::vector<ruleset::RuleFile>& files,
                                   v1::CheckRuleSetResponse& response,
                                   bool cancelled = false) {
  const review::PlanReaderAdapter plan_reader;
  const auto none = ruleset::RuleSetRepository::FromRuleSets({});
  return CheckRuleSet(
      RequestOf(files), *none, plan_reader, absl::UnixEpoch(),
      [=] { return cancelled; }, response);
}

v1::CheckRuleSetResponse Check(const std::vector<ruleset::RuleFile>& files) {
  v1::CheckRuleSetResponse response;
  const auto error = Check(files, response);
  EXPECT_FALSE(error.has_value()) << error->message;
  return response;
}

TEST(CheckRuleSetTest, ASoundSetIsOk) {
  const v1::CheckRuleSetResponse response = Check(TestRuleFiles());
  EXPECT_TRUE(response.ok()) << response.DebugString();
  EXPECT_EQ(response.example_count(), 2);
  EXPECT_THAT(response.failed_examples(), IsEmpty());
  EXPECT_THAT(response.digest(), HasSubstr("sha256:"));
}

TEST(CheckRuleSetTest, AMistakeHasItsPlaceAndHelp) {
  const v1::CheckRuleSetResponse response =
      Check(With("dates.tender_deadline", "dates.tender_deadlin"));
  EXPECT_FALSE(response.ok());
  EXPECT_EQ(response.digest(), "");
  ASSERT_THAT(response.diagnostics(), SizeIs(1));
  const v1::RuleDiagnostic& diagnostic = response.diagnostics(0);
  EXPECT_EQ(diagnostic.level(), v1::RuleDiagnostic::ERROR);
  EXPECT_EQ(diagnostic.file(), "rules.yaml");
  EXPECT_EQ(diagnostic.line(), 11);
  EXPECT_EQ(diagnostic.column(), 45);
  EXPECT_THAT(diagnostic.help(), HasSubstr("tender_deadline"));
  EXPECT_THAT(diagnostic.rendered(), HasSubstr("^^^^^^^^^^^^^^"));
}

TEST(CheckRuleSetTest, DoubtsAreLintAndDoNoHarm) {
  const v1::CheckRuleSetResponse response =
      Check(With("    register: [T-1]\n", ""));
  EXPECT_TRUE(response.ok());
  bool found = false;
  for (const v1::RuleDiagnostic& diagnostic : response.diagnostics()) {
    EXPECT_EQ(diagnostic.level(), v1::RuleDiagnostic::LINT);
    found = found || diagnostic.code() == "missing-register";
  }
  EXPECT_TRUE(found);
}

TEST(CheckRuleSetTest, AnExampleThatFailsIsTold) {
  const v1::CheckRuleSetResponse response =
      Check(With("outcome: undetermined", "outcome: satisfied"));
  EXPECT_FALSE(response.ok());
  ASSERT_THAT(response.failed_examples(), SizeIs(1));
  EXPECT_EQ(response.failed_examples(0).rule_id(), "no.test.method");
  EXPECT_EQ(response.failed_examples(0).name(), "not stated");
  EXPECT_THAT(response.failed_examples(0).difference(),
              HasSubstr("UNDETERMINED"));
}

TEST(CheckRuleSetTest, FilesThatAreNoSingleSetAreRefused) {
  std::vector<std::vector<ruleset::RuleFile>> wrong = {{}};
  for (const char* path : {"../rules.yaml", "/rules.yaml", "a//b.yaml", "",
                           "a/./b.yaml", "a\\b.yaml", "rules.yaml"}) {
    wrong.push_back(TestRuleFiles());
    wrong.back().front().path = path;
  }
  wrong.push_back(TestRuleFiles());
  wrong.back().push_back({"more/rule_set.yaml", "id: \"more\"\n"});
  for (const auto& files : wrong) {
    v1::CheckRuleSetResponse response;
    const auto error = Check(files, response);
    const std::string first = files.empty() ? "none" : files.front().path;
    ASSERT_TRUE(error.has_value()) << first;
    EXPECT_EQ(error->code, absl::StatusCode::kInvalidArgument) << first;
    ASSERT_THAT(error->fields, SizeIs(1));
    EXPECT_EQ(error->fields[0].field, "files");
  }
}

TEST(CheckRuleSetTest, LimitsAreExact) {
  const std::size_t limit = UploadLimits().max_file_bytes;
  std::vector<ruleset::RuleFile> files = TestRuleFiles();
  files.push_back({"more.yaml", std::string(limit, '#')});
  v1::CheckRuleSetResponse response;
  EXPECT_FALSE(Check(files, response).has_value());
  files.back().content += '#';
  const auto error = Check(files, response);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(error->reason, "LIMIT_EXCEEDED");
}

TEST(CheckRuleSetTest, EndsWhenNobodyWaits) {
  v1::CheckRuleSetResponse response;
  const auto error = Check(TestRuleFiles(), response, true);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace klausul::server
