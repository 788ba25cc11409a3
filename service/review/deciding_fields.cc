#include "service/review/deciding_fields.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/match.h"

#include "service/engine/plan_path.h"

namespace klausul::review {

void AddDecidingFields(
    std::vector<engine::DecidingPath> paths,
    google::protobuf::RepeatedPtrField<v1::DecidingField>& fields) {
  const std::size_t count =
      std::min<std::size_t>(paths.size(), kMaxDecidingFields);
  const auto end = paths.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(
      paths.begin(), end, paths.end(),
      [](const engine::DecidingPath& a, const engine::DecidingPath& b) {
        return a.count != b.count ? a.count > b.count : a.path < b.path;
      });
  for (auto path = paths.begin(); path != end; ++path) {
    v1::DecidingField& field = *fields.Add();
    field.set_bt_id(
        engine::BtIdOf(path->path, absl::StartsWith(path->path, "lots[")));
    field.set_undetermined_count(path->count);
    field.set_path(path->path);
  }
}

}  // namespace klausul::review
