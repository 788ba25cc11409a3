// The whole process: what a command costs before it does anything.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include <benchmark/benchmark.h>

#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

// Runs `klausul` with one or two arguments, its output thrown away. The exit
// code, or -1 where it did not run.
int RunKlausul(const char* first, const char* second) {
  std::string program = KlausulProgram();
  std::string arguments[] = {program, first, second};
  char* argv[] = {arguments[0].data(), arguments[1].data(),
                  second[0] == '\0' ? nullptr : arguments[2].data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  // Without KLAUSUL_RULES_DIR: the rule sets inside the binary.
  char* environment[] = {nullptr};
  pid_t process = 0;
  const int spawned = posix_spawn(&process, program.c_str(), &actions, nullptr,
                                  argv, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return -1;
  int status = 0;
  if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

void RunProcess(benchmark::State& state, const char* first,
                const char* second) {
  for (auto _ : state) {
    if (RunKlausul(first, second) != 0) {
      state.SkipWithError("klausul is not beside this program, or failed");
      break;
    }
  }
}

void BM_Startup(benchmark::State& state) {
  RunProcess(state, "rules", "list");
}

BENCHMARK(BM_Startup)->Unit(benchmark::kMillisecond)->UseRealTime();

// What is left without rules: the operating system and the linker.
void BM_StartupWithoutRules(benchmark::State& state) {
  RunProcess(state, "--version", "");
}

BENCHMARK(BM_StartupWithoutRules)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace klausul::bench
