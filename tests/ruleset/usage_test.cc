#include "service/ruleset/usage.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WordsOfTest, NamesWithoutFieldsAndStrings) {
  const Words words =
      WordsOf("part == PART_II && lots.all(l, l.id != \"not.a_name\")");
  EXPECT_THAT(words.identifiers, ElementsAre("PART_II", "l", "lots", "part"));
  EXPECT_THAT(words.parameters, IsEmpty());
}

TEST(WordsOfTest, ParametersInEitherQuotes) {
  const Words words = WordsOf(
      "x > parameter('no.a') || y > threshold( \"no.b\" ) || z(\"no.c\")\n"
      "// parameter(\"no.d\")\n");
  EXPECT_THAT(words.parameters, ElementsAre("no.a", "no.b"));
}

TEST(WordsOfTest, AnUnclosedStringEndsWithTheText) {
  EXPECT_THAT(WordsOf("a + 'b\\").identifiers, ElementsAre("a"));
}

TEST(WordsOfTest, OfARuleAreThoseOfAllItsExpressions) {
  v1::Rule rule;
  rule.mutable_applies()->set_text("a");
  rule.mutable_requirement()->set_text("b");
  rule.add_args()->mutable_expression()->set_text("c");
  EXPECT_THAT(WordsOf(rule).identifiers, ElementsAre("a", "b", "c"));
}

TEST(OnOneLineTest, RunsOfBlanksAreOneSpace) {
  EXPECT_EQ(OnOneLine("  a ==\tb\n&& c\r\n    || d\n"), "a == b && c || d");
  EXPECT_EQ(OnOneLine("\n"), "");
}

TEST(PlaceholdersOfTest, OfAllTextsAndLanguages) {
  v1::Rule rule;
  (*rule.mutable_message()->mutable_by_language())["nb"] = "{a} og {{b}}";
  (*rule.mutable_remedy()->mutable_by_language())["en"] = "{no.c}";
  EXPECT_THAT(PlaceholdersOf(rule), ElementsAre("a", "no.c"));
}

}  // namespace
}  // namespace klausul::ruleset
