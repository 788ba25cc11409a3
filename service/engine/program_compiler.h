#ifndef KLAUSUL_SERVICE_ENGINE_PROGRAM_COMPILER_H_
#define KLAUSUL_SERVICE_ENGINE_PROGRAM_COMPILER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

#include "service/engine/expression_cache.h"
#include "service/engine/expression_compiler.h"
#include "service/engine/program.h"
#include "service/engine/program_parts.h"

// From rule sets to a program: names first, then facts, then rules. Internal
// to this folder.

namespace klausul::engine {

class ProgramCompiler {
 public:
  ProgramCompiler(std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets,
                  const ProgramSink& sink);

  // Null where there was an error.
  std::unique_ptr<const ProgramParts> Compile();

 private:
  using Subject = ProgramDiagnostic::Subject;

  // Where a diagnostic belongs.
  struct Place {
    int rule_set_index = 0;
    Subject subject = Subject::kRuleSet;
    std::string name;
    std::string field;
  };

  void Add(Diagnostic::Level level, const Place& place, absl::string_view code,
           std::string message, std::string help = {});
  void Error(const Place& place, absl::string_view code, std::string message,
             std::string help = {});

  // Names.
  void FindExtended();
  // Whether a set is the other or extends it, over any number of steps.
  bool Sees(int rule_set_index, int other) const;
  void AddCalendars();
  void AddParameters();
  void CheckParameter(const v1::Parameter& parameter, const Place& place);
  void AddFacts();
  void AddFactEnum(const v1::Fact& fact, const Place& place);
  void CheckFactName(const v1::Fact& fact, const Place& place);
  cel::Type FactType(const v1::Fact& fact, const Place& place);
  void MakeScopes();
  void MakeScope(int rule_set_index);

  // Facts.
  void CompileFacts();
  void OrderFacts();
  bool VisitFact(int fact, std::vector<int>& trail, std::vector<char>& state);
  std::vector<int> Needs(const std::vector<int>& direct) const;

  // Rules.
  void CompileRules();
  CompiledRule CompileRule(const v1::Rule& rule, int rule_set_index);
  void CheckTexts(const v1::Rule& rule, const Place& place,
                  CompiledRule& compiled);
  void ResolvePlaceholder(const v1::Rule& rule, absl::string_view name,
                          const Place& place, Span span,
                          CompiledRule& compiled);
  void ResolveRefinements();

  CompiledExpression CompileExpression(
      const v1::Expression& expression, const Place& place, bool for_lots,
      const absl::optional<cel::Type>& expected, bool is_applies);

  // What surrounds an expression of the rule set.
  ExpressionScope ScopeOf(int rule_set_index, bool for_lots) const;
  void ExpectExpressions();

  const ProgramSink& sink_;
  bool failed_ = false;
  std::unique_ptr<ProgramParts> parts_;
  // By rule set: facts that it sees, but only for each lot.
  std::vector<absl::flat_hash_set<std::string>> lot_facts_;
  // Facts in an order in which each comes after what it needs.
  std::vector<int> order_;
  ExpressionCache expressions_;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PROGRAM_COMPILER_H_
