#include "gtest/gtest.h"

#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

TEST(ReadCountryTest, ShortensTheCodesOfTheEu) {
  EXPECT_EQ(ReadCountry("NOR"), "NO");
  EXPECT_EQ(ReadCountry("GRC"), "GR");
  EXPECT_EQ(ReadCountry("GBR"), "GB");
  EXPECT_EQ(ReadCountry("1A0"), "XK");
  EXPECT_EQ(ReadCountry("ABW"), "AW");
  EXPECT_EQ(ReadCountry("ZWE"), "ZW");
  EXPECT_EQ(ReadCountry("no"), "NO");
  EXPECT_FALSE(ReadCountry("XYZ").has_value());
  EXPECT_FALSE(ReadCountry("").has_value());
}

TEST(ReadLanguageTest, ShortensWhatHasAShortForm) {
  EXPECT_EQ(ReadLanguage("NOR"), "no");
  EXPECT_EQ(ReadLanguage("NOB"), "nb");
  EXPECT_EQ(ReadLanguage("NNO"), "nn");
  EXPECT_EQ(ReadLanguage("SME"), "se");
  EXPECT_EQ(ReadLanguage("ENG"), "en");
  EXPECT_EQ(ReadLanguage("SMJ"), "smj");
  EXPECT_FALSE(ReadLanguage("").has_value());
  EXPECT_FALSE(ReadLanguage("english").has_value());
}

}  // namespace
}  // namespace klausul::intake::eforms
