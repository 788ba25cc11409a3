#include "service/cel/ast.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klausul::cel {

Constant Constant::Bool(bool value) {
  Constant constant;
  constant.kind = ConstantKind::kBool;
  constant.bool_value = value;
  return constant;
}

Constant Constant::Int(std::int64_t value) {
  Constant constant;
  constant.kind = ConstantKind::kInt;
  constant.int_value = value;
  return constant;
}

Constant Constant::Uint(std::uint64_t value) {
  Constant constant;
  constant.kind = ConstantKind::kUint;
  constant.uint_value = value;
  return constant;
}

Constant Constant::Double(double value) {
  Constant constant;
  constant.kind = ConstantKind::kDouble;
  constant.double_value = value;
  return constant;
}

Constant Constant::String(absl::string_view text) {
  Constant constant;
  constant.kind = ConstantKind::kString;
  constant.text = text;
  return constant;
}

Constant Constant::Bytes(absl::string_view text) {
  Constant constant;
  constant.kind = ConstantKind::kBytes;
  constant.text = text;
  return constant;
}

bool operator==(const Constant& a, const Constant& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ConstantKind::kNull:
      return true;
    case ConstantKind::kBool:
      return a.bool_value == b.bool_value;
    case ConstantKind::kInt:
      return a.int_value == b.int_value;
    case ConstantKind::kUint:
      return a.uint_value == b.uint_value;
    case ConstantKind::kDouble:
      if (std::isnan(a.double_value)) return std::isnan(b.double_value);
      return a.double_value == b.double_value &&
             std::signbit(a.double_value) == std::signbit(b.double_value);
    case ConstantKind::kString:
    case ConstantKind::kBytes:
      return a.text == b.text;
  }
  return false;
}

Ast::Ast(std::shared_ptr<const SourceFile> source)
    : source_(std::move(source)) {}

Expr* Ast::NewNode(ExprKind kind, Span span) {
  Expr& expr = nodes_.emplace_back();
  expr.id = static_cast<ExprId>(nodes_.size());
  expr.kind = kind;
  expr.span = span;
  expr.name_span = span;
  return &expr;
}

absl::string_view Ast::Intern(absl::string_view text) {
  return *texts_.emplace(text).first;
}

namespace {

template <typename Visit>
void VisitChildren(const Expr& expr, Visit visit) {
  if (expr.operand != nullptr) visit(expr.operand);
  for (Expr* arg : expr.args)
    visit(arg);
  for (const Entry& entry : expr.entries) {
    if (entry.key != nullptr) visit(entry.key);
    visit(entry.value);
  }
  if (expr.predicate != nullptr) visit(expr.predicate);
  if (expr.transform != nullptr) visit(expr.transform);
}

bool SameOrNull(const Expr* a, const Expr* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return SameTree(*a, *b);
}

bool SameEntries(const std::vector<Entry>& a, const std::vector<Entry>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Entry& x, const Entry& y) {
                      return x.field == y.field && x.optional == y.optional &&
                             SameOrNull(x.key, y.key) &&
                             SameOrNull(x.value, y.value);
                    });
}

}  // namespace

void UpdateDepth(Expr& expr) {
  std::int32_t deepest = 0;
  VisitChildren(expr, [&deepest](const Expr* child) {
    deepest = std::max(deepest, child->depth);
  });
  expr.depth = deepest + 1;
}

std::vector<Expr*> Children(const Expr& expr) {
  std::vector<Expr*> children;
  VisitChildren(expr, [&children](Expr* child) { children.push_back(child); });
  return children;
}

bool SameTree(const Expr& a, const Expr& b) {
  if (&a == &b) return true;
  if (a.kind != b.kind || a.mode != b.mode || a.optional != b.optional ||
      a.name != b.name || a.var != b.var || a.var2 != b.var2 ||
      !(a.constant == b.constant) || a.optional_indices != b.optional_indices ||
      (a.kind == ExprKind::kFold && a.fold != b.fold)) {
    return false;
  }
  return SameOrNull(a.operand, b.operand) &&
         std::equal(
             a.args.begin(), a.args.end(), b.args.begin(), b.args.end(),
             [](const Expr* x, const Expr* y) { return SameTree(*x, *y); }) &&
         SameEntries(a.entries, b.entries) &&
         SameOrNull(a.predicate, b.predicate) &&
         SameOrNull(a.transform, b.transform);
}

}  // namespace klausul::cel
