#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

#include "service/base/civil_day.h"
#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/lint.h"

namespace klausul::cli {
namespace {

struct LintArguments {
  RuleArguments rules;
  std::string today;
  int max_source_age_months = 12;
};

// The days of law are civil; which one it is somewhere in the world is not
// worth a time zone here.
absl::StatusOr<absl::CivilDay> TodayOf(const LintArguments& arguments) {
  if (arguments.today.empty()) {
    return absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  }
  const auto day = ParseCivilDay(arguments.today);
  if (day.has_value()) return *day;
  return absl::InvalidArgumentError(absl::StrCat(
      "--today: `", arguments.today, "` is no day; write it as 2026-07-01"));
}

// Diagnostics are what lint is asked for, so they are its result.
int Lint(const LintArguments& arguments) {
  const auto today = TodayOf(arguments);
  if (!today.ok()) return Trouble(today.status().message());
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = LoadRuleFiles(arguments.rules, plan_reader, sink);
  if (!repository.ok() && !sink.has_errors()) {
    return Trouble(repository.status().message());
  }
  int rules = 0;
  int sets = 0;
  if (repository.ok()) {
    ruleset::Lint(**repository, sink,
                  {*today, arguments.max_source_age_months});
    for (const auto* entry : (*repository)->entries()) {
      ++sets;
      rules += entry->rule_set->rules_size();
    }
  }
  std::string out = sink.RenderAll({ColorOnOutput()});
  if (!out.empty()) out += '\n';
  absl::StrAppend(&out, sets, " rule sets, ", rules,
                  " rules: ", sink.error_count(), " errors, ",
                  sink.warning_count(), " warnings\n");
  Print(out);
  if (sink.has_errors()) return kTrouble;
  return sink.warning_count() > 0 ? kFindings : kOk;
}

}  // namespace

void AddRulesLint(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<LintArguments>();
  CLI::App* lint = rules.add_subcommand(
      "lint",
      "Checks rule files: every error and every doubt, with its "
      "place.\n\n"
      "  klausul rules lint\n"
      "  klausul rules lint --rules-dir rules --max-source-age 6\n");
  AddRulesDirOption(*lint, arguments->rules);
  lint->add_option("--max-source-age", arguments->max_source_age_months,
                   "Warn of sources read as many months ago, or more")
      ->type_name("MONTHS")
      ->check(CLI::Range(1, 1200))
      ->capture_default_str();
  lint->add_option("--today", arguments->today,
                   "The day from which ages are counted; default: today")
      ->type_name("YYYY-MM-DD");
  lint->footer("Exit code: 0 clean; 1 warnings; 2 the files do not load.");
  lint->callback([arguments, &exit_code] { exit_code = Lint(*arguments); });
}

}  // namespace klausul::cli
