#include "service/report/markup_text.h"

#include "gtest/gtest.h"

namespace klausul::report {
namespace {

TEST(MarkupTextTest, EscapesWhatMarkupIsMadeOf) {
  EXPECT_EQ(MarkupText("a<b>\"c\" & 'd' æøå"),
            "a&lt;b&gt;&quot;c&quot; &amp; &#39;d&#39; æøå");
}

TEST(MarkupTextTest, KeepsTabsAndLineBreaks) {
  EXPECT_EQ(MarkupText("a\tb\r\nc"), "a\tb\r\nc");
}

TEST(MarkupTextTest, WhatNoDocumentMayHoldIsReplaced) {
  EXPECT_EQ(MarkupText(absl::string_view("a\0b\x1b\x7f", 5)),
            "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(MarkupText("a\xC3z"), "a\uFFFDz");
  EXPECT_EQ(MarkupText("\xFF\xFE"), "\uFFFD\uFFFD");
  EXPECT_EQ(MarkupText("x\uFFFEy\uFFFFz"), "x\uFFFDy\uFFFDz");
}

}  // namespace
}  // namespace klausul::report
