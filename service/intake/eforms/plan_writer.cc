#include "service/intake/eforms/plan_writer.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"

#include "service/base/strings.h"
#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Notes that one notice may cause; a broken one would cause one a line.
constexpr std::size_t kMaxNotes = 100;

// The longest piece of a document that a note quotes.
constexpr std::size_t kQuoted = 60;

std::string Shorten(absl::string_view text) {
  if (text.size() <= kQuoted) return std::string(text);
  std::size_t cut = kQuoted;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  return absl::StrCat(text.substr(0, cut), "…");
}

const FieldDescriptor* FieldOf(const Message& message, absl::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

// The value of a key of a keyed map, made where it is missing: the entry holds
// it in its field `value`.
Message* MapEntry(Message& message, const FieldDescriptor& field,
                  absl::string_view key) {
  const Reflection* reflection = message.GetReflection();
  const FieldDescriptor* key_field = field.message_type()->map_key();
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    Message* entry = reflection->MutableRepeatedMessage(&message, &field, i);
    if (entry->GetReflection()->GetString(*entry, key_field) ==
        std::string(key)) {
      return entry;
    }
  }
  Message* entry = reflection->AddMessage(&message, &field);
  entry->GetReflection()->SetString(entry, key_field, std::string(key));
  return entry;
}

std::string Printed(const Message& parent, const FieldDescriptor& field) {
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(parent, &field, -1,
                                                        &text);
  return text;
}

template <typename T>
auto CopyInto(const T& value) {
  return [&value](Message& parent, const FieldDescriptor& field) {
    parent.GetReflection()->MutableMessage(&parent, &field)->CopyFrom(value);
  };
}

auto SetString(const std::string& value) {
  return [&value](Message& parent, const FieldDescriptor& field) {
    parent.GetReflection()->SetString(&parent, &field, value);
  };
}

absl::string_view WordFor(Convert convert) {
  switch (convert) {
    case Convert::kIndicator:
      return "`true` or `false`";
    case Convert::kCount:
      return "a whole number";
    case Convert::kNumber:
      return "a number";
    case Convert::kMoney:
      return "an amount with a currency";
    case Convert::kDate:
      return "a date";
    case Convert::kTime:
      return "a clock time";
    case Convert::kDuration:
      return "a length of time with a unit";
    case Convert::kCountry:
      return "a country code";
    case Convert::kLanguages:
      return "a language code";
    case Convert::kCpv:
    case Convert::kCpvs:
      return "a CPV code";
    default:
      return "a value";
  }
}

}  // namespace

PlanWriter::Slot PlanWriter::Find(const Target& target,
                                  absl::string_view path) {
  Message* message = target.message;
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '.');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = FieldOf(*message, parts[i]);
    // Paths are our own constants.
    if (field == nullptr) std::abort();
    if (field->is_map()) {
      if (++i == parts.size()) std::abort();
      message = MapEntry(*message, *field, parts[i]);
      field = field->message_type()->map_value();
    }
    if (i + 1 == parts.size()) return {message, field};
    message = message->GetReflection()->MutableMessage(message, field);
  }
  std::abort();
}

bool PlanWriter::IsStated(const Target& target, absl::string_view path) {
  const Slot slot = Find(target, path);
  const Reflection* reflection = slot.parent->GetReflection();
  return slot.field->is_repeated()
             ? reflection->FieldSize(*slot.parent, slot.field) > 0
             : reflection->HasField(*slot.parent, slot.field);
}

void PlanWriter::Record(std::string path, const Element& from) {
  if (recorded_.insert(path).second) {
    places_.emplace_back(std::move(path), &from);
  }
}

void PlanWriter::Note(const Element& from, absl::string_view what) {
  // A line number takes time where a line is long, also for a note that turns
  // out to be there already.
  if (++note_calls_ > kMaxNotes) {
    if (note_calls_ == kMaxNotes + 1) {
      notes_.push_back("further notes on this document are left out");
    }
    return;
  }
  std::string note =
      absl::StrCat("line ", file_.Locate(from.begin).line, ": ", what);
  if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) {
    notes_.push_back(std::move(note));
  }
}

bool PlanWriter::Put(
    const Target& target, absl::string_view path, const Element& from,
    absl::FunctionRef<void(Message&, const FieldDescriptor&)> set) {
  const Slot slot = Find(target, path);
  const Reflection* reflection = slot.parent->GetReflection();
  const std::string full = absl::StrCat(target.prefix, path);
  if (!slot.field->is_repeated() &&
      reflection->HasField(*slot.parent, slot.field)) {
    if (note_conflicts_) {
      const std::unique_ptr<Message> other(slot.parent->New());
      set(*other, *slot.field);
      if (Printed(*other, *slot.field) != Printed(*slot.parent, *slot.field)) {
        Note(from,
             absl::StrCat("`", full,
                          "` is stated twice and differs; the first is used"));
      }
    }
    return false;
  }
  set(*slot.parent, *slot.field);
  Record(full, from);
  return true;
}

