#include <utility>

#include "absl/strings/str_cat.h"

#include "service/cel/parser_impl.h"

namespace klausul::cel {

Expr* Parser::NewConstant(const Constant& constant, std::uint32_t begin) {
  Expr* expr = New(ExprKind::kConstant, begin);
  expr->constant = constant;
  return expr;
}

Expr* Parser::NewCall(absl::string_view function, Span name_span,
                      std::vector<Expr*> args, std::uint32_t begin) {
  Expr* call = New(ExprKind::kCall, begin);
  call->name = function;
  call->name_span = name_span;
  call->args = std::move(args);
  return Finish(call);
}

Expr* Parser::Finish(Expr* expr) {
  UpdateDepth(*expr);
  if (expr->depth > ParseLimits::kMaxTreeDepth) {
    GiveUp(expr->name_span, "nesting-limit",
           absl::StrCat("more than ", ParseLimits::kMaxTreeDepth,
                        " operations follow one another"),
           "name a part of it on its own, as a fact or a variable");
  }
  return expr;
}

// Expands the call where it is one of a macro.
Expr* Parser::FinishCall(Expr* call) {
  Finish(call);
  if (options_.macros == nullptr || gave_up_) return call;
  for (const Macro& macro : *options_.macros) {
    if (macro.name != call->name) continue;
    if (macro.receiver_style != call->has_receiver()) continue;
    if (macro.arg_count != Macro::kAnyArgCount &&
        static_cast<std::size_t>(macro.arg_count) != call->args.size()) {
      continue;
    }
    MacroContext context(*ast_, *call, sink_);
    Expr* expanded = macro.expand(context, *call);
    if (context.has_error()) return call;
    if (expanded == nullptr) continue;
    // Only a node that the macro made stands for the call; an argument that
    // it hands back stands for itself.
    if (expanded->id > call->id) {
      expanded->span = call->span;
      expanded->macro_call = call;
    }
    return Finish(expanded);
  }
  return call;
}

}  // namespace klausul::cel
