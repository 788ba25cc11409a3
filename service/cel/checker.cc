#include "service/cel/checker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/edit_distance.h"
#include "service/cel/checker_impl.h"

namespace klausul::cel {

Checker::Checker(std::shared_ptr<const Ast> ast,
                 std::shared_ptr<const Environment> environment,
                 const CheckOptions& options, DiagnosticSink& sink)
    : ast_(std::move(ast)),
      environment_(std::move(environment)),
      options_(options),
      sink_(sink),
      errors_before_(sink.error_count()),
      result_(new CheckedExpr()),
      unifier_(environment_->mode()) {
  const auto places = static_cast<std::size_t>(ast_->max_id()) + 1;
  done_.resize(places);
  result_->ast_ = ast_;
  result_->environment_ = environment_;
  result_->type_checked_ = options.type_check;
  result_->types_.resize(places);
  result_->reference_index_.resize(places, -1);
}

std::shared_ptr<const CheckedExpr> Checker::Run() {
  const Expr& root = *ast_->root();
  const Type type = Check(root);
  if (type_check() && options_.expected_type.has_value() &&
      !unifier_.Assign(type, *options_.expected_type)) {
    Error(root.span, "type-mismatch",
          absl::StrCat("the expression is ", Quoted(type), ", expected ",
                       Quoted(*options_.expected_type)));
  }
  if (sink_.error_count() > errors_before_) return nullptr;
  for (Type& known : result_->types_) {
    known = unifier_.Substitute(known, true);
  }
  result_->local_count_ = high_slot_;
  return std::move(result_);
}

Type Checker::Check(const Expr& expr) {
  // Macros may use a node twice; once checked it is known.
  if (done_[expr.id]) return result_->types_[expr.id];
  Type type = CheckNode(expr);
  if (!type_check()) type = Type::Dyn();
  done_[expr.id] = true;
  result_->types_[expr.id] = type;
  return type;
}

Type Checker::CheckNode(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return CheckConstant(expr.constant);
    case ExprKind::kIdent:
      return CheckIdent(expr);
    case ExprKind::kSelect:
      return CheckSelect(expr);
    case ExprKind::kCall:
      return CheckCall(expr);
    case ExprKind::kList:
      return CheckList(expr);
    case ExprKind::kMap:
      return CheckMap(expr);
    case ExprKind::kStruct:
      return CheckStruct(expr);
    case ExprKind::kFold:
      return CheckFold(expr);
    case ExprKind::kLet:
      return CheckLet(expr);
  }
  return Type::Error();
}

Type Checker::CheckConstant(const Constant& constant) const {
  switch (constant.kind) {
    case ConstantKind::kNull:
      return Type::Null();
    case ConstantKind::kBool:
      return Type::Bool();
    case ConstantKind::kInt:
      return Type::Int();
    case ConstantKind::kUint:
      return Type::Uint();
    case ConstantKind::kDouble:
      return Type::Double();
    case ConstantKind::kString:
      return Type::String();
    case ConstantKind::kBytes:
      return Type::Bytes();
  }
  return Type::Error();
}

Type Checker::Join(const absl::optional<Type>& previous, const Type& current,
                   const Expr& element, absl::string_view what) {
  if (!previous.has_value()) return current;
  if (unifier_.Assign(*previous, current)) {
    return Unifier::MostGeneral(*previous, current);
  }
  if (!environment_->is_rules() || !type_check()) return Type::Dyn();
  return Error(element.span, "mixed-types",
               absl::StrCat("the ", what, " are ", Quoted(*previous),
                            ", this one is ", Quoted(current)));
}

Type Checker::UnwrapOptional(const Type& type, const Expr& element) {
  const Type known = Resolved(type);
  if (known.IsDyn() || !type_check()) return Type::Dyn();
  const Type inside = unifier_.NewParam("T");
  if (unifier_.Assign(known, Type::Optional(inside))) return inside;
  return Error(element.span, "type-mismatch",
               absl::StrCat("what stands behind `?` is ", Quoted(known),
                            ", expected an optional value"));
}

