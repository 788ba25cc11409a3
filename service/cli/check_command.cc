#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include "service/cli/archive_check.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/input_files.h"
#include "service/cli/progress.h"
#include "service/cli/project.h"
#include "service/cli/remote.h"
#include "service/report/report_writer.h"
#include "service/review/reviewer.h"

namespace klausul::cli {
namespace {

using review::Reviewed;

struct CheckArguments {
  std::vector<std::string> inputs;
  RuleArguments rules;
  ProjectArguments project;
  std::string format = "text";
  std::string output;
  std::string fail_on = "error";
  std::string server;
  std::string shard = "0/1";
  bool all = false;
  bool facts = false;
  bool brief = false;
  int jobs = 0;
};

class EmbeddedEvaluator : public Evaluator {
 public:
  explicit EmbeddedEvaluator(
      std::shared_ptr<const review::RuleCatalogue> catalogue)
      : reviewer_(std::move(catalogue)) {}

  const review::Reviewer& reviewer() const { return reviewer_; }

  absl::Status Evaluate(
      const v1::Document& document, const v1::EvaluateOptions& options,
      absl::FunctionRef<void(Reviewed)> on_reviewed) const override {
    absl::Status status;
    reviewer_.ReviewDocument(
        document, options, {absl::Now(), nullptr}, [&](Reviewed reviewed) {
          if (reviewed.status == Reviewed::Status::kFailed) {
            status.Update(reviewed.failure);
          } else {
            on_reviewed(std::move(reviewed));
          }
        });
    return status;
  }

 private:
  review::Reviewer reviewer_;
};

class RemoteEvaluator : public Evaluator {
 public:
  explicit RemoteEvaluator(const std::string& address) : remote_(address) {}

  absl::Status Evaluate(
      const v1::Document& document, const v1::EvaluateOptions& options,
      absl::FunctionRef<void(Reviewed)> on_reviewed) const override {
    absl::StatusOr<Reviewed> reviewed = remote_.Review(document, options);
    if (!reviewed.ok()) return reviewed.status();
    on_reviewed(*std::move(reviewed));
    return absl::OkStatus();
  }

