#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/cel/checker_impl.h"

namespace klausul::cel {

std::vector<const Expr*> Checker::NameChain(const Expr& expr) {
  std::vector<const Expr*> chain;
  const Expr* node = &expr;
  while (node->kind == ExprKind::kSelect && node->mode == SelectMode::kRead &&
         !node->optional) {
    chain.push_back(node);
    node = node->operand;
  }
  if (node->kind != ExprKind::kIdent) return {};
  chain.push_back(node);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

const Checker::Local* Checker::FindLocal(absl::string_view name) const {
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->name == name) return &*local;
  }
  return nullptr;
}

Reference Checker::ResolveName(absl::string_view name) const {
  const std::shared_ptr<const ResolvedName> found =
      environment_->ResolveName(name);
  Reference reference;
  switch (found->kind) {
    case ResolvedName::Kind::kNothing:
      return reference;
    case ResolvedName::Kind::kVariable:
      reference.kind = ReferenceKind::kVariable;
      reference.index = found->index;
      break;
    case ResolvedName::Kind::kConstant:
      reference.kind = ReferenceKind::kConstant;
      reference.constant = Constant::Int(found->number);
      reference.type = found->type;
      break;
    case ResolvedName::Kind::kType:
      reference.kind = ReferenceKind::kType;
      reference.type = found->type;
      break;
  }
  reference.name = found->name;
  return reference;
}

Type Checker::TypeOfReference(const Reference& reference) {
  switch (reference.kind) {
    case ReferenceKind::kVariable:
      return unifier_.InstantiateVariable(
          environment_->variables()[reference.index].type);
    case ReferenceKind::kConstant:
      return reference.type;
    case ReferenceKind::kType:
      return Type::TypeOf(reference.type);
    default:
      return Type::Error();
  }
}

Type Checker::CheckIdent(const Expr& expr) {
  return CheckNameChain({&expr});
}

// The longest prefix that stands for something wins; the rest are selections.
Type Checker::CheckNameChain(absl::Span<const Expr* const> chain) {
  std::size_t resolved = 0;
  Type type;
  if (const Local* local = FindLocal(chain[0]->name)) {
    type = local->type;
    SetReference(*chain[0], ReferenceKind::kLocal).index = local->slot;
  } else {
    std::vector<std::string> prefixes = {std::string(chain[0]->name)};
    for (const Expr* part : chain.subspan(1)) {
      if (prefixes.size() == kMaxNameSegments) break;
      prefixes.push_back(absl::StrCat(prefixes.back(), ".", part->name));
    }
    Reference reference;
    resolved = prefixes.size();
    while (resolved > 0 && reference.kind == ReferenceKind::kUnresolved) {
      reference = ResolveName(prefixes[--resolved]);
    }
    if (reference.kind == ReferenceKind::kUnresolved) {
      type = UnknownName(*chain[0], chain);
    } else {
      type = TypeOfReference(reference);
      SetReference(*chain[resolved], reference.kind) = std::move(reference);
    }
  }
  for (std::size_t i = resolved;; ++i) {
    if (!type_check()) type = Type::Dyn();
    result_->types_[chain[i]->id] = type;
    done_[chain[i]->id] = true;
    if (i + 1 == chain.size()) return type;
    type = CheckSelection(*chain[i + 1], type);
  }
}

Type Checker::UnknownName(const Expr& expr,
                          absl::Span<const Expr* const> chain) {
  if (!type_check()) {
    SetReference(expr, ReferenceKind::kUnresolved).name =
        std::string(expr.name);
    return Type::Dyn();
  }
  const absl::Span<const EnumConstant> bare =
      environment_->FindBareEnumConstant(expr.name);
  if (bare.size() > 1) {
    return Error(
        expr.span, "ambiguous-name",
        absl::StrCat("`", expr.name, "` is a value of ", bare.size(), " enums"),
        absl::StrCat(
            "write ",
            absl::StrJoin(bare, " or ",
                          [](std::string* out, const EnumConstant& constant) {
                            absl::StrAppend(out, "`", constant.qualified_name,
                                            "`");
                          })));
  }
  // `Enum.VALU`: the enum is known, its value is not.
  if (chain.size() > 1) {
    if (const auto enum_type = environment_->FindEnum(expr.name)) {
      std::vector<std::string> values;
      for (const EnumType::Value& value : enum_type->values) {
        values.push_back(value.name);
      }
      return Error(
          chain[1]->name_span, "unknown-name",
          absl::StrCat("`", expr.name, "` has no value `", chain[1]->name, "`"),
          DidYouMean(chain[1]->name, values));
    }
  }
  if (environment_->FindFunction(expr.name) != nullptr) {
    return Error(expr.span, "unknown-name",
                 absl::StrCat("`", expr.name, "` is a function"),
                 absl::StrCat("call it, as in `", expr.name, "(...)`"));
  }
  // The field of a message that has a name: `value` for `contract.value`.
  for (const Variable& variable : environment_->variables()) {
    if (variable.type.Is(TypeKind::kMessage) &&
        !absl::StartsWith(variable.name, "@") &&
        environment_->FindField(variable.type.message(), expr.name) !=
            nullptr) {
      return Error(
          expr.span, "unknown-name",
          absl::StrCat("`", expr.name, "` is not known"),
          absl::StrCat("did you mean `", variable.name, ".", expr.name, "`?"));
    }
  }
  std::vector<std::string> names;
  for (const Local& local : locals_)
    names.emplace_back(local.name);
  const std::vector<std::string> known = environment_->IdentifierNames();
  names.insert(names.end(), known.begin(), known.end());
  return Error(expr.span, "unknown-name",
               absl::StrCat("`", expr.name, "` is not known"),
               DidYouMean(expr.name, names));
}

}  // namespace klausul::cel
