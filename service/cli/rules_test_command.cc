#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include "service/base/json_writer.h"
#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/example_coverage.h"
#include "service/ruleset/example_runner.h"

namespace klausul::cli {
namespace {

using ruleset::ConditionCoverage;
using ruleset::ExampleReport;
using ruleset::FailedExample;
using ruleset::UndecidedPart;

struct TestArguments {
  RuleArguments rules;
  std::string rule;
  std::string format = "text";
  bool coverage = false;
};

// A line of a terminal holds the place and as much of the text.
constexpr std::size_t kMaxPartCodePoints = 72;

absl::string_view WhatIsOpen(const UndecidedPart& part) {
  if (part.was_true) return "never false";
  if (part.was_false) return "never true";
  return "never decided";
}

std::string Shortened(const std::string& text) {
  std::size_t code_points = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xc0) == 0x80) continue;
    if (code_points++ == kMaxPartCodePoints) {
      return absl::StrCat(text.substr(0, i), "…");
    }
  }
  return text;
}

// A heading for each rule or fact, and its open parts below.
std::string Text(const ConditionCoverage& coverage) {
  std::string out;
  int never_true = 0;
  int never_false = 0;
  int never = 0;
  const UndecidedPart* before = nullptr;
  for (const UndecidedPart& part : coverage.open) {
    if (before == nullptr || before->file != part.file ||
        before->owner != part.owner) {
      absl::StrAppend(&out, part.file, ": ", part.part == "fact" ? "fact " : "",
                      part.owner, "\n");
    }
    before = &part;
    absl::StrAppendFormat(&out, "  %9s  %-8s  %-13s  %s\n",
                          absl::StrCat(part.line, ":", part.column),
                          part.part == "fact" ? "" : part.part,
                          WhatIsOpen(part), Shortened(part.text));
    ++(part.was_true ? never_false : part.was_false ? never_true : never);
  }
  if (!out.empty()) out += "\n";
  absl::StrAppendFormat(
      &out,
      "conditions of %d rules and %d facts: %d parts; %d of %d sides tried, "
      "%.1f per cent\n",
      coverage.rule_count, coverage.fact_count, coverage.part_count,
      coverage.decided_side_count, coverage.side_count(), coverage.percent());
  absl::StrAppendFormat(&out,
                        "never true: %d, never false: %d, never decided: %d\n",
                        never_true, never_false, never);
  return out;
}

std::string Text(const ExampleReport& report) {
  std::string out;
  for (const FailedExample& failed : report.failed) {
    absl::StrAppend(&out, failed.place, ": ", failed.rule_id, ": example `",
                    failed.name, "`\n", failed.difference, "\n", failed.trace,
                    "\n");
  }
  absl::StrAppend(&out, report.rule_count, " rules, ", report.example_count,
                  " examples: ", report.example_count - report.failed.size(),
                  " passed, ", report.failed.size(), " failed\n");
  return out;
}

void Write(const ConditionCoverage& coverage, JsonWriter& json) {
  json.BeginObject();
  json.Key("rules").Int(coverage.rule_count);
  json.Key("facts").Int(coverage.fact_count);
  json.Key("parts").Int(coverage.part_count);
  json.Key("sides").Int(coverage.side_count());
  json.Key("decidedSides").Int(coverage.decided_side_count);
  json.Key("percent").Tenths(coverage.percent());
  json.Key("open").BeginArray();
  for (const UndecidedPart& part : coverage.open) {
    json.BeginObject();
    json.Key("ruleSet").String(part.rule_set_id);
    json.Key("owner").String(part.owner);
    json.Key("part").String(part.part);
    json.Key("file").String(part.file);
    json.Key("line").Int(part.line);
    json.Key("column").Int(part.column);
    json.Key("text").String(part.text);
    json.Key("wasTrue").Bool(part.was_true);
    json.Key("wasFalse").Bool(part.was_false);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

std::string Json(const ExampleReport& report,
                 const ConditionCoverage* coverage) {
  JsonWriter json;
  json.BeginObject();
  json.Key("rules").Int(report.rule_count);
  json.Key("examples").Int(report.example_count);
  json.Key("failed").BeginArray();
  for (const FailedExample& failed : report.failed) {
    json.BeginObject();
    json.Key("ruleSet").String(failed.rule_set_id);
    json.Key("rule").String(failed.rule_id);
    json.Key("example").String(failed.name);
    json.Key("place").String(failed.place);
    json.Key("difference").String(failed.difference);
    json.Key("trace").String(failed.trace);
    json.EndObject();
  }
  json.EndArray();
  if (coverage != nullptr) {
    json.Key("coverage");
    Write(*coverage, json);
  }
  json.EndObject();
  return absl::StrCat(json.text(), "\n");
}

int Test(const TestArguments& arguments) {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = LoadRuleFiles(arguments.rules, plan_reader, sink);
  if (!repository.ok()) return TroubleWithRules(repository.status(), sink);
  ruleset::ExampleCoverage watcher;
  ruleset::ExampleRunOptions options;
  options.now = absl::Now();
  if (!arguments.rule.empty()) options.rule_ids.push_back(arguments.rule);
  if (arguments.coverage) options.coverage = &watcher;
  const auto report =
      ruleset::RunExamples(**repository, plan_reader, options, sink);
  if (!report.ok()) return Trouble(report.status().message());
  if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
  // Of one rule nobody expects to try all facts.
  const ConditionCoverage coverage = watcher.Result(arguments.rule.empty());
  const std::string out =
      arguments.format == "json"
          ? Json(*report, arguments.coverage ? &coverage : nullptr)
          : absl::StrCat(arguments.coverage ? Text(coverage) : "",
                         Text(*report));
  if (!Print(out)) return Trouble("the result could not be written in full");
  return report->ok() && !sink.has_errors() ? kOk : kFindings;
}

}  // namespace

void AddRulesTest(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<TestArguments>();
  CLI::App* test = rules.add_subcommand(
      "test",
      "Runs the examples of the rules.\n\n"
      "  klausul rules test\n"
      "  klausul rules test no.foa.7-9.weight --coverage --rules-dir rules\n");
  test->add_option("rule", arguments->rule, "Only the examples of this rule")
      ->type_name("RULE");
  test->add_flag("--coverage", arguments->coverage,
                 "Also list the parts of `applies`, `requires` and facts that "
                 "no example made true, or none made false");
  AddRulesDirOption(*test, arguments->rules);
  AddFormatOption(*test, arguments->format);
  test->footer(
      "Exit code: 0 all as their authors say; 1 some not; 2 the "
      "files do not load.");
  test->callback([arguments, &exit_code] { exit_code = Test(*arguments); });
}

}  // namespace klausul::cli
