#include "service/ruleset/lint/condition_lint.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "service/engine/program.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset {
namespace {

using cel::Expr;
using cel::ExprKind;
namespace op = cel::op;

bool IsLiteral(const Expr& expr) {
  return expr.kind == ExprKind::kConstant;
}

class Finder {
 public:
  Finder(const cel::CheckedExpr& checked, const Assumptions& given)
      : checked_(checked), given_(given) {}

  std::vector<ConditionFault> Find() {
    Visit(checked_.root(), given_);
    return std::move(faults_);
  }

 private:
  using Kind = ConditionFault::Kind;

  void Add(Kind kind, const Expr& expr) { faults_.push_back({kind, &expr}); }

  // `context` is what was given and what stands around the expression.
  void Visit(const Expr& expr, const Assumptions& context) {
    if (IsLiteral(expr) || context.exhausted()) return;
    if (checked_.type(expr).Is(cel::TypeKind::kBool)) {
      const Truth truth = context.Decide(expr);
      const bool by_itself = given_.Decide(expr) != Truth::kOpen;
      if (truth != Truth::kOpen) {
        // `a || (!a && b)` says a thing of its own where `a` is not stated, so
        // that what surrounds a part settles it is a fault only where the part
        // is then dead.
        if (by_itself || (truth == Truth::kFalse && IsClaim(expr))) {
          Add(truth == Truth::kTrue ? Kind::kAlwaysTrue : Kind::kNeverTrue,
              expr);
        }
        return;
      }
    }
    if (expr.kind == ExprKind::kFold || expr.kind == ExprKind::kLet) {
      Visit(*expr.operand, context);
      VisitBodies(expr);
      return;
    }
    // `claimed(x)` is one thing to its author.
    if (expr.macro_call != nullptr) return;
    if (expr.IsCall(op::kAnd) || expr.IsCall(op::kOr)) {
      VisitChain(expr, expr.IsCall(op::kAnd), context);
    } else if (expr.IsCall(op::kConditional)) {
      VisitConditional(expr, context);
    } else {
      for (const Expr* child : cel::Children(expr))
        Visit(*child, context);
    }
  }

  // The variable may be called like something that is known outside.
  void VisitBodies(const Expr& expr) {
    const Assumptions nothing = given_.Blank();
    Finder inner(checked_, nothing);
    for (const Expr* body : {expr.predicate, expr.transform}) {
      if (body != nullptr) inner.Visit(*body, nothing);
    }
    faults_.insert(faults_.end(), inner.faults_.begin(), inner.faults_.end());
  }

  bool IsClaim(const Expr& expr) const {
    return expr.IsCall(op::kAnd) || ToComparison(checked_, expr).has_value();
  }

  // The operands of `&&` (`holds`) or `||`: each counts only where the others
  // hold, or do not.
  void VisitChain(const Expr& expr, bool holds, const Assumptions& context) {
    std::vector<bool> said_twice(expr.args.size(), false);
    for (std::size_t i = expr.args.size(); i-- > 0 && !context.exhausted();) {
      const Expr& arg = *expr.args[i];
      Assumptions others = context;
      for (std::size_t j = 0; j < expr.args.size(); ++j) {
        if (j != i && !said_twice[j]) others.Assume(*expr.args[j], holds);
      }
      if (context.Decide(arg) == Truth::kOpen &&
          others.Decide(arg) != Truth::kOpen) {
        said_twice[i] = true;
        Add(Kind::kSaidTwice, arg);
      }
    }
    for (std::size_t i = 0; i < expr.args.size() && !context.exhausted(); ++i) {
      if (said_twice[i]) continue;
      Assumptions others = context;
      for (std::size_t j = 0; j < expr.args.size(); ++j) {
        if (j != i) others.Assume(*expr.args[j], holds);
      }
      Visit(*expr.args[i], others);
    }
  }

  void VisitConditional(const Expr& expr, const Assumptions& context) {
    Visit(*expr.args[0], context);
    for (const bool chosen : {true, false}) {
      Assumptions inner = context;
      inner.Assume(*expr.args[0], chosen);
      Visit(*expr.args[chosen ? 1 : 2], inner);
    }
  }

  const cel::CheckedExpr& checked_;
  const Assumptions& given_;
  std::vector<ConditionFault> faults_;
};

class Reporter {
 public:
  Reporter(const RuleSetRepository::Entry& entry, DiagnosticSink& sink)
      : entry_(entry), sink_(sink) {}

