// List, map and message literals.

#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/message_builder.h"
#include "service/cel/strict_merge.h"
#include "service/cel/walker.h"

namespace klausul::cel {
namespace {

// The value to put into a literal for an entry written `?e`: nothing for
// none(), an error for what is no optional.
absl::optional<Value> Unwrap(const Value& value, EvalContext& context) {
  if (!value.is_optional()) {
    return context.Error(
        ErrorCode::kNoMatchingOverload,
        absl::StrCat("`?` takes an optional, not a ", value.TypeName()));
  }
  if (value.optional() == nullptr) return absl::nullopt;
  return *value.optional();
}

}  // namespace

Value Walker::EvalList(const Expr& expr) {
  std::vector<Value> elements;
  elements.reserve(expr.args.size());
  StrictMerge merge(arena_);
  auto optional = expr.optional_indices.begin();
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    absl::optional<Value> value = Eval(*expr.args[i]);
    merge.Add(*value);
    if (optional != expr.optional_indices.end() &&
        static_cast<std::size_t>(*optional) == i) {
      ++optional;
      if (!merge.has_result()) value = Unwrap(*value, context_);
      if (!value.has_value()) continue;
      merge.Add(*value);
    }
    elements.push_back(*value);
  }
  if (merge.has_result()) return merge.result();
  return Value::List(elements, arena_);
}

Value Walker::EvalMap(const Expr& expr) {
  std::vector<MapEntry> entries;
  entries.reserve(expr.entries.size());
  StrictMerge merge(arena_);
  for (const Entry& entry : expr.entries) {
    const Value key = Eval(*entry.key);
    absl::optional<Value> value = Eval(*entry.value);
    merge.Add(key);
    merge.Add(*value);
    if (entry.optional && !merge.has_result()) {
      value = Unwrap(*value, context_);
      if (!value.has_value()) continue;
      merge.Add(*value);
    }
    entries.push_back({key, *value});
  }
  if (merge.has_result()) return merge.result();
  return MakeMap(entries, context_);
}

Value Walker::EvalStruct(const Expr& expr, const Reference* reference) {
  if (reference == nullptr || reference->kind != ReferenceKind::kMessage ||
      reference->message == nullptr) {
    return context_.Error(
        ErrorCode::kUnknownIdentifier,
        absl::StrCat("there is no message type `", expr.name, "`"));
  }
  std::vector<FieldValue> fields;
  StrictMerge merge(arena_);
  for (std::size_t i = 0; i < expr.entries.size(); ++i) {
    const Entry& entry = expr.entries[i];
    absl::optional<Value> value = Eval(*entry.value);
    merge.Add(*value);
    const google::protobuf::FieldDescriptor* field =
        i < reference->fields.size() ? reference->fields[i] : nullptr;
    if (field == nullptr) {
      merge.Add(
          context_.Error(ErrorCode::kNoSuchField,
                         absl::StrCat("`", reference->message->full_name(),
                                      "` has no field `", entry.field, "`")));
    }
    if (entry.optional && !merge.has_result()) {
      value = Unwrap(*value, context_);
      if (!value.has_value()) continue;
      merge.Add(*value);
    }
    fields.push_back({field, *value});
  }
  if (merge.has_result()) return merge.result();
  return BuildMessage(reference->message, fields, context_);
}

}  // namespace klausul::cel
