#include "service/report/html_finding.h"

#include "gmock/gmock.h"

#include "tests/report/sample_report.h"

namespace klausul::report {
namespace {

using testing::HasSubstr;
using testing::Not;

class FindingCardTest : public testing::Test {
 protected:
  std::string Card(int index) const {
    return FindingCard(document_, {{&document_.findings(index)}}, "4 7",
                       WordsOf("nb"), HtmlWordsOf("nb"));
  }

  v1::DocumentReport document_ = SampleDocument();
};

TEST_F(FindingCardTest, EscapesWhatTheDocumentSays) {
  const std::string card = Card(0);
  EXPECT_THAT(card, HasSubstr("Frist &lt;kort&gt;"));
  EXPECT_THAT(card, Not(HasSubstr("<kort>")));
  EXPECT_THAT(card, HasSubstr("data-severity=\"error\""));
  EXPECT_THAT(card, HasSubstr("data-provisions=\"4 7\""));
}

TEST_F(FindingCardTest, MarksThePlaceInTheLine) {
  EXPECT_THAT(Card(0), HasSubstr("<pre><code>120    <mark>&lt;cbc:EndDate&gt;"
                                 "</mark>&amp;\n</code></pre>"));
}

TEST_F(FindingCardTest, LinksToTheWebOnly) {
  EXPECT_THAT(Card(0),
              HasSubstr("<a href=\"https://example.com/foa?a=1&amp;b=2\""));
  EXPECT_THAT(Card(2), Not(HasSubstr("javascript:")));
}

TEST_F(FindingCardTest, AWaiverSaysWhyAndWho) {
  EXPECT_THAT(Card(1), HasSubstr("data-severity=\"waived\""));
  EXPECT_THAT(Card(1), HasSubstr("2026-12-31, Åse: Løper &quot;ut&quot;."));
}

TEST_F(FindingCardTest, UndecidedRulesAreFoldedAway) {
  const std::string list =
      UndecidedList(GroupFindings(document_), WordsOf("nb"), HtmlWordsOf("nb"));
  EXPECT_THAT(list, HasSubstr("<summary>Uavklarte: 1</summary>"));
  EXPECT_THAT(list, HasSubstr("mangler: award.criteria"));
  EXPECT_EQ(UndecidedList({}, WordsOf("nb"), HtmlWordsOf("nb")), "");
}

}  // namespace
}  // namespace klausul::report
