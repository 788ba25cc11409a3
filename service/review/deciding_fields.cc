#include "service/review/deciding_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

#include "service/engine/plan_path.h"

namespace klausul::review {

std::vector<v1::DecidingField> FindDecidingFields(
    std::vector<engine::DecidingPath> paths) {
  std::stable_sort(
      paths.begin(), paths.end(),
      [](const engine::DecidingPath& a, const engine::DecidingPath& b) {
        return a.count > b.count;
      });
  if (paths.size() > kMaxDecidingFields) paths.resize(kMaxDecidingFields);

  std::vector<v1::DecidingField> fields;
  for (engine::DecidingPath& path : paths) {
    v1::DecidingField& field = fields.emplace_back();
    field.set_bt_id(
        engine::BtIdOf(path.path, absl::StartsWith(path.path, "lots[")));
    field.set_undetermined_count(path.count);
    field.set_path(std::move(path.path));
  }
  return fields;
}

}  // namespace klausul::review
