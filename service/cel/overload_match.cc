#include "service/cel/overload_match.h"

#include <cstddef>

namespace klausul::cel {

bool Accepts(const Type& type, const Value& value) {
  if (value.is_error() || value.is_unknown()) return true;
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
    case TypeKind::kTimestamp:
      return value.is_timestamp();
    case TypeKind::kDuration:
      return value.is_duration();
    case TypeKind::kWrapper:
      return value.is_null() || Accepts(type.params()[0], value);
    case TypeKind::kList:
      return value.is_list();
    case TypeKind::kMap:
      return value.is_map();
    case TypeKind::kType:
      return value.is_type();
    case TypeKind::kOptional:
      return value.is_optional();
    case TypeKind::kMessage:
      return value.is_message() &&
             (value.message().message->GetDescriptor() == type.message() ||
              value.TypeName() ==
                  absl::string_view(type.message()->full_name()));
    case TypeKind::kOpaque:
      return value.is_opaque() && value.TypeName() == type.name();
  }
  return false;
}

bool Accepts(const Overload& overload, absl::Span<const Value> args) {
  if (overload.args.size() != args.size()) return false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!Accepts(overload.args[i], args[i])) return false;
  }
  return true;
}

bool IsGeneric(const Overload& overload) {
  for (const Type& type : overload.args) {
    if (type.Is(TypeKind::kParam) || type.IsDyn()) return true;
  }
  return false;
}

const Overload* ChooseOverload(absl::Span<const Overload* const> overloads,
                               bool receiver_style,
                               absl::Span<const Value> args) {
  const Overload* chosen = nullptr;
  for (const Overload* overload : overloads) {
    if (overload->receiver_style != receiver_style || !overload->impl ||
        !Accepts(*overload, args)) {
      continue;
    }
    if (chosen == nullptr || !IsGeneric(*overload)) chosen = overload;
    if (!IsGeneric(*chosen)) break;
  }
  return chosen;
}

}  // namespace klausul::cel