 private:
  Remote remote_;
};

// The least severity that fails a check; SEVERITY_UNSPECIFIED: none does.
v1::Rule::Severity FailOn(absl::string_view word) {
  if (word == "error") return v1::Rule::ERROR;
  if (word == "warning") return v1::Rule::WARNING;
  if (word == "advice") return v1::Rule::ADVICE;
  return v1::Rule::SEVERITY_UNSPECIFIED;
}

// What the baseline knows fails nothing.
bool Fails(v1::Rule::Severity fail_on, const v1::CheckSummary& summary) {
  const v1::SeverityCounts& violated = summary.violated();
  const v1::SeverityCounts& known = summary.known();
  if (fail_on == v1::Rule::SEVERITY_UNSPECIFIED) return false;
  return violated.error() > known.error() ||
         (fail_on <= v1::Rule::WARNING &&
          violated.warning() > known.warning()) ||
         (fail_on == v1::Rule::ADVICE && violated.advice() > known.advice());
}

v1::EvaluateOptions OptionsOf(const CheckArguments& arguments,
                              v1::EvaluateOptions options) {
  const std::string& format = arguments.format;
  options.set_include_excerpts(format == "text" || format == "html" ||
                               format == "sarif");
  // Forms of breaches alone need no more either.
  const bool shows_breaches = format == "sarif" || format == "github";
  if (arguments.brief || (shows_breaches && !arguments.all)) return options;
  options.set_view(v1::EvaluateOptions::FULL);
  if (arguments.all) {
    for (const auto outcome :
         {v1::Finding::SATISFIED, v1::Finding::VIOLATED,
          v1::Finding::NOT_APPLICABLE, v1::Finding::UNDETERMINED,
          v1::Finding::FAILED, v1::Finding::WAIVED}) {
      options.add_outcomes(outcome);
    }
  }
  // A person asks for the facts; a program finds them in their place.
  options.set_include_facts(arguments.facts || format == "json" ||
                            format == "jsonl");
  return options;
}

int Check(const CheckArguments& arguments) {
  const auto rule_options = ToEvaluateOptions(arguments.rules);
  if (!rule_options.ok()) return Trouble(rule_options.status().message());
  const v1::EvaluateOptions options = OptionsOf(arguments, *rule_options);

  const absl::StatusOr<Shard> shard = ParseShard(arguments.shard);
  if (!shard.ok()) {
    return Trouble(absl::StrCat("--shard: ", shard.status().message()));
  }

  std::unique_ptr<Evaluator> evaluator;
  const ruleset::RuleSetRepository* rules = nullptr;
  if (arguments.server.empty()) {
    const auto catalogue = LoadCatalogue(arguments.rules);
    if (!catalogue.ok()) return kTrouble;
    auto embedded = std::make_unique<EmbeddedEvaluator>(*catalogue);
    for (const review::FieldError& error :
         embedded->reviewer().CheckOptions(options)) {
      return Trouble(absl::StrCat("--rules: ", error.description));
    }
    rules = &embedded->reviewer().catalogue().repository();
    evaluator = std::move(embedded);
  } else {
    if (!arguments.rules.rules_dir.empty()) {
      return Trouble(
          "--rules-dir goes with the embedded engine; a server has "
          "its own rule sets");
    }
    evaluator = std::make_unique<RemoteEvaluator>(arguments.server);
  }

  const auto project =
      Project::Load(arguments.project, arguments.inputs, rules);
  if (!project.ok()) return Trouble(project.status().message());
  const ProjectEvaluator judge(
      *evaluator, *project,
      absl::ToCivilDay(absl::Now(), absl::LocalTimeZone()),
      engine::ParseLanguage(arguments.rules.language)
          .value_or(engine::Language::kBokmal));

  std::ofstream file;
  if (!arguments.output.empty()) {
    file.open(arguments.output, std::ios::binary | std::ios::trunc);
    if (!file) {
      return Trouble(
          absl::StrCat("--output: cannot write `", arguments.output, "`"));
    }
  }
  bool written = true;
  const auto output = [&](absl::string_view text) {
    if (file.is_open()) {
      file.write(text.data(), static_cast<std::streamsize>(text.size()));
    } else {
      written = Print(text) && written;
    }
  };
  const auto flush = [&] {
    return file.is_open() ? static_cast<bool>(file.flush())
                          : std::fflush(stdout) == 0 && written;
  };
  const bool color = arguments.output.empty() && ColorOnOutput();
  const v1::Rule::Severity fail_on = FailOn(arguments.fail_on);
  auto writer =
      report::NewReportWriter(arguments.format,
                              {arguments.rules.language, color, fail_on,
                               arguments.all, KLAUSUL_VERSION},
                              output);
  if (!writer.ok()) return Trouble(writer.status().message());

  // Where the report itself runs over the terminal, that is progress enough.
  const bool shows_progress = IsTerminal(STDERR_FILENO) &&
                              (file.is_open() || !IsTerminal(STDOUT_FILENO));
  std::vector<InputFile> files = project->files();
  absl::optional<std::uint64_t> bytes = TotalBytes(files);
  if (shard->count > 1) {
    SortForSharding(files);
    // How many of them are in this shard shows only as they are read.
    bytes.reset();
  }
  Progress progress(bytes, absl::Now(),
                    shows_progress ? PrintProgress : Progress::Output());
  const ArchiveResult result = CheckArchive(
      files, *shard, arguments.jobs, judge, options, **writer, progress, flush);
  (*writer)->Finish(result.summary);
  written = flush() && written;
  if (file.is_open()) {
    file.close();
    written = written && !file.fail();
  }
  if (!result.failure.ok()) return Trouble(result.failure.message());
  if (!written) return Trouble("the report could not be written in full");
  const v1::CheckSummary& summary = result.summary;
  if (summary.unreadable() > 0 || summary.failed() > 0) return kTrouble;
  return Fails(fail_on, summary) ? kFindings : kOk;
}

}  // namespace

void AddCheckCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Reads plans and notices and reports what the rules say of them.\n\n"
      "  klausul check plan.yaml\n"
      "  klausul check notices/ --as-of 2026-07-01 --lang en --format json\n"
      "  klausul check plans.jsonl --brief --format jsonl --output r.jsonl\n"
      "  klausul check archive/ --shard 0/8 --format jsonl --output "
      "r-0.jsonl\n\n"
      "JSON Lines are read line by line and each document is reported as soon "
      "as all\nearlier ones are: memory stays flat over archives of any "
      "length. On a terminal a\nline on standard error tells how far it is."
      "\n\n"
      "The nearest .klausul.yaml above a document (`klausul init` writes one) "
      "says which\nrule sets, severities, paths and waivers hold for it.\n");
  command
      ->add_option("input", arguments->inputs,
                   "Files, folders, patterns such as 'plans/**/*.yaml', or - "
                   "for standard input")
      ->type_name("FILE|DIR|-");
  AddRuleOptions(*command, arguments->rules);
  command->add_option("--format", arguments->format, "Form of the report")
      ->check(CLI::IsMember(std::vector<std::string>(
          report::ReportFormats().begin(), report::ReportFormats().end())))
      ->type_name(absl::StrJoin(report::ReportFormats(), "|"))
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--output", arguments->output,
                   "Write the report to a file rather than standard output")
      ->type_name("FILE")
      ->expected(1);
  command->add_flag("--all", arguments->all,
                    "Also satisfied and not applicable rules");
  command->add_flag("--facts", arguments->facts,
                    "Also the derived facts (json and jsonl always have them)");
  command
      ->add_flag("--brief", arguments->brief,
                 "Breaches alone: undetermined rules are counted, not listed, "
                 "and facts left out. Several times as fast over an archive")
      ->excludes("--all")
      ->excludes("--facts");
  command
      ->add_option("--fail-on", arguments->fail_on,
                   "Least severity of a breach for exit code 1")
      ->check(CLI::IsMember({"error", "warning", "advice", "never"}))
      ->type_name("error|warning|advice|never")
      ->capture_default_str()
      ->expected(1);
  AddProjectOptions(*command, arguments->project);
  command
      ->add_option("--server", arguments->server,
                   "Send the documents to a server, which reads and evaluates "
                   "them; one document takes at most 64 MiB there")
      ->type_name("HOST:PORT")
      ->expected(1);
  command
      ->add_option("--jobs", arguments->jobs,
                   "Documents evaluated at a time (default: one a processor)")
      ->check(CLI::Range(1, 256))
      ->type_name("N")
      ->expected(1);
  command
      ->add_option("--shard", arguments->shard,
                   "Only this share of the inputs, sorted by path and dealt "
                   "out in turn, files and lines of JSON Lines alike: 0/8 to "
                   "7/8 take each document once between them")
      ->type_name("INDEX/COUNT")
      ->expected(1);
  command->footer(
      "Exit code: 0 no new breach at or above --fail-on; 1 such breaches; 2 "
      "bad "
      "usage,\nunreadable input, a broken rule set or a failed evaluation.");
  command->callback([arguments, &exit_code] {
    if (arguments->jobs == 0) {
      arguments->jobs =
          static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    }
    exit_code = Check(*arguments);
  });
}

}  // namespace klausul::cli
