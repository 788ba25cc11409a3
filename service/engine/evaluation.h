#ifndef KLAUSUL_SERVICE_ENGINE_EVALUATION_H_
#define KLAUSUL_SERVICE_ENGINE_EVALUATION_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

#include "klausul/v1/finding.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/engine/reason.h"
#include "service/engine/text_value.h"

// What evaluating a program over one plan takes and gives.

namespace klausul::cel {
class CheckedExpr;
class Value;
struct Expr;
}  // namespace klausul::cel

namespace klausul::engine {

// Is told what the parts of conditions and facts are worth: for tools of
// authors.
class NodeObserver {
 public:
  virtual ~NodeObserver() = default;

  // Called for each node that is evaluated, those within folds at every turn.
  // Expressions of one text share `whole`.
  virtual void OnNode(const cel::CheckedExpr& whole, const cel::Expr& node,
                      const cel::Value& value) = 0;
};

struct EvaluationOptions {
  // Date of law. Required: no clock is read in here.
  absl::CivilDay as_of;
  // The values of all facts, in EvaluationResult::facts.
  bool all_facts = false;
  // How each finding came about, subexpression by subexpression. Evaluates as
  // with `reference`.
  bool trace = false;
  // Walk every expression for itself with the interpreter of service/cel:
  // slower, with the same answers, for tests to compare with.
  bool reference = false;
  // Told every node that is evaluated; null: nobody. Evaluates as with
  // `reference`.
  NodeObserver* observer = nullptr;
  // Of which outcomes results are wanted, as bits `1 << v1::Finding::Outcome`;
  // the others are only counted, which costs far less.
  std::uint32_t outcomes = ~std::uint32_t{0};
  // Only rules of at least this severity are results and are counted.
  v1::Rule::Severity min_severity = v1::Rule::SEVERITY_UNSPECIFIED;
  // EvaluationResult::deciding_paths is wanted.
  bool deciding_paths = false;
  // Only these rules; empty: all. A rule that refines another is evaluated
  // along with it, since it may hide it.
  std::vector<std::string> rule_ids;
  // Steps that one expression may take, and all of them together: bounds for
  // rule files and plans from strangers.
  std::int64_t max_expression_steps = 1'000'000;
  std::int64_t max_total_steps = 50'000'000;
  // Asked between two expressions; true ends the evaluation with CANCELLED.
  std::function<bool()> is_cancelled;
  // Looked at within expressions, too. Null: nobody cancels.
  const std::atomic<bool>* cancelled = nullptr;
};

// A plan field on which an outcome rests.
struct Evidence {
  // Plan path: `award.criteria`.
  std::string path;
  // Value as text (`NOK 1300000`, `2026-03-31`, `OPEN`, `3 entries`); empty
  // for a field that is not stated.
  std::string value;

  friend bool operator==(const Evidence& a, const Evidence& b) {
    return a.path == b.path && a.value == b.value;
  }

  friend bool operator<(const Evidence& a, const Evidence& b) {
    return a.path < b.path;
  }
};

// One rule's outcome for the plan or for one lot.
struct RuleResult {
  // Lives as long as the program.
  const v1::Rule* rule = nullptr;
  // Of the program's rule sets.
  int rule_set_index = 0;
  v1::Finding::Outcome outcome = v1::Finding::OUTCOME_UNSPECIFIED;
  // True for a rule `for_each: lots`; `subject` may still be empty, for an
  // undivided plan whose lot has no id.
  bool about_lot = false;
  std::string subject;
  // Sorted by path, each once.
  std::vector<Evidence> fields;
  // Sorted, each once. For UNDETERMINED, and for VIOLATED by silence.
  std::vector<std::string> missing;
  // Why it is undetermined for another reason than missing facts.
  std::vector<Reason> reasons;
  // FAILED: what failed and where, in English.
  std::string error;
  // What `{name}` in the rule's texts stands for. Filled for VIOLATED.
  std::vector<NamedValue> values;
  std::vector<v1::TraceStep> trace;
};

// The value of one fact.
struct FactResult {
  // Lives as long as the program.
  const v1::Fact* fact = nullptr;
  // Of all facts of the program, in the order of their declaration.
  int fact_index = 0;
  int rule_set_index = 0;
  std::string subject;
  TextValue value;
  std::vector<std::string> missing;
  std::vector<Reason> reasons;
  // What failed, in English; empty where nothing did.
  std::string error;
};

// How many results there were of each outcome, whether they are wanted or not.
struct OutcomeTally {
  // By v1::Finding::Outcome.
  std::array<std::int32_t, v1::Finding::Outcome_ARRAYSIZE> outcomes = {};
  // VIOLATED by v1::Rule::Severity.
  std::array<std::int32_t, v1::Rule::Severity_ARRAYSIZE> violated = {};
};

// A plan field that is not stated.
struct DecidingPath {
  std::string path;
  // How many UNDETERMINED results miss it, whatever their severity.
  std::int32_t count = 0;
};

struct EvaluationResult {
  // By rule id, then subject. Rules not in force are not among them, nor those
  // hidden by one that refines them, nor those that the options leave out.
  std::vector<RuleResult> rules;
  OutcomeTally tally;
  // Where EvaluationOptions::deciding_paths asks for them. By path.
  std::vector<DecidingPath> deciding_paths;
  // Where EvaluationOptions::all_facts asks for them. In the order of their
  // rule sets and of declaration, then by lot.
  std::vector<FactResult> facts;
  // Rule sets that have rules, but none in force on the date: indices into the
  // program's sets. A report says so; silence would look like compliance.
  std::vector<int> uncovered_rule_sets;
};

// The value of one expression.
struct ExpressionResult {
  enum class Status { kValue, kUnknown, kError };
  Status status = Status::kValue;
  TextValue value;
  // Name of the type, such as `bool`, `Money`, `list(string)`.
  std::string type;
  std::vector<std::string> missing;
  std::vector<Reason> reasons;
  std::string error;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_EVALUATION_H_
