#include "service/cel/extensions/protos.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/cel/ast.h"
#include "service/cel/macros.h"

namespace klausul::cel {
namespace {

// The full name that `a.b.ext` is, without the leading dot that it may have;
// empty where the expression is no plain name.
std::string QualifiedName(const Expr& expr) {
  if (expr.macro_call != nullptr) return {};
  if (expr.kind == ExprKind::kIdent) {
    const bool rooted = absl::StartsWith(expr.name, ".");
    return std::string(rooted ? expr.name.substr(1) : expr.name);
  }
  if (expr.kind != ExprKind::kSelect || expr.mode != SelectMode::kRead ||
      expr.optional) {
    return {};
  }
  std::string name = QualifiedName(*expr.operand);
  if (name.empty()) return {};
  absl::StrAppend(&name, ".", expr.name);
  return name;
}

template <SelectMode kMode>
Expr* Expand(MacroContext& context, Expr& call) {
  // A method of the same name of anything else is none of ours.
  if (call.operand->kind != ExprKind::kIdent || call.operand->name != "proto") {
    return nullptr;
  }
  const Expr& extension = *call.args[1];
  const std::string name = QualifiedName(extension);
  if (name.empty()) {
    return context.Error(
        extension.span, "an extension field is told by its full name",
        absl::StrCat("write `proto.", call.name, "(message, pkg.extension)`"));
  }
  Expr* select = context.NewSelect(call.args[0], name, kMode);
  select->name_span = extension.span;
  return select;
}

Macro OnProto(const char* name,
              Expr* (*expand)(MacroContext& context, Expr& call)) {
  Macro macro;
  macro.name = name;
  macro.receiver_style = true;
  macro.arg_count = 2;
  macro.expand = expand;
  return macro;
}

}  // namespace

void AddProtos(EnvironmentBuilder& builder) {
  builder.AddMacro(OnProto("getExt", Expand<SelectMode::kRead>))
      .AddMacro(OnProto("hasExt", Expand<SelectMode::kHas>));
}

}  // namespace klausul::cel
