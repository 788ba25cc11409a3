#include "service/intake/plan_file/plan_path.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/value_reader.h"

namespace klausul::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using PathList = google::protobuf::RepeatedPtrField<std::string>;

// What a path leads to: a field of `parent`, or an entry of that field.
struct Slot {
  Message* parent = nullptr;
  const FieldDescriptor* field = nullptr;
  // Of a list entry; -1 for the whole field.
  int index = -1;
  // Of a map entry.
  bool has_key = false;
  std::string key;
};

// Walks a path down the plan.
class Walker {
 public:
  // With `create` the messages on the way are made; without, a missing one
  // ends the walk in `missing`.
  Walker(v1::ProcurementPlan& plan, bool create)
      : create_(create), message_(&plan), type_(plan.GetDescriptor()) {}

  // False with an error; else `slot` is set, or `missing` is.
  bool Walk(absl::string_view path) {
    const auto steps = ParsePath(path);
    if (!steps.ok()) {
      error_ = std::string(steps.status().message());
      return false;
    }
    for (std::size_t i = 0; i < steps->size(); ++i) {
      if (!Step((*steps)[i])) return false;
    }
    return true;
  }

  const Slot& slot() const { return slot_; }

  // The path names a field, but nothing is stated there.
  bool missing() const { return message_ == nullptr; }

  const std::string& error() const { return error_; }

  const std::string& help() const { return help_; }

 private:
  bool Fail(std::string error, std::string help = "") {
    error_ = std::move(error);
    help_ = std::move(help);
    return false;
  }

  bool Step(const PathStep& step) {
    const bool at_list =
        slot_.field != nullptr && IsList(*slot_.field) && slot_.index < 0;
    const bool at_map =
        slot_.field != nullptr && slot_.field->is_map() && !slot_.has_key;
    if (at_list) return StepIndex(step);
    if (at_map) return StepKey(step);
    if (slot_.field != nullptr && !Enter()) return false;
    return StepField(step);
  }

  bool StepField(const PathStep& step) {
    if (step.kind != PathStep::Kind::kName) {
      return Fail(absl::StrCat("`", done_, "` is no list"));
    }
    const FieldDescriptor* field = type_->FindFieldByName(step.text);
    if (field == nullptr) {
      return Fail(UnknownField(done_, step.text),
                  UnknownFieldHelp(*type_, step.text));
    }
    slot_ = {message_, field};
    done_ = FieldPath(done_, step.text);
    return true;
  }

  bool StepIndex(const PathStep& step) {
    if (step.kind != PathStep::Kind::kIndex) {
      return Fail(absl::StrCat("`", done_, "` is a list"),
                  absl::StrCat("name the entry, such as `", done_, "[0]`"));
    }
    const int size = missing() ? 0
                               : message_->GetReflection()->FieldSize(
                                     *message_, slot_.field);
    if (step.index > size || (!create_ && step.index == size)) {
      return Fail(absl::StrCat("there is no `", IndexPath(done_, step.index),
                               "`: `", done_, "` has ", size,
                               size == 1 ? " entry" : " entries"));
    }
    slot_.index = step.index;
    done_ = IndexPath(done_, step.index);
    return true;
  }

  bool StepKey(const PathStep& step) {
    if (step.kind == PathStep::Kind::kIndex) {
      return Fail(absl::StrCat("`", done_, "` has keys, no indices"));
    }
    const std::vector<std::string> known = MapKeys(*slot_.field);
    if (!known.empty() &&
        std::find(known.begin(), known.end(), step.text) == known.end()) {
      return Fail(absl::StrCat("`", done_, "` has no key `", step.text, "`"),
                  UnknownWordHelp(step.text, known));
    }
    slot_.has_key = true;
    slot_.key = step.text;
    done_ = KeyPath(done_, step.text);
    return true;
  }

  // Goes on into the message that the slot holds.
  bool Enter() {
    const FieldDescriptor& field = *slot_.field;
    const Descriptor* type =
        field.is_map() ? field.message_type()->map_value()->message_type()
                       : field.message_type();
    if (type == nullptr) {
      return Fail(absl::StrCat("`", done_, "` has no fields"));
    }
    type_ = type;
    if (missing()) return true;
    const Reflection& reflection = *message_->GetReflection();
    if (field.is_map()) {
      message_ = EnterKey();
    } else if (slot_.index >= 0) {
      message_ =
          slot_.index < reflection.FieldSize(*message_, &field)
              ? reflection.MutableRepeatedMessage(message_, &field, slot_.index)
              : reflection.AddMessage(message_, &field);
    } else if (create_ || reflection.HasField(*message_, &field)) {
      message_ = reflection.MutableMessage(message_, &field);
    } else {
      message_ = nullptr;
    }
    return true;
  }

  Message* EnterKey();

  bool create_;
  // Null once the walk is past what is stated.
  Message* message_;
  const Descriptor* type_;
  Slot slot_;
  std::string done_;
  std::string error_;
  std::string help_;
};

// The entry of a key in a map, or -1.
int FindKey(const Message& message, const FieldDescriptor& map,
            absl::string_view key) {
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &map);
  for (int i = 0; i < size; ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &map, i);
    if (entry.GetReflection()->GetString(
            entry, map.message_type()->map_key()) == key) {
      return i;
    }
  }
  return -1;
}

// Takes an entry out of a list or map, keeping the order of the others.
void Remove(Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const int last = reflection.FieldSize(message, &field) - 1;
  for (int i = index; i < last; ++i) {
    reflection.SwapElements(&message, &field, i, i + 1);
  }
  reflection.RemoveLast(&message, &field);
}

