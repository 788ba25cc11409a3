#include "service/engine/recorder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "service/cel/message_access.h"
#include "service/engine/host_values.h"
#include "service/engine/plan_path.h"

namespace klausul::engine {
namespace {

using cel::Expr;
using cel::ExprKind;
using cel::SelectMode;
using cel::Value;

// A trace is read by people.
constexpr std::size_t kMaxTraceSteps = 1000;

std::string JoinField(const std::string& path, absl::string_view field) {
  return path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
}

// An enum value, or the variable of a fold. A fold itself has the reference of
// its variable, too.
bool IsConstantOrLocal(const Expr& expr, const cel::Reference& reference) {
  return reference.kind == cel::ReferenceKind::kConstant ||
         (reference.kind == cel::ReferenceKind::kLocal &&
          expr.kind == ExprKind::kIdent);
}

class Collector {
 public:
  explicit Collector(const EvidenceSource& source) : source_(source) {}

  absl::optional<std::vector<Evidence>> Collect() {
    Visit(source_.checked->root());
    if (lacks_fold_bodies_) return absl::nullopt;
    SortUnique(evidence_);
    return std::move(evidence_);
  }

 private:
  const Value& value(const Expr& expr) const {
    return source_.values->value(expr);
  }

  bool seen(const Expr& expr) const { return source_.values->seen(expr); }

  void Visit(const Expr& expr) {
    // What was not evaluated decided nothing.
    if (!seen(expr)) return;
    if (const cel::Reference* reference = source_.checked->reference(expr)) {
      if (reference->kind == cel::ReferenceKind::kVariable) {
        VisitVariable(
            expr,
            (*source_.bindings)[static_cast<std::size_t>(reference->index)]);
        return;
      }
      if (IsConstantOrLocal(expr, *reference)) return;
    }
    switch (expr.kind) {
      case ExprKind::kSelect:
        VisitSelect(expr);
        return;
      case ExprKind::kCall:
        VisitCall(expr);
        return;
      case ExprKind::kFold:
        VisitFold(expr);
        return;
      default:
        for (const Expr* child : cel::Children(expr))
          Visit(*child);
    }
  }

  void VisitVariable(const Expr& expr, const Binding& binding) {
    if (binding.role == Binding::Role::kFact) {
      const std::vector<Evidence>& of_fact = source_.of_fact(binding.index);
      evidence_.insert(evidence_.end(), of_fact.begin(), of_fact.end());
    } else if (binding.role == Binding::Role::kPlanField) {
      std::string path = binding.plan_field->name();
      if (binding.lot_field != nullptr && source_.lot >= 0 &&
          source_.plan->lots() != EffectivePlan::Lots::kUndivided) {
        path = JoinField(
            source_.plan->lot_root(static_cast<std::size_t>(source_.lot)),
            path);
      }
      Add(path, expr, value(expr));
    }
  }

  // The path of a field of what `owner` is worth; nullopt where it does not
  // come from the plan.
  static absl::optional<std::string> PathOf(const Value& owner,
                                            absl::string_view field) {
    if (owner.is_message() && owner.message().path != nullptr) {
      return JoinField(owner.message().path->ToString(), field);
    }
    if (owner.is_map() && owner.map().path() != nullptr) {
      return JoinKey(owner.map().path()->ToString(), field);
    }
    if (owner.is_unknown() && owner.unknown().path != nullptr) {
      return JoinField(owner.unknown().path->ToString(), field);
    }
    return {};
  }

  void VisitSelect(const Expr& expr) {
    const Value& owner = value(*expr.operand);
    const absl::optional<std::string> path =
        seen(*expr.operand) ? PathOf(owner, expr.name) : absl::nullopt;
    if (!path.has_value()) {
      Visit(*expr.operand);
      return;
    }
    if (expr.mode == SelectMode::kRead) {
      Add(*path, expr, value(expr));
      return;
    }
    // has() is asked of a field, so the field is shown and not the answer.
    const Value field =
        owner.is_unknown() || value(expr).IsFalse()
            ? Value::Unknown(&owner_unknown_)
            : cel::SelectField(owner, expr.name, *source_.context);
    AddText(*path, FieldType(expr), field);
  }

