#include "service/cli/rule_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::cli {
namespace {

v1::Rule Sample() {
  v1::Rule rule;
  rule.set_id("no.a.1");
  (*rule.mutable_title()->mutable_by_language())["en"] = "Title";
  auto* basis = rule.add_legal_basis();
  basis->set_instrument("FOA");
  basis->set_provision("§ 1");
  rule.mutable_in_force()->mutable_from()->set_year(2026);
  rule.mutable_in_force()->mutable_from()->set_month(7);
  rule.mutable_in_force()->mutable_from()->set_day(1);
  rule.set_severity(v1::Rule::WARNING);
  rule.set_confidence(v1::Rule::OWN_READING);
  rule.mutable_requirement()->set_text("true\n");
  return rule;
}

TEST(PeriodTextTest, TellsOpenAndClosedPeriods) {
  v1::Period period = Sample().in_force();
  EXPECT_EQ(PeriodText(period), "from 2026-07-01");
  *period.mutable_to() = period.from();
  EXPECT_EQ(PeriodText(period), "2026-07-01 to 2026-07-01");
}

TEST(RuleLineTest, IsOneLine) {
  EXPECT_EQ(RuleLine(Sample(), engine::Language::kEnglish),
            "no.a.1                             from 2026-07-01          "
            "warning  FOA § 1: Title\n");
}

TEST(RuleTextTest, SaysHowWellTheLawIsKnown) {
  const std::string text = RuleText(Sample(), engine::Language::kEnglish);
  EXPECT_THAT(text, testing::HasSubstr("confidence  own-reading\n"));
  EXPECT_THAT(text, testing::HasSubstr("\nrequires\n  true\n"));
}

}  // namespace
}  // namespace klausul::cli
