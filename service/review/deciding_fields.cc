#include "service/review/deciding_fields.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include <google/protobuf/descriptor.h>

#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/plan.pb.h"

namespace klausul::review {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

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
    field.set_bt_id(EformsId(path, absl::StartsWith(path, "lots[")));
    field.set_undetermined_count(count);
  }
  return fields;
}

std::string EformsId(absl::string_view plan_path, bool about_lot) {
  const Descriptor* message = v1::ProcurementPlan::descriptor();
  const FieldDescriptor* last = nullptr;
  bool in_map = false;
  for (absl::string_view part : absl::StrSplit(plan_path, '.')) {
    part = part.substr(0, part.find('['));
    if (in_map) {
      // The key of an entry; what follows is a field of its value.
      in_map = false;
      continue;
    }
    if (message == nullptr) return "";
    const FieldDescriptor* field = message->FindFieldByName(std::string(part));
    if (field == nullptr) return "";
    last = field;
    message = field->message_type();
    if (field->is_map()) {
      in_map = true;
      message = field->message_type()->map_value()->message_type();
    }
  }
  if (last == nullptr) return "";
  const int size = last->options().ExtensionSize(v1::bt_id);
  if (size == 0) return "";
  if (about_lot) {
    for (int i = 0; i < size; ++i) {
      const std::string& id = last->options().GetExtension(v1::bt_id, i);
      if (absl::EndsWith(id, "-Lot")) return id;
    }
  }
  return last->options().GetExtension(v1::bt_id, 0);
}

}  // namespace klausul::review
