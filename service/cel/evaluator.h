#ifndef KLAUSUL_SERVICE_CEL_EVALUATOR_H_
#define KLAUSUL_SERVICE_CEL_EVALUATOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "service/cel/checker.h"
#include "service/cel/eval_arena.h"
#include "service/cel/eval_context.h"
#include "service/cel/value.h"

// The reference interpreter: walks the tree of a checked expression. What it
// says is the meaning of the language; any faster form is measured against it.
//
//   Evaluator evaluator(checked);            // once
//   EvalArena arena;                         // once a call
//   Value value = evaluator.Evaluate(activation, arena, options);
//   if (value.is_unknown()) missing = value.unknown().Paths();
//
// In both modes:
//   * `&&` and `||` decide by any operand that decides, whatever the others
//     are; else an unknown operand makes the result unknown, else an error
//     makes it an error. `all` and `exists` do the same over elements.
//   * Of several arguments, unknown ones make the result the union of their
//     unknowns; else an error is the result. Literals likewise.
//   * `c ? a : b` with an unknown or wrong `c` is that.
//   * Running out of steps, or being cancelled, ends the whole evaluation;
//     nothing absorbs that.
//
// Rules mode differs in how messages with a path are read; see
// message_access.h. A list that is open (see ListValue::open) is an unknown to
// everything but `in`, `all` and `exists`.

namespace re2 {
class RE2;
}

namespace klausul::cel {

// The values of an expression's variables.
class Activation {
 public:
  virtual ~Activation() = default;
  // `index` is that of Environment::variables(). Called each time the variable
  // is read; may be an error or an unknown.
  virtual Value Variable(int index, EvalContext& context) const = 0;
};

// An activation over a vector, by variable index; what lies past its end is an
// error. Borrows.
class VectorActivation : public Activation {
 public:
  explicit VectorActivation(const std::vector<Value>& values)
      : values_(values) {}

  Value Variable(int index, EvalContext& context) const override;

 private:
  const std::vector<Value>& values_;
};

// A checked expression made ready to run: constant regular expressions are
// compiled. Immutable, shared between threads.
class Evaluator {
 public:
  explicit Evaluator(std::shared_ptr<const CheckedExpr> checked);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  const CheckedExpr& checked() const { return *checked_; }

  // Of a call of `matches` with a pattern that is written out: the pattern
  // ready to run. Null for any other node.
  const re2::RE2* pattern(const Expr& call) const;

  // Never fails otherwise than by an error value. The result may point into
  // `arena`, the activation's values and this.
  Value Evaluate(const Activation& activation, EvalArena& arena,
                 const EvalOptions& options) const;

  // The same with a context of the caller's, whose steps it shares.
  Value Evaluate(const Activation& activation, EvalContext& context) const;

 private:
  friend class Walker;

  void Prepare(const Expr& expr);

  std::shared_ptr<const CheckedExpr> checked_;
  // By id of the call whose pattern is a literal.
  absl::flat_hash_map<ExprId, std::unique_ptr<re2::RE2>> patterns_;
  // By id of the node that names a type.
  absl::flat_hash_map<ExprId, std::unique_ptr<std::string>> type_names_;
};

// For one evaluation of one expression. The result may point into the
// expression.
Value Evaluate(std::shared_ptr<const CheckedExpr> checked,
               const Activation& activation, EvalArena& arena,
               const EvalOptions& options);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_EVALUATOR_H_
