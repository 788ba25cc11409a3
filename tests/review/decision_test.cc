#include "service/review/decision.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/rules_folder.h"
#include "tests/support/tiny_catalogue.h"

namespace klausul::review {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class DecisionTest : public testing::Test {
 protected:
  DecisionTest() {
    plan_.set_id("p-1");
    plan_.mutable_buyer()->set_name("Fjordvik kommune");
    plan_.mutable_buyer()->set_country("NO");
    plan_.mutable_contract()->set_nature(v1::CONTRACT_NATURE_SERVICES);
    v1::Date& sent = *plan_.mutable_dates()->mutable_notice_sent();
    sent.set_year(2026);
    sent.set_month(3);
    sent.set_day(1);
    *plan_.mutable_dates()->mutable_tender_deadline() = sent;
    plan_.mutable_dates()->mutable_tender_deadline()->set_day(5);
    contents_.findings = true;
    contents_.plan = true;
  }

  v1::DecisionRecord Decide() {
    v1::DocumentReport report;
    EXPECT_TRUE(
        reviewer_.ReviewPlanInto(plan_, options_, {time_, nullptr}, report)
            .ok());
    // As of a document, whose places no record keeps.
    report.set_uri("plan.yaml");
    for (v1::Finding& finding : *report.mutable_findings())
      finding.add_locations()->set_line(7);
    Evaluated evaluated;
    evaluated.time = time_;
    evaluated.client = "ipv4:10.0.0.7:51234";
    evaluated.request_id = "r-1";
    evaluated.bundle_digest = "sha256:b";
    evaluated.options = options_.SerializeAsString();
    evaluated.plan = SerializeDeterministic(plan_);
    evaluated.report = report.SerializeAsString();
    const auto record = MakeDecision(evaluated, contents_);
    EXPECT_TRUE(record.ok()) << record.status();
    return *record;
  }

  std::string ReplayOf(const v1::DecisionRecord& record) {
    const auto difference = Replay(record, reviewer_);
    EXPECT_TRUE(difference.ok()) << difference.status();
    return difference.ok() ? *difference : "";
  }

  v1::ProcurementPlan plan_;
  v1::EvaluateOptions options_;
  DecisionContents contents_;
  const absl::Time time_ = absl::FromUnixNanos(1'772'359'200'123'456'789);
  const Reviewer reviewer_{testing_support::TinyCatalogue()};
};

TEST_F(DecisionTest, ARecordSaysWhoWhatAndUnderWhichLaw) {
  const v1::DecisionRecord record = Decide();
  EXPECT_EQ(record.time().nanos(), 123'456'789);
  EXPECT_EQ(record.client(), "ipv4:10.0.0.7:51234");
  EXPECT_EQ(record.request_id(), "r-1");
  EXPECT_EQ(record.plan_id(), "p-1");
  EXPECT_EQ(record.uri(), "plan.yaml");
  EXPECT_EQ(record.plan_digest().size(), 71U);
  EXPECT_EQ(record.rule_sets(0).id(), "no");
  EXPECT_EQ(record.bundle_digest(), "sha256:b");
  EXPECT_EQ(record.as_of(), "2026-03-01");
  EXPECT_EQ(record.as_of_basis(), v1::DocumentReport::STARTED);
  EXPECT_EQ(record.language(), "nb");
  EXPECT_EQ(record.binary_version(), KLAUSUL_VERSION);
  EXPECT_EQ(record.counts().violated().error(), 1);
  ASSERT_EQ(record.findings_size(), 1);
  EXPECT_EQ(record.findings(0).rule_id(), "no.tiny.deadline");
  EXPECT_EQ(record.findings(0).locations_size(), 0);
}

TEST_F(DecisionTest, FindingsAndPlanAreKeptOnlyWhereAskedFor) {
  const std::string digest = Decide().findings_digest();
  contents_.findings = false;
  contents_.plan = false;
  const v1::DecisionRecord record = Decide();
  EXPECT_EQ(record.findings_size(), 0);
  EXPECT_FALSE(record.has_plan());
  EXPECT_EQ(record.findings_digest(), digest);
  EXPECT_THAT(DecisionLine(record), Not(HasSubstr("Fjordvik")));
}

TEST_F(DecisionTest, ALineComesBackAsTheRecord) {
  const v1::DecisionRecord record = Decide();
  const std::string line = DecisionLine(record);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto back = ParseDecisionLine(line);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->DebugString(), record.DebugString());
  for (const char* wrong : {"", "{}", "[]", "no JSON"}) {
    EXPECT_EQ(ParseDecisionLine(wrong).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST_F(DecisionTest, ReplayGivesTheSame) {
  for (const char* language : {"", "nn", "en"}) {
    options_.set_language(language);
    options_.set_view(v1::EvaluateOptions::FULL);
    const auto back = ParseDecisionLine(DecisionLine(Decide()));
    ASSERT_TRUE(back.ok());
    EXPECT_THAT(ReplayOf(*back), IsEmpty());
    contents_.findings = !contents_.findings;
  }
}

TEST_F(DecisionTest, ReplayOfAMaskedPlanGivesTheSame) {
  auto mask = PlanMask::Make({"buyer.name", "id"});
  ASSERT_TRUE(mask.ok());
  contents_.mask = *std::move(mask);
  const v1::DecisionRecord record = Decide();
  EXPECT_TRUE(record.masked());
  EXPECT_EQ(record.plan_id(), "***");
  EXPECT_THAT(DecisionLine(record), Not(HasSubstr("Fjordvik")));
  EXPECT_THAT(ReplayOf(record), IsEmpty());
}

TEST_F(DecisionTest, ReplaySaysWhatDiffers) {
  v1::DecisionRecord record = Decide();
  record.mutable_findings(0)->set_message("Another.");
  record.set_findings_digest("sha256:0");
  EXPECT_EQ(ReplayOf(record), "no.tiny.deadline: other texts or fields\n");
  record.mutable_findings(0)->set_outcome(v1::Finding::UNDETERMINED);
  record.set_as_of("2026-02-01");
  EXPECT_EQ(ReplayOf(record),
            "date of law: 2026-02-01, now 2026-03-01\n"
            "no.tiny.deadline: UNDETERMINED, now VIOLATED\n");
  record.clear_findings();
  EXPECT_THAT(ReplayOf(record), HasSubstr("findings: others\n"));
  // A plan that was changed in the log.
  record = Decide();
  record.mutable_plan()->mutable_dates()->mutable_tender_deadline()->set_day(
      30);
  const std::string difference = ReplayOf(record);
  EXPECT_THAT(difference, HasSubstr("plan: sha256:"));
  EXPECT_THAT(difference, HasSubstr("no.tiny.deadline: VIOLATED, now none"));
}

TEST_F(DecisionTest, ReplayUnderOtherRulesSaysSo) {
  const v1::DecisionRecord record = Decide();
  DiagnosticSink sink;
  auto repository = ruleset::RuleSetRepository::Load(
      testing_support::NewVersion("2026.2.0"), {}, sink);
  ASSERT_TRUE(repository.ok());
  const Reviewer other(
      std::make_shared<const RuleCatalogue>(*std::move(repository)));
  const auto difference = Replay(record, other);
  ASSERT_TRUE(difference.ok());
  EXPECT_THAT(*difference, HasSubstr("rule sets: no sha256:"));
}

TEST_F(DecisionTest, WithoutAPlanThereIsNoReplay) {
  contents_.plan = false;
  EXPECT_EQ(Replay(Decide(), reviewer_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace klausul::review
