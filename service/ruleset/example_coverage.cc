#include "service/ruleset/example_coverage.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "service/cel/checker.h"
#include "service/cel/value.h"
#include "service/ruleset/usage.h"

namespace klausul::ruleset {
namespace {

constexpr std::uint8_t kTrueBit = 1;
constexpr std::uint8_t kFalseBit = 2;

std::string TextOf(const cel::CheckedExpr& checked, const cel::Expr& expr) {
  return OnOneLine(checked.ast().source()->text().substr(
      expr.span.begin, expr.span.end - expr.span.begin));
}

}  // namespace

double ConditionCoverage::percent() const {
  if (part_count == 0) return 100;
  return std::floor(1000.0 * decided_side_count / side_count()) / 10;
}

// Counts the parts of one expression.
class ExampleCoverage::Counter {
 public:
  Counter(const Watched& watched, ConditionCoverage& coverage)
      : watched_(watched), coverage_(coverage) {}

  void Count() { Visit(watched_.checked->root()); }

 private:
  void Visit(const cel::Expr& expr) {
    const cel::Reference* reference = watched_.checked->reference(expr);
    if (expr.kind == cel::ExprKind::kConstant ||
        (reference != nullptr &&
         reference->kind == cel::ReferenceKind::kConstant)) {
      return;
    }
    if (watched_.checked->type(expr).Is(cel::TypeKind::kBool) &&
        !expr.IsCall(cel::op::kNot)) {
      Add(expr);
    }
    const bool has_body =
        expr.kind == cel::ExprKind::kFold || expr.kind == cel::ExprKind::kLet;
    if (expr.macro_call != nullptr && !has_body) return;
    for (const cel::Expr* child : cel::Children(expr))
      Visit(*child);
  }

  void Add(const cel::Expr& expr) {
    const std::uint8_t sides =
        watched_.sides[static_cast<std::size_t>(expr.id)];
    UndecidedPart part;
    part.was_true = (sides & kTrueBit) != 0;
    part.was_false = (sides & kFalseBit) != 0;
    ++coverage_.part_count;
    coverage_.decided_side_count += part.was_true + part.was_false;
    if (part.was_true && part.was_false) return;
    part.rule_set_id = watched_.entry->rule_set->id();
    part.owner = watched_.owner;
    part.part = watched_.part;
    part.text = TextOf(*watched_.checked, expr);
    const NodeRef* place =
        watched_.entry->source->FindExpression(*watched_.expression);
    if (place != nullptr) {
      part.file = std::string(place->file()->name());
      const auto at = place->file()->Locate(place->SpanOf(expr.span).begin);
      part.line = at.line;
      part.column = at.column;
    }
    coverage_.open.push_back(std::move(part));
  }

  const Watched& watched_;
  ConditionCoverage& coverage_;
};

ExampleCoverage::Watched& ExampleCoverage::Watch(
    const RuleSetRepository::Entry* entry, const std::string& owner,
    const std::string& part, const v1::Expression& expression,
    const cel::CheckedExpr& checked) {
  Watched& watched = watched_[&expression];
  if (watched.checked == nullptr) {
    watched.owner = owner;
    watched.part = part;
    watched.expression = &expression;
    watched.checked = &checked;
    watched.sides.resize(static_cast<std::size_t>(checked.ast().max_id()) + 1);
  }
  // Facts of extended sets are watched before their own set is run, if it is.
  if (entry != nullptr) watched.entry = entry;
  return watched;
}

void ExampleCoverage::EnterProgram(
    const RuleSetRepository::Entry& entry,
    const std::shared_ptr<const engine::Program>& program) {
  program_ = program;
  programs_.push_back(program);
  facts_.clear();
  for (const SharedRuleSet& set : program->rule_sets()) {
    for (const v1::Fact& fact : set->facts()) {
      const auto versions = program->VersionsOf(fact);
      for (std::size_t i = 0; i < versions.size(); ++i) {
        facts_[versions[i]].push_back(&Watch(
            set == entry.rule_set ? &entry : nullptr, fact.name(), "fact",
            fact.versions(static_cast<int>(i)).expression(), *versions[i]));
      }
    }
  }
}

void ExampleCoverage::Enter(
    const RuleSetRepository::Entry& entry,
    const std::shared_ptr<const engine::Program>& program,
    const v1::Rule& rule) {
  if (program != program_) EnterProgram(entry, program);
  rule_.clear();
  const engine::RuleConditions conditions = program->ConditionsOf(rule.id());
  const auto watch = [&](const char* part, const v1::Expression& expression,
                         const cel::CheckedExpr* checked) {
    if (checked == nullptr) return;
    rule_[checked].push_back(
        &Watch(&entry, rule.id(), part, expression, *checked));
  };
  watch("applies", rule.applies(), conditions.applies);
  watch("requires", rule.requirement(), conditions.requirement);
}

void ExampleCoverage::OnNode(const cel::CheckedExpr& whole,
                             const cel::Expr& node, const cel::Value& value) {
  if (!value.is_bool()) return;
  const std::uint8_t side = value.bool_value() ? kTrueBit : kFalseBit;
  for (const auto* watchers : {&rule_, &facts_}) {
    const auto found = watchers->find(&whole);
    if (found == watchers->end()) continue;
    for (Watched* watched : found->second)
      watched->sides[static_cast<std::size_t>(node.id)] |= side;
  }
}

ConditionCoverage ExampleCoverage::Result(bool with_facts) const {
  ConditionCoverage coverage;
  std::set<std::string> rules;
  std::set<std::pair<const RuleSetRepository::Entry*, std::string>> facts;
  for (const auto& [expression, watched] : watched_) {
    const bool is_fact = watched.part == "fact";
    if (watched.entry == nullptr || (is_fact && !with_facts)) continue;
    if (is_fact) {
      facts.emplace(watched.entry, watched.owner);
    } else {
      rules.insert(watched.owner);
    }
    Counter(watched, coverage).Count();
  }
  coverage.rule_count = static_cast<int>(rules.size());
  coverage.fact_count = static_cast<int>(facts.size());
  const auto place = [](const UndecidedPart& part) {
    return std::tie(part.file, part.line, part.column, part.text);
  };
  std::sort(coverage.open.begin(), coverage.open.end(),
            [&](const UndecidedPart& a, const UndecidedPart& b) {
              return place(a) < place(b);
            });
  return coverage;
}

}  // namespace klausul::ruleset
