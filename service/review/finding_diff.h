#ifndef KLAUSUL_SERVICE_REVIEW_FINDING_DIFF_H_
#define KLAUSUL_SERVICE_REVIEW_FINDING_DIFF_H_

#include <string>
#include <vector>

#include "klausul/v1/report.pb.h"

namespace klausul::review {

// What two versions of the rules say otherwise about one rule and subject.
struct FindingChange {
  enum class Kind { kAppears, kVanishes, kChanges };

  Kind kind = Kind::kChanges;
  std::string rule_id;
  std::string subject;
  // As reported; a version that does not have the rule at all, or not in force,
  // leaves it without a rule id.
  v1::Finding before;
  v1::Finding after;
  // Of kChanges: `outcome`, `severity`, `title`, `message`, `remedy`,
  // `missing`.
  std::vector<std::string> fields;
};

// The findings of two reports on one document compared, by rule and subject.
// Both hold all outcomes; what is broken, undecided, failed or waived counts as
// a finding, what is met or does not apply as none.
std::vector<FindingChange> DiffFindings(const v1::DocumentReport& before,
                                        const v1::DocumentReport& after);

}  // namespace klausul::review

#endif  // KLAUSUL_SERVICE_REVIEW_FINDING_DIFF_H_