Type Checker::CheckList(const Expr& expr) {
  absl::optional<Type> joined;
  auto optional = expr.optional_indices.begin();
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    const Expr& element = *expr.args[i];
    Type type = Check(element);
    if (optional != expr.optional_indices.end() &&
        static_cast<std::size_t>(*optional) == i) {
      type = UnwrapOptional(type, element);
      ++optional;
    }
    joined = Join(joined, type, element, "elements before");
  }
  if (!joined.has_value()) {
    joined = unifier_.NewParam("T");
  }
  return Type::List(*joined);
}

void Checker::RequireMapKey(const Expr& key, const Type& type) {
  switch (type.kind()) {
    case TypeKind::kList:
    case TypeKind::kMap:
    case TypeKind::kMessage:
    case TypeKind::kDouble:
    case TypeKind::kBytes:
    case TypeKind::kNull:
      break;
    default:
      return;
  }
  // By the language definition such a map is an error only when it is made.
  if (!environment_->is_rules() || !type_check()) return;
  Error(key.span, "type-mismatch",
        absl::StrCat(Quoted(type), " cannot be the key of a map"),
        "keys are `int`, `uint`, `bool` or `string`");
}

Type Checker::CheckMap(const Expr& expr) {
  absl::optional<Type> keys;
  absl::optional<Type> values;
  for (const Entry& entry : expr.entries) {
    const Type key = Check(*entry.key);
    RequireMapKey(*entry.key, key);
    keys = Join(keys, key, *entry.key, "keys before");
    Type value = Check(*entry.value);
    if (entry.optional) value = UnwrapOptional(value, *entry.value);
    values = Join(values, value, *entry.value, "values before");
  }
  if (!keys.has_value()) {
    keys = unifier_.NewParam("K");
    values = unifier_.NewParam("V");
  }
  return Type::Map(*keys, *values);
}

std::int32_t Checker::NewSlot() {
  const std::int32_t slot = next_slot_++;
  high_slot_ = std::max(high_slot_, next_slot_);
  return slot;
}

std::int32_t Checker::AddLocal(absl::string_view name, const Type& type) {
  const std::int32_t slot = NewSlot();
  locals_.push_back({name, type, slot});
  return slot;
}

void Checker::RequireBool(const Expr& expr, const Type& type,
                          absl::string_view who) {
  if (!type_check() || unifier_.Assign(type, Type::Bool())) return;
  const Type known = Resolved(type);
  std::string help;
  if (known.Is(TypeKind::kList) || known.Is(TypeKind::kMap) ||
      known.Is(TypeKind::kString)) {
    help = "ask for its size, as in `size(x) > 0`";
  } else if (known.Is(TypeKind::kMessage)) {
    help = "ask whether it is set, as in `has(x.y)`";
  } else if (known.Is(TypeKind::kInt) || known.Is(TypeKind::kUint) ||
             known.Is(TypeKind::kDouble)) {
    help = "compare it, as in `x > 0`";
  }
  Error(expr.span, "type-mismatch",
        absl::StrCat(who, " takes `bool`, found ", Quoted(known)), help);
}

Type Checker::CheckFold(const Expr& expr) {
  const Type range = Resolved(Check(*expr.operand));
  Type element = Type::Dyn();
  Type key = Type::Dyn();
  if (range.Is(TypeKind::kList)) {
    element = range.element();
    key = Type::Int();
  } else if (range.Is(TypeKind::kMap)) {
    element = range.value();
    key = range.key();
  } else if (range.Is(TypeKind::kParam)) {
    unifier_.Assign(range, Type::Dyn());
  } else if (!range.IsDyn() && !range.Is(TypeKind::kAny)) {
    element = key = Error(
        expr.operand->span, "type-mismatch",
        absl::StrCat(
            "`", expr.macro_call != nullptr ? expr.macro_call->name : expr.name,
            "` goes over a list or a map, found ", Quoted(range)));
  }
  const bool two = !expr.var2.empty();
  const Type var = two || range.Is(TypeKind::kMap) ? key : element;
  const Scope scope(*this);
  const std::int32_t slot = AddLocal(expr.var, var);
  if (two) AddLocal(expr.var2, element);
  SetReference(expr, ReferenceKind::kLocal).index = slot;
  return CheckFoldResult(expr, range, var);
}

