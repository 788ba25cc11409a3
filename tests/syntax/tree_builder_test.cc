#include "service/syntax/tree_builder.h"

#include <memory>

#include "gtest/gtest.h"

#include "service/base/diagnostic.h"
#include "service/syntax/tree.h"
#include "tests/syntax/tree_text.h"

namespace klausul::syntax {
namespace {

TEST(TreeBuilderTest, BuildsFromEvents) {
  DiagnosticSink sink;
  TreeBuilder builder(MakeSourceFile("a", "{a: [1], b: }"), Tree::Format::kYaml,
                      {}, sink);
  builder.Start(Node::Kind::kMapping, 0);
  EXPECT_TRUE(builder.expects_key());
  builder.Scalar({1, 2}, Node::Style::kPlain, "a");
  EXPECT_FALSE(builder.expects_key());
  builder.Start(Node::Kind::kSequence, 4);
  builder.Scalar({5, 6}, Node::Style::kPlain, "1");
  builder.End(7);
  builder.Scalar({9, 10}, Node::Style::kPlain, "b");
  builder.ImpliedNull();
  builder.End(13);
  const auto tree = builder.Finish();
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(TreeText(tree->root()), "{a: [1], b: null}");
  EXPECT_EQ(Covered(*tree, tree->root().Find("b")->span), "b");
}

TEST(TreeBuilderTest, GivesNoTreeAfterARefusal) {
  DiagnosticSink sink;
  TreeBuilder builder(MakeSourceFile("a", "x"), Tree::Format::kJson, {}, sink);
  builder.Scalar({0, 1}, Node::Style::kPlain, "x");
  builder.Refuse({0, 1}, "json-syntax", "no");
  EXPECT_EQ(builder.Finish(), nullptr);
  EXPECT_EQ(sink.error_count(), 1);
}

TEST(TreeBuilderTest, NullCannotBeAKey) {
  DiagnosticSink sink;
  TreeBuilder builder(MakeSourceFile("a", "~: 1"), Tree::Format::kYaml, {},
                      sink);
  builder.Start(Node::Kind::kMapping, 0);
  EXPECT_FALSE(builder.Null({0, 1}));
  EXPECT_EQ(sink.diagnostics()[0].message, "null cannot be a key");
}

}  // namespace
}  // namespace klausul::syntax
