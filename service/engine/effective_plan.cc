#include "service/engine/effective_plan.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/engine/normalise.h"
#include "service/engine/plan_path.h"

namespace klausul::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr absl::string_view kLotRoot = "lot";

// A field of the plan that a lot may have, too: `award`, `clauses`.
struct Group {
  const FieldDescriptor* plan;
  const FieldDescriptor* lot;
};

// Title and description of a lot are its own: they name it.
const std::vector<Group>& Groups() {
  static const std::vector<Group>& groups = *[] {
    auto* result = new std::vector<Group>();
    const Descriptor& lot = *v1::Lot::descriptor();
    for (int i = 0; i < lot.field_count(); ++i) {
      const FieldDescriptor* field = lot.field(i);
      const FieldDescriptor* twin =
          v1::ProcurementPlan::descriptor()->FindFieldByName(field->name());
      if (twin != nullptr && twin->message_type() == field->message_type() &&
          field->message_type() != nullptr &&
          field->message_type() != v1::Text::descriptor()) {
        result->push_back({twin, field});
      } else if (twin != nullptr && field->is_map() && twin->is_map()) {
        result->push_back({twin, field});
      }
    }
    return result;
  }();
  return groups;
}

bool IsGroup(absl::string_view name) {
  return FindLotGroup(name) != nullptr;
}

const Descriptor* MapValueMessage(const FieldDescriptor* map) {
  return map->message_type()->map_value()->message_type();
}

bool HasOwnAmounts(const FieldDescriptor* group) {
  return group->name() == "contract" || group->name() == "framework";
}

// Amounts of `contract` and `framework` belong to the whole plan.
bool IsOwnAmount(const FieldDescriptor* group, const FieldDescriptor* field) {
  if (!HasOwnAmounts(group)) return false;
  const Descriptor* type =
      field->is_map() ? MapValueMessage(field) : field->message_type();
  return type == v1::Money::descriptor() &&
         (field->is_map() || !field->is_repeated());
}

// Names the keys of a map field of `message`, below `path`.
void AddMapUnits(const Message& message, const FieldDescriptor* field,
                 absl::string_view path,
                 absl::flat_hash_set<std::string>& units) {
  const Reflection& reflection = *message.GetReflection();
  const int count = reflection.FieldSize(message, field);
  const FieldDescriptor* key = field->message_type()->map_key();
  if (count > 0) units.insert(std::string(path));
  for (int i = 0; i < count; ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, field, i);
    units.insert(JoinKey(path, entry.GetReflection()->GetString(entry, key)));
  }
}

// Everything that a plan or lot states within its groups.
void AddUnits(const Message& owner, bool is_lot,
              absl::flat_hash_set<std::string>& units) {
  const Reflection& reflection = *owner.GetReflection();
  for (const Group& group : Groups()) {
    const FieldDescriptor* field = is_lot ? group.lot : group.plan;
    if (field->is_map()) {
      AddMapUnits(owner, field, field->name(), units);
      continue;
    }
    if (!reflection.HasField(owner, field)) continue;
    const Message& message = reflection.GetMessage(owner, field);
    std::vector<const FieldDescriptor*> set;
    message.GetReflection()->ListFields(message, &set);
    for (const FieldDescriptor* part : set) {
      const std::string path = absl::StrCat(field->name(), ".", part->name());
      if (part->is_map()) {
        AddMapUnits(message, part, path, units);
      } else {
        units.insert(path);
      }
    }
  }
}

// Copies the entries of a map whose keys `to` does not have yet.
void MergeMap(const Message& from, const FieldDescriptor* from_field,
              Message& to, const FieldDescriptor* to_field,
              absl::string_view path,
              const absl::flat_hash_set<std::string>& own) {
  const Reflection& source = *from.GetReflection();
  const Reflection& target = *to.GetReflection();
  const FieldDescriptor* key = from_field->message_type()->map_key();
  for (int i = 0; i < source.FieldSize(from, from_field); ++i) {
    const Message& entry = source.GetRepeatedMessage(from, from_field, i);
    const std::string name = entry.GetReflection()->GetString(entry, key);
    if (own.contains(JoinKey(path, name))) continue;
    // The two map fields have entry types of their own, of one shape.
    Message* added = target.AddMessage(&to, to_field);
    added->ParseFromString(entry.SerializeAsString());
  }
}