Type Checker::CheckFoldResult(const Expr& expr, const Type& range,
                              const Type& var) {
  if (expr.predicate != nullptr) {
    RequireBool(*expr.predicate, Check(*expr.predicate), "a condition");
  }
  Type transform;
  if (expr.transform != nullptr) transform = Check(*expr.transform);
  switch (expr.fold) {
    case FoldKind::kAll:
    case FoldKind::kExists:
    case FoldKind::kExistsOne:
      return Type::Bool();
    case FoldKind::kFilter:
      return Type::List(var);
    case FoldKind::kMap:
    case FoldKind::kTransformList:
      return Type::List(transform);
    case FoldKind::kTransformMap:
      return Type::Map(range.Is(TypeKind::kMap)    ? range.key()
                       : range.Is(TypeKind::kList) ? Type::Int()
                                                   : Type::Dyn(),
                       transform);
    case FoldKind::kTransformMapEntry: {
      const Type entry =
          Type::Map(unifier_.NewParam("K"), unifier_.NewParam("V"));
      if (!type_check() || unifier_.Assign(transform, entry)) {
        return Resolved(transform);
      }
      return Error(expr.transform->span, "type-mismatch",
                   absl::StrCat("`transformMapEntry` takes a map of one entry, "
                                "found ",
                                Quoted(transform)));
    }
  }
  return Type::Error();
}

Type Checker::CheckLet(const Expr& expr) {
  const Scope scope(*this);
  // The value is worked out when the body first reads it, maybe inside a fold
  // of the body. So the slots of the two must not be the same ones.
  const std::int32_t slot = NewSlot();
  const std::int32_t high_before = std::exchange(high_slot_, next_slot_);
  const Type value = Check(*expr.operand);
  next_slot_ = high_slot_;
  high_slot_ = std::max(high_slot_, high_before);
  locals_.push_back({expr.var, value, slot});
  SetReference(expr, ReferenceKind::kLocal).index = slot;
  return Check(*expr.transform);
}

Type Checker::Error(Span span, absl::string_view code,
                    absl::string_view message, absl::string_view help) {
  sink_.Error(ast_->source(), span, code, message, help);
  return Type::Error();
}

std::string Checker::Quoted(const Type& type) const {
  return absl::StrCat(
      "`", unifier_.Substitute(type, true).ToString(environment_->container()),
      "`");
}

std::string Checker::DidYouMean(absl::string_view wrong,
                                absl::Span<const std::string> candidates) {
  if (++suggestions_ > kMaxSuggestions) return {};
  const std::string meant = ClosestMatch(wrong, candidates);
  return meant.empty() ? "" : absl::StrCat("did you mean `", meant, "`?");
}

Reference& Checker::SetReference(const Expr& expr, ReferenceKind kind) {
  result_->reference_index_[expr.id] =
      static_cast<std::int32_t>(result_->references_.size());
  Reference& reference = result_->references_.emplace_back();
  reference.kind = kind;
  return reference;
}

std::shared_ptr<const CheckedExpr> Check(
    std::shared_ptr<const Ast> ast,
    std::shared_ptr<const Environment> environment, const CheckOptions& options,
    DiagnosticSink& sink) {
  return Checker(std::move(ast), std::move(environment), options, sink).Run();
}

}  // namespace klausul::cel
