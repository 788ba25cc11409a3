#ifndef KLAUSUL_SERVICE_CEL_PRECEDENCE_H_
#define KLAUSUL_SERVICE_CEL_PRECEDENCE_H_

#include "absl/strings/string_view.h"

#include "service/cel/ast.h"

// How tightly expressions bind, for those who print them: one that binds less
// tightly than its place asks for stands in parentheses.

namespace klausul::cel {

enum class Precedence {
  kConditional = 0,
  kOr = 1,
  kAnd = 2,
  kRelation = 3,
  kSum = 4,
  kProduct = 5,
  kPrefix = 6,
  kMember = 7,
};

// The next level that binds more tightly; of kMember: itself.
Precedence Tighter(Precedence precedence);

// A binary operator as it is written: `_&&_` as `&&`.
struct BinaryForm {
  absl::string_view function;
  absl::string_view text;
  Precedence precedence = Precedence::kConditional;
};

// Null where `call` is no call of a binary operator.
const BinaryForm* FindBinaryForm(const Expr& call);

// Of a node in the way it is printed: one that a macro made is a call.
//
// A number counts as a prefix expression: `1.f` is hard to read, and the sign
// of `-1` would otherwise bind less tightly.
Precedence PrecedenceOf(const Expr& expr);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_PRECEDENCE_H_
