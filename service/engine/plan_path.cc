#include "service/engine/plan_path.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "klausul/v1/annotations.pb.h"
#include "klausul/v1/plan.pb.h"

namespace klausul::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsIdentifier(absl::string_view text) {
  if (text.empty() ||
      absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) {
    return false;
  }
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '_') {
      return false;
    }
  }
  return true;
}

// The fields along a path, the last one last; shorter where a step has none.
std::vector<const FieldDescriptor*> FieldsAlong(absl::string_view path) {
  std::vector<const FieldDescriptor*> fields;
  const Descriptor* type = v1::ProcurementPlan::descriptor();
  bool at_map = false;
  for (const std::string& step : SplitPath(path)) {
    if (at_map) {
      at_map = false;
      continue;
    }
    if (type == nullptr) break;
    const FieldDescriptor* field = type->FindFieldByName(step);
    if (field == nullptr) break;
    fields.push_back(field);
    at_map = field->is_map();
    type = at_map ? field->message_type()->map_value()->message_type()
                  : field->message_type();
  }
  return fields;
}

}  // namespace

std::vector<std::string> SplitPath(absl::string_view path) {
  std::vector<std::string> steps;
  std::size_t i = 0;
  while (i < path.size()) {
    if (path[i] == '.') {
      ++i;
    } else if (path[i] == '[' && i + 1 < path.size() && path[i + 1] == '"') {
      std::string key;
      i += 2;
      while (i < path.size() && path[i] != '"') {
        if (path[i] == '\\' && i + 1 < path.size()) ++i;
        key += path[i++];
      }
      i += 2;
      steps.push_back(key);
    } else if (path[i] == '[') {
      const std::size_t close = path.find(']', i);
      i = close == absl::string_view::npos ? path.size() : close + 1;
    } else {
      std::size_t end = path.find_first_of(".[", i);
      if (end == absl::string_view::npos) end = path.size();
      steps.emplace_back(path.substr(i, end - i));
      i = end;
    }
  }
  return steps;
}

std::string JoinKey(absl::string_view path, absl::string_view key) {
  if (IsIdentifier(key)) return absl::StrCat(path, ".", key);
  std::string quoted;
  for (const char c : key) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return absl::StrCat(path, "[\"", quoted, "\"]");
}

const FieldDescriptor* FindPlanField(absl::string_view path) {
  const std::vector<const FieldDescriptor*> fields = FieldsAlong(path);
  return fields.empty() ? nullptr : fields.back();
}

std::string BtIdOf(absl::string_view path, bool about_lot) {
  const std::vector<const FieldDescriptor*> fields = FieldsAlong(path);
  for (auto it = fields.rbegin(); it != fields.rend(); ++it) {
    const auto& options = (*it)->options();
    const int count = options.ExtensionSize(v1::bt_id);
    if (count == 0) continue;
    if (about_lot) {
      for (int i = 0; i < count; ++i) {
        std::string id = options.GetExtension(v1::bt_id, i);
        if (absl::EndsWith(id, "-Lot")) return id;
      }
    }
    return options.GetExtension(v1::bt_id, 0);
  }
  return "";
}

}  // namespace klausul::engine
