#include "service/engine/program_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/base/edit_distance.h"
#include "service/engine/host_values.h"
#include "service/engine/program_graph.h"
#include "service/engine/text_value.h"

namespace klausul::engine {

ProgramCompiler::ProgramCompiler(
    std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets,
    const ProgramSink& sink)
    : sink_(sink), parts_(std::make_unique<ProgramParts>()) {
  parts_->rule_sets = std::move(rule_sets);
}

void ProgramCompiler::Add(Diagnostic::Level level, const Place& place,
                          absl::string_view code, std::string message,
                          std::string help) {
  if (level == Diagnostic::Level::kError) failed_ = true;
  ProgramDiagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.code = std::string(code);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.rule_set_index = place.rule_set_index;
  diagnostic.subject = place.subject;
  diagnostic.name = place.name;
  diagnostic.field = place.field;
  sink_(std::move(diagnostic));
}

void ProgramCompiler::Error(const Place& place, absl::string_view code,
                            std::string message, std::string help) {
  Add(Diagnostic::Level::kError, place, code, std::move(message),
      std::move(help));
}

std::unique_ptr<const ProgramParts> ProgramCompiler::Compile() {
  FindExtended();
  AddCalendars();
  AddParameters();
  AddFacts();
  MakeScopes();
  // Without its names an expression would be blamed for what is not its fault.
  const bool have_environments = std::all_of(
      parts_->scopes.begin(), parts_->scopes.end(),
      [](const auto& scope) { return scope->lot_environment.cel != nullptr; });
  if (!have_environments) return nullptr;
  ExpectExpressions();
  CompileFacts();
  OrderFacts();
  CompileRules();
  ResolveRefinements();
  if (failed_) return nullptr;
  BuildProgramGraph(*parts_);
  return std::move(parts_);
}

ExpressionScope ProgramCompiler::ScopeOf(int rule_set_index,
                                         bool for_lots) const {
  const auto set = static_cast<std::size_t>(rule_set_index);
  const Scope& names = *parts_->scopes[set];
  ExpressionScope scope;
  scope.environment =
      for_lots ? &names.lot_environment : &names.plan_environment;
  scope.program = parts_.get();
  scope.lot_facts = &lot_facts_[set];
  scope.calendars = parts_->calendars.get();
  return scope;
}

// Everything that CompileFacts() and CompileRules() are going to ask for.
void ProgramCompiler::ExpectExpressions() {
  for (const CompiledFact& fact : parts_->facts) {
    const ExpressionScope scope =
        ScopeOf(fact.rule_set_index, fact.proto->for_each_lot());
    ExpressionRequest request;
    if (!fact.type.Is(cel::TypeKind::kError)) request.expected_type = fact.type;
    for (const v1::Fact::Version& version : fact.proto->versions()) {
      request.text = version.expression().text();
      expressions_.Expect(request, scope);
    }
  }
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Rule& rule : parts_->rule_sets[i]->rules()) {
      const ExpressionScope scope =
          ScopeOf(static_cast<int>(i), rule.for_each_lot());
      if (rule.has_applies()) {
        expressions_.Expect({rule.applies().text(), cel::Type::Bool(), true},
                            scope);
      }
      if (rule.has_requirement()) {
        expressions_.Expect(
            {rule.requirement().text(), cel::Type::Bool(), false}, scope);
      }
      for (const v1::Rule::Argument& argument : rule.args()) {
        expressions_.Expect({argument.expression().text(), {}, false}, scope);
      }
    }
  }
  expressions_.CompileExpected();
}

CompiledExpression ProgramCompiler::CompileExpression(
    const v1::Expression& expression, const Place& place, bool for_lots,
    const absl::optional<cel::Type>& expected, bool is_applies) {
  const ExpressionCache::Result& result =
      expressions_.Get({expression.text(), expected, is_applies},
                       ScopeOf(place.rule_set_index, for_lots));
  for (const ExpressionDiagnostic& from : result.diagnostics) {
    if (from.level == Diagnostic::Level::kError) failed_ = true;
    ProgramDiagnostic diagnostic;
    diagnostic.level = from.level;
    diagnostic.code = from.code;
    diagnostic.message = from.message;
    diagnostic.help = from.help;
    diagnostic.rule_set_index = place.rule_set_index;
    diagnostic.subject = place.subject;
    diagnostic.name = place.name;
    diagnostic.field = place.field;
    diagnostic.expression = &expression;
    diagnostic.span = from.span;
    sink_(std::move(diagnostic));
  }
  return result.expression;
}

