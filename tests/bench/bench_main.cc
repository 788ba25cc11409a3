// Measures, prints the table and writes it to bench.json beside this program.
// Takes the options of Google Benchmark, such as --benchmark_filter=Evaluate;
// what is left out is left out of the table, and bench.json stays as it is.
// --benchmark_filter=Grpc measures the service alone.
// Exit code 1 where a figure could not be measured.

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include <benchmark/benchmark.h>

#include "tests/bench/archive_figures.h"
#include "tests/bench/fixtures.h"
#include "tests/bench/grpc_child.h"
#include "tests/bench/grpc_figures.h"
#include "tests/bench/table.h"
#include "tests/bench/workload/engine_figures.h"

namespace klausul::bench {
namespace {

const std::vector<Row>& Rows() {
  static const auto* const rows = new std::vector<Row>{
      {"startup_ms", "BM_Startup", "",
       "ms, the whole process, all rules compiled (`klausul check` of a plan)"},
      {"rules_list_ms", "BM_RulesList", "",
       "ms, the whole process, no rule compiled (`klausul rules list`)"},
      {"version_ms", "BM_Version", "",
       "ms, the whole process, no rules (`klausul --version`)"},
      {"rules1000_builtin_ms", "BM_Rules1000Builtin", "",
       "ms, the whole process, a thousand rules inside the program"},
      {"rules1000_yaml_ms", "BM_Rules1000Yaml", "",
       "ms, the whole process, the same thousand rules read from YAML"},
      {"load_ms", "BM_Load", "", "ms to compile all built-in rule sets"},
      {"evaluate_plan_us", "BM_EvaluatePlan", "",
       "us a plan, engine, the half-filled sample"},
      {"evaluate_notice_us", "BM_EvaluateNotice", "",
       "us a plan, engine, the sample notice"},
      {"review_plan_us", "BM_ReviewPlan", "",
       "us a document, intake to findings, the sample plan"},
      {"review_notice_us", "BM_ReviewNotice", "",
       "us a document, intake to findings, the sample notice"},
      // Of two speeds over the same bytes: the time of the parser is on top.
      {"eforms_intake_vs_parse", "BM_EformsParse", "BM_EformsRead",
       "of the speed of bare pugixml, bytes to plan and places"},
      {"eforms_vs_parse", "BM_EformsParse", "BM_EformsEvaluate",
       "of the speed of bare pugixml, bytes to findings without texts"},
  };
  return *rows;
}

// The usual listing, which keeps the medians for the table.
class Reporter : public benchmark::ConsoleReporter {
 public:
  Reporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.error_occurred || run.aggregate_name != "median") continue;
      // An adjusted time is in the benchmark's own unit.
      seconds_[run.run_name.function_name] =
          run.GetAdjustedRealTime() /
          benchmark::GetTimeUnitMultiplier(run.time_unit);
    }
  }

  const std::map<std::string, double>& seconds() const { return seconds_; }

 private:
  std::map<std::string, double> seconds_;
};

int Main(int argc, char** argv) {
  const std::string mode = argc == 3 ? argv[1] : "";
  if (mode == kServeKlausul || mode == kServeEmpty) {
    return ServeMain(mode, argv[2]);
  }
  // Defaults first, so that the caller's own options win.
  std::vector<std::string> defaults = {
      "--benchmark_repetitions=5", "--benchmark_min_time=0.2",
      "--benchmark_report_aggregates_only=true"};
  std::vector<char*> arguments = {argv[0]};
  for (std::string& option : defaults) {
    arguments.push_back(option.data());
  }
  bool filtered = false;
  bool grpc = false;
  for (int i = 1; i < argc; ++i) {
    arguments.push_back(argv[i]);
    filtered = filtered || absl::StartsWith(argv[i], "--benchmark_filter");
    grpc = grpc || absl::EqualsIgnoreCase(argv[i], "--benchmark_filter=grpc");
  }
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  if (Catalogue() == nullptr) {
    std::fprintf(stderr, "klausul_bench: the built-in rule sets do not load\n");
    return 2;
  }

  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  std::vector<Figure> figures = MakeTable(Rows(), reporter.seconds());
  bool complete = figures.size() == Rows().size();
  std::string error;
  if (!filtered && !MeasureEngine(/*quick=*/false, figures, error)) {
    std::fprintf(stderr, "klausul_bench: %s\n", error.c_str());
    complete = false;
  }
  if ((!filtered || grpc) && !MeasureGrpc(figures, error)) {
    std::fprintf(stderr, "klausul_bench: %s\n", error.c_str());
    complete = false;
  }
  if (!filtered && !MeasureArchive(figures, error)) {
    std::fprintf(stderr, "klausul_bench: %s\n", error.c_str());
    complete = false;
  }
  std::printf("\n%s", TableText(figures).c_str());
  // A part of the figures must not pass for all of them.
  if (filtered) return 0;
  const std::string path = BesideThisProgram("bench.json");
  std::ofstream file(path, std::ios::trunc);
  file << TableJson(figures);
  if (!file.flush()) {
    std::fprintf(stderr, "klausul_bench: cannot write %s\n", path.c_str());
    return 2;
  }
  return complete ? 0 : 1;
}

}  // namespace
}  // namespace klausul::bench

int main(int argc, char** argv) {
  return klausul::bench::Main(argc, argv);
}
