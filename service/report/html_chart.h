#ifndef KLAUSUL_SERVICE_REPORT_HTML_CHART_H_
#define KLAUSUL_SERVICE_REPORT_HTML_CHART_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "service/report/html_words.h"
#include "service/report/words.h"

namespace klausul::report {

// How many breaches, risks and opportunities something has.
struct Tally {
  // By severity, the gravest first.
  std::array<int, 3> counts{};

  int Total() const { return counts[0] + counts[1] + counts[2]; }
};

// The classes of the three in the page's style.
inline constexpr std::array<absl::string_view, 3> kTallyClasses = {
    "error", "warning", "advice"};

// One bar of a chart.
struct Bar {
  std::string label;
  // What the filter is set to by a click.
  std::string value;
  Tally tally;
};

// Bars that lie, the first on top, each cut into severities, with label and
// sum: an `<svg>`. `filter` is the name of the filter that a click sets. Empty
// for no bars.
std::string BarChart(const std::vector<Bar>& bars, absl::string_view filter,
                     const Words& words);

// Bars that stand, from the left to the right: for times.
std::string ColumnChart(const std::vector<Bar>& bars, absl::string_view filter,
                        const Words& words);

// The same figures as a table, all of them.
std::string TallyTable(const std::vector<Bar>& bars, absl::string_view heading,
                       const Words& words, const HtmlWords& html);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_CHART_H_
