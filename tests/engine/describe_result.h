#ifndef KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_
#define KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_

#include <cstdint>
#include <map>
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

// The same answer where only these outcomes are wanted: what is left out is
// counted.
inline EvaluationResult OnlyOutcomes(const EvaluationResult& all,
                                     std::uint32_t outcomes) {
  EvaluationResult some = all;
  some.rules.clear();
  std::map<std::string, int> missing;
  for (const RuleResult& rule : all.rules) {
    if ((outcomes >> rule.outcome & 1) != 0) some.rules.push_back(rule);
    if (rule.outcome != v1::Finding::UNDETERMINED) continue;
    for (const std::string& path : rule.missing)
      ++missing[path];
  }
  some.deciding_paths.clear();
  for (const auto& [path, count] : missing)
    some.deciding_paths.push_back({path, count});
  return some;
}

// How many results there are of each outcome, and what decides the open ones.
inline std::string DescribeCounts(const EvaluationResult& result) {
  std::string text =
      absl::StrCat(absl::StrJoin(result.tally.outcomes, " "), " / ",
                   absl::StrJoin(result.tally.violated, " "));
  for (const DecidingPath& path : result.deciding_paths)
    absl::StrAppend(&text, "\n", path.path, " x ", path.count);
  return text;
}

}  // namespace klausul::engine

#endif  // KLAUSUL_TESTS_ENGINE_DESCRIBE_RESULT_H_