void ProgramCompiler::CompileFacts() {
  for (CompiledFact& fact : parts_->facts) {
    const Place place{fact.rule_set_index, Subject::kFact, fact.proto->name(),
                      "expr"};
    if (fact.proto->versions().empty()) {
      Error(place, "missing-expression",
            absl::StrCat("the fact `", fact.proto->name(),
                         "` has no expression"));
    }
    absl::optional<cel::Type> expected;
    if (!fact.type.Is(cel::TypeKind::kError)) expected = fact.type;
    for (const v1::Fact::Version& version : fact.proto->versions()) {
      CompiledFact::Version compiled;
      compiled.period = version.period();
      compiled.expression =
          CompileExpression(version.expression(), place,
                            fact.proto->for_each_lot(), expected, false);
      fact.versions.push_back(std::move(compiled));
    }
  }
}

bool ProgramCompiler::VisitFact(int fact, std::vector<int>& trail,
                                std::vector<char>& state) {
  enum : char { kNew, kOpen, kDone };

  const auto index = static_cast<std::size_t>(fact);
  if (state[index] == kDone) return true;
  trail.push_back(fact);
  if (state[index] == kOpen) return false;
  state[index] = kOpen;
  for (const CompiledFact::Version& version : parts_->facts[index].versions) {
    for (const int needed : version.expression.facts) {
      if (!VisitFact(needed, trail, state)) return false;
    }
  }
  state[index] = kDone;
  trail.pop_back();
  order_.push_back(fact);
  return true;
}

void ProgramCompiler::OrderFacts() {
  std::vector<char> state(parts_->facts.size(), 0);
  for (std::size_t i = 0; i < parts_->facts.size(); ++i) {
    std::vector<int> trail;
    if (VisitFact(static_cast<int>(i), trail, state)) continue;
    // The trail ends where the cycle closes; it may begin before the cycle.
    const auto first = std::find(trail.begin(), trail.end(), trail.back());
    const CompiledFact& fact = parts_->facts[static_cast<std::size_t>(*first)];
    const std::string cycle = absl::StrJoin(
        first, trail.end(), " -> ", [&](std::string* out, int index) {
          absl::StrAppend(
              out,
              parts_->facts[static_cast<std::size_t>(index)].proto->name());
        });
    Error({fact.rule_set_index, Subject::kFact, fact.proto->name(), "expr"},
          "cycle",
          absl::StrCat("the fact `", fact.proto->name(),
                       "` needs its own value: ", cycle));
    // One report is enough; other facts would only show the same cycle.
    return;
  }
  for (const int index : order_) {
    CompiledFact& fact = parts_->facts[static_cast<std::size_t>(index)];
    std::vector<int> direct;
    for (const CompiledFact::Version& version : fact.versions) {
      direct.insert(direct.end(), version.expression.facts.begin(),
                    version.expression.facts.end());
    }
    fact.needs = Needs(direct);
    for (const int needed : direct) {
      fact.depth =
          std::max(fact.depth,
                   parts_->facts[static_cast<std::size_t>(needed)].depth + 1);
    }
    parts_->fact_depth = std::max(parts_->fact_depth, fact.depth);
  }
}

// These facts and all that they need, in order of evaluation.
std::vector<int> ProgramCompiler::Needs(const std::vector<int>& direct) const {
  std::vector<int> ordered;
  if (direct.empty()) return ordered;
  std::vector<bool> needed(parts_->facts.size(), false);
  for (const int fact : direct) {
    const auto index = static_cast<std::size_t>(fact);
    needed[index] = true;
    for (const int behind : parts_->facts[index].needs)
      needed[static_cast<std::size_t>(behind)] = true;
  }
  for (const int fact : order_) {
    if (needed[static_cast<std::size_t>(fact)]) ordered.push_back(fact);
  }
  return ordered;
}

