#include "service/engine/dated_program.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/strip.h"

#include "service/cel/eval_context.h"
#include "service/engine/calendar.h"
#include "service/engine/host_values.h"
#include "service/engine/program.h"

namespace klausul::engine {
namespace {

using cel::Value;

bool IsNamed(const CompiledRule& rule, absl::Span<const std::string> ids) {
  return std::find(ids.begin(), ids.end(), rule.proto->id()) != ids.end();
}

bool IsWanted(const ProgramParts& program, const CompiledRule& rule,
              absl::Span<const std::string> ids) {
  return ids.empty() || IsNamed(rule, ids) ||
         (rule.refines >= 0 &&
          IsNamed(program.rules[static_cast<std::size_t>(rule.refines)], ids));
}

// The conditions that all have to hold for the rule to apply.
absl::Span<const NodeId> Conjuncts(const Graph& graph, const NodeId& root) {
  const GraphNode& node = graph.node(root);
  return node.kind == NodeKind::kAnd ? graph.args(node)
                                     : absl::MakeConstSpan(&root, 1);
}

void AddGates(const Graph& graph, RuleGroup& group) {
  const std::size_t words = (group.rules.size() + 63) / 64;
  absl::flat_hash_map<NodeId, std::size_t> places;
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < group.rules.size(); ++i) {
    if (group.rules[i].in_refinement) continue;
    const CompiledExpression& applies = group.rules[i].rule->applies;
    if (applies.graph == nullptr || applies.graph->root == kNoNode) continue;
    for (const NodeId node : Conjuncts(graph, applies.graph->root)) {
      const auto [place, is_new] = places.emplace(node, group.gates.size());
      if (is_new) {
        group.gates.push_back({node, std::vector<std::uint64_t>(words, 0)});
        counts.push_back(0);
      }
      std::uint64_t& word = group.gates[place->second].rules[i / 64];
      const std::uint64_t bit = std::uint64_t{1} << (i % 64);
      counts[place->second] += (word & bit) == 0 ? 1 : 0;
      word |= bit;
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 1) order.emplace_back(counts[i], i);
  }
  std::stable_sort(
      order.begin(), order.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<RuleGroup::Gate> gates;
  gates.reserve(order.size());
  for (const auto& [count, place] : order)
    gates.push_back(std::move(group.gates[place]));
  group.gates = std::move(gates);
}

// A text in the language, or else in English; without its full stop, so that it
// can end a reason.
std::string NotesIn(absl::string_view language, const v1::Text& notes) {
  const auto& texts = notes.by_language();
  auto text = texts.find(std::string(language));
  if (text == texts.end()) text = texts.find("en");
  if (text == texts.end()) text = texts.begin();
  if (text == texts.end()) return "?";
  return std::string(absl::StripSuffix(text->second, "."));
}

// Nullopt where it has none on the day.
absl::optional<Value> ParameterValue(const v1::Parameter& parameter,
                                     absl::CivilDay as_of,
                                     cel::EvalContext& context) {
  for (const v1::Parameter::Value& value : parameter.values()) {
    if (!Holds(value.period(), as_of)) continue;
    switch (parameter.type()) {
      case v1::Parameter::INT:
        return Value::Int(value.int_value());
      case v1::Parameter::DOUBLE:
        return Value::Double(value.double_value());
      case v1::Parameter::MONEY: {
        v1::Money money = value.money_value();
        money.set_vat(parameter.vat() == v1::VAT_BASIS_UNSPECIFIED
                          ? v1::VAT_BASIS_EXCLUDED
                          : parameter.vat());
        return MakeMoney(money, context);
      }
      case v1::Parameter::MONTHS: {
        v1::Span span;
        span.set_months(static_cast<std::int32_t>(value.int_value()));
        return MakeSpan(span, context);
      }
      default:
        return Value::String(value.string_value());
    }
  }
  if (parameter.values().empty()) {
    const v1::Text& notes = parameter.notes();
    return UnknownFor({Reason::Code::kNoKnownValue,
                       {parameter.id(), NotesIn("nb", notes),
                        NotesIn("nn", notes), NotesIn("en", notes)}},
                      context);
  }
  return absl::nullopt;
}

void AddChanges(const v1::Period& period,
                std::vector<absl::CivilDay>& changes) {
  const auto from = ToCivilDay(period.from());
  if (from.has_value()) changes.push_back(*from);
  // The last day is one of it.
  const auto to = ToCivilDay(period.to());
  if (to.has_value()) changes.push_back(*to + 1);
}

}  // namespace

DatedProgram::DatedProgram(const ProgramParts& program, absl::CivilDay as_of,
                           absl::Span<const std::string> rule_ids) {
  for (const CompiledRule& rule : program.rules) {
    if (rule.refines < 0) continue;
    in_refinements_.insert(rule.proto);
    in_refinements_.insert(
        program.rules[static_cast<std::size_t>(rule.refines)].proto);
  }
  std::vector<bool> covered(program.rule_sets.size(), false);
  for (const CompiledRule& rule : program.rules) {
    if (!Holds(rule.proto->in_force(), as_of)) continue;
    covered[static_cast<std::size_t>(rule.rule_set_index)] = true;
    if (!IsWanted(program, rule, rule_ids)) continue;
    RuleGroup& group = rule.proto->for_each_lot() ? lot_rules_ : plan_rules_;
    group.rules.push_back({&rule, in_refinements_.contains(rule.proto)});
  }
  for (std::size_t i = 0; i < covered.size(); ++i) {
    if (!covered[i] && program.rule_sets[i]->rules_size() > 0) {
      uncovered_rule_sets_.push_back(static_cast<int>(i));
    }
  }
  AddGates(*program.graph, plan_rules_);
  AddGates(*program.graph, lot_rules_);
  facts_.reserve(program.facts.size());
  for (const CompiledFact& fact : program.facts) {
    const auto version =
        std::find_if(fact.versions.begin(), fact.versions.end(),
                     [&](const CompiledFact::Version& candidate) {
                       return Holds(candidate.period, as_of);
                     });
    facts_.push_back(version == fact.versions.end() ? nullptr
                                                    : &version->expression);
  }
  ReadParameters(program, as_of);
}

void DatedProgram::ReadParameters(const ProgramParts& program,
                                  absl::CivilDay as_of) {
  if (program.scopes.empty()) return;
  cel::EvalContext context(arena_, *program.scopes[0]->plan_environment.cel,
                           {});
  parameters_.reserve(program.parameters.size());
  for (const CompiledParameter& parameter : program.parameters) {
    parameters_.push_back(ParameterValue(*parameter.proto, as_of, context));
  }
}

DatedPrograms::DatedPrograms(const ProgramParts& program) : program_(program) {
  for (const CompiledRule& rule : program.rules)
    AddChanges(rule.proto->in_force(), changes_);
  for (const CompiledFact& fact : program.facts) {
    for (const CompiledFact::Version& version : fact.versions)
      AddChanges(version.period, changes_);
  }
  for (const CompiledParameter& parameter : program.parameters) {
    for (const v1::Parameter::Value& value : parameter.proto->values())
      AddChanges(value.period(), changes_);
  }
  std::sort(changes_.begin(), changes_.end());
  changes_.erase(std::unique(changes_.begin(), changes_.end()), changes_.end());
}

std::shared_ptr<const DatedProgram> DatedPrograms::On(absl::CivilDay as_of) {
  const std::ptrdiff_t period =
      std::upper_bound(changes_.begin(), changes_.end(), as_of) -
      changes_.begin();
  const auto is_wanted = [&](const Kept& kept) {
    return kept.period == period;
  };
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find_if(kept_.rbegin(), kept_.rend(), is_wanted);
    if (found != kept_.rend()) {
      std::shared_ptr<const DatedProgram> dated = found->program;
      // Moves it to the end.
      std::rotate(kept_.rbegin(), found, found + 1);
      return dated;
    }
  }
  auto dated = std::make_shared<const DatedProgram>(
      program_, as_of, absl::Span<const std::string>());
  const std::lock_guard<std::mutex> lock(mutex_);
  // Another thread may have been here meanwhile; one of the two will do.
  if (std::none_of(kept_.begin(), kept_.end(), is_wanted)) {
    if (kept_.size() >= kMaxKept) kept_.erase(kept_.begin());
    kept_.push_back({period, dated});
  }
  return dated;
}

}  // namespace klausul::engine
