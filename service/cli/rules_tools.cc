#include "service/cli/rules_tools.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "service/base/status_macros.h"
#include "service/cli/console.h"

namespace klausul::cli {

absl::StatusOr<std::string> RulesFolder(const RuleArguments& arguments) {
  if (!arguments.rules_dir.empty()) return arguments.rules_dir;
  if (const char* environment = std::getenv("KLAUSUL_RULES_DIR")) {
    return std::string(environment);
  }
  std::error_code error;
  if (std::filesystem::is_directory("rules", error)) {
    return std::string("rules");
  }
  return absl::NotFoundError(
      "no rule files: name their folder with --rules-dir or "
      "KLAUSUL_RULES_DIR; there is no `rules` here");
}

absl::StatusOr<std::shared_ptr<const ruleset::RuleSetRepository>> LoadRuleFiles(
    const RuleArguments& arguments, const ruleset::PlanReader& plan_reader,
    DiagnosticSink& sink) {
  ASSIGN_OR_RETURN(const std::string folder, RulesFolder(arguments));
  ruleset::LoadOptions options;
  options.plan_reader = &plan_reader;
  return ruleset::RuleSetRepository::LoadRoot(folder, options, sink);
}

int TroubleWithRules(const absl::Status& status, const DiagnosticSink& sink) {
  if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
  return Trouble(status.message());
}

void AddFormatOption(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "Form of the result")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str()
      ->expected(1);
}

}  // namespace klausul::cli
