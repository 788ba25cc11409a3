#ifndef KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_
#define KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/optional.h"

#include "service/cel/checker.h"
#include "service/ruleset/lint/comparison.h"

namespace klausul::ruleset {

// Works out the value of an expression without variables; nullopt where that is
// no bool.
using FoldConstant =
    absl::FunctionRef<absl::optional<bool>(const cel::Expr& expr)>;

// What is taken to be true or false while a condition is looked at. Reasons
// about the same trees, about conjunctions and alternatives of them, and about
// comparisons of one term (see comparison.h); what a fact stands for it does
// not know. All expressions are of one checked expression, or of two that were
// checked against one environment.
class Assumptions {
 public:
  // Steps that the conditions of one set may take. Sets in earnest take some
  // hundred thousand; one made to take more, by a stranger, is looked at no
  // further.
  static constexpr std::int64_t kMaxSteps = 3'000'000;

  // `steps_left` is counted down, for this and its copies.
  Assumptions(const cel::CheckedExpr& checked, FoldConstant fold,
              std::int64_t& steps_left)
      : checked_(&checked), fold_(fold), steps_left_(&steps_left) {}

  // The same without anything taken to be true or false.
  Assumptions Blank() const {
    return Assumptions(*checked_, fold_, *steps_left_);
  }

  // Nothing is decided any more.
  bool exhausted() const { return *steps_left_ <= 0; }

  // From here on expressions of this one are asked about.
  void SwitchTo(const cel::CheckedExpr& checked) { checked_ = &checked; }

  // Takes the expression to have that value, and what follows from it: the
  // operands of a conjunction that holds, of an alternative that does not.
  void Assume(const cel::Expr& expr, bool value);

  // What the expression is worth where it is known at all.
  Truth Decide(const cel::Expr& expr) const;

 private:
  Truth DecideChain(const cel::Expr& expr, bool decisive) const;
  Truth DecideComparison(const Comparison& comparison) const;

  const cel::CheckedExpr* checked_;
  FoldConstant fold_;
  std::int64_t* steps_left_;
  std::vector<std::pair<const cel::Expr*, bool>> atoms_;
  std::vector<KnownComparison> comparisons_;
};

// True where no plan can change the expression: no variable, fact or parameter
// is in it.
bool IsConstant(const cel::CheckedExpr& checked, const cel::Expr& expr);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_
