#include "service/cel/precedence.h"

#include "gtest/gtest.h"

#include "tests/cel/parser_fixture.h"

namespace klausul::cel {
namespace {

Precedence Of(absl::string_view text) {
  DiagnosticSink sink;
  const auto ast = ParseText(text, sink);
  return ast == nullptr ? Precedence::kMember : PrecedenceOf(*ast->root());
}

TEST(PrecedenceTest, FollowsTheGrammar) {
  EXPECT_EQ(Of("a ? b : c"), Precedence::kConditional);
  EXPECT_EQ(Of("a || b && c"), Precedence::kOr);
  EXPECT_EQ(Of("a && b == c"), Precedence::kAnd);
  EXPECT_EQ(Of("a in b + c"), Precedence::kRelation);
  EXPECT_EQ(Of("a - b * c"), Precedence::kSum);
  EXPECT_EQ(Of("a % -b"), Precedence::kProduct);
  EXPECT_EQ(Of("!a.b"), Precedence::kPrefix);
  EXPECT_EQ(Of("a.b(c)[d]"), Precedence::kMember);
  EXPECT_EQ(Of("[a]"), Precedence::kMember);
}

TEST(PrecedenceTest, NumbersArePrefixExpressions) {
  EXPECT_EQ(Of("-1"), Precedence::kPrefix);
  EXPECT_EQ(Of("1u"), Precedence::kPrefix);
  EXPECT_EQ(Of("'a'"), Precedence::kMember);
}

TEST(PrecedenceTest, MacrosAreCalls) {
  EXPECT_EQ(Of("a.all(x, x)"), Precedence::kMember);
}

TEST(PrecedenceTest, TighterEndsAtTheTop) {
  EXPECT_EQ(Tighter(Precedence::kOr), Precedence::kAnd);
  EXPECT_EQ(Tighter(Precedence::kMember), Precedence::kMember);
}

TEST(PrecedenceTest, BinaryFormsHaveTheirSigns) {
  DiagnosticSink sink;
  const auto ast = ParseText("a != b", sink);
  ASSERT_NE(ast, nullptr);
  const BinaryForm* form = FindBinaryForm(*ast->root());
  ASSERT_NE(form, nullptr);
  EXPECT_EQ(form->text, "!=");
  EXPECT_EQ(FindBinaryForm(*ast->root()->args[0]), nullptr);
}

}  // namespace
}  // namespace klausul::cel
