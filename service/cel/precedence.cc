#include "service/cel/precedence.h"

#include <array>

namespace klausul::cel {
namespace {

constexpr std::array<BinaryForm, 14> kBinaryForms = {{
    {op::kOr, "||", Precedence::kOr},
    {op::kAnd, "&&", Precedence::kAnd},
    {op::kEquals, "==", Precedence::kRelation},
    {op::kNotEquals, "!=", Precedence::kRelation},
    {op::kLess, "<", Precedence::kRelation},
    {op::kLessEquals, "<=", Precedence::kRelation},
    {op::kGreater, ">", Precedence::kRelation},
    {op::kGreaterEquals, ">=", Precedence::kRelation},
    {op::kIn, "in", Precedence::kRelation},
    {op::kAdd, "+", Precedence::kSum},
    {op::kSubtract, "-", Precedence::kSum},
    {op::kMultiply, "*", Precedence::kProduct},
    {op::kDivide, "/", Precedence::kProduct},
    {op::kModulo, "%", Precedence::kProduct},
}};

bool IsNumber(const Constant& constant) {
  return constant.kind == ConstantKind::kInt ||
         constant.kind == ConstantKind::kUint ||
         constant.kind == ConstantKind::kDouble;
}

}  // namespace

Precedence Tighter(Precedence precedence) {
  if (precedence == Precedence::kMember) return precedence;
  return static_cast<Precedence>(static_cast<int>(precedence) + 1);
}

const BinaryForm* FindBinaryForm(const Expr& call) {
  if (call.kind != ExprKind::kCall || call.operand != nullptr ||
      call.args.size() < 2) {
    return nullptr;
  }
  for (const BinaryForm& form : kBinaryForms) {
    if (form.function == call.name) return &form;
  }
  return nullptr;
}

Precedence PrecedenceOf(const Expr& expr) {
  if (expr.macro_call != nullptr) return Precedence::kMember;
  if (expr.kind == ExprKind::kConstant && IsNumber(expr.constant)) {
    return Precedence::kPrefix;
  }
  if (expr.IsCall(op::kConditional)) return Precedence::kConditional;
  if (expr.IsCall(op::kNot) || expr.IsCall(op::kNegate)) {
    return Precedence::kPrefix;
  }
  const BinaryForm* form = FindBinaryForm(expr);
  return form == nullptr ? Precedence::kMember : form->precedence;
}

}  // namespace klausul::cel
