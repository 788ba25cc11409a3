#include "service/engine/plan_path.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/functional/function_ref.h"
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

// Calls back for each step of a path: names, and keys in quotes as they are
// written. Indexes are passed over. Ends where `on_step` gives false.
void ForEachStep(absl::string_view path,
                 absl::FunctionRef<bool(absl::string_view)> on_step) {
  std::size_t i = 0;
  while (i < path.size()) {
    if (path[i] == '.') {
      ++i;
    } else if (path[i] == '[' && i + 1 < path.size() && path[i + 1] == '"') {
      const std::size_t begin = i += 2;
      while (i < path.size() && path[i] != '"')
        i += path[i] == '\\' ? 2 : 1;
      i = std::min(i, path.size());
      if (!on_step(path.substr(begin, i - begin))) return;
      i += 2;
    } else if (path[i] == '[') {
      const std::size_t close = path.find(']', i);
      i = close == absl::string_view::npos ? path.size() : close + 1;
    } else {
      const std::size_t begin = i;
      while (i < path.size() && path[i] != '.' && path[i] != '[')
        ++i;
      if (!on_step(path.substr(begin, i - begin))) return;
    }
  }
}

// A field of a message of the plan, and what a path has to know of it.
struct Step {
  const FieldDescriptor* field = nullptr;
  // The first BT id of its options, and the first of a lot; empty where there
  // is none.
  std::string bt_id;
  std::string lot_bt_id;
  // The fields below it; null where there are none.
  const absl::flat_hash_map<std::string, Step>* below = nullptr;
};

using Steps = absl::flat_hash_map<std::string, Step>;
// A node map: `below` points into it.
using StepsByType = absl::node_hash_map<const Descriptor*, Steps>;

const Steps& AddType(const Descriptor& type, StepsByType& types) {
  const auto [it, is_new] = types.try_emplace(&type);
  Steps& steps = it->second;
  if (!is_new) return steps;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    Step step;
    step.field = &field;
    const auto& options = field.options();
    for (int j = 0; j < options.ExtensionSize(v1::bt_id); ++j) {
      const std::string& id = options.GetExtension(v1::bt_id, j);
      if (step.bt_id.empty()) step.bt_id = id;
      if (step.lot_bt_id.empty() && absl::EndsWith(id, "-Lot")) {
        step.lot_bt_id = id;
      }
    }
    const Descriptor* below =
        field.is_map() ? field.message_type()->map_value()->message_type()
                       : field.message_type();
    if (below != nullptr) step.below = &AddType(*below, types);
    steps.emplace(field.name(), std::move(step));
  }
  return steps;
}

// The fields of the plan, with all that is below them.
const Steps& PlanSteps() {
  static const Steps& steps = *[] {
    auto* types = new StepsByType();
    return &AddType(*v1::ProcurementPlan::descriptor(), *types);
  }();
  return steps;
}

// Calls back for each field along a path, up to where a step has none. Findings
// ask for dozens of them, so nothing is copied and options are not searched.
void ForEachFieldAlong(absl::string_view path,
                       absl::FunctionRef<void(const Step&)> on_field) {
  const Steps* steps = &PlanSteps();
  bool at_map = false;
  ForEachStep(path, [&](absl::string_view name) {
    if (at_map) {
      at_map = false;
      return true;
    }
    if (steps == nullptr) return false;
    const auto it = steps->find(name);
    if (it == steps->end()) return false;
    on_field(it->second);
    at_map = it->second.field->is_map();
    steps = it->second.below;
    return true;
  });
}

}  // namespace

std::vector<std::string> SplitPath(absl::string_view path) {
  std::vector<std::string> steps;
  ForEachStep(path, [&](absl::string_view step) {
    std::string& name = steps.emplace_back();
    for (std::size_t i = 0; i < step.size(); ++i) {
      // In a key in quotes; names have none.
      if (step[i] == '\\' && i + 1 < step.size()) ++i;
      name += step[i];
    }
    return true;
  });
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
  const FieldDescriptor* field = nullptr;
  ForEachFieldAlong(path, [&](const Step& step) { field = step.field; });
  return field;
}

std::string BtIdOf(absl::string_view path, bool about_lot) {
  // The nearest to the end that has one.
  const Step* nearest = nullptr;
  ForEachFieldAlong(path, [&](const Step& step) {
    if (!step.bt_id.empty()) nearest = &step;
  });
  if (nearest == nullptr) return "";
  return about_lot && !nearest->lot_bt_id.empty() ? nearest->lot_bt_id
                                                  : nearest->bt_id;
}

}  // namespace klausul::engine
