#include "absl/strings/str_cat.h"

#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/cli/remote.h"

namespace klausul::cli {

void AddPingCommand(CLI::App& app, int& exit_code) {
  auto address = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("ping",
                         "Asks a server whether it takes calls.\n\n"
                         "  klausul ping 127.0.0.1:50051\n"
                         "  klausul ping klausul.example:50051 && echo up\n");
  command->add_option("address", *address, "The server")
      ->type_name("HOST:PORT")
      ->required();
  command->footer("Exit code: 0 it does; 1 it does not, or nobody answers.");
  command->callback([address, &exit_code] {
    const absl::Status status = Ping(*address);
    if (status.ok()) {
      Print(absl::StrCat(*address, ": serving\n"));
      exit_code = kOk;
    } else {
      Complain(absl::StrCat("klausul: ", *address, ": ", status.message()));
      exit_code = kFindings;
    }
  });
}

}  // namespace klausul::cli
