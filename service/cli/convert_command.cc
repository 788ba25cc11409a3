#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"

#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/intake/plan_file/plan_writer.h"
#include "service/intake/read.h"

namespace klausul::cli {
namespace {

struct ConvertArguments {
  std::string input;
  std::string form = "yaml";
  std::string output;
};

int Convert(const ConvertArguments& arguments) {
  absl::StatusOr<v1::Document> document = ReadSingleDocument(arguments.input);
  if (!document.ok()) return Trouble(document.status().message());
  const intake::ReadResult result = intake::ReadOne(
      {document->uri(), std::move(*document->mutable_content())}, {});
  DiagnosticSink sink;
  for (const Diagnostic& diagnostic : result.diagnostics)
    sink.Add(diagnostic);
  if (!result.diagnostics.empty()) {
    Complain(sink.RenderAll({ColorOnError()}));
  }
  if (!result.ok()) {
    return Trouble(absl::StrCat(arguments.input, ": cannot be read"));
  }
  for (const std::string& note : result.notes) {
    Complain(absl::StrCat(arguments.input, ": ", note));
  }
  const std::string text = arguments.form == "json"
                               ? intake::WriteJson(result.plan)
                               : intake::WriteYaml(result.plan);
  if (arguments.output.empty()) {
    return Print(text) ? kOk : Trouble("the plan could not be written in full");
  }
  std::ofstream file(arguments.output, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) {
    return Trouble(
        absl::StrCat("--output: cannot write `", arguments.output, "`"));
  }
  return kOk;
}

}  // namespace

void AddConvertCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ConvertArguments>();
  CLI::App* command = app.add_subcommand(
      "convert",
      "Reads a document and writes it as a plan file.\n\n"
      "  klausul convert notice.xml\n"
      "  klausul convert notice.xml --to json --output plan.json\n");
  command
      ->add_option("input", arguments->input,
                   "A notice or a plan file, or - for standard input")
      ->type_name("FILE")
      ->required();
  command->add_option("--to", arguments->form, "Form of the plan file")
      ->check(CLI::IsMember({"yaml", "json"}))
      ->type_name("yaml|json")
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--output", arguments->output,
                   "Write to a file rather than standard output")
      ->type_name("FILE")
      ->expected(1);
  command->callback(
      [arguments, &exit_code] { exit_code = Convert(*arguments); });
}

}  // namespace klausul::cli
