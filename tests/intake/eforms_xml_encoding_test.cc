#include <ostream>
#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/xml_encoding.h"

namespace klausul::intake::eforms {
namespace {

struct DecodeCase {
  const char* name;
  std::string bytes;
  std::string text;
};

std::ostream& operator<<(std::ostream& os, const DecodeCase& c) {
  return os << c.name;
}

std::string Wide(const std::string& ascii, bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    if (big_endian) bytes.push_back('\0');
    bytes.push_back(c);
    if (!big_endian) bytes.push_back('\0');
  }
  return bytes;
}

class DecodeTest : public testing::TestWithParam<DecodeCase> {};

TEST_P(DecodeTest, GivesUtf8) {
  std::string text;
  const absl::optional<XmlFault> fault = DecodeXml(GetParam().bytes, text);
  ASSERT_FALSE(fault.has_value()) << fault->message;
  EXPECT_EQ(text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Encodings, DecodeTest,
    testing::ValuesIn(std::vector<DecodeCase>{
        {"Utf8", "<a>\xC3\xB8</a>", "<a>ø</a>"},
        {"Utf8WithMark", "\xEF\xBB\xBF<a/>", "<a/>"},
        {"Latin1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xF8</a>",
         "<?xml version='1.0' encoding='ISO-8859-1'?><a>ø</a>"},
        {"Latin9", "<?xml version='1.0' encoding='iso-8859-15'?><a>\xA4</a>",
         "<?xml version='1.0' encoding='iso-8859-15'?><a>€</a>"},
        {"Windows",
         "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\x96\xE5</a>",
         "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>–å</a>"},
        {"Utf16Little", Wide("<a>x</a>", false), "<a>x</a>"},
        {"Utf16Big", Wide("<a>x</a>", true), "<a>x</a>"},
        {"Utf16Pair", std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6), "😀"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(DecodeXmlTest, SaysWhereUtf8Breaks) {
  std::string text;
  const auto fault = DecodeXml("<a>ab\xF8</a>", text);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "byte 0xF8 is not valid UTF-8");
  EXPECT_EQ(fault->span.begin, 5u);
  EXPECT_EQ(text, "<a>ab");
}

TEST(DecodeXmlTest, RefusesAnEncodingThatItDoesNotKnow) {
  std::string text;
  const auto fault =
      DecodeXml("<?xml version='1.0' encoding='EBCDIC'?><a/>", text);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "encoding `EBCDIC` is not read");
}

TEST(DecodeXmlTest, RefusesAByteThatTheEncodingDoesNotHave) {
  std::string text;
  const auto fault = DecodeXml(
      "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", text);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "byte 0x81 has no meaning in windows-1252");
}

TEST(DecodeXmlTest, RefusesHalfAPairAndHalfACharacter) {
  std::string text;
  EXPECT_TRUE(DecodeXml(std::string("\xFF\xFE\x3D\xD8", 4), text).has_value());
  EXPECT_TRUE(DecodeXml(std::string("\xFF\xFE\x3D", 3), text).has_value());
  EXPECT_TRUE(DecodeXml(std::string("\0<\0a", 4), text).has_value());
}

}  // namespace
}  // namespace klausul::intake::eforms
