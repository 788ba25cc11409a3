#ifndef KLAUSUL_SERVICE_REPORT_HTML_TOTALS_H_
#define KLAUSUL_SERVICE_REPORT_HTML_TOTALS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "klausul/v1/report.pb.h"

#include "service/report/html_chart.h"

namespace klausul::report {

// Broken rules counted by a name: a provision, a buyer, a month.
class NamedTallies {
 public:
  // The number of a name, from 0 in the order of their coming: what filters
  // know it by.
  std::size_t NumberOf(absl::string_view name);

  void Add(std::size_t number, v1::Rule::Severity severity);

  // Those with a count, the highest first, then by name.
  std::vector<Bar> ByCount() const;

  // Names that are months (`2026-03`), in their order with those between, at
  // most the last kMaxMonths.
  std::vector<Bar> ByMonth() const;

  static constexpr std::size_t kMaxMonths = 36;

 private:
  std::vector<std::string> names_;
  std::vector<Tally> tallies_;
  absl::flat_hash_map<std::string, std::size_t> numbers_;
};

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_TOTALS_H_
