#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/cel/checker_impl.h"

namespace klausul::cel {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

Type Checker::CheckSelect(const Expr& expr) {
  const std::vector<const Expr*> chain = NameChain(expr);
  if (!chain.empty()) return CheckNameChain(chain);
  return CheckSelection(expr, Check(*expr.operand));
}

// One selection, whose operand has been checked.
Type Checker::CheckSelection(const Expr& expr, const Type& operand) {
  if (!type_check()) return Type::Dyn();
  Type from = Resolved(operand);
  // A selection from an optional value is one from what it holds, if any.
  const bool chained = from.Is(TypeKind::kOptional);
  if (chained) from = Resolved(from.params()[0]);
  const Type field = SelectFrom(expr, from);
  if (expr.mode != SelectMode::kRead) return Type::Bool();
  if (field.Is(TypeKind::kError)) return field;
  return chained || expr.optional ? Type::Optional(field) : field;
}

Type Checker::SelectFrom(const Expr& expr, const Type& operand) {
  switch (operand.kind()) {
    case TypeKind::kError:
    case TypeKind::kDyn:
    case TypeKind::kAny:
      return operand.Is(TypeKind::kError) ? operand : Type::Dyn();
    case TypeKind::kParam:
      unifier_.Assign(operand, Type::Dyn());
      return Type::Dyn();
    case TypeKind::kMap:
      return SelectFromMap(expr, operand);
    case TypeKind::kMessage:
      return SelectFromMessage(expr, operand);
    default:
      break;
  }
  std::string help;
  if (operand.Is(TypeKind::kList)) {
    help = absl::StrCat("choose an element, as in `x[0].", expr.name,
                        "`, or ask about all of them, as in `x.all(e, e.",
                        expr.name, " ...)`");
  }
  if (environment_->FindFunction(expr.name) != nullptr) {
    help = absl::StrCat("did you mean to call it, `", expr.name, "()`?");
  }
  return Error(expr.name_span, "unknown-field",
               absl::StrCat(Quoted(operand), " has no fields"), help);
}

Type Checker::SelectFromMap(const Expr& expr, const Type& map) {
  // By the language definition such a map only lacks the key when it is read.
  if (environment_->is_rules() && !unifier_.Assign(Type::String(), map.key())) {
    return Error(expr.name_span, "type-mismatch",
                 absl::StrCat("the keys of the map are ", Quoted(map.key()),
                              ", not names"),
                 "write `x[key]`");
  }
  CheckMapKey(*expr.operand, expr.name, expr.name_span);
  return map.value();
}

void Checker::CheckMapKey(const Expr& map, absl::string_view key, Span span) {
  const Reference* reference = nullptr;
  const std::int32_t at = result_->reference_index_[map.id];
  if (at >= 0) reference = &result_->references_[at];
  const FieldDescriptor* field = nullptr;
  if (reference != nullptr && reference->kind == ReferenceKind::kField) {
    field = reference->field;
  } else if (reference != nullptr &&
             reference->kind == ReferenceKind::kVariable) {
    field = environment_->variables()[reference->index].field;
  }
  if (field == nullptr) return;
  const absl::optional<std::vector<std::string>> keys =
      environment_->MapKeys(field);
  if (!keys.has_value() ||
      std::find(keys->begin(), keys->end(), key) != keys->end()) {
    return;
  }
  Error(span, "unknown-key",
        absl::StrCat("`", field->name(), "` has no key `", key, "`"),
        DidYouMean(key, *keys));
}

Type Checker::SelectFromMessage(const Expr& expr, const Type& message) {
  const Descriptor* descriptor = message.message();
  const FieldDescriptor* field = environment_->FindField(descriptor, expr.name);
  if (field != nullptr) {
    SetReference(expr, ReferenceKind::kField).field = field;
    return environment_->FieldType(field);
  }
  std::vector<std::string> names;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    names.push_back(descriptor->field(i)->name());
  }
  // A name says more than its type; `a.b` of `a.b.c` is what the author knows.
  const Expr& operand = *expr.operand;
  const bool named = !NameChain(operand).empty();
  const std::string owner =
      named ? absl::StrCat("`",
                           ast_->source()->text().substr(
                               operand.span.begin,
                               operand.span.end - operand.span.begin),
                           "`")
            : Quoted(message);
  return Error(expr.name_span, "unknown-field",
               absl::StrCat(owner, " has no field `", expr.name, "`"),
               DidYouMean(expr.name, names));
}

Type Checker::CheckStruct(const Expr& expr) {
  const Descriptor* message = nullptr;
  for (const std::string& candidate : environment_->CandidateNames(expr.name)) {
    const absl::optional<Type> type = environment_->FindTypeName(candidate);
    message = type.has_value() && type->message() != nullptr
                  ? type->message()
                  : environment_->FindMessage(candidate);
    if (message != nullptr) break;
  }
  if (message == nullptr) {
    for (const Entry& entry : expr.entries)
      Check(*entry.value);
    if (type_check()) {
      return Error(expr.name_span, "unknown-name",
                   absl::StrCat("there is no message `", expr.name, "`"));
    }
    SetReference(expr, ReferenceKind::kUnresolved).name =
        std::string(expr.name);
    return Type::Dyn();
  }
  std::vector<const FieldDescriptor*> fields;
  for (const Entry& entry : expr.entries) {
    fields.push_back(environment_->FindField(message, entry.field));
    CheckStructEntry(entry, message, fields.back());
  }
  Reference& reference = SetReference(expr, ReferenceKind::kMessage);
  reference.message = message;
  reference.name = message->full_name();
  reference.fields = std::move(fields);
  return TypeOfMessage(message);
}

void Checker::CheckStructEntry(const Entry& entry, const Descriptor* message,
                               const FieldDescriptor* field) {
  Type value = Check(*entry.value);
  if (!type_check()) return;
  if (entry.optional) value = UnwrapOptional(value, *entry.value);
  if (field == nullptr) {
    std::vector<std::string> names;
    for (int i = 0; i < message->field_count(); ++i) {
      names.push_back(message->field(i)->name());
    }
    Error(entry.field_span, "unknown-field",
          absl::StrCat(Quoted(Type::Message(message)), " has no field `",
                       entry.field, "`"),
          DidYouMean(entry.field, names));
    return;
  }
  const Type type = environment_->FieldType(field);
  if (unifier_.Assign(value, type)) return;
  // The enum that stands for null in JSON has a number like any other.
  if (type.Is(TypeKind::kNull) && Resolved(value).Is(TypeKind::kInt)) return;
  Error(entry.value->span, "type-mismatch",
        absl::StrCat("field `", entry.field, "` is ", Quoted(type), ", found ",
                     Quoted(value)));
}

}  // namespace klausul::cel
