// The engine's figures alone, without the service: `klausul_engine_bench`, or
// with `--quick` a first look at them.

#include <cstdio>
#include <cstring>

#include "tests/bench/table.h"
#include "tests/bench/workload/engine_figures.h"

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  std::vector<klausul::bench::Figure> figures;
  std::string error;
  const bool right = klausul::bench::MeasureEngine(quick, figures, error);
  std::printf("%s", klausul::bench::TableText(figures).c_str());
  if (!right) std::fprintf(stderr, "klausul_engine_bench: %s\n", error.c_str());
  return right ? 0 : 1;
}
