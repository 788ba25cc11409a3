#include "service/ruleset/docs/plan_words.h"

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/engine/plan_path.h"
#include "service/ruleset/builtin.h"
#include "service/ruleset/docs/site_index.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset::docs {
namespace {

using engine::Language;

TEST(FieldWord, EnglishSaysWhatThePlanSays) {
  EXPECT_EQ(FieldWord("estimated_value", Language::kEnglish),
            "estimated value");
  EXPECT_EQ(FieldWord("cpv_main", Language::kEnglish), "CPV main");
  EXPECT_EQ(FieldWord("no_such_field", Language::kNynorsk), "no such field");
}

TEST(FieldWord, NynorskStandsInForItselfWhereItDiffers) {
  EXPECT_EQ(FieldWord("tender_deadline", Language::kBokmal), "tilbudsfrist");
  EXPECT_EQ(FieldWord("tender_deadline", Language::kNynorsk), "tilbodsfrist");
  EXPECT_EQ(FieldWord("estimated_value", Language::kNynorsk), "anslått verdi");
}

TEST(PathWords, JoinsTheSteps) {
  EXPECT_EQ(PathWords("award.criteria[2].weight", Language::kBokmal),
            "tildeling › kriterier › vekt");
}

TEST(ValueWord, NamesValues) {
  EXPECT_EQ(ValueWord("OPEN", Language::kBokmal), "åpen anbudskonkurranse");
  EXPECT_EQ(ValueWord("PART_III", Language::kEnglish), "part III");
}

// Whoever adds a field or a value to a rule gives it its Norwegian words.
TEST(PlanWords, EveryFieldAndValueThatRulesReadHasAWord) {
  auto sets = BuiltinRuleSets();
  ASSERT_TRUE(sets.ok()) << sets.status();
  const auto repository = RuleSetRepository::FromRuleSets(*std::move(sets));
  const SiteIndex index(*repository, repository->entries());
  ASSERT_GT(index.fields().size(), 600U);
  std::set<std::string> missing;
  for (const auto& [path, use] : index.fields()) {
    for (const std::string& step : engine::SplitPath(path)) {
      // Keys of `extra` are names that a rule set makes up.
      const bool is_key = step.find('.') != std::string::npos;
      if (!is_key && !HasFieldWord(step)) missing.insert(step);
    }
  }
  std::set<std::string> used;
  const auto use = [&](const std::string& expression) {
    const Words words = WordsOf(expression);
    used.insert(words.identifiers.begin(), words.identifiers.end());
  };
  for (const RuleEntry& entry : index.rules()) {
    use(entry.rule->applies().text());
    use(entry.rule->requirement().text());
  }
  for (const FactEntry& entry : index.facts()) {
    for (const v1::Fact::Version& version : entry.fact->versions())
      use(version.expression().text());
    for (const std::string& value : entry.fact->enum_values())
      used.insert(value);
  }
  for (const std::string& name : used) {
    const bool is_value =
        name.size() > 1 && name.find_first_not_of(
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789_") == std::string::npos;
    if (is_value && !HasValueWord(name)) missing.insert(name);
  }
  EXPECT_THAT(missing, testing::IsEmpty())
      << "give them words in service/ruleset/docs/plan_fields.inc and "
         "plan_values.inc";
}

}  // namespace
}  // namespace klausul::ruleset::docs
