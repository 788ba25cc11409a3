#ifndef KLAUSUL_SERVICE_CLI_COMMAND_H_
#define KLAUSUL_SERVICE_CLI_COMMAND_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <CLI/CLI.hpp>

#include "klausul/v1/evaluate_options.pb.h"

#include "service/review/rule_catalogue.h"

namespace klausul::cli {

// Each command adds itself to the application and sets `exit_code` when it has
// run. CLI11 keeps references to where the options go, so every command's
// arguments live in a shared object that its callback holds.
void AddCheckCommand(CLI::App& app, int& exit_code);
void AddAdviseCommand(CLI::App& app, int& exit_code);
void AddServeCommand(CLI::App& app, int& exit_code);
void AddExplainCommand(CLI::App& app, int& exit_code);
void AddRulesCommand(CLI::App& app, int& exit_code);
void AddEvalCommand(CLI::App& app, int& exit_code);
void AddConvertCommand(CLI::App& app, int& exit_code);
void AddInitCommand(CLI::App& app, int& exit_code);
void AddPingCommand(CLI::App& app, int& exit_code);
void AddReplayCommand(CLI::App& app, int& exit_code);

// Options that several commands take.
struct RuleArguments {
  std::string rules_dir;
  std::string rules;
  std::string as_of;
  std::string language = "nb";
};

// --rules-dir.
void AddRulesDirOption(CLI::App& command, RuleArguments& arguments);
// --rules, --rules-dir, --as-of, --lang.
void AddRuleOptions(CLI::App& command, RuleArguments& arguments);

// The folder of --rules-dir, else of KLAUSUL_RULES_DIR, else empty.
std::string NamedRulesDir(const RuleArguments& arguments);

// The rule sets of --rules-dir, else of KLAUSUL_RULES_DIR, else the built-in
// ones. What is wrong with them goes to standard error; the status is then
// only a summary, already told.
absl::StatusOr<std::shared_ptr<const review::RuleCatalogue>> LoadCatalogue(
    const RuleArguments& arguments,
    review::RuleCatalogue::ExamplePlans examples =
        review::RuleCatalogue::ExamplePlans::kLeaveOut);

// The options of an evaluation; INVALID_ARGUMENT for a date that is none.
absl::StatusOr<v1::EvaluateOptions> ToEvaluateOptions(
    const RuleArguments& arguments);

// Says `klausul: message` on standard error and gives kTrouble.
int Trouble(absl::string_view message);

// The single document of a file: an error where it holds several or cannot be
// opened. For commands on one document.
absl::StatusOr<v1::Document> ReadSingleDocument(const std::string& path);

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_COMMAND_H_