  // The type that reading the field of a has() would give.
  cel::Type FieldType(const Expr& expr) const {
    const cel::Reference* reference = source_.checked->reference(expr);
    if (reference == nullptr || reference->field == nullptr) {
      return cel::Type::Dyn();
    }
    return source_.checked->environment().FieldType(reference->field);
  }

  void VisitCall(const Expr& expr) {
    const Value& result = value(expr);
    if (expr.IsCall(cel::op::kAnd) || expr.IsCall(cel::op::kOr)) {
      const bool decisive = expr.IsCall(cel::op::kOr);
      for (const Expr* arg : expr.args) {
        if (!seen(*arg)) break;
        const Value& operand = value(*arg);
        const bool counts =
            !result.is_bool() ? operand.kind() == result.kind()
            : result.bool_value() == decisive
                ? operand.is_bool() && operand.bool_value() == decisive
                : true;
        if (counts) Visit(*arg);
        // Those behind it were not asked, whatever is known of them.
        if (operand.is_bool() && operand.bool_value() == decisive) break;
      }
      return;
    }
    if (expr.IsCall(cel::op::kConditional)) {
      const Value& condition = value(*expr.args[0]);
      Visit(*expr.args[0]);
      if (condition.is_bool()) {
        Visit(*expr.args[condition.bool_value() ? 1 : 2]);
      }
      return;
    }
    if (expr.IsCall(cel::op::kIndex) && expr.args.size() == 2 &&
        VisitIndex(expr)) {
      return;
    }
    for (const Expr* child : cel::Children(expr))
      Visit(*child);
  }

  // `list[0]`, `map["key"]` where they come from the plan.
  bool VisitIndex(const Expr& expr) {
    if (!seen(*expr.args[0]) || !seen(*expr.args[1])) return false;
    const Value& owner = value(*expr.args[0]);
    const Value& key = value(*expr.args[1]);
    if (key.is_string()) {
      const absl::optional<std::string> path = PathOf(owner, key.text());
      if (!path.has_value()) return false;
      Add(*path, expr, value(expr));
      return true;
    }
    if (key.is_int() && owner.is_list() && owner.list().path() != nullptr) {
      Add(absl::StrCat(owner.list().path()->ToString(), "[", key.int_value(),
                       "]"),
          expr, value(expr));
      return true;
    }
    return false;
  }

  void VisitFold(const Expr& expr) {
    const std::size_t before = evidence_.size();
    Visit(*expr.range());
    if (evidence_.size() > before) return;
    // A list that the rule itself wrote out, such as the keys of a map: what
    // the body read is what counts. Of every turn the last is remembered.
    if (!source_.values->has_fold_bodies()) {
      lacks_fold_bodies_ = true;
      return;
    }
    if (expr.predicate != nullptr) Visit(*expr.predicate);
    if (expr.transform != nullptr) Visit(*expr.transform);
  }

  void Add(const std::string& path, const Expr& expr, const Value& field) {
    AddText(path, source_.checked->type(expr), field);
  }

  void AddText(const std::string& path, const cel::Type& type,
               const Value& field) {
    // What is not stated stands among the missing, unless has() asked for it.
    if (field.is_unknown() && &field.unknown() != &owner_unknown_) return;
    evidence_.push_back({source_.plan->PlanPath(path),
                         ToTextValue(field, type, *source_.context).Plain()});
  }

  const EvidenceSource& source_;
  std::vector<Evidence> evidence_;
  bool lacks_fold_bodies_ = false;
  // Stands for a field that has() found not stated.
  cel::UnknownSet owner_unknown_;
};

// One line, however the author broke it.
std::string OnOneLine(absl::string_view text) {
  std::string line(text);
  absl::RemoveExtraAsciiWhitespace(&line);
  return line;
}

class Tracer {
 public:
  Tracer(const EvidenceSource& source, absl::string_view part)
      : source_(source), part_(part) {}

