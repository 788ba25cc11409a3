#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/cel/checker_impl.h"

namespace klausul::cel {
namespace {

// Overloads that a message lists.
constexpr std::size_t kMaxForms = 5;

bool HasParams(const Type& type) {
  if (type.Is(TypeKind::kParam)) return true;
  return std::any_of(type.params().begin(), type.params().end(), HasParams);
}

bool IsGeneric(const Overload& overload) {
  return std::any_of(overload.args.begin(), overload.args.end(), HasParams);
}

// The overloads of one style and number of arguments; those for certain types
// before those for any, so that a host's `==` goes before the language's.
std::vector<const Overload*> Candidates(const FunctionDecl& function,
                                        bool receiver_style,
                                        std::size_t arg_count) {
  std::vector<const Overload*> candidates;
  for (const Overload& overload : function.overloads) {
    if (overload.receiver_style == receiver_style &&
        overload.args.size() == arg_count) {
      candidates.push_back(&overload);
    }
  }
  std::stable_partition(
      candidates.begin(), candidates.end(),
      [](const Overload* overload) { return !IsGeneric(*overload); });
  return candidates;
}

bool HasStyle(const FunctionDecl& function, bool receiver_style) {
  return std::any_of(function.overloads.begin(), function.overloads.end(),
                     [receiver_style](const Overload& overload) {
                       return overload.receiver_style == receiver_style;
                     });
}

// The sign that an operator is written with; empty for other functions.
absl::string_view OperatorSign(absl::string_view function) {
  struct Sign {
    absl::string_view function;
    absl::string_view text;
  };

  static constexpr std::array<Sign, 16> kSigns = {{
      {op::kNot, "!"},
      {op::kNegate, "-"},
      {op::kEquals, "=="},
      {op::kNotEquals, "!="},
      {op::kLess, "<"},
      {op::kLessEquals, "<="},
      {op::kGreater, ">"},
      {op::kGreaterEquals, ">="},
      {op::kIn, "in"},
      {op::kAdd, "+"},
      {op::kSubtract, "-"},
      {op::kMultiply, "*"},
      {op::kDivide, "/"},
      {op::kModulo, "%"},
      {op::kIndex, "[]"},
      {op::kOptionalIndex, "[?]"},
  }};
  for (const Sign& sign : kSigns) {
    if (sign.function == function) return sign.text;
  }
  return {};
}

bool IsNumber(const Type& type) {
  return type.Is(TypeKind::kInt) || type.Is(TypeKind::kUint) ||
         type.Is(TypeKind::kDouble);
}

bool IsStringConstant(const Expr& expr) {
  return expr.kind == ExprKind::kConstant &&
         expr.constant.kind == ConstantKind::kString;
}

bool IsNullConstant(const Expr& expr) {
  return expr.kind == ExprKind::kConstant &&
         expr.constant.kind == ConstantKind::kNull;
}

bool IsComparison(absl::string_view function) {
  return function == op::kEquals || function == op::kNotEquals ||
         function == op::kLess || function == op::kLessEquals ||
         function == op::kGreater || function == op::kGreaterEquals;
}

}  // namespace

Type Checker::CheckCall(const Expr& expr) {
  if (expr.IsCall(op::kAnd) || expr.IsCall(op::kOr)) return CheckLogical(expr);
  if (expr.IsCall(op::kConditional)) return CheckConditional(expr);
  std::vector<const Expr*> args(expr.args.begin(), expr.args.end());
  if (expr.operand == nullptr) {
    const FunctionDecl* function = FindGlobal(expr.name);
    if (function == nullptr || !HasStyle(*function, false)) {
      for (const Expr* arg : args)
        Check(*arg);
      return UnknownFunction(expr, function);
    }
    return ResolveCall(expr, *function, false, false, args);
  }
  const FunctionDecl* namespaced = FindNamespaced(expr);
  if (namespaced != nullptr) {
    return ResolveCall(expr, *namespaced, false, true, args);
  }
  args.insert(args.begin(), expr.operand);
  const FunctionDecl* function = environment_->FindFunction(expr.name);
  if (function == nullptr || !HasStyle(*function, true)) {
    for (const Expr* arg : args)
      Check(*arg);
    return UnknownFunction(expr, function);
  }
  return ResolveCall(expr, *function, true, false, args);
}

Type Checker::CheckLogical(const Expr& expr) {
  const absl::string_view who = expr.name == op::kAnd ? "`&&`" : "`||`";
  for (const Expr* arg : expr.args)
    RequireBool(*arg, Check(*arg), who);
  return Type::Bool();
}

Type Checker::CheckConditional(const Expr& expr) {
  RequireBool(*expr.args[0], Check(*expr.args[0]), "the condition of `?:`");
  const Type then = Check(*expr.args[1]);
  const Type otherwise = Check(*expr.args[2]);
  if (!type_check()) return Type::Dyn();
  const Type joined = unifier_.NewParam("T");
  if (unifier_.AssignAll({then, otherwise}, {joined, joined})) {
    return Resolved(joined);
  }
  return Error(expr.args[2]->span, "type-mismatch",
               absl::StrCat("the two cases of `?:` differ: ", Quoted(then),
                            " and ", Quoted(otherwise)));
}

const FunctionDecl* Checker::FindGlobal(absl::string_view name) const {
  if (!OperatorSign(name).empty()) return environment_->FindFunction(name);
  for (const std::string& candidate : environment_->CandidateNames(name)) {
    if (const auto* function = environment_->FindFunction(candidate)) {
      return function;
    }
  }
  return nullptr;
}

// `ns.f(x)` may be the function `ns.f` rather than a method of `ns`.
const FunctionDecl* Checker::FindNamespaced(const Expr& expr) const {
  const std::vector<const Expr*> chain = NameChain(*expr.operand);
  if (chain.empty() || chain.size() >= kMaxNameSegments ||
      FindLocal(chain[0]->name) != nullptr) {
    return nullptr;
  }
  std::string name;
  for (const Expr* part : chain)
    absl::StrAppend(&name, part->name, ".");
  absl::StrAppend(&name, expr.name);
  const FunctionDecl* function = FindGlobal(name);
  return function != nullptr && HasStyle(*function, false) ? function : nullptr;
}

Type Checker::ResolveCall(const Expr& expr, const FunctionDecl& function,
                          bool receiver_style, bool namespaced,
                          absl::Span<const Expr* const> args) {
  std::vector<Type> types;
  types.reserve(args.size());
  bool has_error = false;
  for (const Expr* arg : args) {
    types.push_back(Resolved(Check(*arg)));
    has_error = has_error || types.back().Is(TypeKind::kError);
  }
  Reference reference;
  reference.kind = ReferenceKind::kFunction;
  reference.name = function.name;
  reference.namespaced = namespaced;
  Type result =
      ChooseOverloads(expr, function, receiver_style, types, reference);
  if (reference.overloads.empty()) {
    // Where an argument is wrong, that is what has to be mended.
    if (has_error) return Type::Error();
    if (type_check()) {
      return NoOverload(expr, function, receiver_style, args, types);
    }
    reference.kind = ReferenceKind::kUnresolved;
  }
  if (has_error && result.IsDyn()) return Type::Error();
  if (type_check() && reference.overloads.size() == 1) {
    CheckConstants(*reference.overloads[0], args);
  }
  if (expr.IsCall(op::kIndex) && IsStringConstant(*args[1])) {
    CheckMapKey(*args[0], args[1]->constant.text, args[1]->span);
  }
  SetReference(expr, reference.kind) = std::move(reference);
  return result;
}

Type Checker::ChooseOverloads(const Expr&, const FunctionDecl& function,
                              bool receiver_style, absl::Span<const Type> types,
                              Reference& reference) {
  const std::vector<const Overload*> candidates =
      Candidates(function, receiver_style, types.size());
  if (!type_check()) {
    reference.overloads = candidates;
    return Type::Dyn();
  }
  for (const Overload* overload : candidates) {
    if (!IsGeneric(*overload) && absl::MakeConstSpan(overload->args) == types &&
        !std::any_of(types.begin(), types.end(),
                     [](const Type& type) { return type.IsDyn(); })) {
      reference.overloads = {overload};
      // Without arguments the result may yet have parameters.
      return unifier_.Instantiate(*overload).result;
    }
  }
  absl::optional<Type> result;
  for (const Overload* overload : candidates) {
    const Unifier::Signature signature = unifier_.Instantiate(*overload);
    if (!unifier_.AssignAll(types, signature.args)) continue;
    reference.overloads.push_back(overload);
    const Type type = Resolved(signature.result);
    if (!result.has_value()) {
      result = type;
    } else if (*result != type) {
      result = Type::Dyn();
    }
  }
  return result.value_or(Type::Error());
}

void Checker::CheckConstants(const Overload& overload,
                             absl::Span<const Expr* const> args) {
  if (!overload.check_constants) return;
  std::vector<const Constant*> constants;
  const Expr* first = nullptr;
  for (const Expr* arg : args) {
    const bool is_constant = arg->kind == ExprKind::kConstant;
    constants.push_back(is_constant ? &arg->constant : nullptr);
    if (is_constant) first = arg;
  }
  if (first == nullptr) return;
  const absl::Status status = overload.check_constants(constants);
  if (status.ok()) return;
  Error(first->span, "invalid-constant",
        absl::string_view(status.message().data(), status.message().size()));
}

Type Checker::UnknownFunction(const Expr& expr,
                              const FunctionDecl* other_style) {
  if (!type_check()) {
    SetReference(expr, ReferenceKind::kUnresolved).name =
        std::string(expr.name);
    return Type::Dyn();
  }
  const std::string message =
      absl::StrCat("there is no function `", expr.name, "`");
  if (const absl::string_view sign = OperatorSign(expr.name); !sign.empty()) {
    return Error(expr.name_span, "unknown-function",
                 absl::StrCat("there is no operator `", sign, "`"));
  }
  if (other_style != nullptr) {
    return expr.has_receiver()
               ? Error(expr.name_span, "unknown-function",
                       absl::StrCat("`", expr.name, "` is not a method"),
                       absl::StrCat("write `", expr.name, "(x)`"))
               : Error(expr.name_span, "unknown-function",
                       absl::StrCat("`", expr.name, "` is a method"),
                       absl::StrCat("write `x.", expr.name, "(...)`"));
  }
  for (const Macro& macro : environment_->macros()) {
    if (macro.name != expr.name) continue;
    std::vector<std::string> forms;
    for (const Macro& form : environment_->macros()) {
      if (form.name != expr.name) continue;
      static constexpr std::array<absl::string_view, 5> kForms = {
          "()", "(x)", "(x, y)", "(x, y, z)", "(x, y, z, w)"};
      const bool listed =
          form.arg_count >= 0 &&
          static_cast<std::size_t>(form.arg_count) < kForms.size();
      forms.push_back(
          absl::StrCat("`", form.receiver_style ? "list." : "", form.name,
                       listed ? kForms[form.arg_count] : "(...)", "`"));
    }
    return Error(expr.name_span, "unknown-function",
                 absl::StrCat("`", expr.name, "` is called the wrong way"),
                 absl::StrCat("write ", absl::StrJoin(forms, " or ")));
  }
  if (expr.name == "not" || expr.name == "NOT") {
    return Error(expr.name_span, "unknown-function", message, "write `!`");
  }
  return Error(expr.name_span, "unknown-function", message,
               DidYouMean(expr.name, environment_->FunctionNames()));
}

Type Checker::NoOverload(const Expr& expr, const FunctionDecl& function,
                         bool receiver_style,
                         absl::Span<const Expr* const> args,
                         absl::Span<const Type> types) {
  if (!OperatorSign(function.name).empty()) {
    return NoOperator(expr, args, types);
  }
  const std::vector<const Overload*> candidates =
      Candidates(function, receiver_style, types.size());
  const std::size_t receiver = receiver_style ? 1 : 0;
  if (candidates.empty()) {
    std::vector<std::size_t> counts;
    for (const Overload& overload : function.overloads) {
      if (overload.receiver_style != receiver_style) continue;
      counts.push_back(overload.args.size() - receiver);
    }
    std::sort(counts.begin(), counts.end());
    counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
    const bool one = counts.size() == 1 && counts[0] == 1;
    return Error(
        expr.name_span, "no-overload",
        absl::StrCat("`", function.name, "` takes ",
                     absl::StrJoin(counts, " or "), " argument", one ? "" : "s",
                     ", found ", types.size() - receiver));
  }
  if (candidates.size() == 1) {
    const Unifier::Signature signature = unifier_.Instantiate(*candidates[0]);
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (unifier_.Assign(types[i], signature.args[i])) continue;
      // As declared, but for what the arguments before have settled.
      const std::string wanted = absl::StrCat(
          "`", Resolved(signature.args[i]).ToString(environment_->container()),
          "`");
      return Error(args[i]->span, "no-overload",
                   i < receiver
                       ? absl::StrCat("`", function.name, "` is a method of ",
                                      wanted, ", not of ", Quoted(types[i]))
                       : absl::StrCat("argument ", i + 1 - receiver, " of `",
                                      function.name, "` is ", Quoted(types[i]),
                                      ", expected ", wanted));
    }
  }
  const auto quoted = [this](std::string* out, const Type& type) {
    absl::StrAppend(out, Quoted(type));
  };
  // As declared: `list(A)`.
  const auto declared = [this](std::string* out, const Type& type) {
    absl::StrAppend(out, "`", type.ToString(environment_->container()), "`");
  };
  std::vector<std::string> forms;
  forms.reserve(candidates.size());
  for (const Overload* candidate : candidates) {
    forms.push_back(
        absl::StrCat("(", absl::StrJoin(candidate->args, ", ", declared), ")"));
  }
  if (forms.size() > kMaxForms) forms.resize(kMaxForms);
  return Error(expr.name_span, "no-overload",
               absl::StrCat("`", function.name, "` cannot be applied to (",
                            absl::StrJoin(types, ", ", quoted), ")"),
               absl::StrCat("it takes ", absl::StrJoin(forms, " or ")));
}

