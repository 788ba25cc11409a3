#ifndef KLAUSUL_SERVICE_CEL_WALKER_H_
#define KLAUSUL_SERVICE_CEL_WALKER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "service/cel/ast.h"
#include "service/cel/checker.h"
#include "service/cel/eval_context.h"
#include "service/cel/evaluator.h"
#include "service/cel/value.h"

// Private to the evaluator.

namespace klausul::cel {

// One evaluation of one expression: goes down the tree, whose depth the parser
// bounds.
class Walker {
 public:
  Walker(const Evaluator& evaluator, const Activation& activation,
         EvalContext& context);

  Value Eval(const Expr& expr);

  // True once the evaluation has to end at once; `stop_error` says why.
  bool stopped() const {
    return cancelled_ || too_deep_ || context_.exhausted();
  }

  Value StopError();

 private:
  // How many nodes may be under way at one time. A tree alone is no deeper than
  // ParseLimits::kMaxTreeDepth; the values of lets may rest on one another.
  static constexpr std::int32_t kMaxDepth = 2000;

  // A variable of a fold or let. That of a let is worked out when it is first
  // read: until then `pending` is its expression, whose own variables have
  // slots that the body does not use.
  struct Local {
    Value value;
    const Expr* pending = nullptr;
  };

  // What a fold goes through.
  struct Range {
    // The place of the fold's first variable; a second one's is the next.
    Local* locals = nullptr;
    const ListValue* list = nullptr;
    const MapValue* map = nullptr;
    std::size_t size = 0;
  };

  Value EvalNode(const Expr& expr);
  Value EvalReference(const Expr& expr, const Reference& reference);
  Value ReadLocal(std::int32_t index);
  Value EvalSelect(const Expr& expr, const Reference* reference);

  Value EvalCall(const Expr& expr, const Reference* reference);
  Value EvalLogic(const Expr& expr, bool decides);
  Value EvalConditional(const Expr& expr);
  Value EvalOptionalIndex(const Expr& expr);
  Value OptionalIndex(const Expr& expr, Value container, const Value& key);
  Value OptionalOf(const Value& value);
  Value Dispatch(const Expr& expr, const Reference& reference,
                 absl::Span<const Value> args);
  Value CallOnOpenList(const Expr& expr, const Reference& reference,
                       absl::Span<const Value> args);

  Value EvalLet(const Expr& expr, const Reference* reference);
  // The first variable of a fold or let.
  Local& LocalOf(const Reference* reference);

  // walker_literals.cc
  Value EvalList(const Expr& expr);
  Value EvalMap(const Expr& expr);
  Value EvalStruct(const Expr& expr, const Reference* reference);

  // walker_fold.cc
  Value EvalFold(const Expr& expr, const Reference* reference);
  Value FoldLogic(const Expr& expr, const Range& range, bool decides);
  Value FoldExistsOne(const Expr& expr, const Range& range);
  Value FoldToList(const Expr& expr, const Range& range);
  Value FoldToMap(const Expr& expr, const Range& range);
  void BindElement(const Expr& expr, const Range& range, std::size_t index);
  Value EvalMapEntries(const Expr& transform, std::vector<MapEntry>& entries);

  void CheckCancelled();

  const Evaluator& evaluator_;
  const CheckedExpr& checked_;
  const Activation& activation_;
  EvalContext& context_;
  EvalArena& arena_;
  std::vector<Local> locals_;
  std::int64_t evaluated_ = 0;
  bool cancelled_ = false;
  // Nodes under way.
  std::int32_t depth_ = 0;
  bool too_deep_ = false;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_WALKER_H_
