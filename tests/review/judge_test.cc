#include "service/review/judge.h"

#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <google/protobuf/text_format.h>

#include "service/syntax/tree.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kReport[] = R"pb(
  uri : "plans/a.yaml"
  plan_id : "p-1"
  findings {
    rule_id : "no.a.error"
    outcome : VIOLATED
    severity : ERROR
    subject : "L1"
    fingerprint : "f1"
    locations {line : 4 column : 2}
  }
  findings {
    rule_id : "no.a.error"
    outcome : VIOLATED
    severity : ERROR
    subject : "L2"
    fingerprint : "f2"
  }
  findings {
    rule_id : "no.b.advice"
    outcome : VIOLATED
    severity : ADVICE
    fingerprint : "f3"
  }
  findings {
    rule_id : "no.c.open"
    outcome : UNDETERMINED
    severity : ADVICE
    fingerprint : "f4"
  }
  counts {
    violated {error : 2 warning : 0 advice : 1}
    undetermined : 1
    waived : 0
  }
)pb";

class JudgeTest : public testing::Test {
 protected:
  JudgeTest() {
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(kReport, &report_));
    decisions_.today = absl::CivilDay(2026, 7, 1);
    decisions_.language = engine::Language::kEnglish;
  }

  void Configure(const std::string& text) {
    DiagnosticSink sink;
    config_ =
        ReadProjectConfig(syntax::MakeSourceFile(".klausul.yaml", text), sink);
    EXPECT_EQ(sink.RenderAll(), "");
    decisions_.config = &config_;
    decisions_.waivers = {{&config_.waivers, "plans/a.yaml"}};
  }

  std::vector<int> Violated() const {
    const v1::SeverityCounts& counts = report_.counts().violated();
    return {counts.error(), counts.warning(), counts.advice()};
  }

  v1::DocumentReport report_;
  ProjectConfig config_;
  Decisions decisions_;
};

TEST_F(JudgeTest, WithoutDecisionsNothingChanges) {
  const std::string before = report_.SerializeAsString();
  Judge(decisions_, report_);
  EXPECT_EQ(report_.SerializeAsString(), before);
}

TEST_F(JudgeTest, AGraverSeverityCountsSo) {
  Configure("severities: {no.b.advice: error}\n");
  Judge(decisions_, report_);
  EXPECT_EQ(report_.findings(2).severity(), v1::Rule::ERROR);
  EXPECT_THAT(Violated(), ElementsAre(3, 0, 0));
  EXPECT_THAT(report_.notes(), IsEmpty());
}

TEST_F(JudgeTest, ALighterSeverityIsNotedOnce) {
  Configure("severities: {no.a.*: warning}\n");
  Judge(decisions_, report_);
  EXPECT_THAT(Violated(), ElementsAre(0, 2, 1));
  EXPECT_THAT(report_.notes(),
              ElementsAre("`no.a.error` is taken down from ERROR to WARNING "
                          "(.klausul.yaml:1)"));
}

TEST_F(JudgeTest, AdviceCanBeOffAndNothingElse) {
  Configure("severities: {no.*: off}\n");
  Judge(decisions_, report_);
  EXPECT_THAT(report_.findings(), SizeIs(2));
  EXPECT_THAT(Violated(), ElementsAre(2, 0, 0));
  EXPECT_EQ(report_.counts().undetermined(), 0);
  EXPECT_THAT(report_.notes(), SizeIs(1));
  EXPECT_THAT(report_.notes(0), HasSubstr("cannot be switched off"));
}

