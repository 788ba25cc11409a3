#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "service/cli/command.h"
#include "service/cli/config_template.h"
#include "service/cli/console.h"
#include "service/review/project_config.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

struct InitArguments {
  std::string folder = ".";
  RuleArguments rules;
  bool force = false;
};

bool Write(const fs::path& path, absl::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  return !out.fail();
}

// A rule for the examples: the first one that is binding law.
std::string SomeRule(const ruleset::RuleSetRepository& rules) {
  for (const ruleset::RuleSetRepository::Entry* entry : rules.entries()) {
    for (const v1::Rule& rule : entry->rule_set->rules()) {
      if (rule.severity() == v1::Rule::ERROR) return rule.id();
    }
  }
  return "no.foa.7-9.weight";
}

int Init(const InitArguments& arguments) {
  const auto catalogue = LoadCatalogue(arguments.rules);
  if (!catalogue.ok()) return kTrouble;
  const ruleset::RuleSetRepository& rules = (*catalogue)->repository();
  const fs::path folder(arguments.folder);
  const fs::path config = folder / std::string(review::kProjectConfigName);
  const fs::path schema = folder / std::string(kConfigSchemaName);
  std::error_code error;
  if (fs::exists(config, error) && !arguments.force) {
    return Trouble(absl::StrCat("`", config.string(),
                                "` is there already; --force writes it anew"));
  }
  const auto language = engine::ParseLanguage(arguments.rules.language)
                            .value_or(engine::Language::kBokmal);
  if (!Write(schema, ConfigSchema(rules, language)) ||
      !Write(config, ConfigTemplate(SomeRule(rules)))) {
    return Trouble(
        absl::StrCat("`", folder.string(), "` cannot be written to"));
  }
  Print(absl::StrCat(config.string(), "\n", schema.string(), "\n"));
  return kOk;
}

}  // namespace

void AddInitCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App* command = app.add_subcommand(
      "init",
      "Writes a commented .klausul.yaml, with a JSON Schema for editors beside "
      "it.\n\n"
      "  klausul init\n"
      "  klausul init tenders/\n");
  command
      ->add_option("folder", arguments->folder,
                   "Where the documents are (default: the current folder)")
      ->type_name("DIR");
  AddRulesDirOption(*command, arguments->rules);
  command
      ->add_option("--lang", arguments->rules.language,
                   "Language of the rules' titles in the schema")
      ->check(CLI::IsMember({"nb", "nn", "en"}))
      ->type_name("nb|nn|en")
      ->capture_default_str()
      ->expected(1);
  command->add_flag("--force", arguments->force,
                    "Write over a .klausul.yaml that is there");
  command->footer(
      "Run it again with --force after an update of the rules: the schema "
      "knows their ids.");
  command->callback([arguments, &exit_code] { exit_code = Init(*arguments); });
}

}  // namespace klausul::cli
