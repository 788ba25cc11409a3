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

// Runs `klausul`, its output thrown away. The exit code, or -1 where it did not
// run.
int RunKlausul(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), KlausulProgram());
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
                const std::vector<std::string>& arguments) {
  for (auto _ : state) {
    if (RunKlausul(arguments) != 0) {
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

// What is left without rules: the operating system and the linker.
void BM_Version(benchmark::State& state) {
  RunProcess(state, {"--version"});
}

BENCHMARK(BM_Version)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace klausul::bench
