#include "service/ruleset/docs/figure_pages.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;
using testing::HasSubstr;

class FigurePagesTest : public testing::Test {
 protected:
  DocumentedIndex sample_;
  PageContext context_{sample_.index, Language::kEnglish};
};

TEST_F(FigurePagesTest, AFactTellsHowItIsDerived) {
  const Page page = FactPage(context_, sample_.index.facts()[1]);
  EXPECT_EQ(page.path, "facts/no.size_step");
  EXPECT_EQ(page.title, "Step");
  const std::string lines = Lines(page.blocks);
  EXPECT_THAT(lines, HasSubstr("Possible values\n  small step SMALL_STEP\n"
                               "  large step LARGE_STEP\n"));
  EXPECT_THAT(lines, HasSubstr("How it is derived\n  large step\n"
                               "  If: Large <contract>: yes\n"
                               "  Otherwise: small step\n"));
  EXPECT_THAT(lines, HasSubstr("Rules that use it\n| Risk | The town's rule "
                               "no.town.size | A/B punkt 2 |"));
}

TEST_F(FigurePagesTest, AParameterHasItsValuesAndUsers) {
  const Page page = ParameterPage(context_, sample_.index.parameters()[0]);
  EXPECT_EQ(page.path, "parameters/no.entry");
  const std::string lines = Lines(page.blocks);
  EXPECT_THAT(lines, HasSubstr("Type: money\n"));
  EXPECT_THAT(lines, HasSubstr("| from 1 January 2017 | NOK 100,000 |"));
  EXPECT_THAT(lines, HasSubstr("Facts that use it\n"
                               "  Large <contract> is_large\n"));
}

TEST_F(FigurePagesTest, AParameterWithoutAValueSaysWhy) {
  const Page page = ParameterPage(context_, sample_.index.parameters()[1]);
  EXPECT_THAT(Lines(page.blocks),
              HasSubstr("Values and periods\nNo value is known; rules that use "
                        "it stay undetermined.\nNotes\nNo source.\n"));
}

TEST_F(FigurePagesTest, APlanShowsItsFileAndItsRules) {
  const Page page = PlanPage(context_, *sample_.index.sets()[0], "cleaning");
  EXPECT_EQ(page.path, "plans/no.cleaning");
  const std::string lines = Lines(page.blocks);
  EXPECT_THAT(lines, HasSubstr(CleaningPlan()));
  EXPECT_THAT(lines, HasSubstr("no.foa.1-1.value"));
}

TEST_F(FigurePagesTest, FieldsHaveTheirPathTypeAndReaders) {
  const std::string lines = Lines(FieldsPage(context_).blocks);
  EXPECT_THAT(lines, HasSubstr("contract › estimated value\n"
                               "Path in the plan: contract.estimated_value\n"
                               "Type: Money\neForms: BT-27-"));
  EXPECT_THAT(lines, HasSubstr("Rules: no.foa.1-1.value\nFacts: is_large\n"));
}

}  // namespace
}  // namespace klausul::ruleset::docs