TEST_F(JudgeTest, AWaiverTakesABreachOutOfTheCount) {
  Configure(
      "waivers:\n"
      "  - {rule: no.a.error, subject: L1, reason: Why., owner: Åse,\n"
      "     until: 2026-07-01}\n");
  Judge(decisions_, report_);
  ASSERT_THAT(report_.findings(), SizeIs(4));
  EXPECT_EQ(report_.findings(0).outcome(), v1::Finding::WAIVED);
  EXPECT_EQ(report_.findings(0).severity(), v1::Rule::ERROR);
  EXPECT_EQ(report_.findings(0).waiver().reason(), "Why.");
  EXPECT_EQ(report_.findings(0).waiver().owner(), "Åse");
  EXPECT_EQ(report_.findings(0).waiver().until(), "2026-07-01");
  EXPECT_EQ(report_.findings(1).outcome(), v1::Finding::VIOLATED);
  EXPECT_THAT(Violated(), ElementsAre(1, 0, 1));
  EXPECT_EQ(report_.counts().waived(), 1);
}

TEST_F(JudgeTest, AWaiverThatHasEndedIsAFindingItself) {
  Configure(
      "waivers:\n"
      "  - {rule: no.a.error, subject: L1, reason: Why., owner: Åse,\n"
      "     until: 2026-06-30}\n");
  Judge(decisions_, report_);
  ASSERT_THAT(report_.findings(), SizeIs(5));
  // Sorted by rule id.
  const v1::Finding& expired = report_.findings(0);
  EXPECT_EQ(expired.rule_id(), "klausul.waiver.expired");
  EXPECT_EQ(expired.outcome(), v1::Finding::VIOLATED);
  EXPECT_EQ(expired.severity(), v1::Rule::WARNING);
  EXPECT_EQ(expired.message(),
            "The waiver of `no.a.error` held until 2026-06-30 "
            "(.klausul.yaml:2, Åse): Why.");
  EXPECT_EQ(expired.locations(0).line(), 4);
  EXPECT_EQ(expired.fingerprint().size(), 32U);
  EXPECT_EQ(report_.findings(1).outcome(), v1::Finding::VIOLATED);
  EXPECT_THAT(Violated(), ElementsAre(2, 1, 1));
  EXPECT_EQ(report_.counts().waived(), 0);
}

TEST_F(JudgeTest, OfTwoWaiversTheOneThatHoldsDecides) {
  Configure(
      "waivers:\n"
      "  - {rule: no.a.error, reason: Old., owner: o, until: 2025-01-01}\n"
      "  - {rule: no.a.error, reason: New., owner: o, until: 2027-01-01}\n");
  Judge(decisions_, report_);
  EXPECT_EQ(report_.findings(0).waiver().reason(), "New.");
  EXPECT_THAT(Violated(), ElementsAre(0, 0, 1));
}

TEST_F(JudgeTest, AnotherPathIsNotWaived) {
  Configure(
      "waivers:\n"
      "  - {rule: no.a.error, path: notices/, reason: r, owner: o,\n"
      "     until: 2027-01-01}\n");
  Judge(decisions_, report_);
  EXPECT_THAT(Violated(), ElementsAre(2, 0, 1));
}

TEST_F(JudgeTest, WhatTheBaselineHasIsKnownAndStillCounted) {
  std::istringstream in(
      R"({"documents":[{"findings":[
          {"outcome":"VIOLATED","fingerprint":"f2"},
          {"outcome":"VIOLATED","fingerprint":"f4"}]}]})");
  const auto baseline = Baseline::Read(in);
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  decisions_.baseline = &*baseline;
  Judge(decisions_, report_);
  EXPECT_FALSE(report_.findings(0).known());
  EXPECT_TRUE(report_.findings(1).known());
  // Undecided before and now: nothing to know.
  EXPECT_FALSE(report_.findings(3).known());
  EXPECT_THAT(Violated(), ElementsAre(2, 0, 1));
  EXPECT_EQ(report_.counts().known().error(), 1);
  EXPECT_EQ(report_.counts().known().advice(), 0);
}

TEST_F(JudgeTest, AnUnreadableDocumentStaysAsItIs) {
  report_.mutable_error()->set_message("x");
  Configure("severities: {no.b.advice: error}\n");
  Judge(decisions_, report_);
  EXPECT_EQ(report_.findings(2).severity(), v1::Rule::ADVICE);
}

}  // namespace
}  // namespace klausul::review