void ProgramCompiler::CompileRules() {
  absl::flat_hash_map<std::string, int> seen;
  for (std::size_t i = 0; i < parts_->rule_sets.size(); ++i) {
    for (const v1::Rule& rule : parts_->rule_sets[i]->rules()) {
      const int set = static_cast<int>(i);
      const auto [first, is_new] = seen.emplace(rule.id(), set);
      if (!is_new) {
        Error({set, Subject::kRule, rule.id(), "id"}, "duplicate-id",
              absl::StrCat(
                  "there are two rules `", rule.id(), "`",
                  first->second == set
                      ? ""
                      : absl::StrCat(": the other is in `",
                                     parts_
                                         ->rule_sets[static_cast<std::size_t>(
                                             first->second)]
                                         ->id(),
                                     "`")));
        continue;
      }
      parts_->rules.push_back(CompileRule(rule, set));
    }
  }
  std::sort(parts_->rules.begin(), parts_->rules.end(),
            [](const CompiledRule& a, const CompiledRule& b) {
              return a.proto->id() < b.proto->id();
            });
  for (std::size_t i = 0; i < parts_->rules.size(); ++i) {
    parts_->rule_index.emplace(parts_->rules[i].proto->id(),
                               static_cast<int>(i));
  }
}

CompiledRule ProgramCompiler::CompileRule(const v1::Rule& rule,
                                          int rule_set_index) {
  CompiledRule compiled;
  compiled.proto = &rule;
  compiled.rule_set_index = rule_set_index;
  Place place{rule_set_index, Subject::kRule, rule.id(), "applies"};
  const bool for_lots = rule.for_each_lot();
  if (rule.has_applies()) {
    compiled.applies = CompileExpression(rule.applies(), place, for_lots,
                                         cel::Type::Bool(), true);
  }
  place.field = "requires";
  if (rule.has_requirement()) {
    compiled.requirement = CompileExpression(
        rule.requirement(), place, for_lots, cel::Type::Bool(), false);
  } else {
    Error(place, "missing-expression",
          absl::StrCat("the rule `", rule.id(), "` requires nothing"));
  }
  std::vector<int> direct = compiled.applies.facts;
  direct.insert(direct.end(), compiled.requirement.facts.begin(),
                compiled.requirement.facts.end());
  compiled.needs = Needs(direct);
  for (const v1::Rule::Argument& argument : rule.args()) {
    place.field = absl::StrCat("args.", argument.name());
    compiled.arguments.push_back(
        CompileExpression(argument.expression(), place, for_lots, {}, false));
    direct.insert(direct.end(), compiled.arguments.back().facts.begin(),
                  compiled.arguments.back().facts.end());
  }
  place.field = "";
  CheckTexts(rule, place, compiled);
  for (const CompiledPlaceholder& placeholder : compiled.placeholders) {
    if (placeholder.kind == CompiledPlaceholder::Kind::kFact) {
      direct.push_back(placeholder.index);
    }
  }
  compiled.text_needs = Needs(direct);
  return compiled;
}

void ProgramCompiler::CheckTexts(const v1::Rule& rule, const Place& place,
                                 CompiledRule& compiled) {
  using LanguageText = google::protobuf::MapPair<std::string, std::string>;

  const std::pair<absl::string_view, const v1::Text*> texts[] = {
      {"title", &rule.title()},
      {"message", &rule.message()},
      {"remedy", &rule.remedy()},
      {"consequence", &rule.consequence()}};
  for (const auto& [field, text] : texts) {
    // In a fixed order, for the diagnostics.
    std::vector<const LanguageText*> languages;
    for (const LanguageText& entry : text->by_language())
      languages.push_back(&entry);
    std::sort(languages.begin(), languages.end(),
              [](const LanguageText* a, const LanguageText* b) {
                return a->first < b->first;
              });
    for (const LanguageText* entry : languages) {
      std::size_t bad = 0;
      const std::vector<std::string> names = Placeholders(entry->second, &bad);
      if (names.empty() && bad == std::string::npos) continue;
      Place at = place;
      at.field = absl::StrCat(field, ".", entry->first);
      if (bad != std::string::npos) {
        Error(at, "bad-placeholder", "a brace without a name",
              "write `{name}`, or `{{` for a brace");
      }
      for (const std::string& name : names) {
        const std::size_t found =
            entry->second.find(absl::StrCat("{", name, "}"));
        const auto begin = static_cast<std::uint32_t>(found + 1);
        ResolvePlaceholder(
            rule, name, at,
            {begin, begin + static_cast<std::uint32_t>(name.size())}, compiled);
      }
    }
  }
}

