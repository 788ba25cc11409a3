#include "service/ruleset/docs/overview_pages.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;
using testing::HasSubstr;

class OverviewPagesTest : public testing::Test {
 protected:
  DocumentedIndex sample_;
  PageContext context_{sample_.index, Language::kEnglish};
};

TEST_F(OverviewPagesTest, CountsBySetLawAndSubject) {
  EXPECT_EQ(Lines(OverviewPage(context_).blocks),
            "The rules that plans and notices are checked against: what they "
            "rest on, when they apply, and what they ask for.\n"
            "Rules: 2\nExamples: 4\nFacts: 2\nParameters: 2\nPlan fields: 2\n"
            "Rule sets\n"
            "| Sample & law no | 1 | – | – | 1 |\n"
            "| Town no.town | – | 1 | – | 1 |\n"
            "| Total | 1 | 1 | – | 2 |\n"
            "By law\n"
            "| FOA Regulation | 1 | – | – | 1 |\n"
            "| A/B Decision | – | 1 | – | 1 |\n"
            "By subject\n"
            "| rules no | 1 | – | – | 1 |\n"
            "| rules no.town | – | 1 | – | 1 |\n");
}

TEST_F(OverviewPagesTest, ListsRulesByProvision) {
  const Page page = LawPage(context_);
  EXPECT_EQ(Lines(page.blocks),
            "FOA\nRegulation\n"
            "| § 1-1 (1) | Breach | Value no.foa.1-1.value | from 1 January "
            "2017 |\n"
            "A/B\nDecision\n"
            "| punkt 2 | Risk | The town's rule no.town.size | 1 January 2020 "
            "to 31 December 2020 |\n");
  EXPECT_EQ(page.blocks[3].id, "A-B");
}

TEST_F(OverviewPagesTest, ListsRulesBySubjectAndSeverity) {
  EXPECT_THAT(Lines(SubjectsPage(context_).blocks),
              HasSubstr("rules\nSample & law\n| Breach | Value"));
  EXPECT_THAT(Lines(SeverityPage(context_).blocks),
              HasSubstr("Breach (1)\nbinding law\n| Breach | Value"));
  EXPECT_THAT(Lines(SeverityPage(context_).blocks),
              HasSubstr("Opportunity (0)\n"));
}

TEST_F(OverviewPagesTest, ListsSetsFactsAndParameters) {
  EXPECT_THAT(Lines(SetsPage(context_).blocks),
              HasSubstr("Town\nid: no.town\nVersion: 2.0 sha256:"));
  EXPECT_THAT(Lines(SetsPage(context_).blocks), HasSubstr("Builds on: no\n"));
  EXPECT_THAT(Lines(FactsPage(context_).blocks),
              HasSubstr("| Step | size_step | size_step | no |\n"));
  EXPECT_THAT(Lines(ParametersPage(context_).blocks),
              HasSubstr("| Entry value | no.entry | NOK 100,000 | from 1 "
                        "January 2017 |\n"));
}

TEST_F(OverviewPagesTest, TheSearchHasAPage) {
  const Page page = SearchPage(context_);
  EXPECT_EQ(page.path, "search");
  EXPECT_EQ(page.blocks[0].kind, Block::Kind::kSearch);
}

}  // namespace
}  // namespace klausul::ruleset::docs
