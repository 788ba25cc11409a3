#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "service/intake/eforms/well_formed.h"

namespace klausul::intake::eforms {
namespace {

struct FaultCase {
  const char* name;
  std::string text;
  std::string message;
  // The text under the caret.
  std::string marked;
};

std::ostream& operator<<(std::ostream& os, const FaultCase& c) {
  return os << c.name;
}

class FaultTest : public testing::TestWithParam<FaultCase> {};

TEST_P(FaultTest, IsRefusedWithItsPlace) {
  std::size_t count = 0;
  const auto fault = CheckWellFormed(GetParam().text, {}, count);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, GetParam().message);
  EXPECT_EQ(GetParam().text.substr(fault->span.begin,
                                   fault->span.end - fault->span.begin),
            GetParam().marked);
}

INSTANTIATE_TEST_SUITE_P(
    Xml, FaultTest,
    testing::ValuesIn(std::vector<FaultCase>{
        {"Empty", "", "the file is empty", ""},
        {"NoElement", " <!-- x --> ", "the file has no element", ""},
        {"Doctype", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
         "a document type declaration is refused", "<!DOCTYPE"},
        {"TwoRoots", "<a/><b/>", "a second root element `b`", "<b"},
        {"TextBefore", "x<a/>", "text before the root element", "x"},
        {"TextAfter", "<a/>x", "text after the root element", "x"},
        {"BareAmpersand", "<a>b & c</a>", "`&` that starts no reference", "&"},
        {"UnknownEntity", "<a>&nbsp;</a>", "entity `&nbsp;` is not defined",
         "&nbsp;"},
        {"BadReference", "<a>&#0;</a>", "`&#0;` names no character of XML",
         "&#0;"},
        {"SurrogateReference", "<a>&#xD800;</a>",
         "`&#xD800;` names no character of XML", "&#xD800;"},
        {"EntityInAttribute", "<a b='&x;'/>", "entity `&x;` is not defined",
         "&x;"},
        {"DoubledAttribute", "<a b='1' b='2'/>", "attribute `b` is given twice",
         "b"},
        {"NoValue", "<a b/>", "attribute `b` has no value", "b"},
        {"NoQuotes", "<a b=1/>", "the value of `b` is not in quotes", "b"},
        {"OpenQuote", "<a b='1></a>", "`<` in the value of `b`", "<"},
        {"Control", "<a>\x01</a>",
         "control character U+0001 is not allowed in XML", "\x01"},
        {"NonCharacter", "<a>\xEF\xBF\xBF</a>",
         "character U+FFFF is not allowed in XML", "\xEF\xBF\xBF"},
        {"CutOff", "<a><b>", "element `b` is never closed", "b"},
        {"WrongEnd", "<a></b>", "end tag `b` where `a` is open", "</b>"},
        {"EndAlone", "<a/></a>", "end tag `a` where no element is open",
         "</a>"},
        {"Declaration", "<a><?xml version='1.0'?></a>",
         "an XML declaration in the middle of the file", "<?xml"},
        {"Comment", "<a><!-- a -- b --></a>", "`--` inside a comment", "--"},
        {"OpenComment", "<a><!-- a</a>", "the comment has no end", "<!--"},
        {"OpenCdata", "<a><![CDATA[b</a>", "the CDATA section has no end",
         "<![CDATA["},
        {"CdataEnd", "<a>]]></a>", "`]]>` outside a CDATA section", "]]>"},
        {"BareLess", "<a>1 < 2</a>", "`<` that starts no tag", "<"},
        {"CutTag", "<a b='c'", "the tag `a` is not complete", "<"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(CheckWellFormedTest, TakesWhatXmlAllows) {
  std::size_t count = 0;
  EXPECT_FALSE(CheckWellFormed("<?xml version=\"1.0\"?>\n<!-- x -->\n<?p i?>"
                               "<a b=\"'\" c='>'>&lt;&#x41;&#248;<![CDATA[&<]]>"
                               "<æ:ø /></a >\n<!-- y -->\n",
                               {}, count)
                   .has_value());
  EXPECT_EQ(count, 2u);
}

TEST(CheckWellFormedTest, BoundsTheDepth) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i)
      text += "<a>";
    for (int i = 0; i < depth; ++i)
      text += "</a>";
    return text;
  };
  std::size_t count = 0;
  EXPECT_FALSE(CheckWellFormed(nested(256), {}, count).has_value());
  const auto fault = CheckWellFormed(nested(257), {}, count);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "more than 256 elements inside each other");
  EXPECT_EQ(fault->span.begin, 256u * 3);
}

TEST(CheckWellFormedTest, BoundsTheElements) {
  WellFormedLimits limits;
  limits.elements = 3;
  std::size_t count = 0;
  EXPECT_FALSE(CheckWellFormed("<a><b/><c/></a>", limits, count).has_value());
  const auto fault = CheckWellFormed("<a><b/><c/><d/></a>", limits, count);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "more than 3 elements");
}

TEST(CheckWellFormedTest, BoundsTheAttributes) {
  std::string text = "<a";
  for (int i = 0; i < 65; ++i)
    absl::StrAppend(&text, " b", i, "='1'");
  text += "/>";
  std::size_t count = 0;
  const auto fault = CheckWellFormed(text, {}, count);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->message, "more than 64 attributes on one element");
}

}  // namespace
}  // namespace klausul::intake::eforms
