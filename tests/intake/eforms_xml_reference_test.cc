#include <string>

#include "gtest/gtest.h"

#include "service/intake/eforms/xml_reference.h"

namespace klausul::intake::eforms {
namespace {

// What the text means; `(refused)` where a reference is none.
std::string Meaning(absl::string_view text, XmlTextKind kind) {
  std::string out = "a ";
  if (!AppendXmlText(text, kind, out)) return "(refused)";
  return out;
}

TEST(AppendXmlTextTest, ResolvesReferences) {
  EXPECT_EQ(Meaning("&lt;&amp;&gt;&apos;&quot;&#65;&#x42;&#xF8;b",
                    XmlTextKind::kCharacters),
            "a <&>'\"AB\xC3\xB8"
            "b");
  EXPECT_EQ(Meaning("&lt;", XmlTextKind::kValue), "a <");
  EXPECT_EQ(Meaning("&lt;", XmlTextKind::kCdata), "a &lt;");
}

TEST(AppendXmlTextTest, TurnsLineBreaksIntoOne) {
  EXPECT_EQ(Meaning("b\r\nc\rd\ne\tf", XmlTextKind::kCharacters),
            "a b\nc\nd\ne\tf");
  EXPECT_EQ(Meaning("b\r\nc\rd", XmlTextKind::kCdata), "a b\nc\nd");
  EXPECT_EQ(Meaning("b\r\nc\rd\ne\tf", XmlTextKind::kValue), "a b c d e f");
}

TEST(AppendXmlTextTest, RefusesWhatNamesNoCharacter) {
  for (const char* text :
       {"&", "& ", "&;", "&nbsp;", "&#;", "&#x;", "&#0;", "&#xD800;",
        "&#xFFFE;", "&#x110000;", "&#99999999999999999999;", "&#1x;", "&#xg;",
        "&lt", "&LT;", "&#0000000000000000000000000000000000000000000065;"}) {
    EXPECT_EQ(Meaning(text, XmlTextKind::kCharacters), "(refused)") << text;
  }
}

}  // namespace
}  // namespace klausul::intake::eforms
