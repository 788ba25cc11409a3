#include "service/cel/unify.h"

#include <cstddef>
#include <string>

namespace klausul::cel {
namespace {

bool IsParam(const Type& type) {
  return type.Is(TypeKind::kParam);
}

// A type that goes with every other.
bool IsWildcard(const Type& type) {
  return type.IsDyn() || type.Is(TypeKind::kAny);
}

// The same constructor with other parameters.
Type Rebuild(const Type& type, std::vector<Type> params) {
  switch (type.kind()) {
    case TypeKind::kWrapper:
      return Type::Wrapper(params[0]);
    case TypeKind::kList:
      return Type::List(params[0]);
    case TypeKind::kMap:
      return Type::Map(params[0], params[1]);
    case TypeKind::kType:
      return Type::TypeOf(params[0]);
    case TypeKind::kOptional:
      return Type::Optional(params[0]);
    case TypeKind::kOpaque:
      return Type::Opaque(type.name(), std::move(params));
    default:
      return type;
  }
}

// `type` with every parameter mapped; the same handle where nothing changed.
template <typename Map>
Type MapParams(const Type& type, Map map) {
  std::vector<Type> params;
  bool changed = false;
  for (const Type& param : type.params()) {
    params.push_back(map(param));
    changed = changed || params.back() != param;
  }
  return changed ? Rebuild(type, std::move(params)) : type;
}

}  // namespace

Type Unifier::Freshen(const Type& type,
                      absl::flat_hash_map<std::string, Type>& fresh) {
  if (IsParam(type)) {
    const auto [at, added] = fresh.try_emplace(std::string(type.name()));
    if (added) at->second = NewParam(type.name());
    return at->second;
  }
  return MapParams(type, [this, &fresh](const Type& param) {
    return Freshen(param, fresh);
  });
}

Type Unifier::InstantiateVariable(const Type& type) {
  return Freshen(type, variable_params_);
}

Unifier::Signature Unifier::Instantiate(const Overload& overload) {
  absl::flat_hash_map<std::string, Type> fresh;
  Signature signature;
  for (const Type& arg : overload.args) {
    signature.args.push_back(Freshen(arg, fresh));
  }
  signature.result = Freshen(overload.result, fresh);
  return signature;
}

bool Unifier::Assign(const Type& from, const Type& to) {
  return AssignAll({from}, {to});
}

bool Unifier::AssignAll(absl::Span<const Type> from,
                        absl::Span<const Type> to) {
  undo_.clear();
  steps_left_ = kMaxSteps;
  if (TryAssignAll(from, to)) return true;
  RollBack(0);
  return false;
}

bool Unifier::TryAssignAll(absl::Span<const Type> from,
                           absl::Span<const Type> to) {
  if (from.size() != to.size()) return false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (!TryAssign(from[i], to[i])) return false;
  }
  return true;
}

bool Unifier::GoesWithNull(const Type& type) const {
  switch (type.kind()) {
    case TypeKind::kNull:
    case TypeKind::kWrapper:
      return true;
    case TypeKind::kMessage:
    case TypeKind::kTimestamp:
    case TypeKind::kDuration:
    case TypeKind::kOptional:
    case TypeKind::kOpaque:
      return mode_ == Mode::kConformance;
    default:
      return false;
  }
}

bool Unifier::TryAssign(const Type& from, const Type& to) {
  if (--steps_left_ < 0) return true;
  if (IsParam(to)) {
    const Substitution found = TrySubstitute(from, to);
    if (found.valid) return true;
    // It stands for something else already.
    if (found.bound) return false;
  }
  if (IsParam(from)) return TrySubstitute(to, from).valid;
  if (IsWildcard(from) || IsWildcard(to)) return true;
  if (from.Is(TypeKind::kNull)) return GoesWithNull(to);
  if (to.Is(TypeKind::kNull)) return GoesWithNull(from);
  const bool from_wrapper = from.Is(TypeKind::kWrapper);
  const bool to_wrapper = to.Is(TypeKind::kWrapper);
  if (from_wrapper || to_wrapper) {
    return (from_wrapper ? from.params()[0] : from) ==
           (to_wrapper ? to.params()[0] : to);
  }
  if (from.kind() != to.kind()) return false;
  switch (from.kind()) {
    case TypeKind::kType:
      return true;
    case TypeKind::kList:
    case TypeKind::kMap:
    case TypeKind::kOptional:
    case TypeKind::kOpaque:
      return from.name() == to.name() &&
             TryAssignAll(from.params(), to.params());
    default:
      return from == to;
  }
}

