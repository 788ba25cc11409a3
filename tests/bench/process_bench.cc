// The whole process: what a command costs before it does anything.

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "tests/bench/fixtures.h"
#include "tests/bench/run_program.h"

namespace klausul::bench {
namespace {

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
