#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/review/plan_session.h"

namespace klausul::cli {
namespace {

struct EvalArguments {
  std::string expression;
  std::string input;
  RuleArguments rules;
};

int Eval(const EvalArguments& arguments) {
  const auto options = ToEvaluateOptions(arguments.rules);
  if (!options.ok()) return Trouble(options.status().message());
  const auto catalogue = LoadCatalogue(arguments.rules);
  if (!catalogue.ok()) return kTrouble;
  const auto document = ReadSingleDocument(arguments.input);
  if (!document.ok()) return Trouble(document.status().message());

  DiagnosticSink sink;
  const auto session = review::PlanSession::Open(**catalogue, *document,
                                                 *options, absl::Now(), sink);
  if (!session.ok()) {
    if (sink.has_errors()) Complain(sink.RenderAll({ColorOnError()}));
    return Trouble(session.status().message());
  }
  engine::EvaluationOptions evaluation;
  evaluation.as_of = session->law.day;
  const auto result = session->program->EvaluateExpression(
      arguments.expression, session->plan, evaluation, sink);
  if (!result.ok()) {
    if (sink.has_errors()) {
      Complain(sink.RenderAll({ColorOnError()}));
      return kTrouble;
    }
    return Trouble(result.status().message());
  }
  switch (result->status) {
    case engine::ExpressionResult::Status::kValue:
      Print(absl::StrCat(result->value.Plain(), "\n"));
      return kOk;
    case engine::ExpressionResult::Status::kUnknown: {
      std::string out = "unknown\n";
      for (const std::string& path : result->missing) {
        absl::StrAppend(&out, "  missing: ", path, "\n");
      }
      const engine::Language language =
          engine::ParseLanguage(arguments.rules.language)
              .value_or(engine::Language::kBokmal);
      for (const engine::Reason& reason : result->reasons) {
        absl::StrAppend(&out, "  ", reason.Text(language), "\n");
      }
      Print(out);
      return kOk;
    }
    default:
      return Trouble(absl::StrCat("the evaluation failed: ", result->error));
  }
}

}  // namespace

void AddEvalCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* command = app.add_subcommand(
      "eval",
      "Evaluates one CEL expression on one document.\n\n"
      "  klausul eval part plan.yaml\n"
      "  klausul eval 'days_between(dates.notice_sent, dates.tender_deadline)' "
      "notice.xml\n");
  command
      ->add_option("expression", arguments->expression,
                   "An expression over the plan, the facts and the parameters")
      ->type_name("EXPR")
      ->required();
  command
      ->add_option("input", arguments->input,
                   "A notice or a plan file, or - for standard input")
      ->type_name("FILE")
      ->required();
  AddRuleOptions(*command, arguments->rules);
  command->footer(
      "Prints the value, or `unknown` and the fields that would decide it.\n"
      "Exit code: 0 either way; 2 where the expression or the document is "
      "wrong.");
  command->callback([arguments, &exit_code] { exit_code = Eval(*arguments); });
}

}  // namespace klausul::cli
