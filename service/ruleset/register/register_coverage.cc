#include "service/ruleset/register/register_coverage.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/ruleset/register/register_page.h"

namespace klausul::ruleset {
namespace {

std::string PlaceOf(const SourceFile& file, Span span) {
  return absl::StrCat(file.name(), ":", file.Locate(span.begin).line);
}

std::string PlaceOf(const NodeRef& node) {
  return node ? PlaceOf(*node.file(), node.span()) : "";
}

std::string PlaceOf(const RegisterRow& row) {
  return PlaceOf(*row.file, row.span);
}

// Text that a list of many can show on one line.
std::string Shortened(const RegisterRow& row) {
  constexpr std::size_t kMaxBytes = 100;
  for (const std::string& cell : row.cells) {
    if (cell.empty()) continue;
    if (cell.size() <= kMaxBytes) return cell;
    std::size_t end = cell.rfind(' ', kMaxBytes);
    if (end == std::string::npos) end = cell.size();
    return absl::StrCat(cell.substr(0, end), " …");
  }
  return "";
}

class Measure {
 public:
  Measure(const RegisterFolder& folder, RegisterCoverage& coverage)
      : folder_(folder), coverage_(coverage) {
    for (const auto& page : folder.registers) {
      for (RegisterRow& row : ReadRegisterRows(page)) {
        // A table later on may take a row up again.
        if (known_.insert(row.id).second && IsRowOfLaw(row.id)) {
          rows_.push_back(std::move(row));
        }
      }
    }
  }

  bool Holds(const RuleSetRepository::Entry& entry) const {
    if (entry.source == nullptr || !entry.source->header.place) return false;
    return absl::StartsWith(entry.source->header.place.file()->name(),
                            absl::StrCat(folder_.path, "/"));
  }

  void AddSet(const RuleSetRepository::Entry& entry) {
    const v1::RuleSet& set = *entry.rule_set;
    for (const v1::Rule& rule : set.rules()) {
      Name(rule.register_(), absl::StrCat("rule ", rule.id()),
           entry.source->rules.at(rule.id()).place, by_rules_);
    }
    for (const v1::Fact& fact : set.facts()) {
      Name(fact.register_(), absl::StrCat("fact ", fact.name()),
           entry.source->facts.at(fact.name()).place, by_figures_);
    }
    for (const v1::Parameter& parameter : set.parameters()) {
      for (const v1::Parameter::Value& value : parameter.values()) {
        Name(value.register_(), absl::StrCat("parameter ", parameter.id()),
             entry.source->parameters.at(parameter.id()).place, by_figures_);
      }
    }
  }

  void AddExcused() {
    if (folder_.excused == nullptr) return;
    const std::vector<std::string> reasons = ReadReasons(folder_.excused);
    for (const RegisterRow& row : ReadRegisterRows(folder_.excused)) {
      const std::string reason = row.cells.empty() ? "" : row.cells.front();
      if (known_.count(row.id) == 0) {
        coverage_.unknown_rows.push_back({row.id, PlaceOf(row), "COVERAGE.md"});
      }
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
        coverage_.unknown_reasons.push_back({reason, PlaceOf(row), row.id});
      }
      if (!excused_.emplace(row.id, reason).second) {
        coverage_.doubly_told.push_back({row.id, PlaceOf(row), "COVERAGE.md"});
      }
      for (const auto* named : {&by_rules_, &by_figures_}) {
        const auto it = named->find(row.id);
        if (it == named->end()) continue;
        coverage_.doubly_told.push_back({row.id, PlaceOf(row), it->second});
        break;
      }
    }
  }

  void Count() {
    coverage_.row_count = static_cast<int>(rows_.size());
    for (const RegisterRow& row : rows_) {
      if (by_rules_.count(row.id) > 0) {
        ++coverage_.rule_count;
      } else if (by_figures_.count(row.id) > 0) {
        ++coverage_.figure_count;
      } else if (const auto it = excused_.find(row.id); it != excused_.end()) {
        ++coverage_.excused[it->second];
      } else {
        coverage_.unaccounted.push_back({row.id, PlaceOf(row), Shortened(row)});
      }
    }
  }

 private:
  // Who names a row first, by row.
  using Named = std::map<std::string, std::string>;

  template <typename Ids>
  void Name(const Ids& ids, const std::string& who, const NodeRef& place,
            Named& named) {
    for (const std::string& id : ids) {
      named.emplace(id, who);
      if (known_.count(id) == 0) {
        coverage_.unknown_rows.push_back({id, PlaceOf(place), who});
      }
    }
  }

  const RegisterFolder& folder_;
  RegisterCoverage& coverage_;
  // All ids, also those that need no rule.
  std::set<std::string> known_;
  std::vector<RegisterRow> rows_;
  Named by_rules_;
  Named by_figures_;
  // Reason by row.
  std::map<std::string, std::string> excused_;
};

}  // namespace

RegisterCoverage MeasureCoverage(const RegisterFolder& folder,
                                 const RuleSetRepository& repository) {
  RegisterCoverage coverage;
  coverage.folder = folder.path;
  Measure measure(folder, coverage);
  for (const RuleSetRepository::Entry* entry : repository.entries()) {
    if (measure.Holds(*entry)) measure.AddSet(*entry);
  }
  measure.AddExcused();
  measure.Count();
  return coverage;
}

}  // namespace klausul::ruleset