  std::vector<v1::TraceStep> Trace() {
    Visit(source_.checked->root(), 0);
    return std::move(steps_);
  }

 private:
  void Visit(const Expr& expr, int depth) {
    if (steps_.size() >= kMaxTraceSteps || !source_.values->seen(expr) ||
        expr.kind == ExprKind::kConstant) {
      return;
    }
    const cel::Reference* reference = source_.checked->reference(expr);
    if (reference != nullptr && IsConstantOrLocal(expr, *reference)) return;
    Add(expr, depth);
    // `claimed(x)` and a chain of fields are one thing to their author.
    if (expr.macro_call != nullptr || IsFieldChain(expr)) return;
    if (expr.kind == ExprKind::kFold) {
      Visit(*expr.range(), depth + 1);
      return;
    }
    for (const Expr* child : cel::Children(expr))
      Visit(*child, depth + 1);
  }

  static bool IsFieldChain(const Expr& expr) {
    const Expr* at = &expr;
    while (at->kind == ExprKind::kSelect)
      at = at->operand;
    return at->kind == ExprKind::kIdent;
  }

  void Add(const Expr& expr, int depth) {
    const Value& value = source_.values->value(expr);
    v1::TraceStep step;
    step.set_part(std::string(part_));
    const absl::string_view text = source_.checked->ast().source()->text();
    step.set_expression(OnOneLine(
        text.substr(expr.span.begin, expr.span.end - expr.span.begin)));
    step.set_depth(depth);
    if (value.is_unknown()) {
      step.set_value("unknown");
      for (std::string& path : MissingPaths(value.unknown(), *source_.plan)) {
        step.add_missing(std::move(path));
      }
    } else if (value.is_error()) {
      step.set_value(absl::StrCat("error: ", value.error().message));
    } else {
      step.set_value(
          ToTextValue(value, source_.checked->type(expr), *source_.context)
              .Plain());
    }
    steps_.push_back(std::move(step));
  }

  const EvidenceSource& source_;
  absl::string_view part_;
  std::vector<v1::TraceStep> steps_;
};

}  // namespace

void Recorder::OnNode(const Expr& expr, const Value& value) {
  values_[static_cast<std::size_t>(expr.id)] = value;
  seen_[static_cast<std::size_t>(expr.id)] = true;
  if (observer_ != nullptr) observer_->OnNode(checked_, expr, value);
}

absl::optional<std::vector<Evidence>> CollectEvidence(
    const EvidenceSource& source) {
  return Collector(source).Collect();
}

std::vector<v1::TraceStep> MakeTrace(const EvidenceSource& source,
                                     absl::string_view part) {
  return Tracer(source, part).Trace();
}

std::vector<std::string> MissingPaths(const cel::UnknownSet& unknown,
                                      const EffectivePlan& plan) {
  std::vector<std::string> paths = unknown.Paths();
  for (std::string& path : paths)
    path = plan.PlanPath(path);
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

std::vector<Reason> ReasonsOf(const cel::UnknownSet& unknown) {
  std::vector<Reason> reasons;
  for (const std::string& encoded : unknown.Reasons()) {
    absl::optional<Reason> reason = Reason::Decode(encoded);
    if (reason.has_value()) reasons.push_back(*std::move(reason));
  }
  return reasons;
}

void SortUnique(std::vector<Evidence>& evidence) {
  // Of two entries for one path the one with a value comes first and stays.
  std::sort(evidence.begin(), evidence.end(),
            [](const Evidence& a, const Evidence& b) {
              return a.path != b.path ? a.path < b.path : a.value > b.value;
            });
  evidence.erase(std::unique(evidence.begin(), evidence.end(),
                             [](const Evidence& a, const Evidence& b) {
                               return a.path == b.path;
                             }),
                 evidence.end());
}

}  // namespace klausul::engine
