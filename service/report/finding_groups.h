#ifndef KLAUSUL_SERVICE_REPORT_FINDING_GROUPS_H_
#define KLAUSUL_SERVICE_REPORT_FINDING_GROUPS_H_

#include <string>
#include <vector>

#include "klausul/v1/report.pb.h"

namespace klausul::report {

// Findings that say the same of several lots, for people to read once.
struct FindingGroup {
  // At least one, in the order of the report; they live as long as it.
  std::vector<const v1::Finding*> members;

  const v1::Finding& first() const { return *members.front(); }

  // Of all members, each once.
  std::vector<std::string> Subjects() const;
  std::vector<const v1::Location*> Locations() const;
  // `path = value`.
  std::vector<std::string> Fields() const;
  std::vector<std::string> Missing() const;
};

// The findings of a report, those together that differ only in their lot, its
// places and fields. In the order of their first members.
std::vector<FindingGroup> GroupFindings(const v1::DocumentReport& document);

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_FINDING_GROUPS_H_