Target PlanWriter::Add(const Target& target, absl::string_view path,
                       const Element& from) {
  const Slot slot = Find(target, path);
  const Reflection* reflection = slot.parent->GetReflection();
  const int index = reflection->FieldSize(*slot.parent, slot.field);
  Message* entry = reflection->AddMessage(slot.parent, slot.field);
  const std::string list = absl::StrCat(target.prefix, path);
  const std::string full = absl::StrCat(list, "[", index, "]");
  Record(list, from);
  Record(full, from);
  return {entry, absl::StrCat(full, ".")};
}

void PlanWriter::StateEmpty(const Target& target, absl::string_view path,
                            const Element& from) {
  if (IsStated(target, path)) return;
  std::string full = absl::StrCat(target.prefix, path);
  if (stated_empty_.insert(full).second) plan_.add_stated_empty(full);
  Record(std::move(full), from);
}

void PlanWriter::AddString(const Target& target, absl::string_view path,
                           const Element& from, const std::string& value) {
  const std::string full = absl::StrCat(target.prefix, path);
  if (!listed_.insert(absl::StrCat(full, "=", value)).second) return;
  const Slot slot = Find(target, path);
  const Reflection* reflection = slot.parent->GetReflection();
  const int size = reflection->FieldSize(*slot.parent, slot.field);
  reflection->AddString(slot.parent, slot.field, value);
  Record(full, from);
  Record(absl::StrCat(full, "[", size, "]"), from);
}

void PlanWriter::WriteText(const Target& target, absl::string_view path,
                           const Element& from) {
  const std::string value = from.Text();
  if (value.empty() || absl::EqualsIgnoreCase(value, "unpublished")) return;
  const absl::string_view code = from.Attribute("languageID");
  const std::string language = ReadLanguage(code).value_or(language_);
  const Slot slot = Find(target, path);
  auto* text = static_cast<v1::Text*>(
      slot.parent->GetReflection()->MutableMessage(slot.parent, slot.field));
  // A text that the procedure has told before is not mixed with the lot's.
  text->mutable_by_language()->insert({language, value});
  Record(absl::StrCat(target.prefix, path), from);
}

void PlanWriter::WriteCode(const Target& target, absl::string_view path,
                           const Element& from, absl::string_view bt) {
  const std::string code = from.Text();
  if (code.empty()) return;
  const CodeValue value =
      ReadCode(*Find(target, path).field->enum_type(), code);
  if (value.meaning == CodeMeaning::kUnknown) {
    Note(from, absl::StrCat("`", Shorten(code), "` is no known code of ", bt));
  }
  bool stated_before = IsStated(target, path);
  if (value.number.has_value()) {
    stated_before = !Put(
        target, path, from, [&](Message& parent, const FieldDescriptor& field) {
          parent.GetReflection()->SetEnumValue(&parent, &field, *value.number);
        });
  }
  // The raw code belongs to the value that is in force.
  if (stated_before) return;
  const std::string twin = absl::StrCat(path, "_code");
  if (!IsStated(target, twin)) Put(target, twin, from, SetString(code));
}

void PlanWriter::WriteCodes(const Target& target, absl::string_view path,
                            const Element& from, absl::string_view bt) {
  const std::string code = from.Text();
  if (code.empty()) return;
  if (absl::EqualsIgnoreCase(code, "none")) {
    StateEmpty(target, path, from);
    return;
  }
  const Slot slot = Find(target, path);
  const Reflection* reflection = slot.parent->GetReflection();
  const CodeValue value = ReadCode(*slot.field->enum_type(), code);
  if (value.meaning == CodeMeaning::kUnknown) {
    Note(from, absl::StrCat("`", Shorten(code), "` is no known code of ", bt));
  }
  if (value.number.has_value()) {
    const int size = reflection->FieldSize(*slot.parent, slot.field);
    bool there = false;
    for (int i = 0; i < size; ++i) {
      there = there || reflection->GetRepeatedEnumValue(
                           *slot.parent, slot.field, i) == *value.number;
    }
    if (!there) {
      reflection->AddEnumValue(slot.parent, slot.field, *value.number);
      const std::string full = absl::StrCat(target.prefix, path);
      Record(full, from);
      Record(absl::StrCat(full, "[", size, "]"), from);
    }
  }
  AddString(target, absl::StrCat(path, "_codes"), from, code);
}

