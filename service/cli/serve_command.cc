#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"

#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/server/server.h"

namespace klausul::cli {
namespace {

struct ServeArguments {
  RuleArguments rules;
  server::ServerOptions server;
  int max_message_mib = 64;
  int drain_seconds = 10;
  std::string port_file;
};

// Written whole or not at all, so that whoever waits for it never reads half a
// number.
bool WritePortFile(const std::string& path, int port) {
  const std::string draft = path + ".tmp";
  {
    std::ofstream file(draft, std::ios::trunc);
    file << port << "\n";
    if (!file.flush()) return false;
  }
  return std::rename(draft.c_str(), path.c_str()) == 0;
}

int Serve(ServeArguments& arguments) {
  // Before any thread starts, so that all of them leave the signals to us.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto catalogue = LoadCatalogue(
      arguments.rules, review::RuleCatalogue::ExamplePlans::kFill);
  if (!catalogue.ok()) return kTrouble;
  arguments.server.max_message_bytes = arguments.max_message_mib << 20;
  const auto server = server::Server::Start(*catalogue, arguments.server);
  if (!server.ok()) return Trouble(server.status().message());
  if (!arguments.port_file.empty() &&
      !WritePortFile(arguments.port_file, (*server)->port())) {
    return Trouble(
        absl::StrCat("--port-file: cannot write `", arguments.port_file, "`"));
  }
  std::string sets;
  for (const std::string& id : (*catalogue)->Ids()) {
    absl::StrAppend(&sets, sets.empty() ? "" : ", ", id);
  }
  Complain(absl::StrCat("klausul: serving rule sets ", sets, " on port ",
                        (*server)->port(), "; stop with SIGTERM or Ctrl-C"));

  int signal = 0;
  sigwait(&signals, &signal);
  Complain("klausul: draining");
  (*server)->Drain(std::chrono::seconds(arguments.drain_seconds));
  return kOk;
}

}  // namespace

void AddServeCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = app.add_subcommand(
      "serve",
      "Runs the gRPC server: evaluation, the rule catalogue, health and "
      "reflection.\n\n"
      "  klausul serve\n"
      "  klausul serve --listen 127.0.0.1:0 --port-file port.txt\n");
  command
      ->add_option("--listen", arguments->server.listen,
                   "Address to listen on; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--port-file", arguments->port_file,
                   "Write the port to this file once calls are taken")
      ->type_name("FILE")
      ->expected(1);
  AddRulesDirOption(*command, arguments->rules);
  command
      ->add_option("--max-message-mib", arguments->max_message_mib,
                   "Largest message, either way, in MiB")
      ->check(CLI::Range(1, 1024))
      ->type_name("N")
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--threads", arguments->server.max_threads,
                   "Most threads for calls; further calls are refused")
      ->check(CLI::Range(4, 4096))
      ->type_name("N")
      ->capture_default_str()
      ->expected(1);
  command
      ->add_option("--drain-seconds", arguments->drain_seconds,
                   "How long calls under way may go on after SIGTERM")
      ->check(CLI::Range(0, 3600))
      ->type_name("N")
      ->capture_default_str()
      ->expected(1);
  command->footer(
      "The server speaks plaintext: listen beyond loopback only behind what "
      "encrypts.\nExit code: 0 after a drained SIGTERM; 2 where it cannot "
      "start.");
  command->callback([arguments, &exit_code] { exit_code = Serve(*arguments); });
}

}  // namespace klausul::cli
