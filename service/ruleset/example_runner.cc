#include "service/ruleset/example_runner.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "service/base/civil_day.h"
#include "service/base/status_macros.h"
#include "service/engine/program.h"
#include "service/ruleset/date_of_law.h"
#include "service/ruleset/example_plans.h"

namespace klausul::ruleset {
namespace {

using engine::RuleResult;

// Lines of a trace shown: a screen of them.
constexpr int kMaxTraceLines = 60;

template <typename Range>
bool Contains(const Range& range, absl::string_view wanted) {
  return std::find(range.begin(), range.end(), wanted) != range.end();
}

bool IsCancelled(const ExampleRunOptions& options) {
  return options.is_cancelled && options.is_cancelled();
}

absl::Status CheckNames(const RuleSetRepository& repository,
                        const ExampleRunOptions& options) {
  const auto unknown = [](absl::string_view what, absl::string_view id,
                          const std::string& near) {
    return absl::NotFoundError(absl::StrCat(
        "there is no ", what, " `", id, "`",
        near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?")));
  };
  for (const std::string& id : options.rule_set_ids) {
    if (repository.Find(id) == nullptr) {
      return unknown("rule set", id, repository.NearestSet(id));
    }
  }
  for (const std::string& id : options.rule_ids) {
    if (repository.FindRule(id) == nullptr) {
      return unknown("rule", id, repository.NearestRule(id));
    }
  }
  return absl::OkStatus();
}

std::string OutcomeLine(const RuleResult& result) {
  std::string out = v1::Finding::Outcome_Name(result.outcome);
  if (!result.subject.empty()) absl::StrAppend(&out, " for ", result.subject);
  return out;
}

// What the actual outcome rests on, for the author to see at once.
void AppendGround(const RuleResult& result, std::string& out) {
  if (!result.missing.empty()) {
    absl::StrAppend(&out, "missing:  ", absl::StrJoin(result.missing, ", "),
                    "\n");
  }
  for (const engine::Reason& reason : result.reasons) {
    absl::StrAppend(&out, "reason:   ", reason.Text(engine::Language::kEnglish),
                    "\n");
  }
  if (!result.error.empty()) {
    absl::StrAppend(&out, "error:    ", result.error, "\n");
  }
}

std::string TraceLine(const v1::TraceStep& step) {
  const std::string indent(
      2 * static_cast<std::size_t>(std::max(0, step.depth())), ' ');
  return absl::StrCat(step.part(), ": ", indent,
                      absl::StrReplaceAll(step.expression(), {{"\n", " "}}),
                      " = ", step.value(), "\n");
}

std::string Shortened(const std::string& lines) {
  std::size_t end = 0;
  for (int i = 0; i < kMaxTraceLines; ++i) {
    end = lines.find('\n', end);
    if (end == std::string::npos) return lines;
    ++end;
  }
  return end == lines.size() ? lines
                             : absl::StrCat(lines.substr(0, end), "...\n");
}

// Runs the examples of one set.
class SetRunner {
 public:
  SetRunner(const RuleSetRepository::Entry& entry,
            std::shared_ptr<const engine::Program> program,
            const PlanReader& reader, const ExampleRunOptions& options,
            DiagnosticSink& sink, ExampleReport& report)
      : entry_(entry),
        program_(std::move(program)),
        plans_(*entry.source, reader),
        options_(options),
        sink_(sink),
        report_(report) {}

  void Run();

 private:
  void RunExample(const v1::Rule& rule, const ExampleSource& example);
  // Expected against actual; empty where they agree.
  std::string Compare(const v1::Rule& rule, const ExampleSource& example,
                      const std::vector<RuleResult>& results) const;
  std::string CompareDetails(const ExampleSource& example,
                             const RuleResult& result) const;
  std::string Trace(const v1::ProcurementPlan& plan,
                    engine::EvaluationOptions evaluation,
                    const ExampleSource& example) const;

  const RuleSetRepository::Entry& entry_;
  std::shared_ptr<const engine::Program> program_;
  ExamplePlans plans_;
  const ExampleRunOptions& options_;
  DiagnosticSink& sink_;
  ExampleReport& report_;
};

std::string SetRunner::CompareDetails(const ExampleSource& example,
                                      const RuleResult& result) const {
  std::string out;
  if (result.outcome != example.outcome) {
    absl::StrAppend(&out,
                    "expected: ", v1::Finding::Outcome_Name(example.outcome),
                    "\nactual:   ", OutcomeLine(result), "\n");
    AppendGround(result, out);
    return out;
  }
  if (example.missing.has_value() && *example.missing != result.missing) {
    absl::StrAppend(
        &out, "expected missing: ", absl::StrJoin(*example.missing, ", "),
        "\nactual missing:   ", absl::StrJoin(result.missing, ", "), "\n");
  }
  for (const auto& [code, wanted] : example.message) {
    const auto language = engine::ParseLanguage(code);
    if (!language.has_value()) continue;
    engine::FindingOptions finding_options;
    finding_options.language = *language;
    // Amounts hold no-break spaces, which nobody types.
    const std::string message = absl::StrReplaceAll(
        program_->MakeFinding(result, finding_options).message(),
        {{"\u00a0", " "}, {"\u202f", " "}});
    if (message == wanted) continue;
    absl::StrAppend(&out, "expected message (", code, "): ", wanted,
                    "\nactual message (", code, "):   ", message, "\n");
  }
  return out;
}

std::string SetRunner::Compare(const v1::Rule& rule,
                               const ExampleSource& example,
                               const std::vector<RuleResult>& results) const {
  std::vector<const RuleResult*> chosen;
  for (const RuleResult& result : results) {
    if (result.rule->id() != rule.id()) continue;
    if (example.subject.has_value() && result.subject != *example.subject) {
      continue;
    }
    chosen.push_back(&result);
  }
  if (chosen.empty()) {
    if (example.subject.has_value() && !results.empty()) {
      return absl::StrCat(
          "expected: ", v1::Finding::Outcome_Name(example.outcome), " for ",
          *example.subject, "\nactual:   no such lot\n");
    }
    RuleResult not_in_force;
    not_in_force.rule = &rule;
    not_in_force.outcome = v1::Finding::NOT_APPLICABLE;
    return CompareDetails(example, not_in_force);
  }
  const bool agree =
      std::all_of(chosen.begin(), chosen.end(), [&](const RuleResult* result) {
        return result->outcome == chosen.front()->outcome;
      });
  if (!agree) {
    std::string out = "the lots differ; name one with `subject`:\n";
    for (const RuleResult* result : chosen) {
      absl::StrAppend(&out, "  ", OutcomeLine(*result), "\n");
    }
    return out;
  }
  return CompareDetails(example, *chosen.front());
}

std::string SetRunner::Trace(const v1::ProcurementPlan& plan,
                             engine::EvaluationOptions evaluation,
                             const ExampleSource& example) const {
  evaluation.trace = true;
  const auto result = program_->Evaluate(plan, evaluation);
  if (!result.ok()) return "";
  std::string out;
  for (const RuleResult& rule : result->rules) {
    if (example.subject.has_value() && rule.subject != *example.subject) {
      continue;
    }
    // What does not apply was decided there; what applies, by the requirement.
    const bool skip_applies = (rule.outcome == v1::Finding::VIOLATED ||
                               rule.outcome == v1::Finding::SATISFIED) &&
                              example.outcome != v1::Finding::NOT_APPLICABLE;
    std::vector<std::string> parts;
    std::map<std::string, std::string> lines;
    for (const v1::TraceStep& step : rule.trace) {
      if (skip_applies && step.part() == "applies") continue;
      if (lines.count(step.part()) == 0) parts.push_back(step.part());
      lines[step.part()] += TraceLine(step);
    }
    // The rule's own expressions come first, then the facts, of which the
    // last is the nearest to the rule.
    const auto facts =
        std::find_if(parts.begin(), parts.end(), [](const std::string& part) {
          return part != "applies" && part != "requires";
        });
    std::reverse(facts, parts.end());
    for (const std::string& part : parts)
      out += lines[part];
  }
  return Shortened(out);
}

void SetRunner::RunExample(const v1::Rule& rule, const ExampleSource& example) {
  ++report_.example_count;
  FailedExample failed;
  failed.rule_set_id = entry_.rule_set->id();
  failed.rule_id = rule.id();
  failed.name = example.name;
  failed.place = absl::StrCat(
      example.place.file()->name(), ":",
      example.place.file()->Locate(example.place.span().begin).line);

  const absl::optional<v1::ProcurementPlan> plan = plans_.Build(example, sink_);
  if (!plan.has_value()) {
    failed.difference = "its plan cannot be built\n";
    report_.failed.push_back(std::move(failed));
    return;
  }
  const DateOfLaw date = FindDateOfLaw(*plan, example.as_of, options_.now);
  engine::EvaluationOptions evaluation;
  evaluation.as_of = date.day;
  evaluation.rule_ids = {rule.id()};
  evaluation.is_cancelled = options_.is_cancelled;
  evaluation.observer = options_.coverage;
  const auto result = program_->Evaluate(*plan, evaluation);
  if (!result.ok()) {
    failed.difference = absl::StrCat(result.status().message(), "\n");
    report_.failed.push_back(std::move(failed));
    return;
  }
  failed.difference = Compare(rule, example, result->rules);
  if (failed.difference.empty()) return;
  absl::StrAppend(&failed.difference, "as of:    ", FormatCivilDay(date.day),
                  "\n");
  failed.trace = Trace(*plan, evaluation, example);
  report_.failed.push_back(std::move(failed));
}

void SetRunner::Run() {
  for (const v1::Rule& rule : entry_.rule_set->rules()) {
    if (!options_.rule_ids.empty() && !Contains(options_.rule_ids, rule.id())) {
      continue;
    }
    ++report_.rule_count;
    if (options_.coverage != nullptr) {
      options_.coverage->Enter(entry_, program_, rule);
    }
    for (const ExampleSource& example :
         entry_.source->rules.at(rule.id()).examples) {
      if (IsCancelled(options_)) return;
      RunExample(rule, example);
    }
  }
}

}  // namespace

absl::StatusOr<ExampleReport> RunExamples(const RuleSetRepository& repository,
                                          const PlanReader& reader,
                                          const ExampleRunOptions& options,
                                          DiagnosticSink& sink) {
  RETURN_IF_ERROR(CheckNames(repository, options));
  ExampleReport report;
  for (const RuleSetRepository::Entry* entry : repository.entries()) {
    if (entry->source == nullptr) continue;
    const std::string& id = entry->rule_set->id();
    if (!options.rule_set_ids.empty() && !Contains(options.rule_set_ids, id)) {
      continue;
    }
    ASSIGN_OR_RETURN(std::shared_ptr<const engine::Program> program,
                     repository.Compile({id}));
    SetRunner(*entry, std::move(program), reader, options, sink, report).Run();
  }
  if (IsCancelled(options)) {
    return absl::CancelledError("the examples were not run to their end");
  }
  return report;
}

}  // namespace klausul::ruleset
