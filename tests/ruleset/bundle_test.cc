#include "service/ruleset/bundle.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

TEST(BundleTest, RuleSetsComeBackWithoutThePlansOfExamples) {
  v1::RuleSet set;
  set.set_id("no");
  v1::Rule::Example& example = *set.add_rules()->add_examples();
  example.set_name("a");
  example.set_plan_json("{}");
  const auto back =
      ParseRuleSets(SerializeRuleSets({std::make_shared<const v1::RuleSet>(set),
                                       std::make_shared<const v1::RuleSet>()}));
  ASSERT_TRUE(back.ok()) << back.status();
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0]->id(), "no");
  EXPECT_EQ((*back)[0]->rules(0).examples(0).name(), "a");
  EXPECT_EQ((*back)[0]->rules(0).examples(0).plan_json(), "");
}

TEST(BundleTest, FilesComeBackToTheByte) {
  const std::string content("a\0b\n", 4);
  const auto back = ParseRuleFiles(
      SerializeRuleFiles({{"no/a.yaml", content}, {"no/b.yaml", ""}}));
  ASSERT_TRUE(back.ok()) << back.status();
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0].path, "no/a.yaml");
  EXPECT_EQ((*back)[0].content, content);
  EXPECT_EQ((*back)[1].content, "");
}

TEST(BundleTest, DamageIsReported) {
  const std::string bytes = SerializeRuleFiles({{"a.yaml", "content"}});
  EXPECT_EQ(ParseRuleFiles(bytes.substr(0, bytes.size() - 1)).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(ParseRuleFiles(bytes.substr(0, 7)).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(ParseRuleSets("\x05zzzzz").status().code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace klausul::ruleset
