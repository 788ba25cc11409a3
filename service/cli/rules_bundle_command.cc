#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/base/status_macros.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/ruleset/bundle_file.h"
#include "service/ruleset/rule_files.h"
#include "service/server/rule_loader.h"

namespace klausul::cli {
namespace {

struct BundleArguments {
  RuleArguments rules;
  std::string output;
  std::string key;
};

absl::Status Bundle(const BundleArguments& arguments) {
  ASSIGN_OR_RETURN(const std::string folder, RulesFolder(arguments.rules));
  ASSIGN_OR_RETURN(std::vector<ruleset::RuleFile> files,
                   ruleset::ReadRuleFiles(folder));
  std::string key;
  if (!arguments.key.empty()) {
    ASSIGN_OR_RETURN(key, ruleset::ReadRuleFile(arguments.key));
    if (key.empty()) return absl::InvalidArgumentError("the key is empty");
  }
  // What a server would refuse is not worth a signature.
  const server::LoadedRules loaded =
      server::LoadRules(std::move(files), folder, absl::Now());
  if (loaded.catalogue == nullptr) {
    for (const std::string& diagnostic : loaded.refused.diagnostics())
      Complain(diagnostic);
    return absl::FailedPreconditionError(loaded.refused.message());
  }
  ASSIGN_OR_RETURN(
      const std::string bytes,
      ruleset::MakeBundle(loaded.files, loaded.catalogue->repository(), key));
  RETURN_IF_ERROR(ruleset::WriteFileWhole(arguments.output, bytes));
  std::string out;
  for (const auto* entry : loaded.catalogue->repository().entries()) {
    absl::StrAppend(&out, entry->rule_set->id(), " ",
                    entry->rule_set->version(), "  ", entry->rule_set->digest(),
                    "\n");
  }
  Print(absl::StrCat(out, arguments.output, ": ", loaded.files.size(),
                     " files, ", key.empty() ? "not signed" : "signed", ", ",
                     ruleset::BundleDigest(loaded.files), "\n"));
  return absl::OkStatus();
}

}  // namespace

void AddRulesBundle(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<BundleArguments>();
  CLI::App* command = rules.add_subcommand(
      "bundle",
      "Puts rule sets into one file, to ship and to serve.\n\n"
      "  klausul rules bundle --output rules.bundle\n"
      "  klausul rules bundle --output rules.bundle --sign key.pem\n");
  command->add_option("--output", arguments->output, "The bundle")
      ->type_name("FILE")
      ->required()
      ->expected(1);
  command
      ->add_option("--sign", arguments->key,
                   "Private Ed25519 key, PEM: `openssl genpkey -algorithm "
                   "ed25519`")
      ->type_name("KEY")
      ->expected(1);
  AddRulesDirOption(*command, arguments->rules);
  command->footer(
      "Rule sets that do not compile, or with examples that fail, are not "
      "bundled.\nExit code: 0 written; 2 not.");
  command->callback([arguments, &exit_code] {
    const absl::Status status = Bundle(*arguments);
    exit_code = status.ok() ? kOk : Trouble(status.message());
  });
}

}  // namespace klausul::cli
