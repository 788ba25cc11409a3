#include "service/review/finding_diff.h"

#include <map>
#include <utility>

#include "absl/strings/str_join.h"

namespace klausul::review {
namespace {

bool IsReported(const v1::Finding* finding) {
  return finding != nullptr && finding->outcome() != v1::Finding::SATISFIED &&
         finding->outcome() != v1::Finding::NOT_APPLICABLE;
}

std::vector<std::string> ChangedFields(const v1::Finding& before,
                                       const v1::Finding& after) {
  std::vector<std::string> fields;
  const auto compare = [&](const char* field, bool same) {
    if (!same) fields.emplace_back(field);
  };
  compare("outcome", before.outcome() == after.outcome());
  compare("severity", before.severity() == after.severity());
  compare("title", before.title() == after.title());
  compare("message", before.message() == after.message());
  compare("remedy", before.remedy() == after.remedy());
  compare("missing", absl::StrJoin(before.missing(), "\n") ==
                         absl::StrJoin(after.missing(), "\n"));
  return fields;
}

}  // namespace

std::vector<FindingChange> DiffFindings(const v1::DocumentReport& before,
                                        const v1::DocumentReport& after) {
  std::map<std::pair<std::string, std::string>,
           std::pair<const v1::Finding*, const v1::Finding*>>
      pairs;
  for (const v1::Finding& finding : before.findings())
    pairs[{finding.rule_id(), finding.subject()}].first = &finding;
  for (const v1::Finding& finding : after.findings())
    pairs[{finding.rule_id(), finding.subject()}].second = &finding;
  std::vector<FindingChange> changes;
  for (const auto& [key, pair] : pairs) {
    const bool was = IsReported(pair.first);
    const bool is = IsReported(pair.second);
    if (!was && !is) continue;
    FindingChange change;
    change.rule_id = key.first;
    change.subject = key.second;
    if (pair.first != nullptr) change.before = *pair.first;
    if (pair.second != nullptr) change.after = *pair.second;
    if (was && is) {
      change.fields = ChangedFields(change.before, change.after);
      if (change.fields.empty()) continue;
    } else {
      change.kind =
          is ? FindingChange::Kind::kAppears : FindingChange::Kind::kVanishes;
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace klausul::review