  void LintRule(const v1::Rule& rule) {
    const engine::RuleConditions conditions =
        entry_.program->ConditionsOf(rule.id());
    if (conditions.requirement == nullptr) return;
    const auto fold = [this](const Expr& expr) { return Fold(expr); };
    const cel::CheckedExpr& first = conditions.applies != nullptr
                                        ? *conditions.applies
                                        : *conditions.requirement;
    Assumptions context(first, fold, steps_left_);
    checked_ = &first;
    if (conditions.applies != nullptr) {
      Report(FindConditionFaults(first, context), rule.applies());
      // Of a rule that never applies all the rest would follow.
      if (context.Decide(first.root()) == Truth::kFalse) return;
      context.Assume(first.root(), true);
    }
    checked_ = conditions.requirement;
    context.SwitchTo(*conditions.requirement);
    Report(FindConditionFaults(*conditions.requirement, context),
           rule.requirement());
  }

  void LintFact(const v1::Fact& fact) {
    const auto versions = entry_.program->VersionsOf(fact);
    for (std::size_t i = 0; i < versions.size(); ++i) {
      checked_ = versions[i];
      const auto fold = [this](const Expr& expr) { return Fold(expr); };
      const Assumptions context(*versions[i], fold, steps_left_);
      Report(FindConditionFaults(*versions[i], context),
             fact.versions(static_cast<int>(i)).expression());
    }
  }

 private:
  absl::string_view TextOf(const Expr& expr) const {
    return checked_->ast().source()->text().substr(
        expr.span.begin, expr.span.end - expr.span.begin);
  }

  absl::optional<bool> Fold(const Expr& expr) const {
    DiagnosticSink ignored;
    const auto result = entry_.program->EvaluateExpression(
        TextOf(expr), v1::ProcurementPlan(), {absl::CivilDay(2000, 1, 1)},
        ignored);
    if (!result.ok() ||
        result->status != engine::ExpressionResult::Status::kValue ||
        result->value.kind != engine::TextValue::Kind::kBool) {
      return absl::nullopt;
    }
    return result->value.bool_value;
  }

  void Report(const std::vector<ConditionFault>& faults,
              const v1::Expression& expression) {
    const NodeRef* place = entry_.source->FindExpression(expression);
    if (place == nullptr) return;
    for (const ConditionFault& fault : faults) {
      const std::string text = OnOneLine(TextOf(*fault.expr));
      const Span span = place->SpanOf(fault.expr->span);
      switch (fault.kind) {
        case ConditionFault::Kind::kAlwaysTrue:
          sink_.Warning(place->file(), span, "always-true",
                        absl::StrCat("`", text,
                                     "` is true of every plan that "
                                     "states enough to decide it"),
                        "remove it, or write what was meant");
          break;
        case ConditionFault::Kind::kNeverTrue:
          sink_.Warning(place->file(), span, "never-true",
                        absl::StrCat("`", text, "` is true of no plan"),
                        "remove it, or write what was meant");
          break;
        case ConditionFault::Kind::kSaidTwice:
          sink_.Warning(
              place->file(), span, "said-twice",
              absl::StrCat("`", text, "` is settled by what stands beside it"),
              "remove it, or write what was meant");
          break;
      }
    }
  }

  const RuleSetRepository::Entry& entry_;
  DiagnosticSink& sink_;
  // What is being looked at.
  const cel::CheckedExpr* checked_ = nullptr;
  std::int64_t steps_left_ = Assumptions::kMaxSteps;
};

}  // namespace

std::vector<ConditionFault> FindConditionFaults(const cel::CheckedExpr& checked,
                                                const Assumptions& context) {
  if (IsLiteral(checked.root())) return {};
  return Finder(checked, context).Find();
}

void LintConditions(const RuleSetRepository::Entry& entry,
                    DiagnosticSink& sink) {
  if (entry.source == nullptr || entry.program == nullptr) return;
  Reporter reporter(entry, sink);
  for (const v1::Fact& fact : entry.rule_set->facts())
    reporter.LintFact(fact);
  for (const v1::Rule& rule : entry.rule_set->rules())
    reporter.LintRule(rule);
}

}  // namespace klausul::ruleset
