#include "service/server/text_filter.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "klausul/v1/rule_set.pb.h"

namespace klausul::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

void Fill(v1::Text& text) {
  auto& texts = *text.mutable_by_language();
  texts["nb"] = "bokmål";
  texts["nn"] = "nynorsk";
  texts["en"] = "English";
}

TEST(KeepLanguageTest, ReachesEveryTextOfARuleSet) {
  v1::RuleSet set;
  Fill(*set.mutable_title());
  Fill(*set.add_instruments()->mutable_name());
  Fill(*set.add_parameters()->mutable_title());
  Fill(*set.add_facts()->mutable_title());
  v1::Rule& rule = *set.add_rules();
  Fill(*rule.mutable_title());
  Fill(*rule.mutable_message());
  Fill(*set.add_calendars()->add_fixed()->mutable_name());

  KeepLanguage("nn", set);

  const auto only_nynorsk = ElementsAre(Pair("nn", "nynorsk"));
  EXPECT_THAT(set.title().by_language(), only_nynorsk);
  EXPECT_THAT(set.instruments(0).name().by_language(), only_nynorsk);
  EXPECT_THAT(set.parameters(0).title().by_language(), only_nynorsk);
  EXPECT_THAT(set.facts(0).title().by_language(), only_nynorsk);
  EXPECT_THAT(set.rules(0).title().by_language(), only_nynorsk);
  EXPECT_THAT(set.rules(0).message().by_language(), only_nynorsk);
  EXPECT_THAT(set.calendars(0).fixed(0).name().by_language(), only_nynorsk);
}

TEST(KeepLanguageTest, ATextWithoutTheLanguageBecomesEmpty) {
  v1::Rule rule;
  (*rule.mutable_title()->mutable_by_language())["en"] = "English";
  KeepLanguage("nb", rule);
  EXPECT_THAT(rule.title().by_language(), IsEmpty());
}

}  // namespace
}  // namespace klausul::server
