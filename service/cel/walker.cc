#include "service/cel/walker.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

#include "service/cel/function_table.h"
#include "service/cel/message_access.h"
#include "service/cel/overload_match.h"
#include "service/cel/regex.h"
#include "service/cel/standard_library.h"
#include "service/cel/strict_merge.h"
#include "service/cel/type_errors.h"

namespace klausul::cel {
namespace {

using Values = absl::InlinedVector<Value, 4>;

bool IsOpenList(const Value& value) {
  return value.is_list() && value.list().open();
}

// `a.or(b)` and `a.orValue(b)`, where `a` decides: `b` is not evaluated.
absl::optional<Value> DecidedByReceiver(absl::string_view function,
                                        const Value& receiver) {
  if (function != "or" && function != "orValue") return absl::nullopt;
  if (receiver.is_error() || receiver.is_unknown()) return receiver;
  if (!receiver.is_optional() || receiver.optional() == nullptr) {
    return absl::nullopt;
  }
  return function == "or" ? receiver : *receiver.optional();
}

}  // namespace

Walker::Walker(const Evaluator& evaluator, const Activation& activation,
               EvalContext& context)
    : evaluator_(evaluator),
      checked_(*evaluator.checked_),
      activation_(activation),
      context_(context),
      arena_(context.arena()),
      locals_(static_cast<std::size_t>(checked_.local_count())) {}

Value Walker::StopError() {
  if (cancelled_) {
    return context_.Error(ErrorCode::kCancelled,
                          "the evaluation was cancelled");
  }
  if (too_deep_) {
    return context_.Error(ErrorCode::kLimit,
                          "the values of variables rest on one another more "
                          "deeply than can be followed");
  }
  return context_.LimitError();
}

void Walker::CheckCancelled() {
  // Often enough to stop within a millisecond, seldom enough to cost nothing.
  constexpr std::int64_t kEvery = 256;
  if (++evaluated_ % kEvery != 0) return;
  const std::atomic<bool>* cancelled = context_.options().cancelled;
  if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
    cancelled_ = true;
  }
}

Value Walker::Eval(const Expr& expr) {
  CheckCancelled();
  if (!context_.Charge(1) || cancelled_ || too_deep_) return StopError();
  ++depth_;
  const Value value = EvalNode(expr);
  --depth_;
  if (value.is_error() && value.error().id == 0) {
    value.error().id = expr.id;
    value.error().span = expr.span;
  }
  if (Observer* observer = context_.options().observer) {
    observer->OnNode(expr, value);
  }
  return value;
}

Value Walker::EvalNode(const Expr& expr) {
  const Reference* reference = checked_.reference(expr);
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Value::Of(expr.constant);
    case ExprKind::kIdent:
      if (reference != nullptr) return EvalReference(expr, *reference);
      return context_.Error(ErrorCode::kUnknownIdentifier,
                            absl::StrCat("`", expr.name, "` is not declared"));
    case ExprKind::kSelect:
      return EvalSelect(expr, reference);
    case ExprKind::kCall:
      return EvalCall(expr, reference);
    case ExprKind::kList:
      return EvalList(expr);
    case ExprKind::kMap:
      return EvalMap(expr);
    case ExprKind::kStruct:
      return EvalStruct(expr, reference);
    case ExprKind::kFold:
      return EvalFold(expr, reference);
    case ExprKind::kLet:
      return EvalLet(expr, reference);
  }
  return Value::Null();
}

Value Walker::EvalReference(const Expr& expr, const Reference& reference) {
  switch (reference.kind) {
    case ReferenceKind::kVariable:
      return activation_.Variable(reference.index, context_);
    case ReferenceKind::kLocal:
      return ReadLocal(reference.index);
    case ReferenceKind::kConstant:
      return Value::Of(reference.constant);
    case ReferenceKind::kType:
      return Value::Type(*evaluator_.type_names_.at(expr.id));
    default:
      return context_.Error(
          ErrorCode::kUnknownIdentifier,
          absl::StrCat("`", reference.name, "` is not declared"));
  }
}

