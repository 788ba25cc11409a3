#ifndef KLAUSUL_TESTS_BENCH_TABLE_H_
#define KLAUSUL_TESTS_BENCH_TABLE_H_

#include <map>
#include <string>
#include <vector>

namespace klausul::bench {

// One line of the final table.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
};

// How a line of the table comes from measured times.
struct Row {
  std::string name;
  // Names of benchmarks. With a baseline the value is the ratio of the two;
  // without one it is the time, in milliseconds or microseconds as the unit
  // says.
  std::string benchmark;
  std::string baseline;
  std::string unit;
};

// The rows of which everything was measured, in order. `seconds` are the
// medians by name of benchmark.
std::vector<Figure> MakeTable(const std::vector<Row>& rows,
                              const std::map<std::string, double>& seconds);

// For people, and as the JSON array of bench.json.
std::string TableText(const std::vector<Figure>& figures);
std::string TableJson(const std::vector<Figure>& figures);

}  // namespace klausul::bench

#endif  // KLAUSUL_TESTS_BENCH_TABLE_H_