void ProgramCompiler::ResolvePlaceholder(const v1::Rule& rule,
                                         absl::string_view name,
                                         const Place& place, Span span,
                                         CompiledRule& compiled) {
  const auto known = [&](const CompiledPlaceholder& placeholder) {
    return placeholder.name == name;
  };
  if (std::any_of(compiled.placeholders.begin(), compiled.placeholders.end(),
                  known)) {
    return;
  }
  const Scope& scope =
      *parts_->scopes[static_cast<std::size_t>(compiled.rule_set_index)];
  CompiledPlaceholder placeholder;
  placeholder.name = std::string(name);
  std::vector<std::string> names;
  for (int i = 0; i < rule.args_size(); ++i) {
    names.push_back(rule.args(i).name());
    if (rule.args(i).name() != name) continue;
    placeholder.index = i;
    compiled.placeholders.push_back(placeholder);
    return;
  }
  const auto fact = scope.facts.find(name);
  if (fact != scope.facts.end() &&
      (rule.for_each_lot() ||
       !parts_->facts[static_cast<std::size_t>(fact->second)]
            .proto->for_each_lot())) {
    placeholder.kind = CompiledPlaceholder::Kind::kFact;
    placeholder.index = fact->second;
    compiled.placeholders.push_back(placeholder);
    return;
  }
  const auto parameter = scope.parameters.find(name);
  if (parameter != scope.parameters.end()) {
    placeholder.kind = CompiledPlaceholder::Kind::kParameter;
    placeholder.index = parameter->second;
    compiled.placeholders.push_back(placeholder);
    return;
  }
  for (const auto& entry : scope.facts)
    names.push_back(entry.first);
  for (const auto& entry : scope.parameters)
    names.push_back(entry.first);
  std::sort(names.begin(), names.end());
  const std::string close = ClosestMatch(name, names);
  ProgramDiagnostic diagnostic;
  diagnostic.code = "bad-placeholder";
  diagnostic.message =
      absl::StrCat("`{", name, "}` is no fact, parameter or argument");
  diagnostic.help = close.empty()
                        ? "declare it under `args`"
                        : absl::StrCat("did you mean `{", close, "}`?");
  diagnostic.rule_set_index = place.rule_set_index;
  diagnostic.subject = place.subject;
  diagnostic.name = place.name;
  diagnostic.field = place.field;
  diagnostic.span = span;
  diagnostic.has_text_span = true;
  failed_ = true;
  sink_(std::move(diagnostic));
}

void ProgramCompiler::ResolveRefinements() {
  for (CompiledRule& rule : parts_->rules) {
    const std::string& target = rule.proto->refines();
    if (target.empty()) continue;
    const Place place{rule.rule_set_index, Subject::kRule, rule.proto->id(),
                      "refines"};
    const auto found = parts_->rule_index.find(target);
    if (found == parts_->rule_index.end()) {
      std::vector<std::string> ids;
      for (const CompiledRule& other : parts_->rules) {
        if (&other != &rule) ids.push_back(other.proto->id());
      }
      const std::string close = ClosestMatch(target, ids);
      Error(place, "unknown-rule",
            absl::StrCat("there is no rule `", target, "` to refine"),
            close.empty() ? "" : absl::StrCat("did you mean `", close, "`?"));
      continue;
    }
    const CompiledRule& base =
        parts_->rules[static_cast<std::size_t>(found->second)];
    const Scope& scope =
        *parts_->scopes[static_cast<std::size_t>(rule.rule_set_index)];
    if (base.rule_set_index == rule.rule_set_index ||
        std::find(scope.rule_sets.begin(), scope.rule_sets.end(),
                  base.rule_set_index) == scope.rule_sets.end()) {
      Error(place, "unknown-rule",
            absl::StrCat("`", target,
                         "` is not a rule of a set that this one extends"));
      continue;
    }
    if (base.proto->for_each_lot() != rule.proto->for_each_lot()) {
      Error(place, "unknown-rule",
            absl::StrCat("`", target, "` is evaluated ",
                         base.proto->for_each_lot() ? "for each lot"
                                                    : "once for the plan",
                         ", this rule is not"));
      continue;
    }
    rule.refines = found->second;
  }
}

}  // namespace klausul::engine
