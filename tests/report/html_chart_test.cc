#include "service/report/html_chart.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <pugixml.hpp>

namespace klausul::report {
namespace {

using testing::HasSubstr;

const std::vector<Bar>& Bars() {
  static const std::vector<Bar> bars = {
      {"Sørvik <kommune> med et svært langt navn på norsk", "3", {{2, 1, 1}}},
      {"B", "0", {{0, 0, 1}}}};
  return bars;
}

// Widths of the bars of a class, by XPath.
std::vector<double> Sizes(const std::string& svg, const std::string& query) {
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(svg.c_str())) << svg;
  std::vector<double> sizes;
  for (const pugi::xpath_node& node : xml.select_nodes(query.c_str()))
    sizes.push_back(node.attribute().as_double());
  return sizes;
}

TEST(HtmlChartTest, BarsAreAsLongAsTheirCounts) {
  const std::string svg = BarChart(Bars(), "buyer", WordsOf("en"));
  const auto error = Sizes(svg, "//rect[@class='error']/@width");
  const auto advice = Sizes(svg, "//rect[@class='advice']/@width");
  ASSERT_EQ(error.size(), 1U);
  ASSERT_EQ(advice.size(), 2U);
  // Two units against one, a gap of 2 in each.
  EXPECT_NEAR(error[0] + 2, 2 * (advice[0] + 2), 0.2);
  EXPECT_NEAR(advice[0], advice[1], 0.1);
}

TEST(HtmlChartTest, ABarIsAButtonThatSaysAllInWords) {
  const std::string svg = BarChart(Bars(), "buyer", WordsOf("en"));
  EXPECT_THAT(svg, HasSubstr("data-filter=\"buyer\" data-value=\"3\""));
  EXPECT_THAT(svg, HasSubstr("<title>Sørvik &lt;kommune&gt; med et svært langt "
                             "navn på norsk: 2 breaches, 1 risks, 1 "
                             "opportunities</title>"));
  EXPECT_THAT(svg, HasSubstr(">Sørvik &lt;kommune&gt; med et svært …</text>"));
}

TEST(HtmlChartTest, ColumnsAreAsHighAsTheirCounts) {
  const std::string svg = ColumnChart(Bars(), "month", WordsOf("nb"));
  const auto error = Sizes(svg, "//rect[@class='error']/@height");
  const auto advice = Sizes(svg, "//rect[@class='advice']/@height");
  EXPECT_NEAR(error[0] + 2, 2 * (advice[0] + 2), 0.2);
}

TEST(HtmlChartTest, AnEmptyColumnCannotBeChosen) {
  const std::string svg =
      ColumnChart({{"2026-01", "", {}}}, "month", WordsOf("nb"));
  EXPECT_THAT(svg, testing::Not(HasSubstr("role=\"button\"")));
}

TEST(HtmlChartTest, NoBarsAreNoChart) {
  EXPECT_EQ(BarChart({}, "buyer", WordsOf("nb")), "");
  EXPECT_EQ(ColumnChart({}, "month", WordsOf("nb")), "");
}

TEST(HtmlChartTest, TheTableHasTheSameFigures) {
  EXPECT_THAT(TallyTable(Bars(), "Buyer", WordsOf("en"), HtmlWordsOf("en")),
              HasSubstr("<td class=\"n\">2<td class=\"n\">1<td class=\"n\">1"
                        "<td class=\"n\">4"));
}

}  // namespace
}  // namespace klausul::report