Message* Walker::EnterKey() {
  const FieldDescriptor& map = *slot_.field;
  const Reflection& reflection = *message_->GetReflection();
  const FieldDescriptor* value = map.message_type()->map_value();
  const int index = FindKey(*message_, map, slot_.key);
  if (index < 0 && !create_) return nullptr;
  Message* entry =
      index < 0 ? reflection.AddMessage(message_, &map)
                : reflection.MutableRepeatedMessage(message_, &map, index);
  if (index < 0) {
    entry->GetReflection()->SetString(entry, map.message_type()->map_key(),
                                      slot_.key);
  }
  return entry->GetReflection()->MutableMessage(entry, value);
}

// Whether `path` is `ancestor` or lies below it.
bool IsWithin(absl::string_view path, absl::string_view ancestor) {
  return absl::StartsWith(path, ancestor) &&
         (path.size() == ancestor.size() || path[ancestor.size()] == '.' ||
          path[ancestor.size()] == '[');
}

template <typename Predicate>
void RemoveIf(PathList& paths, Predicate predicate) {
  const auto end = std::remove_if(paths.begin(), paths.end(), predicate);
  const auto keep = static_cast<int>(end - paths.begin());
  while (paths.size() > keep)
    paths.RemoveLast();
}

// Forgets what the lists of paths say about `path` and all below it.
void ForgetPath(v1::ProcurementPlan& plan, absl::string_view path) {
  for (PathList* paths : {plan.mutable_stated_empty(),
                          plan.mutable_still_open(), plan.mutable_complete()}) {
    RemoveIf(*paths, [path](absl::string_view stated) {
      return IsWithin(stated, path);
    });
  }
}

// Once an entry of `list` is gone, paths into the later ones move up by one.
void ShiftIndices(v1::ProcurementPlan& plan, absl::string_view list,
                  int removed) {
  const std::string prefix = absl::StrCat(list, "[");
  for (PathList* paths : {plan.mutable_stated_empty(),
                          plan.mutable_still_open(), plan.mutable_complete()}) {
    for (std::string& path : *paths) {
      if (!absl::StartsWith(path, prefix)) continue;
      const std::size_t close = path.find(']', prefix.size());
      if (close == std::string::npos) continue;
      int index = 0;
      if (absl::SimpleAtoi(path.substr(prefix.size(), close - prefix.size()),
                           &index) &&
          index > removed) {
        path = absl::StrCat(prefix, index - 1, path.substr(close));
      }
    }
  }
}

void ClearSlot(v1::ProcurementPlan& plan, const Slot& slot,
               absl::string_view path) {
  Message& parent = *slot.parent;
  ForgetPath(plan, path);
  if (slot.has_key) {
    const int index = FindKey(parent, *slot.field, slot.key);
    if (index >= 0) Remove(parent, *slot.field, index);
  } else if (slot.index >= 0) {
    Remove(parent, *slot.field, slot.index);
    ShiftIndices(plan, path.substr(0, path.rfind('[')), slot.index);
  } else {
    parent.GetReflection()->ClearField(&parent, slot.field);
  }
}

}  // namespace

bool SetByPath(v1::ProcurementPlan& plan, absl::string_view path,
               const syntax::Tree& tree, Span path_span,
               const syntax::Node& value, const ReadOptions& options,
               DiagnosticSink& sink) {
  if (value.is_null()) {
    return UnsetByPath(plan, path, tree.file(), path_span, sink);
  }
  // On a copy, because a path may go wrong after messages were made for it.
  v1::ProcurementPlan changed = plan;
  Walker walker(changed, /*create=*/true);
  if (!walker.Walk(path)) {
    sink.Error(tree.file(), path_span, "bad-path", walker.error(),
               walker.help());
    return false;
  }
  const Slot& slot = walker.slot();
  Message& parent = *slot.parent;
  ValueReader reader(tree, options, changed, nullptr, sink);
  if (slot.index >= 0) {
    ForgetPath(changed, path);
    reader.ReadListEntry(value, parent, *slot.field, slot.index, path);
  } else if (slot.has_key) {
    ClearSlot(changed, slot, path);
    Message& entry = *parent.GetReflection()->AddMessage(&parent, slot.field);
    const Descriptor& type = *entry.GetDescriptor();
    entry.GetReflection()->SetString(&entry, type.map_key(), slot.key);
    reader.ReadField(value, entry, *type.map_value(), path);
  } else {
    ClearSlot(changed, slot, path);
    reader.ReadField(value, parent, *slot.field, path);
  }
  if (reader.failed()) return false;
  // A list with an entry is no longer stated as empty.
  RemoveIf(*changed.mutable_stated_empty(), [path](absl::string_view stated) {
    return stated != path && IsWithin(path, stated);
  });
  plan = std::move(changed);
  return true;
}

bool UnsetByPath(v1::ProcurementPlan& plan, absl::string_view path,
                 const std::shared_ptr<const SourceFile>& file, Span path_span,
                 DiagnosticSink& sink) {
  Walker walker(plan, /*create=*/false);
  if (!walker.Walk(path)) {
    sink.Error(file, path_span, "bad-path", walker.error(), walker.help());
    return false;
  }
  if (walker.missing()) {
    ForgetPath(plan, path);
  } else {
    ClearSlot(plan, walker.slot(), path);
  }
  return true;
}

}  // namespace klausul::intake
