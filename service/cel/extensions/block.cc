#include "service/cel/extensions/block.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/cel/ast.h"
#include "service/cel/macros.h"

namespace klausul::cel {
namespace {

// The macros share their names with methods that a host may have.
bool IsOnCel(const Expr& call) {
  return call.operand->kind == ExprKind::kIdent && call.operand->name == "cel";
}

// Whether the argument is a whole number from 0 on, as it has to be.
bool CheckNumber(MacroContext& context, const Expr& arg) {
  if (arg.kind == ExprKind::kConstant &&
      arg.constant.kind == ConstantKind::kInt && arg.constant.int_value >= 0) {
    return true;
  }
  context.Error(arg.span, "a number of a block is a literal from 0 on");
  return false;
}

std::string IndexName(std::int64_t index) {
  return absl::StrCat("@index", index);
}

Expr* ExpandIndex(MacroContext& context, Expr& call) {
  if (!IsOnCel(call) || !CheckNumber(context, *call.args[0])) return nullptr;
  return context.NewIdent(IndexName(call.args[0]->constant.int_value));
}

// `cel.iterVar(depth, number)` and its kin: a name of its own for each pair.
Expr* ExpandVariable(MacroContext& context, Expr& call,
                     absl::string_view prefix) {
  if (!IsOnCel(call) || !CheckNumber(context, *call.args[0]) ||
      !CheckNumber(context, *call.args[1])) {
    return nullptr;
  }
  return context.NewIdent(absl::StrCat(prefix, ":",
                                       call.args[0]->constant.int_value, ":",
                                       call.args[1]->constant.int_value));
}

Expr* ExpandIterVar(MacroContext& context, Expr& call) {
  return ExpandVariable(context, call, "@it");
}

Expr* ExpandAccuVar(MacroContext& context, Expr& call) {
  return ExpandVariable(context, call, "@ac");
}

// A let within a let: each element sees those before it.
Expr* ExpandBlock(MacroContext& context, Expr& call) {
  if (!IsOnCel(call)) return nullptr;
  const Expr& list = *call.args[0];
  if (list.kind != ExprKind::kList || !list.optional_indices.empty()) {
    return context.Error(list.span,
                         "the elements of a block are a list literal",
                         "write `cel.block([...], expression)`");
  }
  Expr* body = call.args[1];
  for (std::size_t i = list.args.size(); i-- > 0;) {
    const Expr& name =
        *context.NewIdent(IndexName(static_cast<std::int64_t>(i)));
    body = context.NewLet(name, context.NewCall(".dyn", {list.args[i]}), body);
  }
  return body;
}

Macro OnCel(const char* name, int arg_count,
            Expr* (*expand)(MacroContext& context, Expr& call)) {
  Macro macro;
  macro.name = name;
  macro.receiver_style = true;
  macro.arg_count = arg_count;
  macro.expand = expand;
  return macro;
}

}  // namespace

void AddBlock(EnvironmentBuilder& builder) {
  builder.AddMacro(OnCel("block", 2, ExpandBlock))
      .AddMacro(OnCel("index", 1, ExpandIndex))
      .AddMacro(OnCel("iterVar", 2, ExpandIterVar))
      .AddMacro(OnCel("accuVar", 2, ExpandAccuVar));
}

}  // namespace klausul::cel
