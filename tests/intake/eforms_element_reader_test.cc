// The reader in one pass against the check that says where a fault is: the two
// take and refuse the same texts, and take nothing that pugixml refuses.

#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include <pugixml.hpp>

#include "service/base/source.h"
#include "service/intake/eforms/element_reader.h"
#include "service/intake/eforms/xml_text.h"
#include "tests/intake/eforms_test_support.h"

namespace klausul::intake::eforms {
namespace {

enum class Answer {
  kTaken,
  kRefused,
  // Refused for a prefix that nothing declares; the rest was not looked at.
  kUnbound,
};

Answer Ask(const std::string& text) {
  ElementStore store;
  absl::optional<XmlFault> namespace_fault;
  if (!IsXmlText(text)) return Answer::kRefused;
  if (ReadElements(text, {}, store, namespace_fault)) return Answer::kTaken;
  return namespace_fault.has_value() ? Answer::kUnbound : Answer::kRefused;
}

// The check is made for valid UTF-8.
bool IsWellFormed(const std::string& text) {
  std::size_t count = 0;
  return FindInvalidUtf8(text) == std::string::npos &&
         !CheckWellFormed(text, {}, count).has_value();
}

TEST(ReadElementsTest, ListsElementsInDocumentOrder) {
  ElementStore store;
  absl::optional<XmlFault> fault;
  ASSERT_TRUE(
      ReadElements("<?xml version='1.0'?><!-- x --><a b='&lt;' c='d'> t <e/>"
                   "<![CDATA[u]]>&amp;<f>\r\n v\r\nw </f></a>\n<?p?>",
                   {}, store, fault));
  ASSERT_EQ(store.elements.size(), 3u);
  EXPECT_EQ(store.elements[0].name, "a");
  EXPECT_EQ(store.elements[0].Attribute("b"), "<");
  EXPECT_EQ(store.elements[0].text, "t u&");
  EXPECT_EQ(store.elements[1].name, "e");
  EXPECT_EQ(store.elements[1].parent_distance, 1u);
  EXPECT_EQ(store.elements[2].text, "v\nw");
  EXPECT_EQ(store.elements[2].parent_distance, 2u);
}

TEST(ReadElementsTest, BoundsAreThoseOfTheCheck) {
  WellFormedLimits limits;
  limits.depth = 2;
  limits.elements = 3;
  limits.attributes = 2;
  for (const char* text :
       {"<a><b/></a>", "<a><b></b></a>", "<a><b><c/></b></a>",
        "<a><b><c></c></b></a>", "<a><b/><b/></a>", "<a><b/><b/><b/></a>",
        "<a b='' c=''/>", "<a b='' c='' d=''/>"}) {
    ElementStore store;
    absl::optional<XmlFault> fault;
    std::size_t count = 0;
    EXPECT_EQ(ReadElements(text, limits, store, fault),
              !CheckWellFormed(text, limits, count).has_value())
        << text;
  }
}

TEST(ReadElementsTest, ShortTextsAreTakenAsTheCheckTakesThem) {
  // Every text of up to four of these pieces.
  const std::vector<std::string> pieces = {"<a>",
                                           "</a>",
                                           "<a/>",
                                           "<b>",
                                           "</b>",
                                           "<a b='c'/>",
                                           "x",
                                           "&lt;",
                                           "&",
                                           "]]>",
                                           " ",
                                           "<!-- -->",
                                           "<?p?>",
                                           "<!",
                                           "<![CDATA[]]>",
                                           "<a b",
                                           "<?xml version='1.0'?>"};
  const auto extend = [&](const std::vector<std::string>& texts) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string& piece : pieces)
        longer.push_back(text + piece);
    }
    return longer;
  };
  std::vector<std::string> texts = {""};
  std::size_t taken = 0;
  for (int i = 0; i < 4; ++i) {
    texts = extend(texts);
    for (const std::string& text : texts) {
      const bool is_taken = Ask(text) == Answer::kTaken;
      ASSERT_EQ(is_taken, IsWellFormed(text)) << text;
      taken += is_taken ? 1 : 0;
    }
  }
  EXPECT_GT(taken, 100u);
}

TEST(ReadElementsTest, BrokenNoticesAreRefusedAsTheCheckAndPugixmlRefuseThem) {
  constexpr unsigned kSeed = 20260302;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  constexpr absl::string_view kBytes = "<>/='\"&;:!?[]-# \n\r\tax1\xC3\xB8\x01";
  std::size_t refused = 0;
  for (const char* name : {"e3_part2.xml", "cn_lots.xml"}) {
    const std::string notice = ReadTestFile(name);
    ASSERT_FALSE(notice.empty());
    for (int i = 0; i < 4000; ++i) {
      std::string text = notice;
      for (unsigned change = random() % 2 + 1; change-- > 0;) {
        const std::size_t at = random() % text.size();
        const char byte = kBytes[random() % kBytes.size()];
        switch (random() % 4) {
          case 0:
            text[at] = byte;
            break;
          case 1:
            text.insert(at, 1, byte);
            break;
          case 2:
            text.erase(at, 1 + random() % 8);
            break;
          default:
            text.insert(at, text.substr(random() % text.size(), 8));
        }
      }
      const Answer answer = Ask(text);
      if (answer != Answer::kUnbound) {
        ASSERT_EQ(answer == Answer::kTaken, IsWellFormed(text)) << i << "\n"
                                                                << text;
      }
      refused += answer == Answer::kRefused ? 1 : 0;
      if (answer == Answer::kTaken) {
        pugi::xml_document document;
        ASSERT_TRUE(document.load_buffer(
            text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8))
            << i << "\n"
            << text;
      }
    }
  }
  EXPECT_GT(refused, 1000u);
}

}  // namespace
}  // namespace klausul::intake::eforms
