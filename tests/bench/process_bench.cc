// The whole process: what a command costs before it does anything.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

// Runs a program beside this one, its output thrown away. The exit code, or -1
// where it did not run.
int RunProgram(const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  // Without KLAUSUL_RULES_DIR: the rule sets inside the binary.
  char* environment[] = {nullptr};
  pid_t process = 0;
  const int spawned = posix_spawn(&process, argv.front(), &actions, nullptr,
                                  argv.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return -1;
  int status = 0;
  if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

void RunProcess(benchmark::State& state,
                const std::vector<std::string>& arguments,
                const std::string& program = KlausulProgram()) {
  for (auto _ : state) {
    if (RunProgram(program, arguments) != 0) {
      state.SkipWithError("klausul is not beside this program, or failed");
      break;
    }
  }
}

// All rules compiled and run once: listing them would not compile any.
void BM_Startup(benchmark::State& state) {
  RunProcess(state, {"check", SamplePath("plan.yaml"), "--fail-on", "never"});
}

BENCHMARK(BM_Startup)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_RulesList(benchmark::State& state) {
  RunProcess(state, {"rules", "list"});
}

BENCHMARK(BM_RulesList)->Unit(benchmark::kMillisecond)->UseRealTime();

// A thousand rules: built into the program, and read from YAML.
void BM_Rules1000Builtin(benchmark::State& state) {
  RunProcess(state, {"check", SamplePath("plan.yaml"), "--fail-on", "never"},
             BesideThisProgram("klausul_rules1000"));
}

BENCHMARK(BM_Rules1000Builtin)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1)
    ->Repetitions(10);

void BM_Rules1000Yaml(benchmark::State& state) {
  RunProcess(state, {"check", SamplePath("plan.yaml"), "--fail-on", "never",
                     "--rules-dir", BesideThisProgram("bench_rules1000")});
}

BENCHMARK(BM_Rules1000Yaml)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1)
    ->Repetitions(10);

// What is left without rules: the operating system and the linker.
void BM_Version(benchmark::State& state) {
  RunProcess(state, {"--version"});
}

BENCHMARK(BM_Version)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace klausul::bench
