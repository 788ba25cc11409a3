#include "service/review/deciding_fields.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"

#include "service/engine/plan_path.h"

namespace klausul::review {

std::vector<v1::DecidingField> FindDecidingFields(
    const std::vector<engine::RuleResult>& results) {
  std::map<std::string, int> counts;
  for (const engine::RuleResult& result : results) {
    if (result.outcome != v1::Finding::UNDETERMINED) continue;
    for (const std::string& path : result.missing)
      ++counts[path];
  }
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > kMaxDecidingFields) sorted.resize(kMaxDecidingFields);

  std::vector<v1::DecidingField> fields;
  for (const auto& [path, count] : sorted) {
    v1::DecidingField& field = fields.emplace_back();
    field.set_path(path);
    field.set_bt_id(engine::BtIdOf(path, absl::StartsWith(path, "lots[")));
    field.set_undetermined_count(count);
  }
  return fields;
}

}  // namespace klausul::review
