// What an expander can do. The macros of the language are in parser_test.cc.

#include "service/cel/macros.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "service/cel/unparse.h"
#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const Ast> ParseWith(const Macro& macro, absl::string_view text,
                                     DiagnosticSink& sink) {
  const std::vector<Macro> macros = {macro};
  ParseOptions options;
  options.macros = &macros;
  return Parse(Source(text), options, sink);
}

Macro Global(std::function<Expr*(MacroContext&, Expr&)> expand) {
  Macro macro;
  macro.name = "m";
  macro.arg_count = 1;
  macro.expand = std::move(expand);
  return macro;
}

TEST(MacrosTest, NewNodesPointAtTheCall) {
  DiagnosticSink sink;
  const auto ast = ParseWith(
      Global([](MacroContext& context, Expr& call) {
        return context.NewCall(
            op::kAdd, {context.NewIdent("@hidden"),
                       context.NewReceiverCall(
                           "f", context.NewConstant(Constant::String("text")),
                           {call.args[0]})});
      }),
      "1 + m(a)", sink);
  ASSERT_NE(ast, nullptr);
  const Expr& sum = *ast->root()->args[1];
  EXPECT_EQ(sum.span, (Span{4, 8}));
  EXPECT_EQ(sum.args[0]->name, "@hidden");
  EXPECT_EQ(sum.args[0]->span, (Span{4, 8}));
  EXPECT_EQ(sum.args[1]->operand->constant.text, "text");
  EXPECT_EQ(sum.args[1]->args[0]->span, (Span{6, 7}));
  EXPECT_EQ(sum.depth, 3);
  EXPECT_EQ(Unparse(*ast->root()), "1 + m(a)");
}

TEST(MacrosTest, AMacroMayDecline) {
  DiagnosticSink sink;
  const auto ast =
      ParseWith(Global([](MacroContext&, Expr&) -> Expr* { return nullptr; }),
                "m(a)", sink);
  ASSERT_NE(ast, nullptr);
  EXPECT_TRUE(ast->root()->IsCall("m"));
}

TEST(MacrosTest, AMacroMayRefuse) {
  DiagnosticSink sink;
  EXPECT_EQ(ParseWith(Global([](MacroContext& context, Expr& call) {
                        return context.Error(call.args[0]->span,
                                             "`m` takes a text",
                                             "write `m('x')`");
                      }),
                      "m(a) + m(b)", sink),
            nullptr);
  EXPECT_THAT(
      Describe(sink),
      ElementsAre("macro-argument: `m` takes a text «a» help: write `m('x')`",
                  "macro-argument: `m` takes a text «b» help: write `m('x')`"));
}

TEST(MacrosTest, AnyNumberOfArguments) {
  Macro macro = Global([](MacroContext& context, Expr& call) {
    return context.NewConstant(
        Constant::Int(static_cast<std::int64_t>(call.args.size())));
  });
  macro.arg_count = Macro::kAnyArgCount;
  DiagnosticSink sink;
  const auto ast = ParseWith(macro, "[m(), m(a, b)]", sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  ASSERT_NE(ast, nullptr);
  EXPECT_EQ(ast->root()->args[0]->constant.int_value, 0);
  EXPECT_EQ(ast->root()->args[1]->constant.int_value, 2);
}

TEST(MacrosTest, TheStyleHasToFit) {
  Macro macro = Global([](MacroContext& context, Expr&) {
    return context.NewConstant(Constant::Null());
  });
  macro.receiver_style = true;
  DiagnosticSink sink;
  const auto ast = ParseWith(macro, "[m(a), a.m(b)]", sink);
  ASSERT_NE(ast, nullptr);
  EXPECT_EQ(ast->root()->args[0]->kind, ExprKind::kCall);
  EXPECT_EQ(ast->root()->args[1]->kind, ExprKind::kConstant);
}

}  // namespace
}  // namespace klausul::cel
