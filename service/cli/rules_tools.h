#ifndef KLAUSUL_SERVICE_CLI_RULES_TOOLS_H_
#define KLAUSUL_SERVICE_CLI_RULES_TOOLS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include <CLI/CLI.hpp>

#include "service/base/diagnostic.h"
#include "service/cli/command.h"
#include "service/ruleset/plan_reader.h"
#include "service/ruleset/repository.h"

namespace klausul::cli {

// The tools below `klausul rules` that have a file of their own; each adds
// itself to the command.
void AddRulesLint(CLI::App& rules, int& exit_code);
void AddRulesTest(CLI::App& rules, int& exit_code);
void AddRulesCoverage(CLI::App& rules, int& exit_code);
void AddRulesDocs(CLI::App& rules, int& exit_code);
void AddRulesDiff(CLI::App& rules, int& exit_code);
void AddRulesBundle(CLI::App& rules, int& exit_code);

// The folder of rule files: --rules-dir, KLAUSUL_RULES_DIR, or `rules` here.
// NOT_FOUND where there is none of them.
absl::StatusOr<std::string> RulesFolder(const RuleArguments& arguments);

// The sets of a folder, with the plans of their examples. What is wrong with
// them is in `sink`.
absl::StatusOr<std::shared_ptr<const ruleset::RuleSetRepository>> LoadRuleFiles(
    const RuleArguments& arguments, const ruleset::PlanReader& plan_reader,
    DiagnosticSink& sink);

// Shows the diagnostics on standard error, says what the status says, and gives
// kTrouble: for a command that cannot go on without the sets.
int TroubleWithRules(const absl::Status& status, const DiagnosticSink& sink);

// --format, one of `text` and `json`.
void AddFormatOption(CLI::App& command, std::string& format);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_RULES_TOOLS_H_
