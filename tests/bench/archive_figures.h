#ifndef KLAUSUL_TESTS_BENCH_ARCHIVE_FIGURES_H_
#define KLAUSUL_TESTS_BENCH_ARCHIVE_FIGURES_H_

#include <string>
#include <vector>

#include "tests/bench/table.h"

namespace klausul::bench {

// Makes a file of a million plans (make_plans.py) and runs `klausul check` over
// it: memory and speed, see docs/performance.md. Takes minutes. Adds what it
// measured to `figures`; false, with the reason in `error`, where it could not.
bool MeasureArchive(std::vector<Figure>& figures, std::string& error);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_ARCHIVE_FIGURES_H_
