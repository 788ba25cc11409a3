#ifndef KLAUSUL_SERVICE_CEL_CHECKER_H_
#define KLAUSUL_SERVICE_CEL_CHECKER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"

#include "service/base/diagnostic.h"
#include "service/cel/ast.h"
#include "service/cel/environment.h"
#include "service/cel/type.h"

namespace klausul::cel {

enum class ReferenceKind : std::uint8_t {
  kVariable,  // index: into Environment::variables()
  kLocal,     // index: slot of a fold or let variable; also on the fold or let
  kConstant,  // constant: the number of an enum value, as an int
  kType,      // type: the type that the name stands for; the value is a type
  kFunction,  // overloads: those that may fit, in order of declaration
  kField,     // field: of a selection from a message whose type is known
  kMessage,   // message, fields: of a message literal
  // Only where names are resolved without a type check: reading or calling it
  // is an error at run time. `name` says what was looked for.
  kUnresolved,
};

// What a node means. A selection `a.b.c` may as a whole name a variable, an
// enum value or a type; its reference is then of that kind, and its operand is
// not to be evaluated.
struct Reference {
  ReferenceKind kind = ReferenceKind::kUnresolved;
  // kVariable: into Environment::variables(). kLocal: the slot. On an
  // identifier it is the slot to read; on a kFold or kLet node the slot that
  // its `var` is kept in (`var2` in the next one). Slots of variables that can
  // be alive at one time differ, also where a let's value is worked out late,
  // inside the folds of its body.
  std::int32_t index = -1;
  // kFunction: the operand is part of the function's name (`ns.f(x)`), not an
  // argument.
  bool namespaced = false;
  Constant constant;
  Type type;
  // The name as resolved: `A.B.f`.
  std::string name;
  std::vector<const Overload*> overloads;
  const google::protobuf::FieldDescriptor* field = nullptr;
  const google::protobuf::Descriptor* message = nullptr;
  // kMessage: the field of each entry, in the order of Expr::entries.
  std::vector<const google::protobuf::FieldDescriptor*> fields;
};

// An expression whose names are resolved and whose types are known. Immutable;
// keeps its syntax tree and environment alive.
class CheckedExpr {
 public:
  const Ast& ast() const { return *ast_; }

  const Expr& root() const { return *ast_->root(); }

  const Environment& environment() const { return *environment_; }

  const std::shared_ptr<const Environment>& environment_ptr() const {
    return environment_;
  }

  // False where names were resolved without a type check; every type is dyn.
  bool type_checked() const { return type_checked_; }

  // The type of a node; kDyn for one that is not part of the tree.
  const Type& type(const Expr& expr) const { return types_[expr.id]; }

  const Type& result_type() const { return type(root()); }

  // Null for a node that refers to nothing: a literal, a selection from a map
  // or from dyn, `&&`, `||`, `?:`.
  const Reference* reference(const Expr& expr) const {
    const std::int32_t at = reference_index_[expr.id];
    return at < 0 ? nullptr : &references_[at];
  }

  // How many slots kLocal references need.
  std::int32_t local_count() const { return local_count_; }

 private:
  friend class Checker;
  CheckedExpr() = default;

  std::shared_ptr<const Ast> ast_;
  std::shared_ptr<const Environment> environment_;
  bool type_checked_ = false;
  std::vector<Type> types_;
  std::vector<std::int32_t> reference_index_;
  std::deque<Reference> references_;
  std::int32_t local_count_ = 0;
};

struct CheckOptions {
  // The type that the whole expression must have, such as bool.
  absl::optional<Type> expected_type;
  // False: resolve names only. What does not resolve, and every call that no
  // overload fits, is then an error at run time.
  bool type_check = true;
};

// Resolves names and works out types. Every mistake goes to `sink`; null where
// there is one. `ast` must have a root.
//
// `&&`, `||`, `?:` have no overloads and no references: the checker and the
// evaluator know them.
std::shared_ptr<const CheckedExpr> Check(
    std::shared_ptr<const Ast> ast,
    std::shared_ptr<const Environment> environment, const CheckOptions& options,
    DiagnosticSink& sink);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_CHECKER_H_
