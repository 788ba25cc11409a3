#ifndef KLAUSUL_TESTS_BENCH_WORKLOAD_ENGINE_FIGURES_H_
#define KLAUSUL_TESTS_BENCH_WORKLOAD_ENGINE_FIGURES_H_

#include <string>
#include <vector>

#include "tests/bench/table.h"

namespace klausul::bench {

// Measures the engine against the hand-written rules: see
// docs/performance.md. Adds what it measured to `figures`; false, with the
// reason in `error`, where some answer is not the known one. `quick` is for a
// first look: fewer plans and rounds.
bool MeasureEngine(bool quick, std::vector<Figure>& figures,
                   std::string& error);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_WORKLOAD_ENGINE_FIGURES_H_
