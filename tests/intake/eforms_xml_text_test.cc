#include <cstdint>
#include <random>
#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/xml_text.h"

namespace klausul::intake::eforms {
namespace {

TEST(IsXmlTextTest, TakesCharactersOfXmlOnly) {
  EXPECT_TRUE(IsXmlText(""));
  EXPECT_TRUE(IsXmlText("a\t\r\n\x7F \xC3\xB8 \xE2\x82\xAC \xF0\x9F\x99\x82"));
  EXPECT_TRUE(IsXmlText("\xEF\xBB\xBF \xEF\xBF\xBD"));
  for (const char* text :
       {"\x01", "\x0B", "\x1F", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\x80", "\xC3",
        "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFF"}) {
    EXPECT_FALSE(IsXmlText(text)) << testing::PrintToString(text);
  }
  EXPECT_FALSE(IsXmlText(absl::string_view("\0", 1)));
}

// Both roads, at a place where blocks of 64 bytes end.
void ExpectSame(const std::string& bytes, std::size_t padding) {
  const std::string text = std::string(padding, 'x') + bytes + "yz";
  const std::string at_end = std::string(padding, 'x') + bytes;
  ASSERT_EQ(IsXmlText(text), IsXmlTextPortable(text))
      << padding << " " << testing::PrintToString(bytes);
  ASSERT_EQ(IsXmlText(at_end), IsXmlTextPortable(at_end))
      << padding << " " << testing::PrintToString(bytes);
}

TEST(IsXmlTextTest, EveryPairOfBytesIsReadAsThePlainLoopReadsIt) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string pair = {static_cast<char>(a), static_cast<char>(b)};
      ExpectSame(pair, 30);
      ExpectSame(pair, 63);
    }
  }
}

TEST(IsXmlTextTest, SequencesAcrossBlocksAreReadAsThePlainLoopReadsThem) {
  constexpr std::uint32_t kSeed = 20260301;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  // The bytes at which the rules of UTF-8 turn.
  constexpr unsigned char kEdges[] = {0x00, 0x09, 0x1F, 0x20, 0x7F, 0x80, 0x8F,
                                      0x90, 0x9F, 0xA0, 0xBE, 0xBF, 0xC1, 0xC2,
                                      0xDF, 0xE0, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
                                      0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
  for (int i = 0; i < 100'000; ++i) {
    std::string bytes;
    for (int j = 0; j < 4; ++j) {
      bytes.push_back(static_cast<char>(kEdges[random() % sizeof(kEdges)]));
    }
    ExpectSame(bytes, 24 + random() % 48);
  }
}

}  // namespace
}  // namespace klausul::intake::eforms
