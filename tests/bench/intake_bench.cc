// Reading notices, against the bare XML parser on the same bytes.

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "service/engine/program.h"
#include "service/intake/read.h"
#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

// The sample notice and those of the intake tests: calls with one lot and with
// several, a planning notice. Empty where one is missing.
const std::vector<std::string>& Notices() {
  static const auto* const notices = [] {
    auto* read = new std::vector<std::string>;
    for (const char* name : {"client-examples/samples/notice.xml",
                             "tests/intake/testdata/cn_lots.xml",
                             "tests/intake/testdata/e3_part1.xml",
                             "tests/intake/testdata/e3_part2.xml",
                             "tests/intake/testdata/planning_e2.xml"}) {
      std::ifstream in(std::string(KLAUSUL_SOURCE_DIR "/") + name,
                       std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.empty()) return new std::vector<std::string>;
      read->push_back(std::move(bytes));
    }
    return read;
  }();
  return *notices;
}

// Gives each notice to `take`, over and over, until it says false.
template <typename Take>
void ForEachNotice(benchmark::State& state, Take take) {
  bool good = !Notices().empty();
  std::size_t bytes = 0;
  for (const std::string& notice : Notices())
    bytes += notice.size();
  for (auto _ : state) {
    for (const std::string& notice : Notices())
      good = good && take(notice);
    if (!good) {
      state.SkipWithError("a sample notice cannot be read");
      return;
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) *
                          state.iterations());
}

// Bytes to plan and places.
void BM_EformsRead(benchmark::State& state) {
  ForEachNotice(state, [](const std::string& notice) {
    const intake::ReadResult result = intake::ReadOne({"n.xml", notice}, {});
    benchmark::DoNotOptimize(&result);
    return result.ok();
  });
}

BENCHMARK(BM_EformsRead)->Unit(benchmark::kMicrosecond);

// Bytes to what the Norwegian rules find, without texts.
void BM_EformsEvaluate(benchmark::State& state) {
  const auto program = Catalogue()->ProgramFor({"no"});
  if (!program.ok()) {
    state.SkipWithError("no rule set `no`");
    return;
  }
  engine::EvaluationOptions options;
  options.as_of = absl::CivilDay(2026, 7, 1);
  options.outcomes = std::uint32_t{1} << v1::Finding::VIOLATED |
                     std::uint32_t{1} << v1::Finding::FAILED;
  options.deciding_paths = true;
  ForEachNotice(state, [&](const std::string& notice) {
    const intake::ReadResult read = intake::ReadOne({"n.xml", notice}, {});
    const auto found = (*program)->Evaluate(read.plan, options);
    benchmark::DoNotOptimize(&found);
    return read.ok() && found.ok();
  });
}

BENCHMARK(BM_EformsEvaluate)->Unit(benchmark::kMicrosecond);

void BM_EformsParse(benchmark::State& state) {
  ForEachNotice(state, [](const std::string& notice) {
    pugi::xml_document document;
    const bool good =
        static_cast<bool>(document.load_buffer(notice.data(), notice.size()));
    benchmark::DoNotOptimize(document);
    return good;
  });
}

BENCHMARK(BM_EformsParse)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace klausul::bench
