#ifndef KLAUSUL_TESTS_CEL_FITS_TYPE_H_
#define KLAUSUL_TESTS_CEL_FITS_TYPE_H_

#include <cstddef>

#include "service/cel/checker.h"
#include "service/cel/eval_context.h"
#include "service/cel/type.h"
#include "service/cel/value.h"

namespace klausul::cel {

// How many values FitsType() looks at; the rest is taken on trust.
inline constexpr int kMaxValuesLookedAt = 10'000;

inline bool FitsType(const Value& value, const Type& type, EvalContext& context,
                     int& left);

inline bool ElementsFit(const ListValue& list, const Type& element,
                        EvalContext& context, int& left) {
  for (std::size_t i = 0; i < list.size() && left > 0; ++i) {
    if (!FitsType(list.Get(i, context), element, context, left)) return false;
  }
  return true;
}

inline bool EntriesFit(const MapValue& map, const Type& type,
                       EvalContext& context, int& left) {
  for (std::size_t i = 0; i < map.size() && left > 0; ++i) {
    if (!FitsType(map.KeyAt(i, context), type.key(), context, left) ||
        !FitsType(map.ValueAt(i, context), type.value(), context, left)) {
      return false;
    }
  }
  return true;
}

// Whether an expression of this type may have this value: what the checker
// promises. Errors and unknowns go with every type; so does anything with a
// type parameter that the expression left open (`[]` is a list of whatever).
inline bool FitsType(const Value& value, const Type& type, EvalContext& context,
                     int& left) {
  if (--left <= 0 || value.is_error() || value.is_unknown()) return true;
  switch (type.kind()) {
    case TypeKind::kError:
    case TypeKind::kDyn:
    case TypeKind::kAny:
    case TypeKind::kParam:
      return true;
    case TypeKind::kNull:
      return value.is_null();
    case TypeKind::kBool:
      return value.is_bool();
    case TypeKind::kInt:
    case TypeKind::kEnum:
      return value.is_int();
    case TypeKind::kUint:
      return value.is_uint();
    case TypeKind::kDouble:
      return value.is_double();
    case TypeKind::kString:
      return value.is_string();
    case TypeKind::kBytes:
      return value.is_bytes();
    // Null goes with times, messages, optionals and opaque types, as the
    // definition of assignability says.
    case TypeKind::kTimestamp:
      return value.is_timestamp() || value.is_null();
    case TypeKind::kDuration:
      return value.is_duration() || value.is_null();
    case TypeKind::kWrapper:
      return value.is_null() ||
             FitsType(value, type.params()[0], context, left);
    case TypeKind::kList:
      return value.is_list() &&
             ElementsFit(value.list(), type.element(), context, left);
    case TypeKind::kMap:
      return value.is_map() && EntriesFit(value.map(), type, context, left);
    case TypeKind::kType:
      return value.is_type();
    case TypeKind::kOptional:
      if (value.is_null()) return true;
      return value.is_optional() &&
             (value.optional() == nullptr ||
              FitsType(*value.optional(), type.params()[0], context, left));
    case TypeKind::kMessage:
      return value.is_null() ||
             (value.is_message() &&
              value.message().message->GetDescriptor() == type.message());
    case TypeKind::kOpaque:
      return value.is_null() ||
             (value.is_opaque() && value.opaque().type_name() == type.name());
  }
  return false;
}

inline bool IsOrHoldsDyn(const Type& type) {
  if (type.IsDyn() || type.Is(TypeKind::kAny)) return true;
  for (const Type& param : type.params()) {
    if (IsOrHoldsDyn(param)) return true;
  }
  return false;
}

inline bool UsesDyn(const CheckedExpr& checked, const Expr& expr) {
  if (IsOrHoldsDyn(checked.type(expr))) return true;
  for (const Expr* child : Children(expr)) {
    if (UsesDyn(checked, *child)) return true;
  }
  return false;
}

// Whether a checked expression may have this value. Where `dyn` takes part the
// checker promises the outermost type only: `[1] + x` is a list(int) to it, and
// what is in `x` nobody looks at.
inline bool FitsType(const Value& value, const CheckedExpr& checked,
                     EvalContext& context) {
  int left = UsesDyn(checked, checked.root()) ? 2 : kMaxValuesLookedAt;
  return FitsType(value, checked.result_type(), context, left);
}

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_FITS_TYPE_H_
