#ifndef KLAUSUL_TESTS_BENCH_GRPC_FIGURES_H_
#define KLAUSUL_TESTS_BENCH_GRPC_FIGURES_H_

#include <string>
#include <vector>

#include "tests/bench/table.h"

namespace klausul::bench {

// Measures the service against one that parses the same requests and sends
// prepared answers of the same bytes, each in a process and on a processor of
// its own: see docs/performance.md. Adds what it measured to `figures`; false,
// with the reason in `error`, where it could not.
bool MeasureGrpc(std::vector<Figure>& figures, std::string& error);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_GRPC_FIGURES_H_
