#include "service/base/excerpt.h"

#include "gtest/gtest.h"

namespace klausul {
namespace {

TEST(ExcerptTest, IsTheLineWithTheCaretCountedInCodePoints) {
  const SourceFile file("a", "første\n\tlæring: 3\n");
  const Excerpt excerpt = MakeExcerpt(file, {9, 16});
  EXPECT_EQ(excerpt.text, " læring: 3");
  EXPECT_EQ(excerpt.place, (LineColumn{2, 2}));
  EXPECT_EQ(excerpt.caret, 1U);
  EXPECT_EQ(excerpt.width, 6U);
}

TEST(ExcerptTest, ASpanOverSeveralLinesGoesToTheEndOfTheFirst) {
  const SourceFile file("a", "ab cd\nef\n");
  const Excerpt excerpt = MakeExcerpt(file, {3, 8});
  EXPECT_EQ(excerpt.text, "ab cd");
  EXPECT_EQ(excerpt.width, 2U);
}

TEST(ExcerptTest, ALongLineIsCutRoundThePlace) {
  const SourceFile file(
      "a", std::string(5000, 'x') + "HERE" + std::string(5000, 'y'));
  const Excerpt excerpt = MakeExcerpt(file, {5000, 5004});
  EXPECT_EQ(excerpt.text.size(), 163U);
  EXPECT_EQ(excerpt.text.substr(0, 4), "...x");
  EXPECT_EQ(excerpt.text.substr(excerpt.caret, excerpt.width), "HERE");
}

TEST(ExcerptTest, WhatNoTerminalShouldGetIsGone) {
  const SourceFile file("a", "a\x1b[31m\xC3z");
  EXPECT_EQ(MakeExcerpt(file, {0, 1}).text, "a [31m\xEF\xBF\xBDz");
}

TEST(ExcerptTest, TheEndOfTheTextIsAPlaceToo) {
  const SourceFile file("a", "ab");
  const Excerpt excerpt = MakeExcerpt(file, {2, 2});
  EXPECT_EQ(excerpt.caret, 2U);
  EXPECT_EQ(excerpt.width, 1U);
}

}  // namespace
}  // namespace klausul
