#ifndef KLAUSUL_SERVICE_CEL_FUNCTION_TABLE_H_
#define KLAUSUL_SERVICE_CEL_FUNCTION_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "service/cel/environment.h"
#include "service/cel/eval_context.h"
#include "service/cel/value.h"

namespace klausul::cel {

using Args = absl::Span<const Value>;

// One row of a library: a declaration and what it does.
struct FunctionRow {
  absl::string_view name;
  absl::string_view id;
  std::vector<Type> args;
  Type result;
  Value (*impl)(Args args, EvalContext& context);
};

enum class CallStyle { kGlobal, kReceiver };

// Declares every row, `f(a, b)` or `a.f(b)`.
inline void AddRows(EnvironmentBuilder& builder, CallStyle style,
                    const std::vector<FunctionRow>& rows) {
  for (const FunctionRow& row : rows) {
    Overload overload;
    overload.id = std::string(row.id);
    overload.receiver_style = style == CallStyle::kReceiver;
    overload.args = row.args;
    overload.result = row.result;
    overload.impl = row.impl;
    builder.AddFunction({std::string(row.name), {std::move(overload)}});
  }
}

// The parts of the standard library, one per file.
void AddArithmetic(EnvironmentBuilder& builder);
void AddRelations(EnvironmentBuilder& builder);
void AddCollections(EnvironmentBuilder& builder);
void AddTextFunctions(EnvironmentBuilder& builder);
void AddConversions(EnvironmentBuilder& builder);
void AddTimeFunctions(EnvironmentBuilder& builder);

// `list[index]` with a number of any kind.
Value IndexList(const ListValue& list, const Value& index,
                EvalContext& context);

}  // namespace klausul::cel

#endif  // KLAUSUL_SERVICE_CEL_FUNCTION_TABLE_H_
