#include "service/engine/expression_compiler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "re2/re2.h"

#include "service/base/civil_day.h"
#include "service/base/edit_distance.h"
#include "service/cel/parser.h"
#include "service/cel/unparse.h"
#include "service/engine/cpv.h"
#include "service/engine/host_values.h"

namespace klausul::engine {
namespace {

using cel::CheckedExpr;
using cel::Expr;
using cel::ExprKind;
using cel::ReferenceKind;
using cel::SelectMode;

constexpr absl::string_view kParameterPrefix = "@parameter/";

class Compiler {
 public:
  Compiler(const ExpressionRequest& request, const ExpressionScope& scope,
           std::vector<ExpressionDiagnostic>& diagnostics)
      : request_(request), scope_(scope), diagnostics_(diagnostics) {}

  CompiledExpression Compile() {
    CompiledExpression result;
    result.environment = scope_.environment;
    const auto file =
        std::make_shared<SourceFile>("expression", std::string(request_.text));
    cel::ParseOptions options;
    options.macros = &scope_.environment->cel->macros();
    options.optional_syntax = scope_.environment->cel->optional_syntax();
    DiagnosticSink sink;
    const std::shared_ptr<const cel::Ast> ast = cel::Parse(file, options, sink);
    if (ast == nullptr) {
      Report(sink);
      return result;
    }
    std::vector<absl::string_view> locals;
    ScanNames(*ast->root(), locals);

    cel::CheckOptions check;
    check.expected_type = request_.expected_type;
    checked_ = cel::Check(ast, scope_.environment->cel, check, sink);
    Report(sink);
    if (checked_ == nullptr) return result;
    Inspect(checked_->root());
    if (request_.is_applies) FindBareBools();
    if (failed_) return result;
    std::sort(facts_.begin(), facts_.end());
    facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
    result.facts = std::move(facts_);
    result.evaluator = std::make_shared<const cel::Evaluator>(checked_);
    return result;
  }

 private:
  void Add(Diagnostic::Level level, Span span, absl::string_view code,
           std::string message, std::string help = {}) {
    if (level == Diagnostic::Level::kError) failed_ = true;
    diagnostics_.push_back(
        {level, std::string(code), std::move(message), std::move(help), span});
  }

  void Error(Span span, absl::string_view code, std::string message,
             std::string help = {}) {
    Add(Diagnostic::Level::kError, span, code, std::move(message),
        std::move(help));
  }

  // Passes on what the language found, except where the same place has been
  // explained better.
  void Report(const DiagnosticSink& sink) {
    for (const Diagnostic& diagnostic : sink.diagnostics()) {
      const bool known = std::any_of(
          explained_.begin(), explained_.end(),
          [&](const Span& span) { return span == diagnostic.span; });
      if (known) continue;
      Add(diagnostic.level, diagnostic.span, diagnostic.code,
          diagnostic.message, diagnostic.help);
    }
  }

  // Names that resolve to nothing here, although an author may expect it.
  // Variables of folds hide them.
  void ScanNames(const Expr& expr, std::vector<absl::string_view>& locals) {
    if (expr.kind == ExprKind::kIdent) {
      if (std::find(locals.begin(), locals.end(), expr.name) == locals.end()) {
        ScanName(expr);
      }
      return;
    }
    const std::size_t outer = locals.size();
    if (expr.operand != nullptr) ScanNames(*expr.operand, locals);
    if (!expr.var.empty()) locals.push_back(expr.var);
    if (!expr.var2.empty()) locals.push_back(expr.var2);
    for (const Expr* child : cel::Children(expr)) {
      if (child != expr.operand) ScanNames(*child, locals);
    }
    locals.resize(outer);
  }

  void ScanName(const Expr& expr) {
    absl::string_view name = expr.name;
    if (absl::ConsumePrefix(&name, kParameterPrefix)) {
      ScanParameter(expr, name);
      return;
    }
    if (scope_.environment->cel->FindVariable(name) >= 0) return;
    if (name == "lot") {
      explained_.push_back(expr.span);
      Error(expr.span, "lot-fact-in-plan", "`lot` is there only for each lot",
            "add `for_each: lots`, or walk over `lots`");
    } else if (scope_.lot_facts != nullptr &&
               scope_.lot_facts->contains(name)) {
      explained_.push_back(expr.span);
      Error(expr.span, "lot-fact-in-plan",
            absl::StrCat("the fact `", name,
                         "` is worked out for each lot, not for the plan"),
            "add `for_each: lots`, or walk over `lots`");
    }
  }

