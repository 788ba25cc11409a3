#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "service/base/json_writer.h"
#include "service/cli/console.h"
#include "service/cli/rules_tools.h"
#include "service/review/plan_reader_adapter.h"
#include "service/ruleset/register/register_coverage.h"
#include "service/ruleset/register/register_folder.h"

namespace klausul::cli {
namespace {

using ruleset::CoverageNote;
using ruleset::RegisterCoverage;

struct CoverageArguments {
  RuleArguments rules;
  std::string format = "text";
};

void AppendNotes(absl::string_view heading,
                 const std::vector<CoverageNote>& notes, std::string& out) {
  if (notes.empty()) return;
  absl::StrAppend(&out, "\n", heading, "\n");
  for (const CoverageNote& note : notes) {
    absl::StrAppend(&out, "  ", note.id, "  ", note.place, "  ", note.text,
                    "\n");
  }
}

std::string Text(const RegisterCoverage& coverage) {
  std::string out = absl::StrFormat("%s: %d rows of law\n", coverage.folder,
                                    coverage.row_count);
  const auto count = [&](absl::string_view what, std::size_t rows) {
    absl::StrAppendFormat(&out, "%6d  %s\n", rows, what);
  };
  count("rules", static_cast<std::size_t>(coverage.rule_count));
  count("facts and parameters",
        static_cast<std::size_t>(coverage.figure_count));
  for (const auto& [reason, rows] : coverage.excused) {
    count(absl::StrCat("left to people: ", reason),
          static_cast<std::size_t>(rows));
  }
  count("unaccounted", coverage.unaccounted.size());
  AppendNotes(
      "unaccounted: name the row under `register:`, or say in "
      "COVERAGE.md why no rule can",
      coverage.unaccounted, out);
  AppendNotes("in no register", coverage.unknown_rows, out);
  AppendNotes("no reason of the list in COVERAGE.md", coverage.unknown_reasons,
              out);
  AppendNotes("warning: told twice", coverage.doubly_told, out);
  return out;
}

void WriteNotes(absl::string_view key, const std::vector<CoverageNote>& notes,
                JsonWriter& json) {
  json.Key(key).BeginArray();
  for (const CoverageNote& note : notes) {
    json.BeginObject();
    json.Key("id").String(note.id);
    json.Key("place").String(note.place);
    json.Key("text").String(note.text);
    json.EndObject();
  }
  json.EndArray();
}

void Write(const RegisterCoverage& coverage, JsonWriter& json) {
  json.BeginObject();
  json.Key("folder").String(coverage.folder);
  json.Key("rows").Int(coverage.row_count);
  json.Key("rules").Int(coverage.rule_count);
  json.Key("figures").Int(coverage.figure_count);
  json.Key("excused").BeginObject();
  for (const auto& [reason, rows] : coverage.excused)
    json.Key(reason).Int(rows);
  json.EndObject();
  WriteNotes("unaccounted", coverage.unaccounted, json);
  WriteNotes("unknownRows", coverage.unknown_rows, json);
  WriteNotes("unknownReasons", coverage.unknown_reasons, json);
  WriteNotes("doublyTold", coverage.doubly_told, json);
  json.EndObject();
}

int Coverage(const CoverageArguments& arguments) {
  const auto root = RulesFolder(arguments.rules);
  if (!root.ok()) return Trouble(root.status().message());
  const auto folders = ruleset::ReadRegisterFolders(*root);
  if (!folders.ok()) return Trouble(folders.status().message());
  if (folders->empty()) {
    return Trouble(absl::StrCat("no registers under `", *root,
                                "`: they are Markdown tables in a folder "
                                "`register` beside rule_set.yaml"));
  }
  const review::PlanReaderAdapter plan_reader;
  DiagnosticSink sink;
  const auto repository = LoadRuleFiles(arguments.rules, plan_reader, sink);
  if (!repository.ok()) return TroubleWithRules(repository.status(), sink);

  bool ok = true;
  std::string out;
  JsonWriter json;
  json.BeginObject();
  json.Key("folders").BeginArray();
  for (const ruleset::RegisterFolder& folder : *folders) {
    const RegisterCoverage coverage =
        ruleset::MeasureCoverage(folder, **repository);
    ok = ok && coverage.ok();
    absl::StrAppend(&out, out.empty() ? "" : "\n", Text(coverage));
    Write(coverage, json);
  }
  json.EndArray();
  json.EndObject();
  const std::string& text = arguments.format == "json" ? json.text() : out;
  if (!Print(arguments.format == "json" ? absl::StrCat(text, "\n") : text)) {
    return Trouble("the result could not be written in full");
  }
  return ok ? kOk : kFindings;
}

}  // namespace

void AddRulesCoverage(CLI::App& rules, int& exit_code) {
  auto arguments = std::make_shared<CoverageArguments>();
  CLI::App* coverage = rules.add_subcommand(
      "coverage",
      "Holds the rules against the registers of law beside them: which rows "
      "end in a rule, a fact, a figure, or with a reason in COVERAGE.md.\n\n"
      "  klausul rules coverage\n"
      "  klausul rules coverage --rules-dir rules --format json\n");
  AddRulesDirOption(*coverage, arguments->rules);
  AddFormatOption(*coverage, arguments->format);
  coverage->footer(
      "Exit code: 0 every row is accounted for; 1 some are not, or a row or a "
      "reason is named that does not exist; 2 the files do not load.");
  coverage->callback(
      [arguments, &exit_code] { exit_code = Coverage(*arguments); });
}

}  // namespace klausul::cli
