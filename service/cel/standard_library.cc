#include "service/cel/standard_library.h"

#include "service/cel/ast.h"
#include "service/cel/eval_context.h"
#include "service/cel/function_table.h"

namespace klausul::cel {
namespace {

absl::optional<Value> MixedOrder(absl::string_view name, const Value& a,
                                 const Value& b) {
  if (!a.is_number() || !b.is_number()) return absl::nullopt;
  const absl::optional<int> order = CompareNumbers(a, b);
  // Nothing is before or after a NaN.
  if (name == op::kLess) return Value::Bool(order && *order < 0);
  if (name == op::kLessEquals) return Value::Bool(order && *order <= 0);
  if (name == op::kGreater) return Value::Bool(order && *order > 0);
  if (name == op::kGreaterEquals) return Value::Bool(order && *order >= 0);
  return absl::nullopt;
}

}  // namespace

absl::Status AddStandardLibrary(EnvironmentBuilder& builder) {
  AddArithmetic(builder);
  AddRelations(builder);
  AddCollections(builder);
  AddTextFunctions(builder);
  AddConversions(builder);
  AddTimeFunctions(builder);
  return absl::OkStatus();
}

absl::optional<Value> DynamicOperator(absl::string_view name, Args args,
                                      EvalContext& context) {
  if (args.size() != 2) return absl::nullopt;
  if (name == op::kIndex && args[0].is_list() && args[1].is_number()) {
    return IndexList(args[0].list(), args[1], context);
  }
  return MixedOrder(name, args[0], args[1]);
}

}  // namespace klausul::cel
