#include "service/cel/ast.h"

#include <limits>
#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Ast> ParseText(absl::string_view text) {
  DiagnosticSink sink;
  return Parse(Source(text), {}, sink);
}

TEST(ConstantTest, ComparesKindAndValue) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Constant::Int(1), Constant::Int(1));
  EXPECT_FALSE(Constant::Int(1) == Constant::Uint(1));
  EXPECT_EQ(Constant::Double(nan), Constant::Double(nan));
  EXPECT_FALSE(Constant::Double(0.0) == Constant::Double(-0.0));
  EXPECT_EQ(Constant::String("a"), Constant::String("a"));
  EXPECT_FALSE(Constant::String("a") == Constant::Bytes("a"));
  EXPECT_EQ(Constant::Null(), Constant::Null());
}

TEST(AstTest, IdsAreDense) {
  Ast ast(Source(""));
  EXPECT_EQ(ast.max_id(), 0);
  Expr* first = ast.NewNode(ExprKind::kConstant, {});
  const Expr* second = ast.NewNode(ExprKind::kIdent, {});
  EXPECT_EQ(first->id, 1);
  EXPECT_EQ(second->id, 2);
  EXPECT_EQ(ast.max_id(), 2);
  EXPECT_EQ(&ast.node(1), first);
}

TEST(AstTest, InternedTextIsShared) {
  Ast ast(Source(""));
  std::string text = "some text";
  const absl::string_view first = ast.Intern(text);
  text = "other";
  EXPECT_EQ(first, "some text");
  EXPECT_EQ(ast.Intern("some text").data(), first.data());
}

TEST(AstTest, ChildrenAreInSourceOrder) {
  const auto ast = ParseText("a.map(x, b, c)");
  ASSERT_NE(ast, nullptr);
  std::vector<absl::string_view> names;
  for (const Expr* child : Children(*ast->root())) {
    names.push_back(child->name);
  }
  EXPECT_THAT(names, ElementsAre("a", "b", "c"));
  EXPECT_EQ(ast->root()->depth, 2);
}

TEST(AstTest, SameTreeLooksAtWhatIsSaid) {
  const auto same = [](absl::string_view a, absl::string_view b) {
    return SameTree(*ParseText(a)->root(), *ParseText(b)->root());
  };
  EXPECT_TRUE(same("a+b", "( a ) + b // sum"));
  EXPECT_FALSE(same("a + b", "a + c"));
  EXPECT_FALSE(same("a + b", "a - b"));
  EXPECT_FALSE(same("a.b", "has(a.b)"));
  EXPECT_FALSE(same("[a]", "[a, a]"));
  EXPECT_FALSE(same("{a: b}", "{a: c}"));
  EXPECT_FALSE(same("M{a: b}", "M{c: b}"));
  EXPECT_FALSE(same("1", "1u"));
  EXPECT_FALSE(same("a.all(x, x)", "a.exists(x, x)"));
  EXPECT_FALSE(same("a.map(x, x)", "a.map(x, x, x)"));
  EXPECT_FALSE(same("a.all(x, true)", "a.all(y, true)"));
}

}  // namespace
}  // namespace klausul::cel
