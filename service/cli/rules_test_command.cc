#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/example_runner.h"

namespace klausul::cli {
namespace {

struct TestArguments {
  RuleArguments rules;
  std::string rule;
};

int Test(const TestArguments& arguments) {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = LoadRuleFiles(arguments.rules, plan_reader, sink);
  if (!repository.ok()) return TroubleWithRules(repository.status(), sink);
  ruleset::ExampleRunOptions options;
  options.now = absl::Now();
  if (!arguments.rule.empty()) options.rule_ids.push_back(arguments.rule);
  const auto report =
      ruleset::RunExamples(**repository, plan_reader, options, sink);
  if (!report.ok()) return Trouble(report.status().message());
  if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
  std::string out;
  for (const ruleset::FailedExample& failed : report->failed) {
    absl::StrAppend(&out, failed.place, ": ", failed.rule_id, ": example `",
                    failed.name, "`\n", failed.difference, "\n", failed.trace,
                    "\n");
  }
  absl::StrAppend(&out, report->rule_count, " rules, ", report->example_count,
                  " examples: ", report->example_count - report->failed.size(),
                  " passed, ", report->failed.size(), " failed\n");
  Print(out);
  return report->ok() && !sink.has_errors() ? kOk : kFindings;
}

}  // namespace

void AddRulesTest(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<TestArguments>();
  CLI::App* test = rules.add_subcommand(
      "test",
      "Runs the examples of the rules.\n\n"
      "  klausul rules test\n"
      "  klausul rules test no.foa.7-9.weight --rules-dir rules\n");
  test->add_option("rule", arguments->rule, "Only the examples of this rule")
      ->type_name("RULE");
  AddRulesDirOption(*test, arguments->rules);
  test->footer(
      "Exit code: 0 all as their authors say; 1 some not; 2 the "
      "files do not load.");
  test->callback([arguments, &exit_code] { exit_code = Test(*arguments); });
}

}  // namespace klausul::cli
