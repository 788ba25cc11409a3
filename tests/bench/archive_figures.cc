#include "tests/bench/archive_figures.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "tests/bench/fixtures.h"
#include "tests/bench/run_program.h"

namespace klausul::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kPlans = 1'000'000;
constexpr double kKilobytesPerMegabyte = 1000;
// The file has to be the same in every run.
constexpr char kSeed[] = "1";

struct Run {
  int exit_code = -1;
  double seconds = 0;
  double peak_mb = 0;
};

Run Measure(const std::vector<std::string>& arguments) {
  const auto start = std::chrono::steady_clock::now();
  struct rusage usage = {};
  Run run;
  run.exit_code = RunProgram(KlausulProgram(), arguments, &usage);
  run.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  // Linux tells it in kibibytes.
  run.peak_mb =
      static_cast<double>(usage.ru_maxrss) * 1.024 / kKilobytesPerMegabyte;
  return run;
}

// 1 is "there are breaches".
bool IsFine(const Run& run) {
  return run.exit_code == 0 || run.exit_code == 1;
}

}  // namespace

bool MeasureArchive(std::vector<Figure>& figures, std::string& error) {
  const fs::path plans =
      fs::temp_directory_path() /
      absl::StrCat("klausul-bench-plans-", ::getpid(), ".jsonl");
  const bool made =
      RunProgram(
          KLAUSUL_PYTHON,
          {absl::StrCat(KLAUSUL_SOURCE_DIR, "/tests/bench/make_plans.py"),
           absl::StrCat(kPlans), plans.string(), kSeed}) == 0;
  Run full;
  Run brief;
  if (made) {
    const std::vector<std::string> arguments = {
        "check", plans.string(), "--format", "jsonl", "--output", "/dev/null"};
    full = Measure(arguments);
    std::vector<std::string> for_brief = arguments;
    for_brief.emplace_back("--brief");
    brief = Measure(for_brief);
  }
  std::error_code ignored;
  fs::remove(plans, ignored);
  if (!made || !IsFine(full) || !IsFine(brief)) {
    error = made ? "klausul check of a million plans failed"
                 : "a million plans could not be made";
    return false;
  }
  figures.push_back({"peak_mb_million_plans", full.peak_mb,
                     "MB at most, a million plans (`klausul check --format "
                     "jsonl`)"});
  figures.push_back({"million_plans_per_s", kPlans / full.seconds,
                     "plans a second in that run"});
  figures.push_back({"million_plans_brief_per_s", kPlans / brief.seconds,
                     "plans a second, with --brief"});
  return true;
}

}  // namespace klausul::bench