  void ScanParameter(const Expr& expr, absl::string_view id) {
    const Expr* call = expr.macro_call;
    const Span span = call == nullptr ? expr.span : call->args[0]->span;
    const int index = scope_.environment->cel->FindVariable(expr.name);
    if (index < 0) {
      explained_.push_back(expr.span);
      std::vector<std::string> known;
      for (const cel::Variable& variable :
           scope_.environment->cel->variables()) {
        absl::string_view name = variable.name;
        if (absl::ConsumePrefix(&name, kParameterPrefix)) {
          known.emplace_back(name);
        }
      }
      const std::string close = ClosestMatch(id, known);
      Error(span, "unknown-parameter",
            absl::StrCat("there is no parameter `", id, "`"),
            close.empty() ? "" : absl::StrCat("did you mean `", close, "`?"));
      return;
    }
    const cel::Type& type =
        scope_.environment->cel->variables()[static_cast<std::size_t>(index)]
            .type;
    if (call != nullptr && call->name == "threshold" && type != MoneyType()) {
      Error(span, "parameter-type",
            absl::StrCat("the parameter `", id, "` is no amount"),
            absl::StrCat("write `parameter(\"", id, "\")`"));
    }
  }

  const Binding* BindingOf(const Expr& expr) const {
    const cel::Reference* reference = checked_->reference(expr);
    if (reference == nullptr || reference->kind != ReferenceKind::kVariable) {
      return nullptr;
    }
    return &scope_.environment
                ->bindings[static_cast<std::size_t>(reference->index)];
  }

  void Inspect(const Expr& expr) {
    const Binding* binding = BindingOf(expr);
    if (binding != nullptr && binding->role == Binding::Role::kFact) {
      facts_.push_back(binding->index);
    }
    if (binding != nullptr) return;
    if (expr.kind == ExprKind::kSelect) {
      InspectKey(*expr.operand, expr.name, expr.name_span);
    }
    if (expr.kind == ExprKind::kCall) {
      if (expr.IsCall(cel::op::kIndex) && expr.args.size() == 2) {
        const auto key = StringConstant(expr.args[1]);
        if (key.has_value())
          InspectKey(*expr.args[0], *key, expr.args[1]->span);
      }
      InspectConstants(expr);
      InspectCurrencies(expr);
    }
    for (const Expr* child : cel::Children(expr))
      Inspect(*child);
  }

  // The text of a string constant, or nullopt.
  static absl::optional<absl::string_view> StringConstant(const Expr* expr) {
    if (expr == nullptr || expr->kind != ExprKind::kConstant ||
        expr->constant.kind != cel::ConstantKind::kString) {
      return {};
    }
    return expr->constant.text;
  }

  // Keys of maps in messages are looked at by the checker; a map that is a
  // variable, such as `clauses`, it knows by its type alone.
  void InspectKey(const Expr& map, absl::string_view key, Span span) {
    const Binding* binding = BindingOf(map);
    if (binding == nullptr || binding->plan_field == nullptr ||
        !binding->plan_field->is_map()) {
      return;
    }
    const auto keys = scope_.environment->cel->MapKeys(binding->plan_field);
    if (!keys.has_value() ||
        std::find(keys->begin(), keys->end(), key) != keys->end()) {
      return;
    }
    const std::string close = ClosestMatch(key, *keys);
    Error(span, "unknown-key",
          absl::StrCat("`", binding->plan_field->name(), "` has no key `", key,
                       "`"),
          close.empty() ? "" : absl::StrCat("did you mean `", close, "`?"));
  }

  void InspectConstants(const Expr& call) {
    if (call.name == "date" && call.args.size() == 1) {
      const auto text = StringConstant(call.args[0]);
      if (text.has_value() && !ParseCivilDay(*text).has_value()) {
        Error(call.args[0]->span, "bad-argument",
              absl::StrCat("`", *text, "` is no date"),
              "write a day as `2026-07-01`");
      }
    } else if (call.name == "mentions" && call.args.size() == 2) {
      const auto text = StringConstant(call.args[1]);
      if (!text.has_value()) return;
      RE2::Options options;
      options.set_log_errors(false);
      const RE2 pattern(re2::StringPiece(text->data(), text->size()), options);
      if (!pattern.ok()) {
        Error(call.args[1]->span, "bad-argument",
              absl::StrCat("`", *text,
                           "` is no regular expression: ", pattern.error()));
      }
    } else if (call.name == "in_cpv" && call.operand != nullptr &&
               call.args.size() == 1) {
      InspectCpv(call.args[0]);
    } else if (call.name == "working_days_between" && call.args.size() == 3) {
      const auto text = StringConstant(call.args[2]);
      if (text.has_value() && !scope_.calendars->contains(*text)) {
        std::vector<std::string> known;
        for (const auto& entry : *scope_.calendars) {
          known.push_back(entry.first);
        }
        std::sort(known.begin(), known.end());
        Error(call.args[2]->span, "bad-argument",
              absl::StrCat("there is no calendar for `", *text, "`"),
              known.empty() ? "declare one under `calendar`"
                            : absl::StrCat("there are calendars for ",
                                           absl::StrJoin(known, ", ")));
      }
    }
  }

