#ifndef KLAUSUL_SERVICE_ENGINE_PROGRAM_PARTS_H_
#define KLAUSUL_SERVICE_ENGINE_PROGRAM_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/rule_set.pb.h"

#include "service/cel/checker.h"
#include "service/cel/evaluator.h"
#include "service/engine/graph/graph.h"
#include "service/engine/plan_environment.h"
#include "service/engine/program.h"

// What a Program is made of. Internal to this folder.

namespace klausul::engine {

// An expression that is ready to run.
struct CompiledExpression {
  // Null where the rule has none (`applies` left out: always). Expressions of
  // one text in one environment share it.
  std::shared_ptr<const cel::Evaluator> evaluator;
  // The names that it was checked with.
  const PlanEnvironment* environment = nullptr;
  // Facts that it reads itself, ascending.
  std::vector<int> facts;
  // Its nodes in ProgramParts::graph; null for an expression that is no part of
  // a program.
  std::shared_ptr<const GraphExpression> graph;

  const cel::CheckedExpr& checked() const { return evaluator->checked(); }
};

struct CompiledParameter {
  const v1::Parameter* proto = nullptr;
  int rule_set_index = 0;
  cel::Type type;
};

// An enum that a fact declares.
struct FactEnum {
  cel::EnumType type;
  int rule_set_index = 0;
};

struct CompiledFact {
  struct Version {
    v1::Period period;
    CompiledExpression expression;
  };

  const v1::Fact* proto = nullptr;
  int rule_set_index = 0;
  cel::Type type;
  std::vector<Version> versions;
  // Facts that any version reads, and those that they read: in an order in
  // which each comes after what it needs, without this one.
  std::vector<int> needs;
  // How many facts stand behind one another, this one included.
  int depth = 1;
};

// What `{name}` in a text of a rule stands for.
struct CompiledPlaceholder {
  enum class Kind { kArgument, kFact, kParameter };

  std::string name;
  Kind kind = Kind::kArgument;
  int index = -1;
};

struct CompiledRule {
  const v1::Rule* proto = nullptr;
  int rule_set_index = 0;
  CompiledExpression applies;
  CompiledExpression requirement;
  std::vector<CompiledExpression> arguments;
  std::vector<CompiledPlaceholder> placeholders;
  // As CompiledFact::needs: for the conditions, and for the texts on top.
  std::vector<int> needs;
  std::vector<int> text_needs;
  // Index of the rule that this one makes stricter, or -1.
  int refines = -1;
};

// What the expressions of one rule set see.
struct Scope {
  // The set and those that it extends, itself last.
  std::vector<int> rule_sets;
  absl::flat_hash_map<std::string, int> parameters;
  absl::flat_hash_map<std::string, int> facts;
  PlanEnvironment plan_environment;
  PlanEnvironment lot_environment;
};

struct ProgramParts {
  std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets;
  std::shared_ptr<const CalendarTable> calendars;
  // By rule set; pointers into it are kept, so it does not move.
  std::vector<std::unique_ptr<Scope>> scopes;
  std::vector<CompiledParameter> parameters;
  std::vector<CompiledFact> facts;
  // By id.
  std::vector<CompiledRule> rules;
  absl::flat_hash_map<std::string, int> rule_index;
  std::vector<FactEnum> fact_enums;
  // All expressions above, and what its inputs stand for, by their numbers.
  std::shared_ptr<const Graph> graph;
  std::vector<Binding> graph_inputs;
  // The largest CompiledFact::depth.
  int fact_depth = 0;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PROGRAM_PARTS_H_
