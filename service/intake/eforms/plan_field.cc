#include "service/intake/eforms/plan_field.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"

namespace klausul::intake::eforms {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The entry of a key, or null. An entry of a map is a message with the fields
// `key` and `value`.
const Message* FindEntry(const Message& message, const FieldDescriptor& map,
                         const std::string& key) {
  const Reflection* reflection = message.GetReflection();
  const FieldDescriptor* key_field = map.message_type()->map_key();
  for (int i = 0; i < reflection->FieldSize(message, &map); ++i) {
    const Message& entry = reflection->GetRepeatedMessage(message, &map, i);
    if (entry.GetReflection()->GetString(entry, key_field) == key) {
      return &entry;
    }
  }
  return nullptr;
}

Message& MakeEntry(Message& message, const FieldDescriptor& map,
                   const std::string& key) {
  const Reflection* reflection = message.GetReflection();
  const FieldDescriptor* key_field = map.message_type()->map_key();
  for (int i = 0; i < reflection->FieldSize(message, &map); ++i) {
    Message* entry = reflection->MutableRepeatedMessage(&message, &map, i);
    if (entry->GetReflection()->GetString(*entry, key_field) == key) {
      return *entry;
    }
  }
  Message* entry = reflection->AddMessage(&message, &map);
  entry->GetReflection()->SetString(entry, key_field, key);
  return *entry;
}

}  // namespace

PlanField::PlanField(const Descriptor& type, absl::string_view path)
    : type_(type), path_(path) {
  const Descriptor* at = &type;
  for (const std::string& part : std::vector<std::string>(
           absl::StrSplit(path, '.'))) {
    if (field_ != nullptr && field_->is_map()) {
      // Two maps on the way are not to be had here.
      if (map_ != nullptr) std::abort();
      map_ = field_;
      map_place_ = groups_.size();
      key_ = part;
      field_ = field_->message_type()->map_value();
      continue;
    }
    if (field_ != nullptr) {
      groups_.push_back(field_);
      at = field_->message_type();
    }
    field_ = at == nullptr ? nullptr : at->FindFieldByName(part);
    if (field_ == nullptr) {
      std::fprintf(stderr, "`%s` has no field `%s`\n", type.name().c_str(),
                   path_.c_str());
      std::abort();
    }
  }
  if (field_ == nullptr || field_->is_map()) std::abort();
  twin_ = field_->containing_type()->FindFieldByName(
      field_->name() + (field_->is_repeated() ? "_codes" : "_code"));
}

Message& PlanField::MutableParent(Message& message) const {
  Message* parent = &message;
  for (std::size_t i = 0; i <= groups_.size(); ++i) {
    if (map_ != nullptr && i == map_place_) {
      parent = &MakeEntry(*parent, *map_, key_);
    }
    if (i == groups_.size()) break;
    parent = parent->GetReflection()->MutableMessage(parent, groups_[i]);
  }
  return *parent;
}

const Message* PlanField::Parent(const Message& message) const {
  const Message* parent = &message;
  for (std::size_t i = 0; i <= groups_.size(); ++i) {
    if (map_ != nullptr && i == map_place_) {
      parent = FindEntry(*parent, *map_, key_);
      if (parent == nullptr) return nullptr;
    }
    if (i == groups_.size()) break;
    const Reflection* reflection = parent->GetReflection();
    if (!reflection->HasField(*parent, groups_[i])) return nullptr;
    parent = &reflection->GetMessage(*parent, groups_[i]);
  }
  return parent;
}

const PlanField& FindPlanField(const Descriptor& type, absl::string_view path) {
  // Fields keep their place; the text of a key is that of its field.
  static thread_local absl::flat_hash_map<
      std::pair<const Descriptor*, absl::string_view>,
      std::unique_ptr<const PlanField>>
      fields;
  const auto found = fields.find({&type, path});
  if (found != fields.end()) return *found->second;
  auto made = std::make_unique<const PlanField>(type, path);
  const PlanField& field = *made;
  fields.emplace(std::make_pair(&type, absl::string_view(field.path())),
                 std::move(made));
  return field;
}

}  // namespace klausul::intake::eforms
