#ifndef KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_
#define KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_

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
  Assumptions(const cel::CheckedExpr& checked, FoldConstant fold)
      : checked_(&checked), fold_(fold) {}

  // The same without anything taken to be true or false.
  Assumptions Blank() const { return Assumptions(*checked_, fold_); }

  // From here on expressions of this one are asked about.
  void SwitchTo(const cel::CheckedExpr& checked) { checked_ = &checked; }

  // Takes the expression to have that value, and what follows from it: the
  // operands of a conjunction that holds, of an alternative that does not.
  void Assume(const cel::Expr& expr, bool value);

  // What the expression is worth where it is known at all.
  Truth Decide(const cel::Expr& expr) const;

 private:
  Truth DecideChain(const cel::Expr& expr, bool decisive) const;

  const cel::CheckedExpr* checked_;
  FoldConstant fold_;
  std::vector<std::pair<const cel::Expr*, bool>> atoms_;
  std::vector<KnownComparison> comparisons_;
};

// True where no plan can change the expression: no variable, fact or parameter
// is in it.
bool IsConstant(const cel::CheckedExpr& checked, const cel::Expr& expr);

}  // namespace klausul::ruleset

#endif  // KLAUSUL_SERVICE_RULESET_LINT_ASSUMPTIONS_H_
