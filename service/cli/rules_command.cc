#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/rule_text.h"
#include "service/cli/rules_tools.h"
#include "service/ruleset/rule_files.h"
#include "service/ruleset/rule_format.h"

namespace klausul::cli {
namespace {

using ruleset::RuleSetRepository;

struct RulesArguments {
  RuleArguments rules;
  std::string rule;
  // Of `fmt`.
  std::vector<std::string> paths;
  bool check = false;
};

engine::Language LanguageOf(const RuleArguments& arguments) {
  return engine::ParseLanguage(arguments.language)
      .value_or(engine::Language::kBokmal);
}

int List(const RulesArguments& arguments) {
  const auto options = ToEvaluateOptions(arguments.rules);
  if (!options.ok()) return Trouble(options.status().message());
  const auto catalogue = LoadCatalogue(arguments.rules);
  if (!catalogue.ok()) return kTrouble;
  const engine::Language language = LanguageOf(arguments.rules);
  const RuleSetRepository& repository = (*catalogue)->repository();
  std::vector<std::string> ids(options->rule_sets().begin(),
                               options->rule_sets().end());
  if (ids.empty()) ids = (*catalogue)->Ids();
  const auto sets = repository.Closure(ids);
  if (!sets.ok()) return Trouble(sets.status().message());
  std::string out;
  for (const ruleset::SharedRuleSet& set : *sets) {
    absl::StrAppend(&out, set->id(), " ", set->version(), "  ",
                    set->rules_size(), " rules, ", set->facts_size(),
                    " facts, ", set->parameters_size(), " parameters  ",
                    set->digest(), "\n");
    for (const v1::Rule& rule : set->rules()) {
      if (options->has_as_of() &&
          !engine::Holds(
              rule.in_force(),
              absl::CivilDay(options->as_of().year(), options->as_of().month(),
                             options->as_of().day()))) {
        continue;
      }
      absl::StrAppend(&out, "  ", RuleLine(rule, language));
    }
  }
  return Print(out) ? kOk : Trouble("the list could not be written in full");
}

int Show(const RulesArguments& arguments) {
  const auto catalogue = LoadCatalogue(arguments.rules);
  if (!catalogue.ok()) return kTrouble;
  const RuleSetRepository& repository = (*catalogue)->repository();
  const v1::Rule* rule = repository.FindRule(arguments.rule);
  if (rule == nullptr) {
    const std::string nearest = repository.NearestRule(arguments.rule);
    return Trouble(absl::StrCat(
        "no rule `", arguments.rule, "`",
        nearest.empty() ? "; `klausul rules list` shows them all"
                        : absl::StrCat("; did you mean `", nearest, "`?")));
  }
  Print(RuleText(*rule, LanguageOf(arguments.rules)));
  return kOk;
}

// The rule files that the arguments name, as paths that can be opened: those of
// a folder, or the file itself.
absl::StatusOr<std::vector<std::string>> RuleFilePaths(
    const RulesArguments& arguments) {
  std::vector<std::string> roots = arguments.paths;
  if (roots.empty()) {
    ASSIGN_OR_RETURN(std::string folder, RulesFolder(arguments.rules));
    roots.push_back(std::move(folder));
  }
  std::vector<std::string> paths;
  for (const std::string& root : roots) {
    std::error_code error;
    if (!std::filesystem::is_directory(root, error)) {
      paths.push_back(root);
      continue;
    }
    ASSIGN_OR_RETURN(const std::vector<ruleset::RuleFile> files,
                     ruleset::ReadRuleFiles(root));
    for (const ruleset::RuleFile& file : files) {
      paths.push_back((std::filesystem::path(root) / file.path).string());
    }
  }
  return paths;
}

// Lays out one file; true where that changes it, or would.
absl::StatusOr<bool> FormatFile(const std::string& path, bool check,
                                DiagnosticSink& sink) {
  ASSIGN_OR_RETURN(const std::string before, ruleset::ReadRuleFile(path));
  const auto after = ruleset::FormatRuleFile(path, before, sink);
  if (!after.has_value() || *after == before) return false;
  if (!check) RETURN_IF_ERROR(ruleset::ReplaceRuleFile(path, *after));
  return true;
}

// A file that cannot be read does not keep the others from being laid out.
int Format(const RulesArguments& arguments) {
  const auto paths = RuleFilePaths(arguments);
  if (!paths.ok()) return Trouble(paths.status().message());
  DiagnosticSink sink;
  bool trouble = false;
  int changed = 0;
  std::string out;
  for (const std::string& path : *paths) {
    const auto done = FormatFile(path, arguments.check, sink);
    if (!done.ok()) {
      Trouble(done.status().message());
      trouble = true;
    } else if (*done) {
      ++changed;
      absl::StrAppend(&out, path, "\n");
    }
  }
  if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
  absl::StrAppend(&out, paths->size(), " files, ", changed,
                  arguments.check ? " would change\n" : " changed\n");
  if (!Print(out)) return Trouble("the list could not be written in full");
  if (trouble || sink.has_errors()) return kTrouble;
  return arguments.check && changed > 0 ? kFindings : kOk;
}

}  // namespace

void AddRulesCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* rules =
      app.add_subcommand("rules",
                         "The rule author's tools.\n\n"
                         "  klausul rules list --as-of 2026-07-01\n"
                         "  klausul rules test --rules-dir rules\n");
  rules->require_subcommand(1);

  CLI::App* list = rules->add_subcommand(
      "list",
      "Lists the rules, with period, severity and provision.\n\n"
      "  klausul rules list\n"
      "  klausul rules list --rules no --as-of 2026-07-01 --lang en\n");
  AddRuleOptions(*list, arguments->rules);
  list->callback([arguments, &exit_code] { exit_code = List(*arguments); });

  CLI::App* show = rules->add_subcommand(
      "show",
      "Shows one rule whole.\n\n"
      "  klausul rules show no.foa.7-9.weight\n"
      "  klausul rules show no.foa.7-9.weight --lang en\n");
  show->add_option("rule", arguments->rule, "Id of the rule")
      ->type_name("RULE")
      ->required();
  AddRuleOptions(*show, arguments->rules);
  show->callback([arguments, &exit_code] { exit_code = Show(*arguments); });

  AddRulesLint(*rules, exit_code);

  CLI::App* format = rules->add_subcommand(
      "fmt",
      "Lays out the expressions of rule files, in place; nothing else in "
      "them changes.\n\n"
      "  klausul rules fmt my-rules\n"
      "  klausul rules fmt --check\n");
  format
      ->add_option("path", arguments->paths,
                   "Rule files, or folders of them; without any, the folder "
                   "of --rules-dir")
      ->type_name("FILE|DIR");
  format->add_flag("--check", arguments->check,
                   "Change nothing; name the files that would change");
  AddRulesDirOption(*format, arguments->rules);
  format->footer(
      "Exit code: 0 done, or nothing to do; 1 with --check: files would "
      "change; 2 a file cannot be read.");
  format->callback([arguments, &exit_code] { exit_code = Format(*arguments); });

  AddRulesTest(*rules, exit_code);
  AddRulesCoverage(*rules, exit_code);
  AddRulesDocs(*rules, exit_code);
  AddRulesDiff(*rules, exit_code);
  AddRulesBundle(*rules, exit_code);
}

}  // namespace klausul::cli