  void InspectCpv(const Expr* groups) {
    if (groups->kind == ExprKind::kList) {
      for (const Expr* group : groups->args)
        InspectCpv(group);
      return;
    }
    const auto text = StringConstant(groups);
    if (text.has_value() && CpvPrefix(*text).empty()) {
      Error(groups->span, "bad-argument",
            absl::StrCat("`", *text, "` is no CPV group"),
            "write two to eight digits, such as `80000000`");
    }
  }

  static bool JoinsAmounts(const Expr& call) {
    namespace op = cel::op;
    for (const absl::string_view name :
         {op::kLess, op::kLessEquals, op::kGreater, op::kGreaterEquals,
          op::kEquals, op::kNotEquals, op::kAdd, op::kSubtract}) {
      if (call.name == name) return true;
    }
    return call.name == "min" || call.name == "max";
  }

  void InspectCurrencies(const Expr& call) {
    if (!JoinsAmounts(call) || call.args.size() != 2) return;
    const std::string a = StaticCurrency(*call.args[0]);
    const std::string b = StaticCurrency(*call.args[1]);
    if (a.empty() || b.empty() || a == b) return;
    Error(call.span, "currency-mismatch",
          absl::StrCat("amounts in ", a, " and in ", b,
                       " cannot be compared or added"),
          "two currencies never compare; use parameters in one");
  }

  std::string StaticCurrency(const Expr& expr) const {
    if (checked_->type(expr) != MoneyType()) return "";
    const Binding* binding = BindingOf(expr);
    if (binding != nullptr) {
      const auto index = static_cast<std::size_t>(binding->index);
      if (binding->role == Binding::Role::kParameter) {
        return CurrencyOf(*scope_.program->parameters[index].proto);
      }
      return "";
    }
    if (expr.kind != ExprKind::kCall || expr.operand != nullptr) return "";
    std::string currency;
    for (const Expr* arg : expr.args) {
      if (checked_->type(*arg) != MoneyType()) continue;
      const std::string of_arg = StaticCurrency(*arg);
      if (of_arg.empty() || (!currency.empty() && of_arg != currency)) {
        return "";
      }
      currency = of_arg;
    }
    return currency;
  }

  // A bool that is not stated leaves every rule that asks for it undecided: an
  // exemption that nobody claims would blur all of them.
  void FindBareBools() {
    absl::flat_hash_set<std::string> asked;
    std::vector<const Expr*> bare;
    CollectBools(checked_->root(), asked, bare);
    for (const Expr* expr : bare) {
      const std::string text = cel::Unparse(*expr);
      if (asked.contains(text)) continue;
      asked.insert(text);
      Add(Diagnostic::Level::kWarning, expr->span, "bare-optional-bool",
          absl::StrCat("`", text,
                       "` may be not stated, and the rule is then "
                       "undecided"),
          absl::StrCat("write `claimed(", text, ")`"));
    }
  }

  void CollectBools(const Expr& expr, absl::flat_hash_set<std::string>& asked,
                    std::vector<const Expr*>& bare) const {
    if (expr.kind == ExprKind::kSelect) {
      const cel::Reference* reference = checked_->reference(expr);
      if (expr.mode != SelectMode::kRead) {
        asked.insert(absl::StrCat(cel::Unparse(*expr.operand), ".", expr.name));
      } else if (reference != nullptr &&
                 reference->kind == ReferenceKind::kField &&
                 reference->field->has_presence() &&
                 checked_->type(expr) == cel::Type::Bool()) {
        bare.push_back(&expr);
      }
    }
    for (const Expr* child : cel::Children(expr)) {
      CollectBools(*child, asked, bare);
    }
  }

  const ExpressionRequest& request_;
  const ExpressionScope& scope_;
  std::vector<ExpressionDiagnostic>& diagnostics_;
  std::shared_ptr<const CheckedExpr> checked_;
  std::vector<int> facts_;
  std::vector<Span> explained_;
  bool failed_ = false;
};

}  // namespace

CompiledExpression CompileExpression(
    const ExpressionRequest& request, const ExpressionScope& scope,
    std::vector<ExpressionDiagnostic>& diagnostics) {
  return Compiler(request, scope, diagnostics).Compile();
}

std::string CurrencyOf(const v1::Parameter& parameter) {
  std::string currency;
  for (const v1::Parameter::Value& value : parameter.values()) {
    const std::string& code = value.money_value().currency_code();
    if (code.empty() || (!currency.empty() && code != currency)) return "";
    currency = code;
  }
  return currency;
}

}  // namespace klausul::engine
