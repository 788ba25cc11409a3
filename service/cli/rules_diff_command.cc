#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/base/status_macros.h"
#include "service/cli/console.h"
#include "service/cli/input_files.h"
#include "service/cli/rules_diff_report.h"
#include "service/cli/rules_tools.h"
#include "service/intake/read.h"
#include "service/review/reviewer.h"

namespace klausul::cli {
namespace {

using review::Reviewed;
using review::Reviewer;

struct DiffArguments {
  std::string before;
  std::string after;
  std::vector<std::string> documents;
  RuleArguments rules;
  std::string format = "text";
};

absl::StatusOr<std::shared_ptr<const review::RuleCatalogue>> Load(
    const std::string& folder) {
  RuleArguments arguments;
  arguments.rules_dir = folder;
  return LoadCatalogue(arguments);
}

// Every outcome, so that what became of a finding can be told.
v1::EvaluateOptions WithAllOutcomes(v1::EvaluateOptions options) {
  options.set_view(v1::EvaluateOptions::FULL);
  for (const auto outcome :
       {v1::Finding::SATISFIED, v1::Finding::VIOLATED,
        v1::Finding::NOT_APPLICABLE, v1::Finding::UNDETERMINED,
        v1::Finding::FAILED, v1::Finding::WAIVED}) {
    options.add_outcomes(outcome);
  }
  return options;
}

// What came of a document under one version; one plan or one a line.
absl::StatusOr<std::vector<Reviewed>> ReviewAll(
    const Reviewer& reviewer, const v1::Document& document,
    const v1::EvaluateOptions& options, absl::Time now) {
  std::vector<Reviewed> all;
  absl::Status failure;
  reviewer.ReviewDocument(document, options, {now, nullptr},
                          [&](Reviewed reviewed) {
                            if (reviewed.status == Reviewed::Status::kFailed) {
                              failure.Update(reviewed.failure);
                            }
                            all.push_back(std::move(reviewed));
                          });
  if (!failure.ok()) return failure;
  return all;
}

class DocumentDiffer {
 public:
  DocumentDiffer(const Reviewer& before, const Reviewer& after,
                 v1::EvaluateOptions options, RulesDiff& diff)
      : before_(before),
        after_(after),
        options_(std::move(options)),
        // One clock for both versions.
        now_(absl::Now()),
        diff_(diff) {}

  // The status is of an evaluation that ended early.
  absl::Status Compare(const InputFile& file) {
    absl::Status status;
    const absl::Status read = ForEachDocument(
        file.path, intake::kMaxNoticeBytes, [&](const v1::Document& document) {
          if (status.ok()) status = Compare(document, file.named);
        });
    if (!read.ok()) Unreadable(file.path, std::string(read.message()));
    return status;
  }

 private:
  absl::Status Compare(const v1::Document& document, bool named) {
    ASSIGN_OR_RETURN(const std::vector<Reviewed> before,
                     ReviewAll(before_, document, options_, now_));
    ASSIGN_OR_RETURN(const std::vector<Reviewed> after,
                     ReviewAll(after_, document, options_, now_));
    // Reading knows no rules, so both have the same entries.
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
      const v1::DocumentReport& report = before[i].report;
      if (before[i].status == Reviewed::Status::kNotADocument && !named) {
        ++diff_.skipped_count;
      } else if (before[i].status != Reviewed::Status::kEvaluated) {
        Unreadable(report.uri(), report.error().message());
      } else {
        ++diff_.document_count;
        auto changes = review::DiffFindings(report, after[i].report);
        if (!changes.empty()) {
          diff_.documents.push_back({report.uri(), std::move(changes), ""});
        }
      }
    }
    return absl::OkStatus();
  }

  void Unreadable(const std::string& uri, const std::string& why) {
    ++diff_.unreadable_count;
    Complain(absl::StrCat("klausul: ", uri, ": ", why));
    diff_.documents.push_back({uri, {}, why});
  }

  const Reviewer& before_;
  const Reviewer& after_;
  const v1::EvaluateOptions options_;
  const absl::Time now_;
  RulesDiff& diff_;
};

int Diff(const DiffArguments& arguments) {
  const auto options = ToEvaluateOptions(arguments.rules);
  if (!options.ok()) return Trouble(options.status().message());
  const auto before = Load(arguments.before);
  if (!before.ok()) return kTrouble;
  const auto after = Load(arguments.after);
  if (!after.ok()) return kTrouble;

  RulesDiff diff;
  diff.sets =
      ruleset::DiffRuleSets((*before)->repository(), (*after)->repository());
  diff.on_documents = !arguments.documents.empty();
  if (diff.on_documents) {
    const v1::EvaluateOptions all = WithAllOutcomes(*options);
    const Reviewer old_rules(*before);
    const Reviewer new_rules(*after);
    for (const Reviewer* reviewer : {&old_rules, &new_rules}) {
      for (const review::FieldError& error : reviewer->CheckOptions(all)) {
        return Trouble(absl::StrCat("--rules: ", error.description));
      }
    }
    DocumentDiffer differ(old_rules, new_rules, all, diff);
    for (const InputFile& file : ListInputs(arguments.documents)) {
      const absl::Status status = differ.Compare(file);
      if (!status.ok()) {
        return Trouble(absl::StrCat(file.path, ": ", status.message()));
      }
    }
  }
  if (!Print(arguments.format == "json" ? DiffAsJson(diff)
                                        : DiffAsText(diff))) {
    return Trouble("the differences could not be written in full");
  }
  if (diff.unreadable_count > 0) return kTrouble;
  return diff.empty() ? kOk : kFindings;
}

}  // namespace

void AddRulesDiff(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* diff = rules.add_subcommand(
      "diff",
      "Compares two folders of rules: what they say otherwise, and which "
      "findings that changes on documents.\n\n"
      "  klausul rules diff rules my-rules\n"
      "  klausul rules diff rules my-rules --on notices/ --format json\n");
  diff->add_option("before", arguments->before,
                   "Folder of the rules as they are")
      ->type_name("DIR")
      ->required();
  diff->add_option("after", arguments->after, "Folder of the rules to be")
      ->type_name("DIR")
      ->required();
  diff->add_option("--on", arguments->documents,
                   "Files and folders to evaluate with both, as `klausul "
                   "check` reads them; may be given several times")
      ->type_name("FILE|DIR")
      ->expected(1)
      ->take_all();
  diff->add_option("--rules", arguments->rules.rules,
                   "Rule sets to evaluate, divided by commas (default: by the "
                   "buyer's country)")
      ->type_name("ID[,ID]...")
      ->expected(1);
  diff->add_option("--as-of", arguments->rules.as_of,
                   "Date of law (default: from the document)")
      ->type_name("YYYY-MM-DD")
      ->expected(1);
  diff->add_option("--lang", arguments->rules.language,
                   "Language of the findings")
      ->check(CLI::IsMember({"nb", "nn", "en"}))
      ->type_name("nb|nn|en")
      ->capture_default_str()
      ->expected(1);
  AddFormatOption(*diff, arguments->format);
  diff->footer(
      "Exit code: 0 no differences; 1 differences; 2 bad usage, rules that do "
      "not load, or unreadable input.");
  diff->callback([arguments, &exit_code] { exit_code = Diff(*arguments); });
}

}  // namespace klausul::cli
