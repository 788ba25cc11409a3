#include "service/cli/command.h"

#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "service/base/civil_day.h"
#include "service/base/diagnostic.h"
#include "service/cli/console.h"
#include "service/cli/input_files.h"
#include "service/intake/document.h"

namespace klausul::cli {

void AddRulesDirOption(CLI::App& command, RuleArguments& arguments) {
  command
      .add_option("--rules-dir", arguments.rules_dir,
                  "Folder of rule sets in place of the built-in ones "
                  "(environment: KLAUSUL_RULES_DIR)")
      ->type_name("DIR")
      ->expected(1);
}

void AddRuleOptions(CLI::App& command, RuleArguments& arguments) {
  command
      .add_option("--rules", arguments.rules,
                  "Rule sets, separated by commas, such as no,no.oslo "
                  "(default: by the buyer's country)")
      ->type_name("IDS")
      ->expected(1);
  AddRulesDirOption(command, arguments);
  command
      .add_option("--as-of", arguments.as_of,
                  "Date of law (default: when the procurement started, else "
                  "the planned notice, else today)")
      ->type_name("YYYY-MM-DD")
      ->expected(1);
  command.add_option("--lang", arguments.language, "Language of the findings")
      ->check(CLI::IsMember({"nb", "nn", "en"}))
      ->type_name("nb|nn|en")
      ->capture_default_str()
      ->expected(1);
}

namespace {

// Keeps the rules to the end of the process: to free a thousand rules piece by
// piece, just before all memory goes back anyway, takes a tenth of its time.
void KeepToTheEnd(std::shared_ptr<const review::RuleCatalogue> catalogue) {
  static auto& kept =
      *new std::vector<std::shared_ptr<const review::RuleCatalogue>>();
  kept.push_back(std::move(catalogue));
}

}  // namespace

std::string NamedRulesDir(const RuleArguments& arguments) {
  if (!arguments.rules_dir.empty()) return arguments.rules_dir;
  const char* environment = std::getenv("KLAUSUL_RULES_DIR");
  return environment != nullptr ? environment : "";
}

absl::StatusOr<std::shared_ptr<const review::RuleCatalogue>> LoadCatalogue(
    const RuleArguments& arguments,
    review::RuleCatalogue::ExamplePlans examples) {
  const std::string folder = NamedRulesDir(arguments);
  if (folder.empty()) {
    auto builtin = review::RuleCatalogue::Builtin();
    if (!builtin.ok()) {
      Trouble(absl::StrCat("the built-in rule sets do not load: ",
                           builtin.status().message()));
    } else {
      KeepToTheEnd(*builtin);
    }
    return builtin;
  }
  DiagnosticSink sink;
  auto catalogue = review::RuleCatalogue::FromFolder(folder, sink, examples);
  if (!catalogue.ok()) {
    if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
    Trouble(catalogue.status().message());
  } else {
    KeepToTheEnd(*catalogue);
  }
  return catalogue;
}

absl::StatusOr<v1::EvaluateOptions> ToEvaluateOptions(
    const RuleArguments& arguments) {
  v1::EvaluateOptions options;
  options.set_language(arguments.language);
  for (const absl::string_view id :
       absl::StrSplit(arguments.rules, ',', absl::SkipWhitespace())) {
    options.add_rule_sets(std::string(absl::StripAsciiWhitespace(id)));
  }
  if (!arguments.as_of.empty()) {
    const absl::optional<absl::CivilDay> day = ParseCivilDay(arguments.as_of);
    if (!day.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--as-of: `", arguments.as_of,
                       "` is no day in the form YYYY-MM-DD, from ", kMinYear,
                       " to ", kMaxYear));
    }
    options.mutable_as_of()->set_year(static_cast<int>(day->year()));
    options.mutable_as_of()->set_month(day->month());
    options.mutable_as_of()->set_day(day->day());
  }
  return options;
}

int Trouble(absl::string_view message) {
  Complain(absl::StrCat("klausul: ", message));
  return kTrouble;
}

absl::StatusOr<v1::Document> ReadSingleDocument(const std::string& path) {
  v1::Document single;
  int count = 0;
  const absl::Status status = ForEachDocument(path, intake::kMaxNoticeBytes,
                                              [&](v1::Document document) {
                                                if (++count == 1)
                                                  single = std::move(document);
                                              });
  if (!status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }
  if (count != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": holds ", count,
                     " documents; this command takes one at a time"));
  }
  return single;
}

}  // namespace klausul::cli
