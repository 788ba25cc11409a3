#ifndef KLAUSUL_SERVICE_CLI_PROJECT_H_
#define KLAUSUL_SERVICE_CLI_PROJECT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include <CLI/CLI.hpp>

#include "service/cli/archive_check.h"
#include "service/cli/input_files.h"
#include "service/cli/project_files.h"
#include "service/engine/reason.h"
#include "service/review/baseline.h"
#include "service/review/waiver.h"
#include "service/ruleset/repository.h"

// What surrounds a check in continuous integration: `.klausul.yaml`, waivers, a
// baseline, the files of a change.

namespace klausul::cli {

struct ProjectArguments {
  std::string waivers;
  std::string baseline;
  std::string diff;
};

// --waivers, --baseline, --diff.
void AddProjectOptions(CLI::App& command, ProjectArguments& arguments);

// Immutable once loaded and safe to share between threads.
class Project {
 public:
  // Lists the files that `inputs` mean (input_files.h), as far as the change
  // and the configurations want them, and reads what there is to decide about
  // them. With `--diff` no input is the current folder.
  //
  // `rules` are there to check names against; null: they are on a server.
  // Mistakes in files go to standard error; the status says in a line what
  // could not be done.
  static absl::StatusOr<Project> Load(const ProjectArguments& arguments,
                                      std::vector<std::string> inputs,
                                      const ruleset::RuleSetRepository* rules);

  const std::vector<InputFile>& files() const { return files_; }

  // Options for one document: those given, with the rule sets of its
  // configuration where they name none.
  v1::EvaluateOptions OptionsFor(absl::string_view uri,
                                 const v1::EvaluateOptions& options) const;

  // Applies what is decided (review/judge.h). `today` decides about waivers.
  void Judge(absl::CivilDay today, engine::Language language,
             v1::DocumentReport& report) const;

 private:
  std::vector<InputFile> files_;
  ProjectFiles configs_;
  // Of --waivers, and the absolute path of its folder.
  std::vector<review::Waiver> waivers_;
  std::string waivers_folder_;
  absl::optional<review::Baseline> baseline_;
};

// Evaluates with another evaluator and under what a project has decided. Both
// have to outlive it.
class ProjectEvaluator : public Evaluator {
 public:
  ProjectEvaluator(const Evaluator& inner, const Project& project,
                   absl::CivilDay today, engine::Language language)
      : inner_(inner), project_(project), today_(today), language_(language) {}

  absl::Status Evaluate(
      const v1::Document& document, const v1::EvaluateOptions& options,
      absl::FunctionRef<void(review::Reviewed)> on_reviewed) const override;

 private:
  const Evaluator& inner_;
  const Project& project_;
  const absl::CivilDay today_;
  const engine::Language language_;
};

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_PROJECT_H_
