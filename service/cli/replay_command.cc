#include <cstddef>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/base/diagnostic.h"
#include "service/base/status_macros.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/review/decision.h"
#include "service/ruleset/rule_archive.h"

namespace klausul::cli {
namespace {

struct ReplayArguments {
  std::vector<std::string> files;
  std::string archive;
  RuleArguments rules;
};

// The rule sets that lines were evaluated with. A log has a few of them, each
// for a long stretch; around a reload two take turns.
class ArchivedRules {
 public:
  explicit ArchivedRules(const ReplayArguments& arguments)
      : arguments_(arguments), archive_(arguments.archive) {}

  // Without an archive: the rule sets of --rules-dir or those built in.
  absl::StatusOr<const review::Reviewer*> Find(const std::string& digest) {
    const std::string key = arguments_.archive.empty() ? "" : digest;
    const auto it = reviewers_.find(key);
    if (it != reviewers_.end()) return &it->second;
    ASSIGN_OR_RETURN(auto catalogue, Load(digest));
    if (reviewers_.size() == kMaxKept) reviewers_.clear();
    return &reviewers_.try_emplace(key, std::move(catalogue)).first->second;
  }

 private:
  absl::StatusOr<std::shared_ptr<const review::RuleCatalogue>> Load(
      const std::string& digest) {
    if (arguments_.archive.empty()) return LoadCatalogue(arguments_.rules);
    ASSIGN_OR_RETURN(std::vector<ruleset::RuleFile> files,
                     archive_.Load(digest));
    DiagnosticSink sink;
    auto repository =
        ruleset::RuleSetRepository::Load(std::move(files), {}, sink);
    if (!repository.ok()) {
      Complain(sink.RenderAll({ColorOnError()}));
      return repository.status();
    }
    return std::make_shared<const review::RuleCatalogue>(
        *std::move(repository));
  }

  // Compiled ones; the rules of a country take some ten megabytes.
  static constexpr std::size_t kMaxKept = 8;

  const ReplayArguments& arguments_;
  ruleset::RuleArchive archive_;
  std::map<std::string, review::Reviewer> reviewers_;
};

struct Totals {
  std::size_t lines = 0;
  std::size_t identical = 0;
  std::size_t different = 0;
  std::size_t unreplayed = 0;
  // Missing in the log, as it says itself.
  std::size_t dropped = 0;
};

// One line; what differs goes to standard output, what keeps it from being
// replayed to standard error.
void ReplayLine(const std::string& place, const std::string& line,
                ArchivedRules& rules, Totals& totals) {
  ++totals.lines;
  const auto difference = [&]() -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const v1::DecisionRecord record,
                     review::ParseDecisionLine(line));
    totals.dropped += static_cast<std::size_t>(record.dropped_before());
    ASSIGN_OR_RETURN(const review::Reviewer* const reviewer,
                     rules.Find(record.bundle_digest()));
    return review::Replay(record, *reviewer);
  }();
  if (!difference.ok()) {
    ++totals.unreplayed;
    Complain(absl::StrCat(place, ": ", difference.status().message()));
  } else if (difference->empty()) {
    ++totals.identical;
  } else {
    ++totals.different;
    Print(absl::StrCat(place, ":\n", *difference));
  }
}

int Replay(const ReplayArguments& arguments) {
  ArchivedRules rules(arguments);
  Totals totals;
  for (const std::string& path : arguments.files) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Trouble(absl::StrCat("cannot open `", path, "`"));
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      if (!line.empty()) {
        ReplayLine(absl::StrCat(path, ":", number), line, rules, totals);
      }
    }
  }
  Print(absl::StrCat(totals.lines, " evaluations: ", totals.identical,
                     " identical, ", totals.different, " different, ",
                     totals.unreplayed, " not replayed, ", totals.dropped,
                     " missing in the log\n"));
  if (totals.unreplayed > 0) return kTrouble;
  return totals.different > 0 ? kFindings : kOk;
}

}  // namespace

void AddReplayCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* command = app.add_subcommand(
      "replay",
      "Evaluates the plans of a decision log again and compares what comes of "
      "them.\n\n"
      "  klausul replay decisions.jsonl --archive archive/\n"
      "  klausul replay decisions.jsonl.1 decisions.jsonl --archive "
      "archive/\n");
  command
      ->add_option("file", arguments->files,
                   "Files of `klausul serve --decision-log "
                   "--decision-log-plans`, in order")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--archive", arguments->archive,
                   "Folder of `klausul serve --archive`: each plan meets the "
                   "rule sets that it met then")
      ->type_name("DIR")
      ->expected(1);
  AddRulesDirOption(*command, arguments->rules);
  command->footer(
      "Without --archive: all plans meet the rule sets of --rules-dir, or the "
      "built-in ones.\nExit code: 0 all identical; 1 some differ; 2 some "
      "cannot be replayed.");
  command->callback(
      [arguments, &exit_code] { exit_code = Replay(*arguments); });
}

}  // namespace klausul::cli
