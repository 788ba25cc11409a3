#include "tests/bench/table.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace klausul::bench {

std::vector<Figure> MakeTable(const std::vector<Row>& rows,
                              const std::map<std::string, double>& seconds) {
  constexpr double kMillisecondsPerSecond = 1e3;
  constexpr double kMicrosecondsPerSecond = 1e6;
  std::vector<Figure> figures;
  for (const Row& row : rows) {
    const auto measured = seconds.find(row.benchmark);
    if (measured == seconds.end()) continue;
    double value = measured->second;
    if (!row.baseline.empty()) {
      const auto baseline = seconds.find(row.baseline);
      if (baseline == seconds.end() || baseline->second <= 0) continue;
      value /= baseline->second;
    } else if (absl::StartsWith(row.unit, "ms")) {
      value *= kMillisecondsPerSecond;
    } else {
      value *= kMicrosecondsPerSecond;
    }
    figures.push_back({row.name, value, row.unit});
  }
  return figures;
}

std::string TableText(const std::vector<Figure>& figures) {
  std::size_t width = 0;
  for (const Figure& figure : figures) {
    width = std::max(width, figure.name.size());
  }
  std::string text;
  for (const Figure& figure : figures) {
    absl::StrAppend(
        &text, absl::StrFormat("%-*s  %10.3f  %s\n", static_cast<int>(width),
                               figure.name, figure.value, figure.unit));
  }
  return text;
}

std::string TableJson(const std::vector<Figure>& figures) {
  std::string json = "[";
  for (const Figure& figure : figures) {
    // Names and units are ours: nothing in them needs an escape.
    absl::StrAppend(&json, json.size() == 1 ? "\n" : ",\n", "  {\"name\":\"",
                    figure.name,
                    "\",\"value\":", absl::StrFormat("%.6g", figure.value),
                    ",\"unit\":\"", figure.unit, "\"}");
  }
  absl::StrAppend(&json, "\n]\n");
  return json;
}

}  // namespace klausul::bench
