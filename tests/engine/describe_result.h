#ifndef KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_
#define KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "service/engine/program.h"

namespace klausul::engine {

inline std::string DescribeReasons(const std::vector<Reason>& reasons) {
  return absl::StrJoin(reasons, "; ",
                       [](std::string* out, const Reason& reason) {
                         out->append(reason.Text(Language::kEnglish));
                       });
}

// Everything that a result says, a line a rule and a line a fact: two ways of
// evaluating agree where the texts are equal.
inline std::string Describe(const EvaluationResult& result) {
  std::string text;
  for (const RuleResult& rule : result.rules) {
    absl::StrAppend(&text, rule.rule->id(), " [", rule.subject, "] ",
                    v1::Finding::Outcome_Name(rule.outcome), " fields(");
    for (const Evidence& field : rule.fields) {
      absl::StrAppend(&text, field.path, "=", field.value, " ");
    }
    absl::StrAppend(&text, ") missing(", absl::StrJoin(rule.missing, " "),
                    ") reasons(", DescribeReasons(rule.reasons), ") error(",
                    rule.error, ") values(");
    for (const NamedValue& value : rule.values) {
      absl::StrAppend(&text, value.name, "=", value.value.Plain(), " ");
    }
    absl::StrAppend(&text, ")\n");
  }
  for (const FactResult& fact : result.facts) {
    absl::StrAppend(&text, fact.fact->name(), " [", fact.subject,
                    "] = ", fact.value.Plain(), " missing(",
                    absl::StrJoin(fact.missing, " "), ") reasons(",
                    DescribeReasons(fact.reasons), ") error(", fact.error,
                    ")\n");
  }
  return text;
}

}  // namespace klausul::engine

#endif  // KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_