bool PlanWriter::WriteValue(const Target& target, absl::string_view path,
                            Convert convert, const Element& from,
                            const std::string& text) {
  const auto put_message = [&](const auto& value) {
    if (!value.has_value()) return false;
    Put(target, path, from, CopyInto(*value));
    return true;
  };
  switch (convert) {
    case Convert::kString:
      Put(target, path, from, SetString(text));
      return true;
    case Convert::kIndicator: {
      absl::optional<bool> value = ReadIndicator(text);
      if (text == "yes") value = true;
      if (text == "no") value = false;
      if (!value.has_value()) return false;
      Put(target, path, from,
          [&](Message& parent, const FieldDescriptor& field) {
            parent.GetReflection()->SetBool(&parent, &field, *value);
          });
      return true;
    }
    case Convert::kCount: {
      const absl::optional<std::int32_t> value = ReadCount(text);
      if (!value.has_value()) return false;
      Put(target, path, from,
          [&](Message& parent, const FieldDescriptor& field) {
            parent.GetReflection()->SetInt32(&parent, &field, *value);
          });
      return true;
    }
    case Convert::kNumber: {
      const absl::optional<double> value = ReadNumber(text);
      if (!value.has_value()) return false;
      Put(target, path, from,
          [&](Message& parent, const FieldDescriptor& field) {
            parent.GetReflection()->SetDouble(&parent, &field, *value);
          });
      return true;
    }
    case Convert::kMoney: {
      const absl::optional<v1::Money> value =
          ReadMoney(text, from.Attribute("currencyID"));
      if (!value.has_value()) return false;
      if (value->units() < 0 || value->nanos() < 0) return false;
      if (value->units() == 0 &&
          (value->nanos() == 0 || value->nanos() == 100'000'000)) {
        Note(from, absl::StrCat("the amount ", text, " is read as not told"));
        return true;
      }
      return put_message(value);
    }
    case Convert::kDate:
      return put_message(ReadDate(text));
    case Convert::kTime:
      return put_message(ReadTime(text));
    case Convert::kDuration:
      return put_message(ReadDuration(text, from.Attribute("unitCode")));
    case Convert::kCountry:
    case Convert::kCpv: {
      const absl::optional<std::string> value =
          convert == Convert::kCpv ? ReadCpv(text) : ReadCountry(text);
      if (!value.has_value()) return false;
      Put(target, path, from, SetString(*value));
      return true;
    }
    case Convert::kLanguages:
    case Convert::kCpvs: {
      const absl::optional<std::string> value =
          convert == Convert::kCpvs ? ReadCpv(text) : ReadLanguage(text);
      if (!value.has_value()) return false;
      AddString(target, path, from, *value);
      return true;
    }
    default:
      return false;
  }
}

bool PlanWriter::Write(const Target& target, absl::string_view path,
                       Convert convert, const Element& from,
                       absl::string_view bt) {
  switch (convert) {
    case Convert::kText:
      WriteText(target, path, from);
      break;
    case Convert::kReasoned: {
      WriteText(target, absl::StrCat(path, ".text"), from);
      if (!IsStated(target, absl::StrCat(path, ".text"))) break;
      auto* reasoned = static_cast<v1::Reasoned*>(
          Find(target, absl::StrCat(path, ".text")).parent);
      reasoned->set_on_file(true);
      reasoned->set_place(v1::REASON_PLACE_IN_NOTICE);
      Record(absl::StrCat(target.prefix, path), from);
      Record(absl::StrCat(target.prefix, path, ".on_file"), from);
      break;
    }
    case Convert::kCode:
      WriteCode(target, path, from, bt);
      break;
    case Convert::kCodes:
      WriteCodes(target, path, from, bt);
      break;
    case Convert::kStrings: {
      const std::string code = from.Text();
      if (absl::EqualsIgnoreCase(code, "none")) {
        StateEmpty(target, path, from);
      } else if (!SaysNothing(code)) {
        AddString(target, path, from, code);
      }
      break;
    }
    default: {
      const std::string text = from.Text();
      if (SaysNothing(text)) break;
      // A withheld date is written as the first day of 1970, a withheld
      // number as -1.
      if (text == "-1" || absl::StartsWith(text, "1970-01-01")) break;
      if (!WriteValue(target, path, convert, from, text)) {
        Note(from,
             absl::StrCat("`", Shorten(text), "` is not ", WordFor(convert),
                          " (", bt, "); it is read as not told"));
      }
    }
  }
  return IsStated(target, path);
}

}  // namespace klausul::intake::eforms
