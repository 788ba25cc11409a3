#include "service/server/input_evaluation.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/server/test_server.h"

namespace klausul::server {
namespace {

using testing::HasSubstr;

class InputEvaluationTest : public testing::Test {
 protected:
  absl::optional<ServiceError> Evaluate(const v1::EvaluateRequest& request) {
    CallWatch watch(std::chrono::system_clock::time_point::max(),
                    [] { return false; });
    return EvaluateInput(
        {*rules_.Current(), request.options(), call_, telemetry_}, request,
        watch, response_);
  }

  std::uint64_t PlanCount() {
    return telemetry_.metrics.GetCounter("klausul_plans_total", "").value();
  }

  Telemetry telemetry_;
  const MethodMetrics metrics_{"/test/Test", telemetry_.metrics};
  grpc::ServerContext context_;
  const Call call_{context_, metrics_, telemetry_};
  const ServingRules rules_{TestCatalogue(), "sha256:1", absl::Now()};
  v1::EvaluateResponse response_;
};

TEST_F(InputEvaluationTest, PlansAndDocumentsAreEvaluatedAndCounted) {
  v1::EvaluateRequest request;
  *request.mutable_plan() = TestPlan();
  ASSERT_FALSE(Evaluate(request).has_value());
  ASSERT_EQ(response_.report().findings_size(), 1);
  EXPECT_EQ(response_.report().findings(0).rule_id(), "no.test.days");
  request.mutable_document()->set_content(TestDocument());
  request.mutable_document()->set_uri("plan.yaml");
  ASSERT_FALSE(Evaluate(request).has_value());
  EXPECT_EQ(response_.report().findings(0).rule_id(), "no.test.days");
  EXPECT_EQ(response_.report().uri(), "plan.yaml");
  EXPECT_EQ(PlanCount(), 2U);
}

TEST_F(InputEvaluationTest, WhatIsWrongIsSaidAndNotCounted) {
  v1::EvaluateRequest request;
  EXPECT_EQ(Evaluate(request)->fields.front().field, "input");
  request.mutable_plan()->mutable_dates()->mutable_notice_sent()->set_year(
      2026);
  EXPECT_THAT(Evaluate(request)->fields.front().field, HasSubstr("plan."));
  request.mutable_document()->set_content("\x01");
  EXPECT_EQ(Evaluate(request)->fields.front().field, "document.content");
  request.mutable_document()->set_content("{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
  request.mutable_document()->set_uri("two.jsonl");
  EXPECT_THAT(Evaluate(request)->message, HasSubstr("holds 2 documents"));
  EXPECT_EQ(PlanCount(), 0U);
}

TEST_F(InputEvaluationTest, OptionsAreChecked) {
  v1::EvaluateOptions options;
  const review::Reviewer& reviewer = rules_.Current()->reviewer;
  EXPECT_FALSE(CheckOptions(reviewer, options).has_value());
  options.set_language("de");
  EXPECT_EQ(CheckOptions(reviewer, options)->fields.front().field,
            "options.language");
  for (int i = 0; i < 101; ++i)
    options.add_rule_sets("no");
  EXPECT_EQ(CheckOptions(reviewer, options)->reason, "LIMIT_EXCEEDED");
}

}  // namespace
}  // namespace klausul::server