// Copies what `from` states and the lot does not.
void MergeGroup(const FieldDescriptor* group, const Message& from, Message& to,
                const absl::flat_hash_set<std::string>& own,
                const absl::flat_hash_set<std::string>& own_maps) {
  const Reflection& reflection = *from.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(from, &set);
  for (const FieldDescriptor* field : set) {
    if (IsOwnAmount(group, field)) continue;
    const std::string path = absl::StrCat(group->name(), ".", field->name());
    if (field->is_map()) {
      if (own_maps.contains(path)) continue;
      MergeMap(from, field, to, field, path, own);
    } else if (!own.contains(path)) {
      CopyField(from, field, to);
    }
  }
}

// Makes the plan's message the lot's, too. Both live in one arena, and neither
// is written to afterwards.
void Share(v1::ProcurementPlan& plan, const Group& group, v1::Lot& lot) {
  lot.GetReflection()->UnsafeArenaSetAllocatedMessage(
      &lot, plan.GetReflection()->MutableMessage(&plan, group.plan), group.lot);
}

// True where one of the units lies within the group.
bool OwnsPartOf(const absl::flat_hash_set<std::string>& own,
                absl::string_view group) {
  return std::any_of(own.begin(), own.end(), [&](absl::string_view unit) {
    return absl::ConsumePrefix(&unit, group) &&
           (unit.empty() || unit[0] == '.' || unit[0] == '[');
  });
}

// `lots[2].award` -> 2 and `award`; nullopt for any other path.
absl::optional<std::pair<std::size_t, absl::string_view>> SplitLotPath(
    absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "lots[")) return {};
  const std::size_t close = path.find(']');
  std::size_t index = 0;
  if (close == absl::string_view::npos ||
      !absl::SimpleAtoi(path.substr(0, close), &index)) {
    return {};
  }
  path.remove_prefix(close + 1);
  if (!absl::ConsumePrefix(&path, ".")) return {};
  return std::make_pair(index, path);
}

// The first one, two or three steps of a path within a lot: what is inherited
// or not as a whole. `award.criteria[2].weight` -> `award.criteria`,
// `award.notes.formula.place` -> `award.notes.formula`.
std::string UnitOf(absl::string_view path) {
  const std::vector<std::string> steps = SplitPath(path);
  if (steps.empty()) return "";
  const FieldDescriptor* group =
      v1::Lot::descriptor()->FindFieldByName(steps[0]);
  if (group == nullptr || steps.size() == 1) return steps[0];
  if (group->is_map()) return JoinKey(steps[0], steps[1]);
  if (group->message_type() == nullptr) return steps[0];
  const std::string unit = absl::StrCat(steps[0], ".", steps[1]);
  const FieldDescriptor* field =
      group->message_type()->FindFieldByName(steps[1]);
  if (field == nullptr || !field->is_map() || steps.size() == 2) return unit;
  return JoinKey(unit, steps[2]);
}

std::size_t InheritableBytes(const v1::ProcurementPlan& plan) {
  std::size_t bytes = 0;
  const Reflection& reflection = *plan.GetReflection();
  for (const Group& group : Groups()) {
    if (group.plan->is_map()) {
      for (int i = 0; i < reflection.FieldSize(plan, group.plan); ++i) {
        bytes +=
            reflection.GetRepeatedMessage(plan, group.plan, i).ByteSizeLong();
      }
    } else if (reflection.HasField(plan, group.plan)) {
      bytes += reflection.GetMessage(plan, group.plan).ByteSizeLong();
    }
  }
  for (const auto* paths :
       {&plan.stated_empty(), &plan.still_open(), &plan.complete()}) {
    for (const std::string& path : *paths)
      bytes += path.size() + 64;
  }
  return bytes;
}

}  // namespace

const FieldDescriptor* FindLotGroup(absl::string_view name) {
  for (const Group& group : Groups()) {
    if (absl::string_view(group.lot->name()) == name) return group.lot;
  }
  return nullptr;
}

