#include "service/ruleset/docs/sentences.h"

#include "gtest/gtest.h"

namespace klausul::ruleset::docs {
namespace {

TEST(Say, PutsOperandsInTheirPlaces) {
  const Inlines said =
      Say("{b} before {a}, and {c}", {Text("x")}, {Code("y")}, {Text("z")});
  EXPECT_EQ(PlainText(said), "y before x, and z");
  EXPECT_EQ(said[0].kind, Inline::Kind::kCode);
}

TEST(SentencesOf, EachLanguageHasItsOwn) {
  EXPECT_EQ(SentencesOf(engine::Language::kBokmal).any,
            "Minst ett av dette gjelder:");
  EXPECT_EQ(SentencesOf(engine::Language::kNynorsk).any,
            "Minst eitt av dette gjeld:");
  EXPECT_EQ(SentencesOf(engine::Language::kEnglish).any,
            "At least one of these holds:");
}

}  // namespace
}  // namespace klausul::ruleset::docs
