#include "service/cli/application.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include <CLI/CLI.hpp>

#include "service/base/edit_distance.h"
#include "service/cli/command.h"
#include "service/cli/console.h"

namespace klausul::cli {
namespace {

// The names of the commands of an application, or of one of its commands.
std::vector<std::string> CommandNames(CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  return names;
}

// The command of that name right below `app`, or null.
CLI::App* FindCommand(CLI::App& app, const std::string& name) {
  // Without a filter these are all of them, not only the parsed ones.
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

// The command that the arguments lead to, as far as they name one.
CLI::App* CommandOf(CLI::App& app, const std::vector<std::string>& arguments) {
  CLI::App* command = &app;
  for (const std::string& argument : arguments) {
    if (absl::StartsWith(argument, "-")) continue;
    CLI::App* next = FindCommand(*command, argument);
    if (next == nullptr) break;
    command = next;
  }
  return command;
}

std::string Suggestion(const std::string& wrong,
                       const std::vector<std::string>& known) {
  const std::string match = ClosestMatch(wrong, known);
  return match.empty() ? "" : absl::StrCat("; did you mean `", match, "`?");
}

// The long options of a command.
std::vector<std::string> OptionNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back(absl::StrCat("--", name));
    }
  }
  return names;
}

// What is wrong with the arguments, in our own words where the library's are
// of no help: a mistyped command, a mistyped option.
std::string UsageError(CLI::App& app, const std::vector<std::string>& arguments,
                       const CLI::ParseError& error) {
  CLI::App* command = CommandOf(app, arguments);
  if (!command->get_subcommands(nullptr).empty()) {
    // The first word that is no command here.
    const std::vector<std::string> names = CommandNames(*command);
    for (const std::string& argument : arguments) {
      if (absl::StartsWith(argument, "-") ||
          FindCommand(app, argument) != nullptr ||
          std::find(names.begin(), names.end(), argument) != names.end()) {
        continue;
      }
      return absl::StrCat("no command `", argument, "`",
                          Suggestion(argument, names));
    }
    return "a command is needed";
  }
  const std::vector<std::string> known = OptionNames(*command);
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    const std::string name = argument.substr(0, argument.find('='));
    if (absl::StartsWith(name, "--") &&
        std::find(known.begin(), known.end(), name) == known.end()) {
      return absl::StrCat("no option `", name, "`", Suggestion(name, known));
    }
  }
  return error.what();
}

}  // namespace

int Run(int argc, char** argv) {
  CLI::App app(
      "Klausul: what the procurement rules say of plans and notices.\n\n"
      "  klausul check plan.yaml\n"
      "  klausul check notices/ --as-of 2026-07-01 --format json\n");
  app.name("klausul");
  app.set_version_flag("--version", "klausul " KLAUSUL_VERSION);
  app.require_subcommand(1);
  app.footer("`klausul COMMAND --help` tells more of each.");
  int exit_code = kOk;
  AddCheckCommand(app, exit_code);
  AddInitCommand(app, exit_code);
  AddAdviseCommand(app, exit_code);
  AddExplainCommand(app, exit_code);
  AddEvalCommand(app, exit_code);
  AddConvertCommand(app, exit_code);
  AddRulesCommand(app, exit_code);
  AddServeCommand(app, exit_code);
  AddPingCommand(app, exit_code);
  AddReplayCommand(app, exit_code);

  const std::vector<std::string> arguments(argv + std::min(argc, 1),
                                           argv + argc);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    // --help and --version.
    app.exit(done);
    return kOk;
  } catch (const CLI::ParseError& error) {
    const CLI::App* command = CommandOf(app, arguments);
    std::string name = "klausul";
    if (command != &app) {
      for (const std::string& argument : arguments) {
        if (FindCommand(app, argument) != nullptr ||
            argument == command->get_name()) {
          absl::StrAppend(&name, " ", argument);
        }
        if (argument == command->get_name()) break;
      }
    }
    return Trouble(absl::StrCat(UsageError(app, arguments, error), "\nRun `",
                                name, " --help` for its use."));
  }
  return exit_code;
}

}  // namespace klausul::cli
