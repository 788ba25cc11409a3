#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "service/base/civil_day.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/remote.h"
#include "service/engine/calendar.h"
#include "service/report/advice_report.h"
#include "service/review/advice/advisor.h"

namespace klausul::cli {
namespace {

using review::Advised;
using review::Reviewed;

struct AdviseArguments {
  std::string input;
  std::string start;
  std::string format = "text";
  std::string server;
  RuleArguments rules;
};

absl::StatusOr<Advised> AdviseHere(const AdviseArguments& arguments,
                                   const v1::AdviseProcedureRequest& request) {
  const auto catalogue = LoadCatalogue(arguments.rules);
  // What is wrong with the rules has been told.
  if (!catalogue.ok()) return absl::CancelledError();
  const review::Reviewer reviewer(*catalogue);
  const review::Advisor advisor(reviewer);
  for (const review::FieldError& error : advisor.CheckRequest(request)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--rules: ", error.description));
  }
  return advisor.Advise(request, {absl::Now(), nullptr});
}

int Advise(const AdviseArguments& arguments) {
  v1::AdviseProcedureRequest request;
  auto options = ToEvaluateOptions(arguments.rules);
  if (!options.ok()) return Trouble(options.status().message());
  *request.mutable_options() = *std::move(options);
  if (!arguments.start.empty()) {
    const absl::optional<absl::CivilDay> day = ParseCivilDay(arguments.start);
    if (!day.has_value()) {
      return Trouble(absl::StrCat("--start: `", arguments.start,
                                  "` is no day in the form YYYY-MM-DD, from ",
                                  kMinYear, " to ", kMaxYear));
    }
    *request.mutable_start_date() = engine::ToDate(*day);
  }
  if (!arguments.server.empty() && !arguments.rules.rules_dir.empty()) {
    return Trouble(
        "--rules-dir goes with the embedded engine; a server has its own rule "
        "sets");
  }
  auto document = ReadSingleDocument(arguments.input);
  if (!document.ok()) return Trouble(document.status().message());
  *request.mutable_document() = *std::move(document);

  const absl::StatusOr<Advised> advised =
      arguments.server.empty() ? AdviseHere(arguments, request)
                               : Remote(arguments.server).Advise(request);
  if (!advised.ok()) {
    return absl::IsCancelled(advised.status())
               ? static_cast<int>(kTrouble)
               : Trouble(advised.status().message());
  }
  if (advised->status == Reviewed::Status::kFailed) {
    return Trouble(advised->failure.message());
  }
  if (advised->status != Reviewed::Status::kEvaluated) {
    const v1::DocumentError& error = advised->response.report().error();
    std::string place = arguments.input;
    if (error.line() > 0) {
      absl::StrAppend(&place, ":", error.line(), ":", error.column());
    }
    if (!error.details().empty()) Complain(error.details());
    return Trouble(absl::StrCat(place, ": ", error.message()));
  }
  const bool written = Print(
      arguments.format == "json"
          ? report::AdviceJson(advised->response)
          : report::AdviceText(advised->response,
                               {arguments.rules.language, ColorOnOutput()}));
  if (!written || std::fflush(stdout) != 0) {
    return Trouble("the advice could not be written in full");
  }
  return kOk;
}

}  // namespace

void AddAdviseCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<AdviseArguments>();
  CLI::App* command = app.add_subcommand(
      "advise",
      "Says which procedures a plan may use, on what conditions, why it may "
      "not "
      "use the\nothers, how soon a contract can be signed, and which facts "
      "would decide the rest.\n\n"
      "  klausul advise plan.yaml\n"
      "  klausul advise plan.yaml --start 2026-09-01 --lang en --format "
      "json\n");
  command
      ->add_option("input", arguments->input,
                   "A plan file or a notice, or - for standard input")
      ->type_name("FILE")
      ->required();
  command
      ->add_option(
          "--start", arguments->start,
          "Day that time is counted from (default: the planned notice, "
          "else today)")
      ->type_name("YYYY-MM-DD")
      ->expected(1);
  AddRuleOptions(*command, arguments->rules);
  command->add_option("--format", arguments->format, "Form of the advice")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--server", arguments->server,
                   "Send the document to a server, which reads it and advises")
      ->type_name("HOST:PORT")
      ->expected(1);
  command->footer(
      "Exit code: 0 advice given, whatever it says; 2 bad usage, unreadable "
      "input, a\nbroken rule set or a failed evaluation.");
  command->callback(
      [arguments, &exit_code] { exit_code = Advise(*arguments); });
}

}  // namespace klausul::cli
