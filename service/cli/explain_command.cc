#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include "service/base/civil_day.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/rule_text.h"
#include "service/review/finding_place.h"
#include "service/review/plan_session.h"

namespace klausul::cli {
namespace {

struct ExplainArguments {
  std::string rule;
  std::string input;
  RuleArguments rules;
};

// The evaluation as an indented list: value first, so that the eye can run down
// the column.
std::string TraceText(const v1::Finding& finding) {
  constexpr std::size_t kValueWidth = 24;
  std::string out;
  std::string part;
  for (const v1::TraceStep& step : finding.trace()) {
    if (step.part() != part) {
      part = step.part();
      absl::StrAppend(&out, "\n", part, "\n");
    }
    std::string value = step.value();
    if (value.size() < kValueWidth) value.resize(kValueWidth, ' ');
    // An expression over several lines shows as one.
    const std::string expression = absl::StrJoin(
        absl::StrSplit(step.expression(), absl::ByAnyChar(" \n\t"),
                       absl::SkipEmpty()),
        " ");
    absl::StrAppend(
        &out, "  ", value, "  ",
        std::string(static_cast<std::size_t>(step.depth()) * 2, ' '),
        expression, "\n");
    if (!step.missing().empty() && step.depth() == 0) {
      absl::StrAppend(&out, "  ", std::string(kValueWidth, ' '),
                      "  missing: ", absl::StrJoin(step.missing(), ", "), "\n");
    }
  }
  return out;
}

int Explain(const ExplainArguments& arguments) {
  auto options = ToEvaluateOptions(arguments.rules);
  if (!options.ok()) return Trouble(options.status().message());
  const auto catalogue = LoadCatalogue(arguments.rules);
  if (!catalogue.ok()) return kTrouble;
  const v1::Rule* rule = (*catalogue)->repository().FindRule(arguments.rule);
  if (rule == nullptr) {
    const std::string nearest =
        (*catalogue)->repository().NearestRule(arguments.rule);
    return Trouble(absl::StrCat(
        "no rule `", arguments.rule, "`",
        nearest.empty() ? "; `klausul rules list` shows them all"
                        : absl::StrCat("; did you mean `", nearest, "`?")));
  }
  const auto document = ReadSingleDocument(arguments.input);
  if (!document.ok()) return Trouble(document.status().message());
  DiagnosticSink sink;
  const auto session = review::PlanSession::Open(**catalogue, *document,
                                                 *options, absl::Now(), sink);
  if (!session.ok()) {
    if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
    return Trouble(session.status().message());
  }
  const engine::Language language =
      engine::ParseLanguage(arguments.rules.language)
          .value_or(engine::Language::kBokmal);
  Print(RuleText(*rule, language));

  engine::EvaluationOptions evaluation;
  evaluation.as_of = session->law.day;
  evaluation.trace = true;
  evaluation.rule_ids = {rule->id()};
  const auto result = session->program->Evaluate(session->plan, evaluation);
  if (!result.ok()) return Trouble(result.status().message());
  bool any = false;
  for (const engine::RuleResult& one : result->rules) {
    if (one.rule->id() != rule->id()) continue;
    any = true;
    v1::Finding finding = session->program->MakeFinding(one, {language, false});
    review::SetLocations(session->source_map, 1, finding);
    std::string out = absl::StrCat("\n", arguments.input, "  ",
                                   v1::Finding::Outcome_Name(finding.outcome()),
                                   "  ", FormatCivilDay(session->law.day));
    if (!finding.subject().empty()) {
      absl::StrAppend(&out, "  ", finding.subject());
    }
    out += '\n';
    for (const v1::FieldEvidence& field : finding.fields()) {
      absl::StrAppend(&out, "  ", field.path(), " = ",
                      field.value().empty() ? "-" : field.value(), "\n");
    }
    for (const v1::Location& location : finding.locations()) {
      absl::StrAppend(&out, "  ", arguments.input, ":", location.line(), ":",
                      location.column(), "\n");
    }
    for (const std::string& path : finding.missing()) {
      absl::StrAppend(&out, "  missing: ", path, "\n");
    }
    if (!finding.reason().empty()) {
      absl::StrAppend(&out, "  ", finding.reason(), "\n");
    }
    if (!finding.message().empty()) {
      absl::StrAppend(&out, "  ", finding.message(), "\n");
    }
    absl::StrAppend(&out, TraceText(finding));
    Print(out);
  }
  if (!any) {
    Print(absl::StrCat("\n", arguments.input, "  not in force on ",
                       FormatCivilDay(session->law.day),
                       ", or its rule set is not chosen for this document\n"));
  }
  return kOk;
}

}  // namespace

void AddExplainCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand(
      "explain",
      "Shows a rule, its law, and its evaluation on a document, subexpression "
      "by subexpression.\n\n"
      "  klausul explain no.foa.7-9.weight notice.xml\n"
      "  klausul explain no.foa.7-9.weight plan.yaml --as-of 2026-06-30 --lang "
      "en\n");
  command->add_option("rule", arguments->rule, "Id of the rule")
      ->type_name("RULE")
      ->required();
  command
      ->add_option("input", arguments->input,
                   "A notice or a plan file, or - for standard input")
      ->type_name("FILE")
      ->required();
  AddRuleOptions(*command, arguments->rules);
  command->callback(
      [arguments, &exit_code] { exit_code = Explain(*arguments); });
}

}  // namespace klausul::cli