Value Walker::ReadLocal(std::int32_t index) {
  const auto at = static_cast<std::size_t>(index);
  if (at >= locals_.size()) {
    return context_.Error(ErrorCode::kUnknownIdentifier,
                          "a local variable has no value");
  }
  const Expr* pending = locals_[at].pending;
  if (pending == nullptr) return locals_[at].value;
  // One that rests on another that rests on another ...: each is within the
  // depth of a tree, but together they would use up the stack.
  if (depth_ + pending->depth > kMaxDepth) {
    too_deep_ = true;
    return StopError();
  }
  const Value value = Eval(*pending);
  locals_[at] = {value, nullptr};
  return value;
}

Value Walker::EvalSelect(const Expr& expr, const Reference* reference) {
  if (reference != nullptr && reference->kind != ReferenceKind::kField) {
    if (expr.mode == SelectMode::kRead) return EvalReference(expr, *reference);
    // has(a.b) where `a.b` as a whole is a variable: it is there.
    if (reference->kind != ReferenceKind::kUnresolved) {
      return Value::Bool(true);
    }
  }
  const Value operand = Eval(*expr.operand);
  if (operand.is_error()) return operand;
  if (expr.optional ||
      (operand.is_optional() && expr.mode == SelectMode::kRead)) {
    return SelectOptional(operand, expr.name, context_);
  }
  const google::protobuf::FieldDescriptor* field =
      reference != nullptr ? reference->field : nullptr;
  if (field != nullptr && operand.is_message() &&
      field->containing_type() == operand.message().message->GetDescriptor()) {
    const MessageValue& message = operand.message();
    switch (expr.mode) {
      case SelectMode::kRead:
        return ReadField(message, field, context_);
      case SelectMode::kHas:
        return Value::Bool(HasField(message, field));
      case SelectMode::kStated:
        return Value::Bool(IsStated(message, field, context_));
    }
  }
  if (expr.mode == SelectMode::kRead) {
    return SelectField(operand, expr.name, context_);
  }
  return TestField(operand, expr.name, expr.mode == SelectMode::kStated,
                   context_);
}

Value Walker::EvalCall(const Expr& expr, const Reference* reference) {
  if (expr.operand == nullptr) {
    if (expr.name == op::kAnd) return EvalLogic(expr, /*decides=*/false);
    if (expr.name == op::kOr) return EvalLogic(expr, /*decides=*/true);
    if (expr.name == op::kConditional && expr.args.size() == 3) {
      return EvalConditional(expr);
    }
    if (expr.name == op::kOptionalIndex && expr.args.size() == 2) {
      return EvalOptionalIndex(expr);
    }
  }
  if (reference == nullptr || reference->kind != ReferenceKind::kFunction) {
    return context_.Error(
        ErrorCode::kUnknownFunction,
        absl::StrCat("the function `", expr.name, "` is not declared"));
  }
  bool strict = true;
  for (const Overload* overload : reference->overloads) {
    strict = strict && !overload->non_strict;
  }
  Values args;
  StrictMerge merge(arena_);
  bool open = false;
  const auto add = [&](const Expr& arg) {
    args.push_back(Eval(arg));
    merge.Add(args.back());
    open = open || IsOpenList(args.back());
  };
  if (expr.operand != nullptr && !reference->namespaced) {
    add(*expr.operand);
    if (!strict) {
      if (const auto decided = DecidedByReceiver(expr.name, args[0])) {
        return *decided;
      }
    }
  }
  for (const Expr* arg : expr.args)
    add(*arg);
  if (stopped()) return StopError();
  if (strict && merge.has_result()) return merge.result();
  if (strict && open) return CallOnOpenList(expr, *reference, args);
  return Dispatch(expr, *reference, args);
}

Value Walker::EvalLogic(const Expr& expr, bool decides) {
  StrictMerge merge(arena_);
  for (const Expr* arg : expr.args) {
    const Value value = Eval(*arg);
    if (value.is_bool()) {
      if (value.bool_value() == decides) return value;
    } else if (value.is_error() || value.is_unknown()) {
      merge.Add(value);
    } else {
      merge.Add(NotABool(decides ? "`||`" : "`&&`", value, context_));
    }
    if (stopped()) return StopError();
  }
  return merge.has_result() ? merge.result() : Value::Bool(!decides);
}

