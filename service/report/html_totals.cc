#include "service/report/html_totals.h"

#include <algorithm>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace klausul::report {
namespace {

// The month after `2026-12` is `2027-01`; empty where the name is no month.
std::string NextMonth(absl::string_view month) {
  int year = 0;
  int number = 0;
  if (month.size() != 7 || !absl::SimpleAtoi(month.substr(0, 4), &year) ||
      !absl::SimpleAtoi(month.substr(5), &number)) {
    return "";
  }
  return number == 12 ? absl::StrFormat("%04d-01", year + 1)
                      : absl::StrFormat("%04d-%02d", year, number + 1);
}

}  // namespace

std::size_t NamedTallies::NumberOf(absl::string_view name) {
  const auto [at, is_new] =
      numbers_.try_emplace(std::string(name), names_.size());
  if (is_new) {
    names_.emplace_back(name);
    tallies_.emplace_back();
  }
  return at->second;
}

void NamedTallies::Add(std::size_t number, v1::Rule::Severity severity) {
  const std::size_t place = severity == v1::Rule::ERROR     ? 0
                            : severity == v1::Rule::WARNING ? 1
                                                            : 2;
  ++tallies_[number].counts[place];
}

std::vector<Bar> NamedTallies::ByCount() const {
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (tallies_[i].Total() > 0) {
      bars.push_back({names_[i], absl::StrCat(i), tallies_[i]});
    }
  }
  std::sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
    return a.tally.Total() != b.tally.Total()
               ? a.tally.Total() > b.tally.Total()
               : a.label < b.label;
  });
  return bars;
}

std::vector<Bar> NamedTallies::ByMonth() const {
  std::map<std::string, Bar> months;
  for (Bar& bar : ByCount()) {
    const std::string month = bar.label;
    months.emplace(month, std::move(bar));
  }
  std::vector<Bar> bars;
  for (auto& [month, bar] : months) {
    if (!bars.empty()) {
      // As many as can be shown; what lies further back falls out below.
      std::string between = NextMonth(bars.back().label);
      for (std::size_t i = 0;
           i < kMaxMonths && !between.empty() && between < month; ++i) {
        bars.push_back({between, "", {}});
        between = NextMonth(between);
      }
      // A longer gap than can be shown: what is left is the end of it.
      if (!between.empty() && between < month) bars.clear();
    }
    bars.push_back(std::move(bar));
  }
  if (bars.size() > kMaxMonths) {
    bars.erase(bars.begin(), bars.end() - kMaxMonths);
  }
  return bars;
}

}  // namespace klausul::report
