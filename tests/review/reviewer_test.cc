#include "service/review/reviewer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kShortPeriod[] =
    "id: p-1\n"
    "buyer: {country: \"NO\"}\n"
    "contract: {nature: SERVICES}\n"
    "dates:\n"
    "  notice_sent: 2026-03-01\n"
    "  tender_deadline: 2026-03-05\n";

class ReviewerTest : public testing::Test {
 protected:
  std::vector<Reviewed> Review(const std::string& content,
                               const std::string& uri = "plan.yaml") {
    v1::Document document;
    document.set_uri(uri);
    document.set_content(content);
    std::vector<Reviewed> all;
    reviewer_.ReviewDocument(
        document, options_, context_,
        [&](Reviewed reviewed) { all.push_back(std::move(reviewed)); });
    return all;
  }

  Reviewer reviewer_{testing_support::TinyCatalogue()};
  v1::EvaluateOptions options_;
  ReviewContext context_{absl::FromUnixSeconds(1'780'000'000), nullptr};
};

TEST_F(ReviewerTest, NamesTheBuyer) {
  EXPECT_EQ(Review("buyer: {name: Fjordvik, id: \"9\", country: \"NO\"}\n")[0]
                .report.buyer(),
            "Fjordvik");
  EXPECT_EQ(Review("buyer: {id: \"9\", country: \"NO\"}\n")[0].report.buyer(),
            "9");
}

TEST_F(ReviewerTest, BringsTheLinesOfTheDocumentWhereAskedFor) {
  EXPECT_FALSE(
      Review(kShortPeriod)[0].report.findings(0).locations(0).has_excerpt());
  options_.set_include_excerpts(true);
  EXPECT_EQ(
      Review(kShortPeriod)[0].report.findings(0).locations(0).excerpt().text(),
      "  notice_sent: 2026-03-01");
}

TEST_F(ReviewerTest, ReportsABreachWithItsPlaceAndTexts) {
  options_.set_language("en");
  const std::vector<Reviewed> all = Review(kShortPeriod);
  ASSERT_THAT(all, SizeIs(1));
  ASSERT_EQ(all[0].status, Reviewed::Status::kEvaluated);
  const v1::DocumentReport& report = all[0].report;
  EXPECT_EQ(report.uri(), "plan.yaml");
  EXPECT_EQ(report.plan_id(), "p-1");
  EXPECT_EQ(report.as_of(), "2026-03-01");
  EXPECT_EQ(report.as_of_basis(), v1::DocumentReport::STARTED);
  ASSERT_THAT(report.rule_sets(), SizeIs(1));
  EXPECT_THAT(report.rule_sets(0).digest(), testing::StartsWith("sha256:"));
  ASSERT_THAT(report.findings(), SizeIs(1));
  const v1::Finding& finding = report.findings(0);
  EXPECT_EQ(finding.rule_id(), "no.tiny.deadline");
  EXPECT_EQ(finding.outcome(), v1::Finding::VIOLATED);
  EXPECT_EQ(finding.message(), "4 days are too short.");
  ASSERT_GE(finding.fields_size(), 2);
  EXPECT_EQ(finding.fields(1).path(), "dates.tender_deadline");
  EXPECT_EQ(finding.fields(1).value(), "2026-03-05");
  EXPECT_EQ(finding.fields(1).bt_id(), "BT-131(d)-Lot");
  ASSERT_GE(finding.locations_size(), 1);
  EXPECT_EQ(finding.locations(0).line(), 5);
  EXPECT_EQ(finding.fingerprint().size(), 32U);
  EXPECT_EQ(report.counts().violated().error(), 1);
}

TEST_F(ReviewerTest, BasicLeavesUndecidedRulesToTheDecidingFields) {
  const std::vector<Reviewed> all = Review("buyer: {country: \"NO\"}\n");
  const v1::DocumentReport& report = all.at(0).report;
  EXPECT_THAT(report.findings(), IsEmpty());
  EXPECT_EQ(report.counts().undetermined(), 1);
  ASSERT_GE(report.deciding_fields_size(), 1);
  EXPECT_EQ(report.deciding_fields(0).path(), "contract.nature");
  EXPECT_EQ(report.as_of_basis(), v1::DocumentReport::TODAY);
}

TEST_F(ReviewerTest, FullSendsTheOutcomesAskedFor) {
  options_.set_view(v1::EvaluateOptions::FULL);
  EXPECT_THAT(Review("buyer: {country: \"NO\"}\n").at(0).report.findings(),
              SizeIs(1));
  options_.add_outcomes(v1::Finding::NOT_APPLICABLE);
  const std::vector<Reviewed> all = Review(kShortPeriod);
  ASSERT_THAT(all.at(0).report.findings(), SizeIs(1));
  EXPECT_EQ(all[0].report.findings(0).rule_id(), "no.tiny.lots");
}

TEST_F(ReviewerTest, TheRequestsDateOfLawComesFirst) {
  options_.mutable_as_of()->set_year(2025);
  options_.mutable_as_of()->set_month(12);
  options_.mutable_as_of()->set_day(31);
  const std::vector<Reviewed> all = Review(kShortPeriod);
  EXPECT_EQ(all.at(0).report.as_of_basis(), v1::DocumentReport::REQUEST);
  ASSERT_THAT(all[0].report.findings(), SizeIs(1));
  EXPECT_EQ(all[0].report.findings(0).rule_id(), "no.tiny.old");
}

TEST_F(ReviewerTest, ADateThatNoRuleCoversIsANote) {
  options_.set_language("en");
  options_.mutable_as_of()->set_year(2015);
  options_.mutable_as_of()->set_month(1);
  options_.mutable_as_of()->set_day(1);
  EXPECT_THAT(Review(kShortPeriod).at(0).report.notes(),
              ElementsAre("no rule of `no` is in force on 2015-01-01"));
}

TEST_F(ReviewerTest, AnUnreadableDocumentSaysWhatAndWhere) {
  const std::vector<Reviewed> all = Review("contract:\n  nature: SERVICE\n");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].status, Reviewed::Status::kUnreadable);
  EXPECT_EQ(all[0].report.error().line(), 2);
  EXPECT_EQ(all[0].report.error().column(), 11);
  EXPECT_THAT(all[0].report.error().details(), HasSubstr("SERVICES"));
}

