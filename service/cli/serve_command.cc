#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include "service/base/status_macros.h"
#include "service/cli/command.h"
#include "service/cli/console.h"
#include "service/ruleset/builtin.h"
#include "service/ruleset/bundle_file.h"
#include "service/ruleset/rule_archive.h"
#include "service/ruleset/rule_files.h"
#include "service/server/metrics_listener.h"
#include "service/server/rule_updates.h"
#include "service/server/server.h"

namespace klausul::cli {
namespace {

struct ServeArguments {
  RuleArguments rules;
  std::string bundle;
  std::string bundle_key;
  bool watch = false;
  std::string archive;
  std::string metrics_listen;
  server::DecisionLog::Options decisions;
  std::string decision_mask;
  int decision_max_mib = 100;
  std::string log_calls = "errors";
  server::ServerOptions server;
  int max_message_mib = 64;
  int drain_seconds = 10;
  std::string port_file;
  std::string metrics_port_file;
};

// Nothing is written where `path` is empty.
absl::Status WritePortFile(absl::string_view option, const std::string& path,
                           int port) {
  if (path.empty()) return absl::OkStatus();
  const absl::Status status =
      ruleset::WriteFileWhole(path, absl::StrCat(port, "\n"));
  return absl::Status(status.code(),
                      absl::StrCat(option, ": ", status.message()));
}

// Where the rule sets come from; null: those built into the binary.
absl::StatusOr<std::shared_ptr<const server::RuleSource>> SourceOf(
    const ServeArguments& arguments) {
  if (!arguments.bundle.empty()) {
    if (!arguments.rules.rules_dir.empty()) {
      return absl::InvalidArgumentError(
          "--bundle and --rules-dir: rule sets come from one of them");
    }
    std::string key;
    if (!arguments.bundle_key.empty()) {
      ASSIGN_OR_RETURN(key, ruleset::ReadRuleFile(arguments.bundle_key));
      if (key.empty()) {
        return absl::InvalidArgumentError(absl::StrCat(
            "--bundle-key: `", arguments.bundle_key, "` is empty"));
      }
    }
    return server::MakeBundleSource(arguments.bundle, std::move(key));
  }
  if (!arguments.bundle_key.empty()) {
    return absl::InvalidArgumentError("--bundle-key goes with --bundle");
  }
  const std::string folder = NamedRulesDir(arguments.rules);
  if (!folder.empty()) return server::MakeFolderSource(folder);
  if (arguments.watch) {
    return absl::InvalidArgumentError(
        "--watch: the built-in rule sets do not change; name a folder with "
        "--rules-dir, or a file with --bundle");
  }
  return std::shared_ptr<const server::RuleSource>();
}

// The rule sets to begin with. What is wrong with them goes to standard error.
absl::StatusOr<server::LoadedRules> LoadFirst(
    const server::RuleSource* source) {
  server::LoadedRules loaded;
  if (source == nullptr) {
    ASSIGN_OR_RETURN(loaded.catalogue, review::RuleCatalogue::Builtin());
    ASSIGN_OR_RETURN(loaded.files, ruleset::BuiltinRuleFiles());
    return loaded;
  }
  ASSIGN_OR_RETURN(std::vector<ruleset::RuleFile> files, source->Read());
  loaded = server::LoadRules(std::move(files), source->name(), absl::Now());
  if (loaded.catalogue == nullptr) {
    for (const std::string& diagnostic : loaded.refused.diagnostics())
      Complain(diagnostic);
    return absl::FailedPreconditionError(loaded.refused.message());
  }
  return loaded;
}

absl::Status OpenDecisionLog(ServeArguments& arguments,
                             server::Telemetry& telemetry) {
  server::DecisionLog::Options& options = arguments.decisions;
  if (options.file.path.empty()) return absl::OkStatus();
  options.file.max_bytes =
      static_cast<std::uint64_t>(arguments.decision_max_mib) << 20;
  ASSIGN_OR_RETURN(options.contents.mask,
                   review::PlanMask::Make(absl::StrSplit(
                       arguments.decision_mask, ',', absl::SkipWhitespace())));
  ASSIGN_OR_RETURN(
      telemetry.decisions,
      server::DecisionLog::Open(options, telemetry.metrics, telemetry.log));
  return absl::OkStatus();
}

server::LogCalls LogCallsOf(const std::string& text) {
  if (text == "none") return server::LogCalls::kNone;
  return text == "all" ? server::LogCalls::kAll : server::LogCalls::kErrors;
}

// Blocks until a signal that ends the server; SIGHUP reloads.
void AwaitEnd(const sigset_t& signals, server::RuleUpdates* updates) {
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) {
    if (updates != nullptr) {
      updates->Poke();
    } else {
      Complain("klausul: SIGHUP: the built-in rule sets do not change");
    }
  }
}

absl::Status Serve(ServeArguments& arguments) {
  // Before any thread starts, so that all of them leave the signals to us.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  ASSIGN_OR_RETURN(const auto source, SourceOf(arguments));
  std::string fingerprint;
  if (source != nullptr) fingerprint = source->Fingerprint();
  ASSIGN_OR_RETURN(server::LoadedRules loaded, LoadFirst(source.get()));
  const auto archive = [&](const server::LoadedRules& rules) {
    if (arguments.archive.empty()) return absl::OkStatus();
    return ruleset::RuleArchive(arguments.archive)
        .Store(rules.files, rules.catalogue->repository());
  };
  RETURN_IF_ERROR(archive(loaded));
  auto telemetry = std::make_shared<server::Telemetry>();
  telemetry->log = server::LogToStandardError();
  telemetry->log_calls = LogCallsOf(arguments.log_calls);
  telemetry->metrics
      .GetGauge("klausul_build_info", "The binary: always 1.",
                {{"version", KLAUSUL_VERSION}})
      .Set(1);
  auto rules = std::make_shared<server::ServingRules>(
      loaded.catalogue, ruleset::BundleDigest(std::move(loaded.files)),
      absl::Now());
  server::TellServed(*rules->Current(), telemetry->metrics);
  RETURN_IF_ERROR(OpenDecisionLog(arguments, *telemetry));

  arguments.server.max_message_bytes = arguments.max_message_mib << 20;
  arguments.server.telemetry = telemetry;
  ASSIGN_OR_RETURN(const auto server,
                   server::Server::Start(rules, arguments.server));
  std::unique_ptr<server::MetricsListener> metrics;
  if (!arguments.metrics_listen.empty()) {
    ASSIGN_OR_RETURN(metrics, server::MetricsListener::Start(
                                  arguments.metrics_listen, [telemetry] {
                                    return telemetry->metrics.Render();
                                  }));
    RETURN_IF_ERROR(WritePortFile(
        "--metrics-port-file", arguments.metrics_port_file, metrics->port()));
  }
  std::unique_ptr<server::RuleUpdates> updates;
  if (source != nullptr) {
    updates = std::make_unique<server::RuleUpdates>(
        source, std::move(fingerprint), rules, archive, telemetry,
        server::RuleSetWatcher::Options{
            std::chrono::milliseconds(arguments.watch ? 1000 : 0)});
  }
  RETURN_IF_ERROR(
      WritePortFile("--port-file", arguments.port_file, server->port()));
  telemetry->log(
      server::LogLine("info", "serving", absl::Now())
          .Add("port", server->port())
          .Add("metrics_port", metrics ? metrics->port() : 0)
          .Add("version", KLAUSUL_VERSION)
          .Add("rule_sets", absl::StrJoin(loaded.catalogue->Ids(), ", "))
          .Add("rules", rules->Current()->bundle_digest));
  loaded = {};

  AwaitEnd(signals, updates.get());
  telemetry->log(server::LogLine("info", "draining", absl::Now()));
  server->Drain(std::chrono::seconds(arguments.drain_seconds));
  return absl::OkStatus();
}

void AddDecisionLogOptions(CLI::App& command, ServeArguments& arguments) {
  command
      .add_option("--decision-log", arguments.decisions.file.path,
                  "Write one line of JSON an evaluation to this file")
      ->type_name("FILE")
      ->expected(1);
  command.add_flag("--decision-log-findings",
                   arguments.decisions.contents.findings,
                   "Keep the findings in the decision log, not only their "
                   "counts and digest");
  command.add_flag("--decision-log-plans", arguments.decisions.contents.plan,
                   "Keep the plans in it, for `klausul replay`: they may hold "
                   "personal data and trade secrets");
  command
      .add_option("--decision-log-mask", arguments.decision_mask,
                  "Plan fields whose texts it does not keep, such as "
                  "buyer.name,lots.title")
      ->type_name("PATHS")
      ->expected(1);
  command
      .add_option("--decision-log-max-mib", arguments.decision_max_mib,
                  "Begin a new file at this size; FILE becomes FILE.1")
      ->check(CLI::Range(1, 1024 * 1024))
      ->type_name("N")
      ->capture_default_str()
      ->expected(1);
  command
      .add_option("--decision-log-keep", arguments.decisions.file.keep,
                  "Full files that are kept")
      ->check(CLI::Range(0, 10'000))
      ->type_name("N")
      ->capture_default_str()
      ->expected(1);
}

}  // namespace

void AddServeCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = app.add_subcommand(
      "serve",
      "Runs the gRPC server: evaluation, the rule catalogue, health and "
      "reflection.\n\n"
      "  klausul serve\n"
      "  klausul serve --rules-dir rules --watch --metrics-listen "
      "127.0.0.1:9464\n");
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
      ->add_option("--bundle", arguments->bundle,
                   "Rule sets in place of a folder's: a file of `klausul rules "
                   "bundle`")
      ->type_name("FILE")
      ->expected(1);
  command
      ->add_option("--bundle-key", arguments->bundle_key,
                   "Public Ed25519 key, PEM, that has to have signed the "
                   "bundle")
      ->type_name("FILE")
      ->expected(1);
  command->add_flag("--watch", arguments->watch,
                    "Look every second whether the folder or bundle has "
                    "changed, and reload; SIGHUP reloads in any case");
  command
      ->add_option("--archive", arguments->archive,
                   "Keep every rule set served as a bundle in this folder, by "
                   "its digest, for `klausul replay`")
      ->type_name("DIR")
      ->expected(1);
  command
      ->add_option("--metrics-listen", arguments->metrics_listen,
                   "Serve metrics for Prometheus at /metrics on this address, "
                   "without TLS or authentication")
      ->type_name("HOST:PORT")
      ->expected(1);
  command
      ->add_option("--metrics-port-file", arguments->metrics_port_file,
                   "Write the port of the metrics to this file")
      ->type_name("FILE")
      ->expected(1);
  command
      ->add_option("--log", arguments->log_calls,
                   "Which calls leave a line in the log on standard error; "
                   "what is in their messages never does")
      ->check(CLI::IsMember({"none", "errors", "all"}))
      ->type_name("none|errors|all")
      ->capture_default_str()
      ->expected(1);
  AddDecisionLogOptions(*command, *arguments);
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
  command->callback([arguments, &exit_code] {
    const absl::Status status = Serve(*arguments);
    exit_code = status.ok() ? kOk : Trouble(status.message());
  });
}

}  // namespace klausul::cli
