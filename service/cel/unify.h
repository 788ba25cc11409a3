#ifndef KLAUSUL_SERVICE_CEL_UNIFY_H_
#define KLAUSUL_SERVICE_CEL_UNIFY_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

#include "service/cel/environment.h"
#include "service/cel/type.h"

namespace klausul::cel {

// What the checker knows of type parameters: each call of a generic function
// gets fresh ones, which take on types as arguments are met.
//
// Assignable means that a value of one type may stand where the other is
// asked for. It is symmetric: dyn goes with everything, a wrapper with its
// scalar. null goes with messages, wrappers, times, optionals and opaque types
// in conformance mode; in rules mode only with wrappers, because there an
// unset field is unknown, not null.
class Unifier {
 public:
  explicit Unifier(Mode mode) : mode_(mode) {}

  // The overload's arguments, then its result, with fresh type parameters.
  struct Signature {
    std::vector<Type> args;
    Type result;
  };

  Signature Instantiate(const Overload& overload);

  // The type of a variable, with a parameter of its own for each name of one:
  // `T` is the same in all variables of an expression.
  Type InstantiateVariable(const Type& type);

  // A fresh type parameter that stands for nothing yet.
  Type NewParam(absl::string_view name) {
    return Type::FreshParam(name, next_param_++);
  }

  // Where it is true, type parameters of both sides have taken on what makes
  // it so; where it is false nothing has changed.
  bool Assign(const Type& from, const Type& to);
  // The same for lists of equal length.
  bool AssignAll(absl::Span<const Type> from, absl::Span<const Type> to);

  // The type that takes the values of two types of which one can be assigned
  // to the other.
  static Type MostGeneral(const Type& a, const Type& b);

  // `type` with its parameters replaced by what they have taken on. Those that
  // are still free stay, or become dyn.
  Type Substitute(const Type& type, bool free_to_dyn) const;

 private:
  struct Undo {
    std::int64_t param;
    absl::optional<Type> before;
  };

  struct Substitution {
    bool valid = false;
    // The parameter had a type before.
    bool bound = false;
  };

  Type Freshen(const Type& type, absl::flat_hash_map<std::string, Type>& fresh);
  bool TryAssign(const Type& from, const Type& to);
  bool TryAssignAll(absl::Span<const Type> from, absl::Span<const Type> to);
  Substitution TrySubstitute(const Type& type, const Type& param);
  bool GoesWithNull(const Type& type) const;
  bool Occurs(std::int64_t param, const Type& type) const;
  bool OccursUnseen(std::int64_t param, const Type& type,
                    absl::flat_hash_set<std::int64_t>& seen) const;
  void Bind(std::int64_t param, const Type& type);
  void RollBack(std::size_t mark);

  // Parameters that stand for types with parameters can make small
  // expressions stand for huge types. One question may take this many steps;
  // then the answer is what it would be for dyn.
  static constexpr std::int32_t kMaxSteps = 100'000;

  Type SubstituteMemo(const Type& type, bool free_to_dyn,
                      absl::flat_hash_map<std::int64_t, Type>& memo) const;

  Mode mode_;
  std::int32_t steps_left_ = 0;
  std::int64_t next_param_ = 1;
  absl::flat_hash_map<std::int64_t, Type> bindings_;
  std::vector<Undo> undo_;
  // By name as declared.
  absl::flat_hash_map<std::string, Type> variable_params_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_UNIFY_H_
