#include "service/ruleset/lint/assumptions.h"

#include <algorithm>

namespace klausul::ruleset {
namespace {

using cel::Expr;
using cel::ExprKind;
namespace op = cel::op;

Truth Not(Truth truth) {
  if (truth == Truth::kOpen) return truth;
  return truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

Truth ToTruth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

}  // namespace

bool IsConstant(const cel::CheckedExpr& checked, const Expr& expr) {
  const cel::Reference* reference = checked.reference(expr);
  if (reference != nullptr &&
      reference->kind == cel::ReferenceKind::kConstant) {
    return true;
  }
  switch (expr.kind) {
    case ExprKind::kConstant:
      return true;
    case ExprKind::kCall:
    case ExprKind::kList: {
      const std::vector<Expr*> children = cel::Children(expr);
      return std::all_of(
          children.begin(), children.end(),
          [&](const Expr* child) { return IsConstant(checked, *child); });
    }
    default:
      return false;
  }
}

void Assumptions::Assume(const Expr& expr, bool value) {
  if (--*steps_left_ <= 0) return;
  if (expr.IsCall(op::kNot)) {
    Assume(*expr.args[0], !value);
    return;
  }
  atoms_.emplace_back(&expr, value);
  if (expr.IsCall(value ? op::kAnd : op::kOr)) {
    for (const Expr* arg : expr.args)
      Assume(*arg, value);
    return;
  }
  if (auto comparison = ToComparison(*checked_, expr)) {
    comparisons_.push_back({*std::move(comparison), value});
  }
}

// Of `&&` the decisive value is false, of `||` it is true. What stands earlier
// is known to be otherwise where the later ones count.
Truth Assumptions::DecideChain(const Expr& expr, bool decisive) const {
  Assumptions inner = *this;
  bool all_decided = true;
  for (const Expr* arg : expr.args) {
    const Truth truth = inner.Decide(*arg);
    if (truth == ToTruth(decisive)) return truth;
    if (truth == Truth::kOpen) {
      all_decided = false;
      inner.Assume(*arg, !decisive);
    }
  }
  return all_decided ? ToTruth(!decisive) : Truth::kOpen;
}

// Each point is held against each.
Truth Assumptions::DecideComparison(const Comparison& comparison) const {
  std::size_t points = comparison.points.size();
  for (const KnownComparison& one : comparisons_)
    points += one.comparison.points.size();
  *steps_left_ -= static_cast<std::int64_t>(points * points);
  return exhausted() ? Truth::kOpen
                     : ruleset::Decide(*checked_, comparison, comparisons_);
}

Truth Assumptions::Decide(const Expr& expr) const {
  *steps_left_ -= 1 + static_cast<std::int64_t>(atoms_.size());
  if (exhausted()) return Truth::kOpen;
  for (const auto& [atom, value] : atoms_) {
    if (cel::SameTree(*atom, expr)) return ToTruth(value);
  }
  if (expr.kind == ExprKind::kConstant) {
    return expr.constant.kind == cel::ConstantKind::kBool
               ? ToTruth(expr.constant.bool_value)
               : Truth::kOpen;
  }
  if (expr.IsCall(op::kNot)) return Not(Decide(*expr.args[0]));
  if (expr.IsCall(op::kAnd)) return DecideChain(expr, false);
  if (expr.IsCall(op::kOr)) return DecideChain(expr, true);
  if (expr.IsCall(op::kConditional)) {
    const Truth condition = Decide(*expr.args[0]);
    if (condition != Truth::kOpen) {
      return Decide(*expr.args[condition == Truth::kTrue ? 1 : 2]);
    }
    const Truth chosen = Decide(*expr.args[1]);
    return chosen == Decide(*expr.args[2]) ? chosen : Truth::kOpen;
  }
  if (const auto comparison = ToComparison(*checked_, expr)) {
    const Truth truth = DecideComparison(*comparison);
    if (truth != Truth::kOpen) return truth;
  }
  if (checked_->type(expr).Is(cel::TypeKind::kBool) &&
      IsConstant(*checked_, expr)) {
    // It is compiled anew.
    *steps_left_ -= 1000;
    const absl::optional<bool> folded = fold_(expr);
    if (folded.has_value()) return ToTruth(*folded);
  }
  return Truth::kOpen;
}

}  // namespace klausul::ruleset