absl::StatusOr<std::unique_ptr<const EffectivePlan>> EffectivePlan::Make(
    const v1::ProcurementPlan& plan) {
  const std::size_t lots = static_cast<std::size_t>(plan.lots_size());
  if (lots > 0 && InheritableBytes(plan) > kMaxInheritedBytes / lots) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "`lots`: ", lots,
        " lots inherit too much from the plan; lots times bytes is limited to ",
        kMaxInheritedBytes));
  }
  return absl::WrapUnique(new EffectivePlan(plan));
}

EffectivePlan::EffectivePlan(const v1::ProcurementPlan& plan)
    : plan_(google::protobuf::Arena::CreateMessage<v1::ProcurementPlan>(
          &arena_)) {
  plan_->CopyFrom(plan);
  Normalise(*plan_);
  MakeLots();
  MakePresence();
}

const EffectivePlan::Units& EffectivePlan::plan_units() const {
  if (!plan_units_.has_value()) {
    plan_units_.emplace();
    AddUnits(*plan_, /*is_lot=*/false, *plan_units_);
  }
  return *plan_units_;
}

void EffectivePlan::MakeLots() {
  if (plan_->lots_size() > 0) {
    lots_ = Lots::kListed;
    lot_views_.resize(static_cast<std::size_t>(plan_->lots_size()));
    for (std::size_t i = 0; i < lot_views_.size(); ++i) {
      v1::Lot& lot = *plan_->mutable_lots(static_cast<int>(i));
      lot_views_[i].lot = &lot;
      lot_views_[i].subject = lot.id();
      lot_views_[i].root = absl::StrCat("lots[", i, "]");
      Inherit(i, lot);
    }
    return;
  }
  lots_ = plan_->division().divided() ? Lots::kUnlisted : Lots::kUndivided;
  LotView& view = lot_views_.emplace_back();
  view.root = std::string(kLotRoot);
  if (lots_ == Lots::kUndivided) {
    view.subject = plan_->division().undivided_lot_id();
  }
}

void EffectivePlan::MakeWhole() const {
  auto* const whole = google::protobuf::Arena::CreateMessage<v1::Lot>(&arena_);
  const Reflection& from = *plan_->GetReflection();
  const Reflection& to = *whole->GetReflection();
  *whole->mutable_clauses() = plan_->clauses();
  for (const Group& group : Groups()) {
    if (group.plan->is_map() || !from.HasField(*plan_, group.plan)) continue;
    if (lots_ == Lots::kUndivided) {
      Share(*plan_, group, *whole);
    } else {
      MergeGroup(group.lot, from.GetMessage(*plan_, group.plan),
                 *to.MutableMessage(whole, group.lot), {}, {});
    }
  }
  if (lots_ == Lots::kUndivided) {
    if (plan_->has_title()) *whole->mutable_title() = plan_->title();
    if (plan_->has_description()) {
      *whole->mutable_description() = plan_->description();
    }
    if (plan_->division().has_undivided_lot_id()) {
      whole->set_id(plan_->division().undivided_lot_id());
    }
  }
  lot_views_[0].lot = whole;
}

void EffectivePlan::Inherit(std::size_t index, v1::Lot& lot) {
  Units& own = lot_views_[index].own;
  AddUnits(lot, /*is_lot=*/true, own);
  Units own_maps;
  const auto add = [&](const std::string& path, Units& units) {
    const auto split = SplitLotPath(path);
    if (split.has_value() && split->first == index) {
      units.insert(std::string(split->second));
    }
  };
  for (const std::string& path : plan_->stated_empty())
    add(path, own);
  for (const std::string& path : plan_->still_open())
    add(path, own);
  for (const std::string& path : plan_->complete())
    add(path, own_maps);
  own.insert(own_maps.begin(), own_maps.end());

  const Reflection& from = *plan_->GetReflection();
  const Reflection& to = *lot.GetReflection();
  if (!own_maps.contains("clauses")) {
    for (const auto& [key, clause] : plan_->clauses()) {
      if (!own.contains(JoinKey("clauses", key))) {
        (*lot.mutable_clauses())[key] = clause;
      }
    }
  }
  for (const Group& group : Groups()) {
    if (group.plan->is_map() || !from.HasField(*plan_, group.plan)) continue;
    if (!to.HasField(lot, group.lot) && !OwnsPartOf(own, group.lot->name()) &&
        !HasOwnAmounts(group.lot)) {
      Share(*plan_, group, lot);
      continue;
    }
    MergeGroup(group.lot, from.GetMessage(*plan_, group.plan),
               *to.MutableMessage(&lot, group.lot), own, own_maps);
  }
}

