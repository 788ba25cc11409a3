#include "service/ruleset/set_draft.h"

#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

TEST(DeclareTest, TheFirstStaysAndBothPlacesAreShown) {
  DiagnosticSink sink;
  const NodeRef root = ReadTree("no/a.yaml", "- id: no.x\n- id: no.x\n", sink);
  std::map<std::string, ElementSource> table;
  const NodeRef first = root.Items()[0].Entries()[0].second;
  const NodeRef second = root.Items()[1].Entries()[0].second;
  EXPECT_TRUE(Declare("rule", "no.x", first, table, sink));
  EXPECT_FALSE(Declare("rule", "no.x", second, table, sink));
  EXPECT_EQ(table["no.x"].place.span(), first.span());
  EXPECT_EQ(sink.RenderAll(),
            "error[duplicate-id]: rule `no.x` is there already\n"
            "  --> no/a.yaml:2:7\n"
            "   |\n"
            "2  | - id: no.x\n"
            "   |       ^^^^\n"
            "  --> no/a.yaml:1:7\n"
            "   |\n"
            "1  | - id: no.x\n"
            "   |       ^^^^ the first is here\n"
            "   = help: ids and names are used once; an old version gets an "
            "end date\n");
}

TEST(WordsTest, StandInTheOrderOfTheirEnums) {
  EXPECT_EQ(SeverityWords()[v1::Rule::WARNING - v1::Rule::ADVICE], "warning");
  EXPECT_EQ(ConfidenceWords()[v1::Rule::SEVERAL_SOURCES -
                              v1::Rule::RECALLED_UNVERIFIED],
            "several-sources");
}

}  // namespace
}  // namespace klausul::ruleset
