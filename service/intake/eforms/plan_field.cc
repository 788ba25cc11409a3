#include "service/intake/eforms/plan_field.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"

namespace klausul::intake::eforms {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const Reflection& ReflectionOf(const Descriptor& type) {
  return *google::protobuf::MessageFactory::generated_factory()
              ->GetPrototype(&type)
              ->GetReflection();
}

// The place of the entry with a key; -1 where there is none. An entry of a map
// is a message with the fields `key` and `value`.
int EntryOf(const Message& message, const Reflection& reflection,
            const FieldDescriptor& map, const std::string& key) {
  const FieldDescriptor* key_field = map.message_type()->map_key();
  std::string scratch;
  for (int i = reflection.FieldSize(message, &map); i-- > 0;) {
    const Message& entry = reflection.GetRepeatedMessage(message, &map, i);
    if (entry.GetReflection()->GetStringReference(entry, key_field, &scratch) ==
        key) {
      return i;
    }
  }
  return -1;
}

Message& MakeEntry(Message& message, const Reflection& reflection,
                   const FieldDescriptor& map, const std::string& key) {
  const int place = EntryOf(message, reflection, map, key);
  if (place >= 0) {
    return *reflection.MutableRepeatedMessage(&message, &map, place);
  }
  Message* entry = reflection.AddMessage(&message, &map);
  entry->GetReflection()->SetString(entry, map.message_type()->map_key(), key);
  return *entry;
}

// Slots of the table of fields, a few times what our paths take.
constexpr std::size_t kSlots = 2048;

// From the ends of the path and its type.
std::size_t SlotOf(const Descriptor& type, absl::string_view path) {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  const std::size_t count = std::min(path.size(), sizeof(first));
  if (count == sizeof(first)) {
    std::memcpy(&first, path.data(), sizeof(first));
    std::memcpy(&last, path.data() + path.size() - sizeof(last), sizeof(last));
  } else {
    std::memcpy(&first, path.data(), count);
  }
  const std::uint64_t mixed =
      (first * 0x9E3779B97F4A7C15U) ^ (last * 0xC2B2AE3D27D4EB4FU) ^
      (reinterpret_cast<std::uintptr_t>(&type) >> 4) ^ path.size();
  return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15U) >> 53);
}

static_assert(kSlots == std::size_t{1} << (64 - 53));

}  // namespace

PlanField::PlanField(const Descriptor& type, absl::string_view path)
    : type_(type), path_(path) {
  const Descriptor* at = &type;
  for (const std::string& part :
       std::vector<std::string>(absl::StrSplit(path, '.'))) {
    if (field_ != nullptr) {
      groups_.push_back({reflection_, field_, ""});
      at = field_->message_type();
    }
    if (field_ != nullptr && field_->is_map()) {
      has_key_ = true;
      groups_.back().key = part;
      field_ = at->map_value();
    } else {
      field_ = at == nullptr ? nullptr : at->FindFieldByName(part);
    }
    if (field_ == nullptr) {
      std::fprintf(stderr, "`%s` has no field `%s`\n", type.name().c_str(),
                   path_.c_str());
      std::abort();
    }
    reflection_ = &ReflectionOf(*at);
  }
  if (field_ == nullptr || field_->is_map()) std::abort();
  twin_ = field_->containing_type()->FindFieldByName(
      field_->name() + (field_->is_repeated() ? "_codes" : "_code"));
}

Message& PlanField::MutableParent(Message& message) const {
  Message* parent = &message;
  for (const Group& group : groups_) {
    parent =
        group.key.empty()
            ? group.reflection->MutableMessage(parent, group.field)
            : &MakeEntry(*parent, *group.reflection, *group.field, group.key);
  }
  return *parent;
}

const Message* PlanField::Parent(const Message& message) const {
  const Message* parent = &message;
  for (const Group& group : groups_) {
    if (group.key.empty()) {
      if (!group.reflection->HasField(*parent, group.field)) return nullptr;
      parent = &group.reflection->GetMessage(*parent, group.field);
      continue;
    }
    const int place =
        EntryOf(*parent, *group.reflection, *group.field, group.key);
    if (place < 0) return nullptr;
    parent = &group.reflection->GetRepeatedMessage(*parent, group.field, place);
  }
  return parent;
}

const PlanField& FindPlanField(const Descriptor& type, absl::string_view path) {
  // An open hash table; a slot that is taken stays as it is.
  static std::array<std::atomic<const PlanField*>, kSlots> slots = {};
  std::size_t slot = SlotOf(type, path);
  std::unique_ptr<const PlanField> made;
  for (std::size_t tried = 0; tried < kSlots; ++tried) {
    const PlanField* found = slots[slot].load(std::memory_order_acquire);
    if (found == nullptr) {
      if (made == nullptr) made = std::make_unique<PlanField>(type, path);
      if (slots[slot].compare_exchange_strong(found, made.get(),
                                              std::memory_order_acq_rel)) {
        return *made.release();
      }
    }
    if (&found->type() == &type && found->path() == path) return *found;
    slot = (slot + 1) % kSlots;
  }
  // The paths are too many for the table.
  std::abort();
}

}  // namespace klausul::intake::eforms
