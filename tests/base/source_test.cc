#include "service/base/source.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul {
namespace {

TEST(SourceFileTest, CountsColumnsInCodePoints) {
  const SourceFile file("f", "a\nbæøå = x\n");
  EXPECT_EQ(file.Locate(0), (LineColumn{1, 1}));
  // `=` stands after b, three letters of two bytes each, and a space.
  EXPECT_EQ(file.Locate(2 + 1 + 6 + 1), (LineColumn{2, 6}));
}

TEST(SourceFileTest, AnOffsetInsideACodePointIsItsPlace) {
  const SourceFile file("f", "æb");
  EXPECT_EQ(file.Locate(1), (LineColumn{1, 1}));
}

TEST(SourceFileTest, AnOffsetPastTheEndIsTheEnd) {
  const SourceFile file("f", "ab\n");
  EXPECT_EQ(file.Locate(99), (LineColumn{2, 1}));
}

TEST(SourceFileTest, OffsetOfTurnsLocateRound) {
  const SourceFile file("f", "en\nto æ tre\r\nfire");
  for (const std::size_t offset : {0U, 1U, 3U, 6U, 9U, 15U}) {
    EXPECT_EQ(file.OffsetOf(file.Locate(offset)), offset);
  }
}

TEST(SourceFileTest, LinesComeWithoutTheirBreaks) {
  const SourceFile file("f", "en\r\nto\n");
  EXPECT_EQ(file.line_count(), 3);
  EXPECT_EQ(file.Line(1), "en");
  EXPECT_EQ(file.Line(2), "to");
  EXPECT_EQ(file.Line(3), "");
  EXPECT_EQ(file.Line(4), "");
  EXPECT_EQ(file.Line(0), "");
}

TEST(CoverTest, IsTheSmallestSpanOverBoth) {
  EXPECT_EQ(Cover({3, 5}, {4, 9}), (Span{3, 9}));
}

TEST(SourceFileTest, PartOfALongerTextKeepsItsLines) {
  const SourceFile file("a.jsonl", "{\n}", 7);
  EXPECT_EQ(file.Locate(2), (LineColumn{8, 1}));
  EXPECT_EQ(file.OffsetOf({8, 1}), 2);
  EXPECT_EQ(file.OffsetOf({6, 1}), 0);
  EXPECT_EQ(file.OffsetOf({9, 1}), 3);
  EXPECT_EQ(file.Line(8), "}");
  EXPECT_EQ(file.Line(1), "");
  EXPECT_EQ(file.line_count(), 2);
}

struct Utf8Case {
  const char* name;
  std::string text;
  std::size_t want;
};

std::ostream& operator<<(std::ostream& out, const Utf8Case& c) {
  return out << c.name;
}

class Utf8Test : public testing::TestWithParam<Utf8Case> {};

TEST_P(Utf8Test, FindsTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Source, Utf8Test,
                         testing::ValuesIn(std::vector<Utf8Case>{
                             {"Plain", "plain", absl::string_view::npos},
                             {"Norwegian", "æøå €", absl::string_view::npos},
                             {"FourBytes", "\xF0\x9F\x98\x80",
                              absl::string_view::npos},
                             {"StrayContinuation", "a\x80", 1},
                             {"Overlong", "ab\xC0\xAF", 2},
                             {"OverlongThree", "\xE0\x80\x80", 0},
                             {"Surrogate", "\xED\xA0\x80", 0},
                             {"PastUnicode", "\xF4\x90\x80\x80", 0},
                             {"CutShort", "ab\xE2\x82", 2},
                             {"Latin1", "bl\xE5", 2},
                         }),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace klausul
