#include "service/cli/project.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/base/status_macros.h"
#include "service/cli/changed_files.h"
#include "service/cli/console.h"
#include "service/review/judge.h"

namespace klausul::cli {
namespace {

namespace fs = std::filesystem;

// Of the files, those that changed since the commit. Each is looked up in the
// repository that it stands in; standard input is in none and stays.
absl::StatusOr<std::vector<InputFile>> Changed(std::vector<InputFile> files,
                                               const std::string& base) {
  std::map<std::string, std::set<std::string>> by_folder;
  std::vector<InputFile> changed;
  for (InputFile& file : files) {
    std::error_code error;
    const fs::path path = fs::weakly_canonical(file.path, error);
    if (file.path == "-" || error) {
      changed.push_back(std::move(file));
      continue;
    }
    // Folders of one repository share its list: the nearest `.git` names it.
    fs::path root = path.parent_path();
    while (!fs::exists(root / ".git", error) && root.has_relative_path())
      root = root.parent_path();
    auto at = by_folder.find(root.string());
    if (at == by_folder.end()) {
      ASSIGN_OR_RETURN(std::set<std::string> list,
                       ChangedFiles(root.string(), base));
      at = by_folder.emplace(root.string(), std::move(list)).first;
    }
    if (at->second.count(path.string()) > 0) changed.push_back(std::move(file));
  }
  return changed;
}

// A report beside the documents is none of them.
void LeaveOut(const std::string& report, std::vector<InputFile>& files) {
  if (report.empty()) return;
  std::error_code error;
  const fs::path path = fs::weakly_canonical(report, error);
  files.erase(std::remove_if(files.begin(), files.end(),
                             [&](const InputFile& file) {
                               return !file.named &&
                                      fs::weakly_canonical(file.path, error) ==
                                          path;
                             }),
              files.end());
}

absl::StatusOr<review::Baseline> ReadBaseline(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) {
    return absl::NotFoundError(
        absl::StrCat("--baseline: `", path, "` cannot be read"));
  }
  auto baseline = review::Baseline::Read(in);
  if (!baseline.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--baseline: `", path, "` ", baseline.status().message()));
  }
  return baseline;
}

}  // namespace

void AddProjectOptions(CLI::App& command, ProjectArguments& arguments) {
  command
      .add_option("--waivers", arguments.waivers,
                  "Breaches that are lived with until a day: a YAML list "
                  "`waivers` with rule, reason, owner and until, as in "
                  ".klausul.yaml")
      ->type_name("FILE")
      ->expected(1);
  command
      .add_option("--baseline", arguments.baseline,
                  "An earlier report (json, jsonl or sarif): what it found "
                  "is known and fails no check")
      ->type_name("FILE")
      ->expected(1);
  command
      .add_option("--diff", arguments.diff,
                  "Only files that changed since a commit of git; without "
                  "inputs in the current folder")
      ->type_name("BASE")
      ->expected(1);
}

absl::StatusOr<Project> Project::Load(const ProjectArguments& arguments,
                                      std::vector<std::string> inputs,
                                      const ruleset::RuleSetRepository* rules) {
  Project project;
  if (inputs.empty()) {
    if (arguments.diff.empty()) {
      return absl::InvalidArgumentError(
          "nothing to check: name files or folders, or - for standard input");
    }
    inputs.emplace_back(".");
  }
  project.files_ = ListInputs(inputs);
  if (!arguments.diff.empty()) {
    auto changed = Changed(std::move(project.files_), arguments.diff);
    if (!changed.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--diff: ", changed.status().message()));
    }
    project.files_ = *std::move(changed);
  }
  DiagnosticSink sink;
  project.configs_ = ProjectFiles::Find(project.files_, sink);
  if (!arguments.waivers.empty()) {
    if (auto file = ReadProjectFile(arguments.waivers, sink)) {
      project.waivers_ = review::ReadWaiverFile(std::move(file), sink);
    }
    std::error_code error;
    project.waivers_folder_ = fs::absolute(arguments.waivers, error)
                                  .lexically_normal()
                                  .parent_path()
                                  .string();
  }
  if (rules != nullptr) {
    for (const FoundConfig* found : project.configs_.all())
      review::CheckNames(found->config, *rules, sink);
    review::CheckNames(project.waivers_, *rules, sink);
  }
  if (sink.has_errors()) {
    Complain(sink.RenderAll({ColorOnError()}));
    return absl::InvalidArgumentError(absl::StrCat(
        sink.error_count(), " mistake(s) in .klausul.yaml or the waivers"));
  }
  project.files_ = project.configs_.Wanted(std::move(project.files_));
  LeaveOut(arguments.baseline, project.files_);
  if (!arguments.baseline.empty()) {
    ASSIGN_OR_RETURN(project.baseline_, ReadBaseline(arguments.baseline));
  }
  return project;
}

v1::EvaluateOptions Project::OptionsFor(
    absl::string_view uri, const v1::EvaluateOptions& options) const {
  const FoundConfig* found = configs_.ConfigOf(uri);
  v1::EvaluateOptions own = options;
  if (found != nullptr && own.rule_sets().empty()) {
    own.mutable_rule_sets()->Add(found->config.rule_sets.begin(),
                                 found->config.rule_sets.end());
  }
  return own;
}

void Project::Judge(absl::CivilDay today, engine::Language language,
                    v1::DocumentReport& report) const {
  review::Decisions decisions;
  decisions.today = today;
  decisions.language = language;
  if (baseline_.has_value()) decisions.baseline = &*baseline_;
  if (const FoundConfig* found = configs_.ConfigOf(report.uri())) {
    decisions.config = &found->config;
    decisions.waivers.push_back(
        {&found->config.waivers, PathFrom(found->folder, report.uri())});
  }
  if (!waivers_.empty()) {
    decisions.waivers.push_back(
        {&waivers_, PathFrom(waivers_folder_, report.uri())});
  }
  review::Judge(decisions, report);
}

absl::Status ProjectEvaluator::Evaluate(
    const v1::Document& document, const v1::EvaluateOptions& options,
    absl::FunctionRef<void(review::Reviewed)> on_reviewed) const {
  return inner_.Evaluate(document, project_.OptionsFor(document.uri(), options),
                         [&](review::Reviewed reviewed) {
                           project_.Judge(today_, language_, reviewed.report);
                           on_reviewed(std::move(reviewed));
                         });
}

}  // namespace klausul::cli
