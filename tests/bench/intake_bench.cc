// Reading a notice, against the bare XML parser on the same bytes.

#include <string>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "service/intake/read.h"
#include "tests/bench/fixtures.h"

namespace klausul::bench {
namespace {

constexpr char kNotice[] = "notice.xml";

void BM_EformsRead(benchmark::State& state) {
  const std::string bytes = Sample(kNotice);
  for (auto _ : state) {
    intake::ReadResult result = intake::ReadOne({kNotice, bytes}, {});
    if (!result.ok()) {
      state.SkipWithError("the sample notice cannot be read");
      break;
    }
    benchmark::DoNotOptimize(result);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) *
                          state.iterations());
}

BENCHMARK(BM_EformsRead)->Unit(benchmark::kMicrosecond);

void BM_EformsParse(benchmark::State& state) {
  const std::string bytes = Sample(kNotice);
  for (auto _ : state) {
    pugi::xml_document document;
    if (!document.load_buffer(bytes.data(), bytes.size())) {
      state.SkipWithError("the sample notice does not parse");
      break;
    }
    benchmark::DoNotOptimize(document);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) *
                          state.iterations());
}

BENCHMARK(BM_EformsParse)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace klausul::bench
