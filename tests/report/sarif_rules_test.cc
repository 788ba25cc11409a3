#include "service/report/sarif_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::report {
namespace {

using testing::HasSubstr;

v1::Finding Breach(const char* id, const char* remedy) {
  v1::Finding finding;
  finding.set_rule_id(id);
  finding.set_outcome(v1::Finding::VIOLATED);
  finding.set_severity(v1::Rule::WARNING);
  finding.set_title("Title");
  finding.set_remedy(remedy);
  return finding;
}

TEST(SarifRulesTest, ARuleKeepsItsIndex) {
  SarifRules rules(WordsOf("en"));
  EXPECT_EQ(rules.IndexOf(Breach("a", "")), 0U);
  EXPECT_EQ(rules.IndexOf(Breach("b", "")), 1U);
  EXPECT_EQ(rules.IndexOf(Breach("a", "")), 0U);
}

TEST(SarifRulesTest, ARemedyThatAllFindingsShareHelps) {
  SarifRules rules(WordsOf("en"));
  rules.IndexOf(Breach("a", "Mend it so."));
  rules.IndexOf(Breach("a", "Mend it so."));
  EXPECT_THAT(rules.ToJson(), HasSubstr("To mend it: Mend it so."));
  rules.IndexOf(Breach("a", "Mend it in another way."));
  EXPECT_THAT(rules.ToJson(), testing::Not(HasSubstr("Mend it so.")));
}

TEST(SarifRulesTest, LevelsFollowSeverities) {
  EXPECT_EQ(SarifLevel(v1::Rule::ERROR), "error");
  EXPECT_EQ(SarifLevel(v1::Rule::WARNING), "warning");
  EXPECT_EQ(SarifLevel(v1::Rule::ADVICE), "note");
}

}  // namespace
}  // namespace klausul::report
