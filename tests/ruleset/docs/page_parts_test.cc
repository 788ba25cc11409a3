#include "service/ruleset/docs/page_parts.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;

TEST(PeriodWords, SaysWhichEndsThereAre) {
  const DocumentedIndex sample;
  const PageContext context(sample.index, Language::kBokmal);
  v1::Period period;
  EXPECT_EQ(PeriodWords(context, period), "alltid");
  period.mutable_from()->set_year(2026);
  period.mutable_from()->set_month(3);
  period.mutable_from()->set_day(1);
  EXPECT_EQ(PeriodWords(context, period), "fra 1.3.2026");
  *period.mutable_to() = period.from();
  period.mutable_to()->set_day(31);
  EXPECT_EQ(PeriodWords(context, period), "1.3.2026 til 31.3.2026");
  period.clear_from();
  EXPECT_EQ(PeriodWords(context, period), "til 31.3.2026");
}

TEST(ProvisionLink, LeadsToTheProvision) {
  const DocumentedIndex sample;
  const PageContext context(sample.index, Language::kBokmal);
  const RuleEntry& rule = sample.index.rules()[0];
  const Inline link = ProvisionLink(context, *rule.set->rule_set,
                                    rule.rule->legal_basis(0), true);
  EXPECT_EQ(link.text, "FOA § 1-1 (1)");
  EXPECT_EQ(link.target, "https://law.example/foa/%C2%A71-1");
}

TEST(ParameterTable, HasEveryValue) {
  const DocumentedIndex sample;
  const PageContext context(sample.index, Language::kEnglish);
  EXPECT_EQ(
      Lines({ParameterTable(context, *sample.index.parameters()[0].parameter)}),
      "| from 1 January 2017 | NOK 100,000 | NO-2 | https://law.example/2 |\n");
}

TEST(TemplateWords, SetsPlaceholdersOff) {
  Names names;
  names.facts["days"] = {"Days", "facts/no.days", false};
  const Inlines words =
      TemplateWords("{days} of {other}, {{not}} this {", names);
  EXPECT_EQ(PlainText(words), "days of other, {not} this {");
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(words[0].kind, Inline::Kind::kVariable);
  EXPECT_EQ(words[0].target, "facts/no.days");
  EXPECT_EQ(words[2].kind, Inline::Kind::kVariable);
  EXPECT_EQ(words[2].target, "");
}

TEST(AddFact, LeavesOutWhatIsEmpty) {
  Block facts;
  AddFact("a", {}, facts);
  EXPECT_TRUE(facts.terms.empty());
  AddFact("b", {Text("c")}, facts);
  EXPECT_EQ(Lines({facts}), "b: c\n");
}

}  // namespace
}  // namespace klausul::ruleset::docs
