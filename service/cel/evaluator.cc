#include "service/cel/evaluator.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "re2/re2.h"

#include "service/cel/regex.h"
#include "service/cel/walker.h"

namespace klausul::cel {

Value VectorActivation::Variable(int index, EvalContext& context) const {
  if (index < 0 || static_cast<std::size_t>(index) >= values_.size()) {
    return context.Error(ErrorCode::kUnknownIdentifier,
                         "the variable has no value");
  }
  return values_[static_cast<std::size_t>(index)];
}

Evaluator::Evaluator(std::shared_ptr<const CheckedExpr> checked)
    : checked_(std::move(checked)) {
  for (ExprId id = 1; id <= checked_->ast().max_id(); ++id) {
    Prepare(checked_->ast().node(id));
  }
}

Evaluator::~Evaluator() = default;

void Evaluator::Prepare(const Expr& expr) {
  // A text full of patterns must not fill the memory; later ones are compiled
  // when they are called.
  constexpr std::size_t kMaxPatterns = 100;
  if (patterns_.size() < kMaxPatterns && expr.kind == ExprKind::kCall &&
      expr.name == "matches" && !expr.args.empty()) {
    const Expr& pattern = *expr.args.back();
    if (pattern.kind == ExprKind::kConstant &&
        pattern.constant.kind == ConstantKind::kString) {
      patterns_.emplace(expr.id, CompilePattern(pattern.constant.text));
    }
  }
  const Reference* reference = checked_->reference(expr);
  if (reference != nullptr && reference->kind == ReferenceKind::kType) {
    type_names_.emplace(
        expr.id, std::make_unique<std::string>(reference->type.RuntimeName()));
  }
}

const re2::RE2* Evaluator::pattern(const Expr& call) const {
  const auto found = patterns_.find(call.id);
  return found == patterns_.end() ? nullptr : found->second.get();
}

Value Evaluator::Evaluate(const Activation& activation, EvalArena& arena,
                          const EvalOptions& options) const {
  EvalContext context(arena, checked_->environment(), options);
  return Evaluate(activation, context);
}

Value Evaluator::Evaluate(const Activation& activation,
                          EvalContext& context) const {
  Walker walker(*this, activation, context);
  const Value value = walker.Eval(checked_->root());
  return walker.stopped() ? walker.StopError() : value;
}

Value Evaluate(std::shared_ptr<const CheckedExpr> checked,
               const Activation& activation, EvalArena& arena,
               const EvalOptions& options) {
  // In the arena, because the result may point at names the evaluator holds.
  return arena.New<Evaluator>(std::move(checked))
      ->Evaluate(activation, arena, options);
}

}  // namespace klausul::cel
