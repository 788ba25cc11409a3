#include "service/ruleset/node_ref.h"

#include "gtest/gtest.h"

namespace klausul::ruleset {
namespace {

TEST(NodeRefTest, AnEmptyFileIsReported) {
  DiagnosticSink sink;
  EXPECT_FALSE(ReadTree("no/a.yaml", "# nothing\n", sink));
  EXPECT_EQ(sink.RenderAll(),
            "error[empty-file]: the file says nothing\n"
            "  --> no/a.yaml:1:1\n"
            "   |\n"
            "1  | # nothing\n"
            "   | ^\n"
            "   = help: remove it, or write what belongs in it\n");
}

TEST(NodeRefTest, KeysAndValuesKnowTheirPlaces) {
  DiagnosticSink sink;
  const NodeRef root = ReadTree("a.yaml", "a: [x, \"y\"]\nb:\n", sink);
  ASSERT_TRUE(root) << sink.RenderAll();
  const auto entries = root.Entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].first.text(), "a");
  EXPECT_EQ(entries[0].first.span(), (Span{0, 1}));
  EXPECT_TRUE(entries[0].second.IsSequence());
  const auto items = entries[0].second.Items();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_TRUE(items[0].IsPlain());
  EXPECT_FALSE(items[1].IsPlain());
  EXPECT_EQ(items[1].span(), (Span{7, 10}));
  EXPECT_TRUE(entries[1].second.IsNull());
}

TEST(NodeRefTest, APartOfABlockScalarStandsBehindItsIndentation) {
  DiagnosticSink sink;
  const std::string text = "a: |\n    one\n    two\n";
  const NodeRef root = ReadTree("a.yaml", text, sink);
  ASSERT_TRUE(root) << sink.RenderAll();
  const NodeRef value = root.Entries()[0].second;
  EXPECT_EQ(value.text(), "one\ntwo\n");
  const Span two = value.SpanOf({4, 7});
  EXPECT_EQ(text.substr(two.begin, two.end - two.begin), "two");
}

}  // namespace
}  // namespace klausul::ruleset
