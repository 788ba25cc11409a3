#ifndef KLAUSUL_TESTS_ENGINE_PROGRAM_TESTING_H_
#define KLAUSUL_TESTS_ENGINE_PROGRAM_TESTING_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "klausul/v1/plan.pb.h"
#include "klausul/v1/rule_set.pb.h"

#include "service/engine/program.h"
#include "tests/engine/describe_result.h"

// Small rule sets and plans, written as protobuf text.

namespace klausul::engine {

template <typename T>
T FromText(absl::string_view text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text),
                                                            &message))
      << text;
  return message;
}

inline v1::ProcurementPlan Plan(absl::string_view text) {
  return FromText<v1::ProcurementPlan>(text);
}

inline std::shared_ptr<const v1::RuleSet> RuleSet(absl::string_view text) {
  auto set = std::make_shared<v1::RuleSet>(FromText<v1::RuleSet>(text));
  if (set->id().empty()) set->set_id("no");
  return set;
}

inline std::string Show(const ProgramDiagnostic& diagnostic) {
  std::string text = diagnostic.code + ": " + diagnostic.message;
  if (!diagnostic.help.empty()) text += " (" + diagnostic.help + ")";
  if (diagnostic.expression != nullptr) {
    text += " at `" +
            diagnostic.expression->text().substr(
                diagnostic.span.begin,
                diagnostic.span.end - diagnostic.span.begin) +
            "`";
  }
  return text;
}

// What compiling the sets reports.
inline std::vector<std::string> Diagnose(
    std::vector<std::shared_ptr<const v1::RuleSet>> sets) {
  std::vector<std::string> diagnostics;
  static_cast<void>(Program::Compile(
      std::move(sets),
      [&](const ProgramDiagnostic& d) { diagnostics.push_back(Show(d)); }));
  return diagnostics;
}

inline std::shared_ptr<const Program> Compile(
    std::vector<std::shared_ptr<const v1::RuleSet>> sets) {
  return Program::Compile(std::move(sets), [](const ProgramDiagnostic& d) {
    if (d.level == Diagnostic::Level::kError) ADD_FAILURE() << Show(d);
  });
}

inline std::shared_ptr<const Program> Compile(absl::string_view set) {
  return Compile({RuleSet(set)});
}

inline EvaluationOptions On(int year, int month, int day) {
  EvaluationOptions options;
  options.as_of = absl::CivilDay(year, month, day);
  options.all_facts = true;
  return options;
}

// What a service asks for: the breaches, and of the rest only how many there
// are and what would decide them.
inline void ExpectSameBreaches(const Program& program,
                               const v1::ProcurementPlan& plan,
                               EvaluationOptions options,
                               const EvaluationResult& reference) {
  constexpr std::uint32_t kBreaches =
      std::uint32_t{1} << v1::Finding::VIOLATED | std::uint32_t{1}
                                                      << v1::Finding::FAILED;
  options.outcomes = kBreaches;
  options.deciding_paths = true;
  const auto breaches = program.Evaluate(plan, options);
  ASSERT_TRUE(breaches.ok()) << breaches.status();
  const EvaluationResult wanted = OnlyOutcomes(reference, kBreaches);
  EXPECT_EQ(Describe(*breaches), Describe(wanted));
  EXPECT_EQ(DescribeCounts(*breaches), DescribeCounts(wanted));
}

// On the graph, which has to say the same as the reference interpreter.
inline EvaluationResult Evaluate(const Program& program,
                                 const v1::ProcurementPlan& plan,
                                 const EvaluationOptions& options) {
  auto result = program.Evaluate(plan, options);
  EXPECT_TRUE(result.ok()) << result.status();
  EvaluationOptions reference_options = options;
  reference_options.reference = true;
  const auto reference = program.Evaluate(plan, reference_options);
  EXPECT_EQ(result.ok(), reference.ok());
  if (result.ok() && reference.ok()) {
    EXPECT_EQ(Describe(*result), Describe(*reference));
    ExpectSameBreaches(program, plan, options, *reference);
  }
  return result.ok() ? *std::move(result) : EvaluationResult();
}

// A rule set with one rule `r`.
inline std::string OneRule(absl::string_view applies,
                           absl::string_view requirement,
                           absl::string_view more = "") {
  v1::RuleSet set;
  v1::Rule& rule = *set.add_rules();
  if (!more.empty()) rule = FromText<v1::Rule>(more);
  rule.set_id("r");
  if (!applies.empty()) rule.mutable_applies()->set_text(std::string(applies));
  rule.mutable_requirement()->set_text(std::string(requirement));
  std::string text;
  google::protobuf::TextFormat::PrintToString(set, &text);
  return text;
}

// What an expression over the plan is worth: the value as text, or
// `unknown(paths; reasons)`, or `error: ...`, or `does not compile: ...`.
inline std::string Eval(absl::string_view expression,
                        const v1::ProcurementPlan& plan,
                        const Program& program) {
  DiagnosticSink sink;
  const auto result =
      program.EvaluateExpression(expression, plan, On(2026, 11, 23), sink);
  if (!result.ok()) {
    std::string text = "does not compile:";
    for (const Diagnostic& diagnostic : sink.diagnostics()) {
      text += " " + diagnostic.message;
    }
    return text;
  }
  switch (result->status) {
    case ExpressionResult::Status::kValue:
      return result->value.Plain();
    case ExpressionResult::Status::kError:
      return "error: " + result->error;
    case ExpressionResult::Status::kUnknown:
      break;
  }
  std::string text = "unknown(";
  for (const std::string& path : result->missing) {
    if (text.back() != '(') text += ", ";
    text += path;
  }
  for (const Reason& reason : result->reasons) {
    text += "; " + reason.Text(Language::kEnglish);
  }
  return text + ")";
}

inline std::string Eval(absl::string_view expression, absl::string_view plan) {
  const auto program = Compile(
      R"pb(calendars {
             jurisdiction : "NO"
             fixed {month : 5 day : 1}
             fixed {month : 12 day : 25}
             fixed {month : 12 day : 26}
             easter {offset_days : -3}
             easter {offset_days : -2}
             easter {offset_days : 1}
             weekend : [ 6, 7 ]
           })pb");
  return Eval(expression, Plan(plan), *program);
}

}  // namespace klausul::engine

#endif  // KLAUSUL_TESTS_ENGINE_PROGRAM_TESTING_H_