// Puts the paths of one of the three lists where expressions look for them.
void EffectivePlan::AddPaths(
    Paths Presence::*set,
    const google::protobuf::RepeatedPtrField<std::string>& paths) {
  for (const std::string& path : paths) {
    (presence_.*set).insert(path);
    const std::vector<std::string> steps = SplitPath(path);
    if (steps.empty() || !IsGroup(steps[0])) continue;
    const std::string unit = UnitOf(path);
    for (const LotView& lot : lot_views_) {
      // A map that the plan completes is complete for its lots, whatever keys
      // they add.
      if (set == &Presence::complete || !lot.own.contains(unit)) {
        (presence_.*set).insert(absl::StrCat(lot.root, ".", path));
      }
    }
  }
}

void EffectivePlan::MakePresence() {
  AddPaths(&Presence::stated_empty, plan_->stated_empty());
  AddPaths(&Presence::still_open, plan_->still_open());
  AddPaths(&Presence::complete, plan_->complete());
  if (lots_ == Lots::kUndivided && plan_->division().has_divided()) {
    presence_.stated_empty.insert("lots");
  }
}

std::string EffectivePlan::FromLotPath(std::size_t index,
                                       absl::string_view path) const {
  const std::vector<std::string> steps = SplitPath(path);
  const std::string on_lot = absl::StrCat(lot_views_[index].root, ".", path);
  if (steps.empty()) return on_lot;
  if (lots_ != Lots::kListed) {
    if (steps[0] == "id") return "division.undivided_lot_id";
    if (lots_ == Lots::kUndivided &&
        (steps[0] == "title" || steps[0] == "description")) {
      return std::string(path);
    }
    if (!IsGroup(steps[0])) return "lots";
    if (lots_ == Lots::kUnlisted && steps.size() > 1) {
      const FieldDescriptor* group =
          v1::Lot::descriptor()->FindFieldByName(steps[0]);
      const FieldDescriptor* field =
          group->is_map() ? nullptr
                          : group->message_type()->FindFieldByName(steps[1]);
      if (field != nullptr && IsOwnAmount(group, field)) return "lots";
    }
    return std::string(path);
  }
  const std::string unit = UnitOf(path);
  const LotView& lot = lot_views_[index];
  if (!IsGroup(steps[0]) || lot.own.contains(unit)) return on_lot;
  const FieldDescriptor* group =
      v1::Lot::descriptor()->FindFieldByName(steps[0]);
  if (!group->is_map() && steps.size() > 1) {
    const FieldDescriptor* field =
        group->message_type()->FindFieldByName(steps[1]);
    if (field != nullptr && IsOwnAmount(group, field)) return on_lot;
  }
  return Inherits(lot, unit) ? std::string(path) : on_lot;
}

bool EffectivePlan::Inherits(const LotView& lot, absl::string_view unit) const {
  if (plan_units().contains(unit)) return true;
  const std::string on_lot = absl::StrCat(lot.root, ".", unit);
  return presence_.stated_empty.contains(on_lot) ||
         presence_.still_open.contains(on_lot);
}

std::string EffectivePlan::PlanPath(absl::string_view path) const {
  if (lots_ == Lots::kListed) {
    const auto split = SplitLotPath(path);
    if (split.has_value() && split->first < lot_views_.size()) {
      return FromLotPath(split->first, split->second);
    }
    return std::string(path);
  }
  if (path == kLotRoot) return "lots";
  absl::string_view rest = path;
  if (absl::ConsumePrefix(&rest, "lot.")) return FromLotPath(0, rest);
  return std::string(path);
}

bool EffectivePlan::is_final() const {
  return plan_->stage() >= v1::STAGE_ANNOUNCED;
}

}  // namespace klausul::engine
