#include "service/ruleset/docs/site_index.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/ruleset/docs/docs_sample.h"

namespace klausul::ruleset::docs {
namespace {

using testing::ElementsAre;

TEST(SiteIndexTest, ListsRulesFactsAndParametersInOrder) {
  const DocumentedIndex sample;
  ASSERT_EQ(sample.index.rules().size(), 2U);
  EXPECT_EQ(sample.index.rules()[0].rule->id(), "no.foa.1-1.value");
  EXPECT_EQ(sample.index.rules()[1].rule->id(), "no.town.size");
  ASSERT_EQ(sample.index.facts().size(), 2U);
  EXPECT_EQ(sample.index.facts()[0].fact->name(), "is_large");
  ASSERT_EQ(sample.index.parameters().size(), 2U);
}

TEST(SiteIndexTest, KnowsWhoUsesWhat) {
  const DocumentedIndex sample;
  const SiteIndex& index = sample.index;
  const FactEntry& is_large = index.facts()[0];
  const auto rules = index.RulesThatUse(is_large);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].rule->id(), "no.foa.1-1.value");
  const auto facts = index.FactsThatUse(is_large);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].fact->name(), "size_step");
  EXPECT_EQ(index.RulesThatUse(index.parameters()[0]).size(), 1U);
  EXPECT_EQ(index.FactsThatUse(index.parameters()[0]).size(), 1U);
}

TEST(SiteIndexTest, TellsDirectParametersFromThoseOfFacts) {
  const DocumentedIndex sample;
  const auto of_value = sample.index.ParametersOf(sample.index.rules()[0]);
  ASSERT_EQ(of_value.direct.size(), 1U);
  EXPECT_EQ(of_value.direct[0]->parameter->id(), "no.entry");
  EXPECT_TRUE(of_value.through_facts.empty());
  // Over two facts.
  const auto of_size = sample.index.ParametersOf(sample.index.rules()[1]);
  EXPECT_TRUE(of_size.direct.empty());
  ASSERT_EQ(of_size.through_facts.size(), 1U);
  EXPECT_EQ(of_size.through_facts[0]->parameter->id(), "no.entry");
}

TEST(SiteIndexTest, CollectsTheFieldsThatExpressionsRead) {
  const DocumentedIndex sample;
  std::vector<std::string> paths;
  for (const auto& [path, use] : sample.index.fields())
    paths.push_back(path);
  EXPECT_THAT(paths,
              ElementsAre("contract.cpv_main", "contract.estimated_value"));
  const auto& use = sample.index.fields().at("contract.estimated_value");
  EXPECT_THAT(use.rules, ElementsAre("no.foa.1-1.value"));
  EXPECT_THAT(use.facts, ElementsAre("facts/no.is_large"));
}

TEST(SiteIndexTest, AnOverlaySeesTheNamesOfItsBase) {
  const DocumentedIndex sample;
  const v1::RuleSet& town = *sample.index.sets()[1]->rule_set;
  const Names& names = sample.index.NamesOf(town, engine::Language::kEnglish);
  EXPECT_EQ(names.facts.at("size_step").title, "Step");
  EXPECT_EQ(names.parameters.at("no.entry").target, "parameters/no.entry");
  ASSERT_NE(sample.index.FindInstrument(town, "FOA"), nullptr);
  EXPECT_EQ(
      sample.index.FindInstrument(*sample.index.sets()[0]->rule_set, "A/B"),
      nullptr);
}

TEST(AnchorOf, IsAnIdOfThePage) {
  EXPECT_EQ(AnchorOf("KS/DFØ x"), "KS-DFØ-x");
  EXPECT_EQ(AnchorOf("no.foa_1-2"), "no.foa_1-2");
}

}  // namespace
}  // namespace klausul::ruleset::docs
