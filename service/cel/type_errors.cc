#include "service/cel/type_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace klausul::cel {

Value NotABool(absl::string_view where, const Value& value,
               EvalContext& context) {
  return context.Error(
      ErrorCode::kNoMatchingOverload,
      absl::StrCat(where, " takes a bool, not a ", value.TypeName()));
}

Value ConditionNotABool(const Value& value, EvalContext& context) {
  return context.Error(ErrorCode::kNoMatchingOverload,
                       absl::StrCat("a condition over elements gave a ",
                                    value.TypeName(), " instead of a bool"));
}

Value NotARange(const Value& value, EvalContext& context) {
  return context.Error(
      ErrorCode::kNoMatchingOverload,
      absl::StrCat("elements are those of a list or a map, not of a ",
                   value.TypeName()));
}

Value NoOverload(absl::string_view function, absl::Span<const Value> args,
                 EvalContext& context) {
  return context.Error(
      ErrorCode::kNoMatchingOverload,
      absl::StrCat("no overload of `", function, "` takes (",
                   absl::StrJoin(args, ", ",
                                 [](std::string* out, const Value& arg) {
                                   absl::StrAppend(out, arg.TypeName());
                                 }),
                   ")"));
}

}  // namespace klausul::cel
