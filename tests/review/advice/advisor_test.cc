#include "service/review/advice/advisor.h"

#include "gmock/gmock.h"

#include "tests/review/advice/advice_rules.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

using testing::HasSubstr;
using v1::ProcedureAdvice;

class AdvisorTest : public testing::Test {
 protected:
  AdvisorTest() { request_.mutable_options()->set_language("en"); }

  Advised Advise(const std::string& content) {
    request_.mutable_document()->set_uri("plan.yaml");
    request_.mutable_document()->set_content(content);
    return Advisor(reviewer_).Advise(request_, context_);
  }

  Reviewer reviewer_{testing_support::AdviceSets()};
  // 2026-05-28.
  ReviewContext context_{absl::FromUnixSeconds(1'780'000'000), nullptr};
  v1::AdviseProcedureRequest request_;
};

constexpr char kServices[] =
    "id: p-1\nbuyer: {country: \"NO\"}\ncontract: {nature: SERVICES}\n"
    "dates: {planned_notice: 2026-03-02}\n";

TEST_F(AdvisorTest, PutsWhatIsAllowedFirst) {
  const Advised advised = Advise(kServices);
  ASSERT_EQ(advised.status, Reviewed::Status::kEvaluated) << advised.failure;
  const v1::AdviseProcedureResponse& response = advised.response;
  ASSERT_EQ(response.laws_size(), 1);
  EXPECT_EQ(response.laws(0).id(), "services");
  ASSERT_EQ(response.procedures_size(), 4);
  EXPECT_EQ(response.procedures(0).id(), "open");
  EXPECT_EQ(response.procedures(0).tender_days_min(), 10);
  EXPECT_EQ(response.procedures(0).earliest_contract_date(), "2026-03-19");
  EXPECT_EQ(response.procedures(1).verdict(),
            ProcedureAdvice::ALLOWED_ON_CONDITIONS);
  EXPECT_EQ(response.procedures(2).verdict(), ProcedureAdvice::NOT_ALLOWED);
  EXPECT_TRUE(response.procedures(2).steps().empty());
  EXPECT_EQ(response.report().plan_id(), "p-1");
  EXPECT_TRUE(response.report().findings().empty());
  EXPECT_FALSE(response.open_facts().empty());
  EXPECT_EQ(response.opportunities_size(), 2);
}

TEST_F(AdvisorTest, CountsFromTheDayAskedForThePlannedNoticeOrToday) {
  EXPECT_EQ(Advise(kServices).response.start_date(), "2026-03-02");
  EXPECT_EQ(Advise("buyer: {country: \"NO\"}\n").response.start_date(),
            "2026-05-28");
  request_.mutable_start_date()->set_year(2026);
  request_.mutable_start_date()->set_month(4);
  request_.mutable_start_date()->set_day(1);
  const Advised advised = Advise(kServices);
  EXPECT_EQ(advised.response.start_date(), "2026-04-01");
  // The date of law is still the plan's.
  EXPECT_EQ(advised.response.report().as_of(), "2026-03-02");
}

TEST_F(AdvisorTest, APlanAndItsDocumentGetTheSameAdvice) {
  const Advised from_document = Advise(kServices);
  v1::ProcurementPlan plan;
  plan.set_id("p-1");
  plan.mutable_buyer()->set_country("NO");
  plan.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SERVICES);
  v1::Date& planned = *plan.mutable_dates()->mutable_planned_notice();
  planned.set_year(2026);
  planned.set_month(3);
  planned.set_day(2);
  *request_.mutable_plan() = plan;
  const Advised from_plan = Advisor(reviewer_).Advise(request_, context_);
  ASSERT_EQ(from_plan.response.procedures_size(),
            from_document.response.procedures_size());
  for (int i = 0; i < from_plan.response.procedures_size(); ++i) {
    EXPECT_EQ(from_plan.response.procedures(i).SerializeAsString(),
              from_document.response.procedures(i).SerializeAsString());
  }
}

TEST_F(AdvisorTest, AnUnreadableDocumentIsReportedWithItsPlace) {
  const Advised advised = Advise("contract: {nature: SERVICE}\n");
  EXPECT_EQ(advised.status, Reviewed::Status::kUnreadable);
  EXPECT_EQ(advised.response.report().error().line(), 1);
}

TEST_F(AdvisorTest, SeveralPlansAreNoSinglePlan) {
  request_.mutable_document()->set_uri("plans.jsonl");
  request_.mutable_document()->set_content(
      "{\"id\": \"a\"}\n{\"id\": \"b\"}\n");
  const Advised advised = Advisor(reviewer_).Advise(request_, context_);
  EXPECT_EQ(advised.status, Reviewed::Status::kUnreadable);
  EXPECT_THAT(advised.response.report().error().message(),
              HasSubstr("holds 2 documents"));
}

TEST_F(AdvisorTest, ARuleSetWithoutACatalogueSaysSo) {
  const Reviewer tiny(testing_support::TinyCatalogue());
  request_.mutable_document()->set_content(kServices);
  const Advised advised = Advisor(tiny).Advise(request_, context_);
  EXPECT_EQ(advised.status, Reviewed::Status::kEvaluated);
  EXPECT_TRUE(advised.response.procedures().empty());
  EXPECT_THAT(advised.response.report().notes(),
              testing::ElementsAre(
                  "the rule sets chosen give no advice on procedures"));
}

TEST_F(AdvisorTest, ADayThatIsNoneIsAFieldError) {
  request_.mutable_start_date()->set_year(2026);
  request_.mutable_start_date()->set_month(2);
  request_.mutable_start_date()->set_day(30);
  request_.mutable_options()->set_language("fi");
  const auto errors = Advisor(reviewer_).CheckRequest(request_);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].field, "options.language");
  EXPECT_EQ(errors[1].field, "start_date");
}

TEST_F(AdvisorTest, ACancelledCallEndsWithItsStatus) {
  context_.is_cancelled = [] { return true; };
  const Advised advised = Advise(kServices);
  EXPECT_EQ(advised.status, Reviewed::Status::kFailed);
  EXPECT_EQ(advised.failure.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace klausul::review
