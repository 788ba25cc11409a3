#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/lint.h"

namespace klausul::cli {
namespace {

// Diagnostics are what lint is asked for, so they are its result.
int Lint(const RuleArguments& arguments) {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = LoadRuleFiles(arguments, plan_reader, sink);
  if (!repository.ok() && !sink.has_errors()) {
    return Trouble(repository.status().message());
  }
  int rules = 0;
  int sets = 0;
  if (repository.ok()) {
    ruleset::Lint(**repository, sink);
    for (const auto* entry : (*repository)->entries()) {
      ++sets;
      rules += entry->rule_set->rules_size();
    }
  }
  std::string out = sink.RenderAll({ColorOnOutput()});
  if (!out.empty()) out += '\n';
  absl::StrAppend(&out, sets, " rule sets, ", rules,
                  " rules: ", sink.error_count(), " errors, ",
                  sink.warning_count(), " warnings\n");
  Print(out);
  if (sink.has_errors()) return kTrouble;
  return sink.warning_count() > 0 ? kFindings : kOk;
}

}  // namespace

void AddRulesLint(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<RuleArguments>();
  CLI::App* lint = rules.add_subcommand(
      "lint",
      "Checks rule files: every error and every doubt, with its "
      "place.\n\n"
      "  klausul rules lint\n"
      "  klausul rules lint --rules-dir rules\n");
  AddRulesDirOption(*lint, *arguments);
  lint->footer("Exit code: 0 clean; 1 warnings; 2 the files do not load.");
  lint->callback([arguments, &exit_code] { exit_code = Lint(*arguments); });
}

}  // namespace klausul::cli
