#include "service/cel/macros.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/cel/lexer.h"

namespace klausul::cel {

Expr* MacroContext::NewConstant(const Constant& constant) {
  Expr* expr = ast_.NewNode(ExprKind::kConstant, call_.span);
  expr->constant = constant;
  if (!constant.text.empty()) {
    expr->constant.text = ast_.Intern(constant.text);
  }
  return expr;
}

Expr* MacroContext::NewIdent(absl::string_view name) {
  Expr* expr = ast_.NewNode(ExprKind::kIdent, call_.span);
  expr->name = ast_.Intern(name);
  return expr;
}

Expr* MacroContext::NewSelect(Expr* operand, absl::string_view field,
                              SelectMode mode) {
  Expr* expr = ast_.NewNode(ExprKind::kSelect, call_.span);
  expr->operand = operand;
  expr->name = ast_.Intern(field);
  expr->mode = mode;
  UpdateDepth(*expr);
  return expr;
}

Expr* MacroContext::NewCall(absl::string_view function,
                            std::vector<Expr*> args) {
  return NewReceiverCall(function, nullptr, std::move(args));
}

Expr* MacroContext::NewReceiverCall(absl::string_view function, Expr* receiver,
                                    std::vector<Expr*> args) {
  Expr* expr = ast_.NewNode(ExprKind::kCall, call_.span);
  expr->name = ast_.Intern(function);
  expr->name_span = call_.name_span;
  expr->operand = receiver;
  expr->args = std::move(args);
  UpdateDepth(*expr);
  return expr;
}

Expr* MacroContext::NewFold(FoldKind kind, Expr* range, const Expr& var) {
  Expr* expr = ast_.NewNode(ExprKind::kFold, call_.span);
  expr->name_span = call_.name_span;
  expr->fold = kind;
  expr->operand = range;
  expr->var = var.name;
  expr->var_span = var.span;
  return expr;
}

Expr* MacroContext::NewLet(const Expr& var, Expr* value, Expr* body) {
  Expr* expr = ast_.NewNode(ExprKind::kLet, call_.span);
  expr->name_span = call_.name_span;
  expr->operand = value;
  expr->var = var.name;
  expr->var_span = var.span;
  expr->transform = body;
  UpdateDepth(*expr);
  return expr;
}

Expr* MacroContext::Error(Span span, absl::string_view message,
                          absl::string_view help) {
  sink_.Error(ast_.source(), span, "macro-argument", message, help);
  has_error_ = true;
  return nullptr;
}

bool CheckMacroVariable(MacroContext& context, const Expr& var) {
  // What the parser left in the place of something it has reported.
  if (var.kind == ExprKind::kIdent && var.name.empty()) return false;
  if (var.kind != ExprKind::kIdent || absl::StartsWith(var.name, ".")) {
    context.Error(var.span, "a macro variable must be a plain name",
                  "write a name such as `x`, without dots or brackets");
    return false;
  }
  if (var.name == "__result__") {
    context.Error(var.span,
                  "`__result__` cannot be the name of a macro variable");
    return false;
  }
  return true;
}

namespace {

Expr* ExpandHas(MacroContext& context, Expr& call) {
  const Expr& arg = *call.args[0];
  if (arg.kind != ExprKind::kSelect || arg.mode != SelectMode::kRead ||
      arg.optional) {
    return context.Error(arg.span, "`has` takes a field selection",
                         "write `has(message.field)`");
  }
  Expr* test = context.NewSelect(arg.operand, arg.name, SelectMode::kHas);
  test->name_span = arg.name_span;
  return test;
}

// `e.all(x, p)` and its kin whose second argument is a condition.
template <FoldKind kKind>
Expr* ExpandQuantifier(MacroContext& context, Expr& call) {
  if (!CheckMacroVariable(context, *call.args[0])) return nullptr;
  Expr* fold = context.NewFold(kKind, call.operand, *call.args[0]);
  fold->predicate = call.args[1];
  UpdateDepth(*fold);
  return fold;
}

Expr* ExpandMap(MacroContext& context, Expr& call) {
  if (!CheckMacroVariable(context, *call.args[0])) return nullptr;
  Expr* fold = context.NewFold(FoldKind::kMap, call.operand, *call.args[0]);
  if (call.args.size() == 3) fold->predicate = call.args[1];
  fold->transform = call.args.back();
  UpdateDepth(*fold);
  return fold;
}

Expr* NewTwoVariableFold(MacroContext& context, FoldKind kind, Expr& call) {
  const Expr& var = *call.args[0];
  const Expr& var2 = *call.args[1];
  const bool first = CheckMacroVariable(context, var);
  const bool second = CheckMacroVariable(context, var2);
  if (!first || !second) return nullptr;
  if (var.name == var2.name) {
    return context.Error(var2.span, absl::StrCat("the variable `", var2.name,
                                                 "` is named twice"));
  }
  Expr* fold = context.NewFold(kind, call.operand, var);
  fold->var2 = var2.name;
  fold->var2_span = var2.span;
  return fold;
}

template <FoldKind kKind>
Expr* ExpandQuantifier2(MacroContext& context, Expr& call) {
  Expr* fold = NewTwoVariableFold(context, kKind, call);
  if (fold == nullptr) return nullptr;
  fold->predicate = call.args[2];
  UpdateDepth(*fold);
  return fold;
}

template <FoldKind kKind>
Expr* ExpandTransform(MacroContext& context, Expr& call) {
  Expr* fold = NewTwoVariableFold(context, kKind, call);
  if (fold == nullptr) return nullptr;
  if (call.args.size() == 4) fold->predicate = call.args[2];
  fold->transform = call.args.back();
  const Expr& entry = *fold->transform;
  // What is no literal may yet be a map of one entry.
  const bool literal =
      entry.kind == ExprKind::kMap
          ? entry.entries.size() != 1
          : entry.kind == ExprKind::kConstant || entry.kind == ExprKind::kList;
  if (kKind == FoldKind::kTransformMapEntry && literal) {
    return context.Error(entry.span,
                         "`transformMapEntry` makes a map of one entry",
                         "write `{key: value}` as its last argument");
  }
  UpdateDepth(*fold);
  return fold;
}

Expr* ExpandBind(MacroContext& context, Expr& call) {
  // A method `bind` of anything but the name space is none of ours.
  if (call.operand->kind != ExprKind::kIdent || call.operand->name != "cel") {
    return nullptr;
  }
  if (!CheckMacroVariable(context, *call.args[0])) return nullptr;
  return context.NewLet(*call.args[0], call.args[1], call.args[2]);
}

Macro Receiver(absl::string_view name, int arg_count,
               Expr* (*expand)(MacroContext&, Expr&)) {
  Macro macro;
  macro.name = std::string(name);
  macro.receiver_style = true;
  macro.arg_count = arg_count;
  macro.expand = expand;
  return macro;
}

Macro Global(absl::string_view name, int arg_count,
             Expr* (*expand)(MacroContext&, Expr&)) {
  Macro macro = Receiver(name, arg_count, expand);
  macro.receiver_style = false;
  return macro;
}

}  // namespace

const std::vector<Macro>& StandardMacros() {
  static const auto& macros = *new std::vector<Macro>{
      Global("has", 1, ExpandHas),
      Receiver("all", 2, ExpandQuantifier<FoldKind::kAll>),
      Receiver("exists", 2, ExpandQuantifier<FoldKind::kExists>),
      Receiver("exists_one", 2, ExpandQuantifier<FoldKind::kExistsOne>),
      Receiver("existsOne", 2, ExpandQuantifier<FoldKind::kExistsOne>),
      Receiver("filter", 2, ExpandQuantifier<FoldKind::kFilter>),
      Receiver("map", 2, ExpandMap),
      Receiver("map", 3, ExpandMap),
  };
  return macros;
}

const std::vector<Macro>& TwoVariableMacros() {
  using Kind = FoldKind;
  static const auto& macros = *new std::vector<Macro>{
      Receiver("all", 3, ExpandQuantifier2<Kind::kAll>),
      Receiver("exists", 3, ExpandQuantifier2<Kind::kExists>),
      Receiver("existsOne", 3, ExpandQuantifier2<Kind::kExistsOne>),
      Receiver("exists_one", 3, ExpandQuantifier2<Kind::kExistsOne>),
      Receiver("transformList", 3, ExpandTransform<Kind::kTransformList>),
      Receiver("transformList", 4, ExpandTransform<Kind::kTransformList>),
      Receiver("transformMap", 3, ExpandTransform<Kind::kTransformMap>),
      Receiver("transformMap", 4, ExpandTransform<Kind::kTransformMap>),
      Receiver("transformMapEntry", 3,
               ExpandTransform<Kind::kTransformMapEntry>),
      Receiver("transformMapEntry", 4,
               ExpandTransform<Kind::kTransformMapEntry>),
  };
  return macros;
}

const std::vector<Macro>& BindMacros() {
  static const auto& macros = *new std::vector<Macro>{
      Receiver("bind", 3, ExpandBind),
  };
  return macros;
}

}  // namespace klausul::cel
