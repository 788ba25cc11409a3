#include "service/report/finding_groups.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace klausul::report {
namespace {

using v1::Finding;

// What has to be the same for a reader to read it once.
auto Said(const Finding& finding) {
  return std::make_tuple(
      finding.outcome(), finding.severity(), finding.known(),
      absl::string_view(finding.title()), absl::string_view(finding.message()),
      absl::string_view(finding.remedy()), absl::string_view(finding.reason()),
      absl::string_view(finding.waiver().reason()),
      absl::string_view(finding.waiver().until()));
}

void AddOnce(std::string text, std::vector<std::string>& texts) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
    texts.push_back(std::move(text));
  }
}

}  // namespace

std::vector<std::string> FindingGroup::Subjects() const {
  std::vector<std::string> subjects;
  for (const Finding* member : members) {
    if (!member->subject().empty()) AddOnce(member->subject(), subjects);
  }
  return subjects;
}

std::vector<const v1::Location*> FindingGroup::Locations() const {
  std::vector<const v1::Location*> locations;
  for (const Finding* member : members) {
    for (const v1::Location& location : member->locations()) {
      const bool is_new = std::none_of(
          locations.begin(), locations.end(), [&](const v1::Location* other) {
            return other->line() == location.line() &&
                   other->column() == location.column();
          });
      if (is_new) locations.push_back(&location);
    }
  }
  return locations;
}

std::vector<std::string> FindingGroup::Fields() const {
  std::vector<std::string> fields;
  for (const Finding* member : members) {
    for (const v1::FieldEvidence& field : member->fields()) {
      AddOnce(absl::StrCat(field.path(), " = ",
                           field.value().empty() ? "-" : field.value()),
              fields);
    }
  }
  return fields;
}

std::vector<std::string> FindingGroup::Missing() const {
  std::vector<std::string> missing;
  for (const Finding* member : members) {
    for (const std::string& path : member->missing())
      AddOnce(path, missing);
  }
  return missing;
}

std::vector<FindingGroup> GroupFindings(const v1::DocumentReport& document) {
  std::vector<FindingGroup> groups;
  // Findings of one rule stand together: no group before this one is theirs.
  std::size_t first_of_rule = 0;
  for (const Finding& finding : document.findings()) {
    if (first_of_rule < groups.size() &&
        groups[first_of_rule].first().rule_id() != finding.rule_id()) {
      first_of_rule = groups.size();
    }
    const auto group = std::find_if(
        groups.begin() + static_cast<std::ptrdiff_t>(first_of_rule),
        groups.end(), [&](const FindingGroup& other) {
          return Said(other.first()) == Said(finding);
        });
    if (group == groups.end()) {
      groups.push_back({{&finding}});
    } else {
      group->members.push_back(&finding);
    }
  }
  return groups;
}

}  // namespace klausul::report