Value Walker::EvalConditional(const Expr& expr) {
  const Value condition = Eval(*expr.args[0]);
  if (condition.is_error() || condition.is_unknown()) return condition;
  if (!condition.is_bool()) return NotABool("`? :`", condition, context_);
  return Eval(*expr.args[condition.bool_value() ? 1 : 2]);
}

Value Walker::EvalOptionalIndex(const Expr& expr) {
  const Value container = Eval(*expr.args[0]);
  const Value key = Eval(*expr.args[1]);
  StrictMerge merge(arena_);
  merge.Add(container);
  merge.Add(key);
  if (merge.has_result()) return merge.result();
  return OptionalIndex(expr, container, key);
}

// `container[?key]`, or `container[key]` where the container is optional.
Value Walker::OptionalIndex(const Expr& expr, Value container,
                            const Value& key) {
  if (container.is_optional()) {
    if (container.optional() == nullptr) return container;
    container = *container.optional();
  }
  if (container.is_map()) {
    const absl::optional<Value> value = container.map().Find(key, context_);
    return value.has_value() ? OptionalOf(*value) : Value::None();
  }
  if (!container.is_list() || !key.is_number()) {
    return NoOverload(expr.name, {container, key}, context_);
  }
  if (container.list().open()) {
    return Value::Unknown(container.list().path(), arena_);
  }
  const Value element = IndexList(container.list(), key, context_);
  const bool out_of_range =
      element.is_error() && element.error().code == ErrorCode::kIndexOutOfRange;
  return out_of_range ? Value::None() : OptionalOf(element);
}

// An error stays one: an `Any` in a message may be of an unknown type.
Value Walker::OptionalOf(const Value& value) {
  if (value.is_error() || value.is_unknown()) return value;
  return Value::Optional(value, arena_);
}

// That an element is in the list stands; all else about it is not known yet.
Value Walker::CallOnOpenList(const Expr& expr, const Reference& reference,
                             absl::Span<const Value> args) {
  StrictMerge merge(arena_);
  for (const Value& arg : args) {
    if (!IsOpenList(arg)) continue;
    merge.Add(Value::Unknown(arg.list().path(), arena_));
  }
  if (expr.IsCall(op::kIn) && !IsOpenList(args[0])) {
    const Value found = Dispatch(expr, reference, args);
    if (found.is_error() || found.IsTrue()) return found;
  }
  return merge.result();
}

Value Walker::Dispatch(const Expr& expr, const Reference& reference,
                       absl::Span<const Value> args) {
  const auto pattern = evaluator_.patterns_.find(expr.id);
  if (pattern != evaluator_.patterns_.end() && args.size() == 2 &&
      args[0].is_string()) {
    return MatchPattern(args[0].text(), *pattern->second, context_);
  }
  const bool receiver_style = expr.operand != nullptr && !reference.namespaced;
  const Overload* chosen =
      ChooseOverload(reference.overloads, receiver_style, args);
  if (chosen != nullptr) {
    const Value value = chosen->impl(args, context_);
    return stopped() ? StopError() : value;
  }
  if (expr.operand == nullptr) {
    if (expr.name == op::kIndex && args.size() == 2 && args[0].is_optional()) {
      return OptionalIndex(expr, args[0], args[1]);
    }
    if (const absl::optional<Value> value =
            DynamicOperator(expr.name, args, context_)) {
      return *value;
    }
  }
  return NoOverload(expr.name, args, context_);
}

Value Walker::EvalLet(const Expr& expr, const Reference* reference) {
  Local& local = LocalOf(reference);
  local = {Value::Null(), expr.operand};
  const Value value = Eval(*expr.transform);
  local.pending = nullptr;
  return value;
}

Walker::Local& Walker::LocalOf(const Reference* reference) {
  return locals_[static_cast<std::size_t>(reference->index)];
}

}  // namespace klausul::cel
