#include "service/review/finding_diff.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::review {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void Add(const std::string& rule, const std::string& subject,
         v1::Finding::Outcome outcome, v1::DocumentReport& report) {
  v1::Finding& finding = *report.add_findings();
  finding.set_rule_id(rule);
  finding.set_subject(subject);
  finding.set_outcome(outcome);
  finding.set_severity(v1::Rule::ERROR);
}

TEST(DiffFindingsTest, WhatIsMetOrDoesNotApplyIsNoFinding) {
  v1::DocumentReport before;
  v1::DocumentReport after;
  Add("no.a", "", v1::Finding::SATISFIED, before);
  Add("no.a", "", v1::Finding::NOT_APPLICABLE, after);
  Add("no.new", "", v1::Finding::SATISFIED, after);
  Add("no.same", "", v1::Finding::VIOLATED, before);
  Add("no.same", "", v1::Finding::VIOLATED, after);
  EXPECT_THAT(DiffFindings(before, after), IsEmpty());
}

TEST(DiffFindingsTest, FindingsAppearAndVanish) {
  v1::DocumentReport before;
  v1::DocumentReport after;
  Add("no.gone", "", v1::Finding::UNDETERMINED, before);
  Add("no.met", "L1", v1::Finding::VIOLATED, before);
  Add("no.met", "L1", v1::Finding::SATISFIED, after);
  Add("no.new", "", v1::Finding::FAILED, after);
  const std::vector<FindingChange> changes = DiffFindings(before, after);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].rule_id, "no.gone");
  EXPECT_EQ(changes[0].kind, FindingChange::Kind::kVanishes);
  EXPECT_EQ(changes[0].after.rule_id(), "");
  EXPECT_EQ(changes[1].subject, "L1");
  EXPECT_EQ(changes[1].kind, FindingChange::Kind::kVanishes);
  EXPECT_EQ(changes[1].after.outcome(), v1::Finding::SATISFIED);
  EXPECT_EQ(changes[2].kind, FindingChange::Kind::kAppears);
  EXPECT_EQ(changes[2].before.rule_id(), "");
}

TEST(DiffFindingsTest, SubjectsAreKeptApart) {
  v1::DocumentReport before;
  v1::DocumentReport after;
  Add("no.a", "L1", v1::Finding::VIOLATED, before);
  Add("no.a", "L2", v1::Finding::VIOLATED, after);
  EXPECT_EQ(DiffFindings(before, after).size(), 2U);
}

TEST(DiffFindingsTest, NamesWhatChanges) {
  v1::DocumentReport before;
  v1::DocumentReport after;
  Add("no.a", "", v1::Finding::UNDETERMINED, before);
  before.mutable_findings(0)->add_missing("dates.notice_sent");
  Add("no.a", "", v1::Finding::VIOLATED, after);
  after.mutable_findings(0)->set_severity(v1::Rule::WARNING);
  after.mutable_findings(0)->set_message("m");
  std::vector<FindingChange> changes = DiffFindings(before, after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, FindingChange::Kind::kChanges);
  EXPECT_THAT(changes[0].fields,
              ElementsAre("outcome", "severity", "message", "missing"));
  *after.mutable_findings(0) = before.findings(0);
  after.mutable_findings(0)->set_title("t");
  after.mutable_findings(0)->set_remedy("r");
  changes = DiffFindings(before, after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_THAT(changes[0].fields, ElementsAre("title", "remedy"));
}

}  // namespace
}  // namespace klausul::review