TEST_F(ReviewerTest, WhatIsNoPlanIsNoDocument) {
  const std::vector<Reviewed> all = Review("{\"name\": \"x\"}", "x.json");
  EXPECT_EQ(all.at(0).status, Reviewed::Status::kNotADocument);
}

TEST_F(ReviewerTest, ACancelledCallEndsTheEvaluation) {
  context_.is_cancelled = [] { return true; };
  const std::vector<Reviewed> all = Review(kShortPeriod);
  EXPECT_EQ(all.at(0).status, Reviewed::Status::kFailed);
  EXPECT_EQ(all[0].failure.code(), absl::StatusCode::kCancelled);
}

TEST_F(ReviewerTest, CheckOptionsNamesEveryWrongField) {
  options_.set_language("de");
  options_.add_rule_sets("nn");
  options_.mutable_as_of()->set_month(13);
  options_.set_view(static_cast<v1::EvaluateOptions::View>(9));
  std::vector<std::string> fields;
  for (const FieldError& error : reviewer_.CheckOptions(options_)) {
    fields.push_back(error.field);
  }
  EXPECT_THAT(fields, ElementsAre("rule_sets[0]", "as_of", "language", "view"));
}

TEST_F(ReviewerTest, CheckPlanNamesThePathOfWhatCannotBeMeant) {
  v1::ProcurementPlan plan;
  plan.mutable_dates()->mutable_notice_sent()->set_year(2026);
  plan.mutable_dates()->mutable_notice_sent()->set_month(2);
  plan.mutable_dates()->mutable_notice_sent()->set_day(30);
  const std::vector<FieldError> errors = Reviewer::CheckPlan(plan);
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].field, "dates.notice_sent");
}

TEST_F(ReviewerTest, APlanSentAsAMessageHasNoPlaces) {
  v1::ProcurementPlan plan;
  plan.set_id("p-2");
  plan.mutable_buyer()->set_country("NO");
  plan.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SERVICES);
  for (auto* date : {plan.mutable_dates()->mutable_notice_sent(),
                     plan.mutable_dates()->mutable_tender_deadline()}) {
    date->set_year(2026);
    date->set_month(3);
    date->set_day(1);
  }
  const Reviewed reviewed = reviewer_.ReviewPlan(plan, options_, context_);
  ASSERT_THAT(reviewed.report.findings(), SizeIs(1));
  EXPECT_THAT(reviewed.report.findings(0).locations(), IsEmpty());
  EXPECT_EQ(reviewed.report.kind(), v1::DocumentReport::PLAN);
}

}  // namespace
}  // namespace klausul::review