// Lets `param` stand for `type`, or for something that `type` goes with.
Unifier::Substitution Unifier::TrySubstitute(const Type& type,
                                             const Type& param) {
  if (type == param) return {true, true};
  const std::int64_t number = param.param_number();
  const auto found = bindings_.find(number);
  if (found == bindings_.end()) {
    if (Occurs(number, type)) return {false, false};
    Bind(number, type);
    return {true, false};
  }
  const Type bound = found->second;
  if (type == bound) return {true, true};
  if (!TryAssign(type, bound)) return {false, true};
  const Type general = MostGeneral(type, bound);
  if (!Occurs(number, general)) Bind(number, general);
  return {true, true};
}

// Part by part, so that of `list(null)` and `map(string, int)` within a list
// each place gets the type that all its values have.
Type Unifier::MostGeneral(const Type& a, const Type& b) {
  if (a == b || b.Is(TypeKind::kNull)) return a;
  if (a.Is(TypeKind::kNull)) return b;
  if (a.IsDyn() || IsParam(a)) return a;
  if (b.IsDyn() || IsParam(b)) return b;
  if (a.Is(TypeKind::kAny) || a.Is(TypeKind::kWrapper)) return a;
  if (b.Is(TypeKind::kAny) || b.Is(TypeKind::kWrapper)) return b;
  switch (a.kind()) {
    case TypeKind::kList:
    case TypeKind::kMap:
    case TypeKind::kOptional:
    case TypeKind::kOpaque:
      break;
    default:
      return a;
  }
  if (a.params().size() != b.params().size()) return a;
  std::vector<Type> params;
  for (std::size_t i = 0; i < a.params().size(); ++i) {
    params.push_back(MostGeneral(a.params()[i], b.params()[i]));
  }
  return Rebuild(a, std::move(params));
}

Type Unifier::Substitute(const Type& type, bool free_to_dyn) const {
  absl::flat_hash_map<std::int64_t, Type> memo;
  return SubstituteMemo(type, free_to_dyn, memo);
}

Type Unifier::SubstituteMemo(
    const Type& type, bool free_to_dyn,
    absl::flat_hash_map<std::int64_t, Type>& memo) const {
  if (!IsParam(type)) {
    return MapParams(type, [this, free_to_dyn, &memo](const Type& param) {
      return SubstituteMemo(param, free_to_dyn, memo);
    });
  }
  const std::int64_t number = type.param_number();
  const auto known = memo.find(number);
  if (known != memo.end()) return known->second;
  const auto found = bindings_.find(number);
  Type result = found != bindings_.end()
                    ? SubstituteMemo(found->second, free_to_dyn, memo)
                    : (free_to_dyn ? Type::Dyn() : type);
  memo[number] = result;
  return result;
}

// True where `type` has the parameter in it, so that it cannot stand for it.
bool Unifier::Occurs(std::int64_t param, const Type& type) const {
  absl::flat_hash_set<std::int64_t> seen;
  return OccursUnseen(param, type, seen);
}

bool Unifier::OccursUnseen(std::int64_t param, const Type& type,
                           absl::flat_hash_set<std::int64_t>& seen) const {
  if (IsParam(type)) {
    if (type.param_number() == param) return true;
    if (!seen.insert(type.param_number()).second) return false;
    const auto found = bindings_.find(type.param_number());
    return found != bindings_.end() && OccursUnseen(param, found->second, seen);
  }
  for (const Type& part : type.params()) {
    if (OccursUnseen(param, part, seen)) return true;
  }
  return false;
}

void Unifier::Bind(std::int64_t param, const Type& type) {
  const auto [at, added] = bindings_.try_emplace(param, type);
  undo_.push_back(
      {param, added ? absl::nullopt : absl::make_optional(at->second)});
  at->second = type;
}

void Unifier::RollBack(std::size_t mark) {
  while (undo_.size() > mark) {
    const Undo& undo = undo_.back();
    if (undo.before.has_value()) {
      bindings_[undo.param] = *undo.before;
    } else {
      bindings_.erase(undo.param);
    }
    undo_.pop_back();
  }
}

}  // namespace klausul::cel