Type Checker::NoOperator(const Expr& expr, absl::Span<const Expr* const> args,
                         absl::Span<const Type> types) {
  const absl::string_view sign = OperatorSign(expr.name);
  if (types.size() == 1) {
    return Error(
        expr.name_span, "no-overload",
        absl::StrCat("`", sign, "` cannot be applied to ", Quoted(types[0])),
        expr.name == op::kNot ? "`!` takes a `bool`" : "");
  }
  if (expr.name == op::kIndex || expr.name == op::kOptionalIndex) {
    return Error(args[1]->span, "no-overload",
                 absl::StrCat(Quoted(types[0]), " cannot be indexed by ",
                              Quoted(types[1])));
  }
  if (IsComparison(expr.name) || expr.name == op::kIn) {
    for (std::size_t i = 0; i < 2; ++i) {
      const Type& other = types[1 - i];
      const EnumType* values = other.Is(TypeKind::kList)
                                   ? other.element().enum_type()
                                   : other.enum_type();
      if (values != nullptr && IsStringConstant(*args[i])) {
        const absl::string_view text = args[i]->constant.text;
        return Error(args[i]->span, "type-mismatch",
                     absl::StrCat("a value of `", values->name,
                                  "` is a name, not a string"),
                     values->FindValue(text) != nullptr
                         ? absl::StrCat("write `", text, "` without quotes")
                         : "");
      }
      if (environment_->is_rules() && IsNullConstant(*args[i])) {
        return Error(args[i]->span, "type-mismatch",
                     absl::StrCat(Quoted(other), " is never `null`"),
                     "what is not stated is unknown; ask with `has(x.y)`");
      }
    }
  }
  std::string help;
  if (IsNumber(types[0]) && IsNumber(types[1])) {
    help =
        absl::StrCat("convert one side, as in `", types[0].ToString(), "(x)`");
  } else if (expr.name == op::kIn && types[1].Is(TypeKind::kString)) {
    help = "write `text.contains(part)`";
  }
  if (IsComparison(expr.name)) {
    return Error(
        expr.name_span, "type-mismatch",
        absl::StrCat(
            Quoted(types[0]), " and ", Quoted(types[1]), " cannot be compared",
            types[0] == types[1] ? absl::StrCat(" by `", sign, "`") : ""),
        help);
  }
  return Error(expr.name_span, "no-overload",
               absl::StrCat("`", sign, "` cannot be applied to ",
                            Quoted(types[0]), " and ", Quoted(types[1])),
               help);
}

}  // namespace klausul::cel
