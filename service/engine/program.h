#ifndef KLAUSUL_SERVICE_ENGINE_PROGRAM_H_
#define KLAUSUL_SERVICE_ENGINE_PROGRAM_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/cel/checker.h"
#include "service/engine/evaluation.h"

// Rule sets made ready to run. The door of this folder:
//
//   std::vector<ProgramDiagnostic> diagnostics;
//   std::shared_ptr<const Program> program =
//       Program::Compile({no_rules}, [&](ProgramDiagnostic d) {
//         diagnostics.push_back(std::move(d));
//       });
//   if (program == nullptr) return ...;   // errors among the diagnostics
//   EvaluationOptions options;
//   options.as_of = absl::CivilDay(2026, 3, 1);
//   ASSIGN_OR_RETURN(EvaluationResult result,
//                    program->Evaluate(plan, options));
//   for (const RuleResult& rule : result.rules) {
//     v1::Finding finding = program->MakeFinding(rule, {Language::kEnglish});
//   }

namespace klausul::engine {

// What is wrong with a rule set, in terms of its message. Whoever read the set
// from files knows where the place stands there.
struct ProgramDiagnostic {
  enum class Subject { kRuleSet, kParameter, kFact, kRule };

  Diagnostic::Level level = Diagnostic::Level::kError;
  // Stable, such as `unknown-parameter`; docs/diagnostics.md lists them.
  std::string code;
  std::string message;
  std::string help;

  // Which set of those given, and what in it.
  int rule_set_index = 0;
  Subject subject = Subject::kRuleSet;
  // Id or name of the parameter, fact or rule; empty for the set.
  std::string name;
  // The field of it in the words of rule files: `applies`, `requires`, `expr`,
  // `args.days`, `message.nb`, `refines`, `name`, `values`, `extends`. Empty:
  // the whole.
  std::string field;

  // Where it is about an expression: that expression in the set given, and the
  // bytes in its text. Null otherwise.
  const v1::Expression* expression = nullptr;
  Span span;

  // A text other than an expression: the bytes in it.
  bool has_text_span = false;
};

using ProgramSink = std::function<void(ProgramDiagnostic)>;

// What a program is made of; internal to this folder.
struct ProgramParts;
class DatedPrograms;
class WorkspacePool;

// How to word a finding.
struct FindingOptions {
  Language language = Language::kBokmal;
  // Fill `texts` too, with every language.
  bool all_languages = false;
};

// The checked conditions of a rule, for the tools of its author. They live as
// long as the program.
struct RuleConditions {
  // Null where the rule has none: it applies always.
  const cel::CheckedExpr* applies = nullptr;
  const cel::CheckedExpr* requirement = nullptr;
};

// A selection of rule sets, checked and ready. Immutable and safe to share
// between threads; a reload makes a new one.
class Program {
 public:
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  // Checks everything that can be checked without a plan: names, types, cycles
  // of facts, texts, periods. All mistakes go to `sink`; null where one is an
  // error. The sets are kept as they are; the sets that one extends have to be
  // among them. An expression sees the facts and parameters of its own set and
  // of those that the set extends.
  //
  // Codes: the warning bare-optional-bool, the errors of service/cel, and
  // ambiguous-name, bad-argument, bad-period, bad-placeholder, bad-type,
  // currency-mismatch, cycle, duplicate-id, fact-name, limit,
  // lot-fact-in-plan, missing-expression, parameter-type, unknown-key,
  // unknown-parameter, unknown-rule, unknown-rule-set.
  static std::shared_ptr<const Program> Compile(
      std::vector<std::shared_ptr<const v1::RuleSet>> rule_sets,
      const ProgramSink& sink);

  const std::vector<std::shared_ptr<const v1::RuleSet>>& rule_sets() const;

  // Null where there is none of that id.
  const v1::Rule* FindRule(absl::string_view id) const;

  // Nulls where there is no rule of that id.
  RuleConditions ConditionsOf(absl::string_view rule_id) const;

  // The checked expression of each version of a fact, in their order. `fact` is
  // one of those in rule_sets(); none where it is not.
  std::vector<const cel::CheckedExpr*> VersionsOf(const v1::Fact& fact) const;

  // Every rule that is in force on the date, on the plan or on each lot of it.
  // The same call gives the same answer. Fails only where a bound of the
  // options is met (RESOURCE_EXHAUSTED) or it was cancelled (CANCELLED): a
  // rule that cannot be evaluated is an outcome, not a failed call.
  absl::StatusOr<EvaluationResult> Evaluate(
      const v1::ProcurementPlan& plan, const EvaluationOptions& options) const;

  // A result as the finding that clients get; `locations` and `fingerprint`
  // are left to whoever knows the document.
  v1::Finding MakeFinding(const RuleResult& result,
                          const FindingOptions& options) const;

  // The same into an empty finding, whose memory is used again.
  void FillFinding(const RuleResult& result, const FindingOptions& options,
                   v1::Finding& finding) const;

  static v1::FactValue MakeFactValue(const FactResult& result,
                                     Language language);

  // One expression over the plan, with the facts and parameters of all sets.
  // INVALID_ARGUMENT where it does not compile: the mistakes are in `sink`,
  // under the name `expression`.
  absl::StatusOr<ExpressionResult> EvaluateExpression(
      absl::string_view expression, const v1::ProcurementPlan& plan,
      const EvaluationOptions& options, DiagnosticSink& sink) const;

  // Rules in force on a date, in order of id.
  std::vector<const v1::Rule*> RulesInForce(absl::CivilDay as_of) const;

 private:
  explicit Program(std::unique_ptr<const ProgramParts> parts);

  std::unique_ptr<const ProgramParts> parts_;
  // Working memory, not state: what is kept in these is of no call.
  std::unique_ptr<DatedPrograms> dates_;
  std::unique_ptr<WorkspacePool> workspaces_;
};

// True where `day` lies in the period, both ends included; a period that is
// not set holds always.
bool Holds(const v1::Period& period, absl::CivilDay day);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_PROGRAM_H_
