#include "service/cel/unparse.h"

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "service/cel/parser.h"
#include "tests/cel/describe.h"

namespace klausul::cel {
namespace {

using testing::IsEmpty;

// The macros of the language, and two as a host would add.
const std::vector<Macro>& Macros() {
  static const auto& macros = *[] {
    auto* all = new std::vector<Macro>(StandardMacros());
    for (const auto* more : {&TwoVariableMacros(), &BindMacros()}) {
      all->insert(all->end(), more->begin(), more->end());
    }
    Macro claimed;
    claimed.name = "claimed";
    claimed.arg_count = 1;
    claimed.expand = [](MacroContext& context, Expr& call) {
      Expr* field = call.args[0];
      if (field->kind != ExprKind::kSelect) {
        return context.Error(field->span, "`claimed` takes a field");
      }
      return context.NewCall(
          op::kAnd,
          {context.NewSelect(field->operand, field->name, SelectMode::kHas),
           field});
    };
    all->push_back(claimed);
    Macro identity;
    identity.name = "identity";
    identity.arg_count = 1;
    identity.expand = [](MacroContext&, Expr& call) { return call.args[0]; };
    all->push_back(identity);
    return all;
  }();
  return macros;
}

std::shared_ptr<const Ast> ParseText(absl::string_view text) {
  ParseOptions options;
  options.macros = &Macros();
  options.optional_syntax = true;
  DiagnosticSink sink;
  auto ast = Parse(Source(text), options, sink);
  EXPECT_THAT(Describe(sink), IsEmpty());
  return ast;
}

struct UnparseCase {
  std::string name;
  std::string source;
  // Empty where it is the source.
  std::string want;
};

std::ostream& operator<<(std::ostream& out, const UnparseCase& test) {
  return out << test.name;
}

class UnparseTest : public testing::TestWithParam<UnparseCase> {};

TEST_P(UnparseTest, PrintsAndParsesBackToTheSameTree) {
  const auto ast = ParseText(GetParam().source);
  ASSERT_NE(ast, nullptr);
  const std::string text = Unparse(*ast->root());
  EXPECT_EQ(text,
            GetParam().want.empty() ? GetParam().source : GetParam().want);
  const auto again = ParseText(text);
  ASSERT_NE(again, nullptr);
  EXPECT_TRUE(SameTree(*ast->root(), *again->root())) << text;
}

INSTANTIATE_TEST_SUITE_P(Operators, UnparseTest,
                         testing::ValuesIn(std::vector<UnparseCase>{
                             {"Spacing", "a+b *c", "a + b * c"},
                             {"NeededParentheses", "(a + b) * c"},
                             {"UnneededParentheses", "((a) + (b * c))",
                              "a + b * c"},
                             {"RightOperand", "a - (b - c)"},
                             {"LeftOperand", "(a - b) - c", "a - b - c"},
                             {"Relations", "a < (b < c)"},
                             {"AndInOr", "(a && b) || c", "a && b || c"},
                             {"OrInAnd", "(a || b) && c"},
                             {"ChainInChain", "(a && b) && c"},
                             {"In", "a in [1, 2] == true"},
                             {"Conditional", "a ? b : c ? d : e"},
                             {"ConditionalCondition", "(a ? b : c) ? d : e"},
                             {"ConditionalMiddle", "a ? (b ? c : d) : e"},
                             {"ConditionalOperand", "(a ? b : c) + d"},
                             {"Not", "!!a && !(b && c)"},
                             {"NotOfNegative", "!(-a)"},
                             {"NotOfNegativeNumber", "!-1", "!(-1)"},
                             {"Minus", "- - a", "--a"},
                             {"MinusOfNumber", "-(1)"},
                             {"MinusOfNegativeNumber", "--1", "-(-1)"},
                             {"SubtractNegative", "a - -1"},
                             {"NegativeReceiver", "-1.f()", "(-1).f()"},
                             {"MinusOfMember", "-a.b"},
                             {"MemberOfMinus", "(-a).b"},
                             {"Index", "(a + b)[c ? d : e].f"},
                         }),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rest, UnparseTest,
    testing::ValuesIn(std::vector<UnparseCase>{
        {"Numbers", "[1, -9223372036854775808, 2u, 1.0, 0.1, 1e+300, -0.0]"},
        {"WholeDouble", "1e2", "100.0"},
        {"Text", "'a\"b\\\\\\n\\u00E6\\x01'", "\"a\\\"b\\\\\\n\u00E6\\x01\""},
        {"Bytes", "b'\\xff\\t\u00E6'", "b\"\\xff\\t\\xc3\\xa6\""},
        {"Constants", "[true, false, null]"},
        {"Map", "{1: \"a\", ?b: c ? d : e}"},
        {"Message", ".a.B{f: 1, ?g: 2, `in`: 3, package: 4}"},
        {"List", "[a, ?b]"},
        {"Fields", "a.b.?c.`d-e`.package"},
        {"OptionalIndex", "a[?b]"},
        {"RootName", ".a.b + .f(c)"},
        {"Has", "has(a.b) && has((a + b).`c d`)"},
        {"All", "a.all(x, x > 0)"},
        {"ExistsOne", "a.exists_one(x, x) || a.existsOne(x, x)"},
        {"MapFilter", "a.map(x, p, t).filter(y, y)"},
        {"TwoVariables", "a.transformMap(k, v, k + v)"},
        {"Bind", "cel.bind(x, 1 + 1, x * x)"},
        {"HostMacro", "claimed(a.b) && c"},
        {"HostMacroInAChain", "!claimed(a.b)"},
        {"MacroThatHandsItsArgumentBack", "identity(a + b) * c", "(a + b) * c"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(UnparseTest, PrintsANodeThatWasMadeWithoutACall) {
  Ast ast(Source(""));
  Expr* list = ast.NewNode(ExprKind::kIdent, {});
  list->name = "a";
  Expr* item = ast.NewNode(ExprKind::kIdent, {});
  item->name = "x";
  Expr* field = ast.NewNode(ExprKind::kSelect, {});
  field->operand = item;
  field->name = "f";
  field->mode = SelectMode::kStated;
  Expr* fold = ast.NewNode(ExprKind::kFold, {});
  fold->fold = FoldKind::kExistsOne;
  fold->operand = list;
  fold->var = "x";
  fold->predicate = field;
  EXPECT_EQ(Unparse(*fold), "a.exists_one(x, stated(x.f))");
}

}  // namespace
}  // namespace klausul::cel
