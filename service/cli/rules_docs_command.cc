#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/builtin.h"
#include "service/ruleset/docs/site.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;
using ruleset::docs::SiteFile;
using ruleset::docs::SiteFormat;

struct DocsArguments {
  RuleArguments rules;
  std::string output;
  std::string format = "html";
};

// The rule files of the folder, else those in the binary, which have the
// examples too.
absl::StatusOr<std::shared_ptr<const ruleset::RuleSetRepository>> Load(
    const RuleArguments& arguments, const ruleset::PlanReader& plan_reader,
    DiagnosticSink& sink) {
  const auto folder = RulesFolder(arguments);
  if (folder.ok()) return LoadRuleFiles(arguments, plan_reader, sink);
  auto files = ruleset::BuiltinRuleFiles();
  if (!files.ok()) return files.status();
  return ruleset::RuleSetRepository::Load(*std::move(files), {}, sink);
}

absl::Status Save(const fs::path& root, const SiteFile& file) {
  const fs::path path = root / file.path;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << file.content;
  out.close();
  if (!out) {
    return absl::UnavailableError(
        absl::StrCat("--output: cannot write `", path.string(), "`"));
  }
  return absl::OkStatus();
}

int Docs(const DocsArguments& arguments) {
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = Load(arguments.rules, plan_reader, sink);
  if (!repository.ok()) return TroubleWithRules(repository.status(), sink);
  const std::vector<std::string> ids =
      absl::StrSplit(arguments.rules.rules, ',', absl::SkipWhitespace());
  int count = 0;
  const absl::Status written = ruleset::docs::WriteSite(
      **repository, ids,
      arguments.format == "html" ? SiteFormat::kHtml : SiteFormat::kMarkdown,
      [&](const SiteFile& file) {
        ++count;
        return Save(arguments.output, file);
      });
  if (!written.ok()) return Trouble(written.message());
  const fs::path door =
      fs::path(arguments.output) /
      (arguments.format == "html" ? "index.html" : "index.md");
  Print(absl::StrCat(count, " files; begin with ", door.string(), "\n"));
  return kOk;
}

}  // namespace

void AddRulesDocs(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<DocsArguments>();
  CLI::App* docs = rules.add_subcommand(
      "docs",
      "Writes the rules as a site to read: a page a rule, in three languages. "
      "It opens from a disk, search included.\n\n"
      "  klausul rules docs --output site\n"
      "  klausul rules docs --output wiki --format markdown --rules no.oslo\n");
  docs->add_option("--output", arguments->output,
                   "Folder to write to; made where it is not there, files of "
                   "the same names are replaced")
      ->type_name("DIR")
      ->required()
      ->expected(1);
  docs->add_option("--format", arguments->format, "Form of the pages")
      ->check(CLI::IsMember({"html", "markdown"}))
      ->type_name("html|markdown")
      ->capture_default_str()
      ->expected(1);
  docs->add_option("--rules", arguments->rules.rules,
                   "Rule sets, divided by commas, with what they extend "
                   "(default: all)")
      ->type_name("ID[,ID]...")
      ->expected(1);
  AddRulesDirOption(*docs, arguments->rules);
  docs->footer(
      "Exit code: 0 written; 2 the files do not load, or a file "
      "cannot be written.");
  docs->callback([arguments, &exit_code] { exit_code = Docs(*arguments); });
}

}  // namespace klausul::cli
