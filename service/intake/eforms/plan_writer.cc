#include "service/intake/eforms/plan_writer.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

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

// Entries of a list that are looked through one by one; those of a longer one
// are looked up.
constexpr int kShortList = 16;

std::string Shorten(absl::string_view text) {
  if (text.size() <= kQuoted) return std::string(text);
  std::size_t cut = kQuoted;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  return absl::StrCat(text.substr(0, cut), "…");
}

// Whether a field that both state has two values. Messages are those of single
// values, which hold no map.
bool Differs(const Message& a, const Message& b, const PlanField& field) {
  const Reflection& reflection = field.reflection();
  const FieldDescriptor* descriptor = &field.field();
  switch (descriptor->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(a, descriptor) !=
             reflection.GetString(b, descriptor);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(a, descriptor) !=
             reflection.GetEnumValue(b, descriptor);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(a, descriptor) !=
             reflection.GetBool(b, descriptor);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.GetInt32(a, descriptor) !=
             reflection.GetInt32(b, descriptor);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.GetDouble(a, descriptor) !=
             reflection.GetDouble(b, descriptor);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return reflection.GetMessage(a, descriptor).SerializeAsString() !=
             reflection.GetMessage(b, descriptor).SerializeAsString();
    default:
      // No value of a notice is written to one of another type.
      std::abort();
  }
}

template <typename T>
auto CopyInto(const T& value) {
  return [&value](Message& parent, const FieldDescriptor& field) {
    static_cast<T&>(*parent.GetReflection()->MutableMessage(&parent, &field)) =
        value;
  };
}

auto SetString(absl::string_view value) {
  return [value](Message& parent, const FieldDescriptor& field) {
    parent.GetReflection()->SetString(&parent, &field, std::string(value));
  };
}

// Whether the element has a text that is not withheld.
bool HoldsText(const Element& element) {
  const absl::string_view text = element.Text();
  return !text.empty() && !absl::EqualsIgnoreCase(text, "unpublished");
}

// Groups that were looked at and got nothing are not stated.
void Prune(Message& message) {
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    }
    if (field->is_map()) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        Prune(*reflection->MutableRepeatedMessage(&message, field, i));
      }
      continue;
    }
    Message* child = reflection->MutableMessage(&message, field);
    Prune(*child);
    if (child->ByteSizeLong() == 0) reflection->ClearField(&message, field);
  }
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

Message& PlanWriter::Parent(const Target& target, const PlanField& field) {
  return field.MutableParent(*target.message);
}

bool PlanWriter::IsStated(const Target& target, const PlanField& field) {
  const Message* parent = field.Parent(*target.message);
  if (parent == nullptr) return false;
  const Reflection& reflection = field.reflection();
  return field.field().is_repeated()
             ? reflection.FieldSize(*parent, &field.field()) > 0
             : reflection.HasField(*parent, &field.field());
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

void PlanWriter::Finish() {
  if (may_hold_empty_groups_) Prune(plan_);
}

bool PlanWriter::Put(const Target& target, const PlanField& field,
                     const Element& from, Setter set) {
  Message& parent = Parent(target, field);
  const FieldDescriptor& descriptor = field.field();
  const Reflection* reflection = &field.reflection();
  if (!descriptor.is_repeated() && reflection->HasField(parent, &descriptor)) {
    if (note_conflicts_) {
      const std::unique_ptr<Message> other(parent.New());
      set(*other, descriptor);
      if (Differs(*other, parent, field)) {
        Note(from,
             absl::StrCat("`", target.prefix, field.path(),
                          "` is stated twice and differs; the first is used"));
      }
    }
    return false;
  }
  set(parent, descriptor);
  if (!descriptor.has_presence() && !descriptor.is_repeated() &&
      !reflection->HasField(parent, &descriptor)) {
    may_hold_empty_groups_ = true;
  }
  Record(target, field.path(), from);
  return true;
}

Target PlanWriter::Add(const Target& target, absl::string_view path,
                       const Element& from) {
  const PlanField& field = FieldOf(target, path);
  Message& parent = Parent(target, field);
  const Reflection* reflection = &field.reflection();
  const int index = reflection->FieldSize(parent, &field.field());
  Message* entry = reflection->AddMessage(&parent, &field.field());
  Record(target, path, from);
  std::string full = absl::StrCat(target.prefix, path, "[", index, "]");
  Record(full, from);
  full += '.';
  return {entry, std::move(full), field.field().message_type()};
}

void PlanWriter::StateEmpty(const Target& target, const PlanField& field,
                            const Element& from) {
  if (IsStated(target, field)) return;
  std::string full = absl::StrCat(target.prefix, field.path());
  Record(full, from);
  if (stated_empty_.contains(full)) return;
  plan_.add_stated_empty(full);
  stated_empty_.insert(std::move(full));
}

void PlanWriter::AddString(const Target& target, const PlanField& field,
                           const FieldDescriptor& list,
                           absl::string_view suffix, const Element& from,
                           absl::string_view value) {
  Message& parent = Parent(target, field);
  const Reflection* reflection = &field.reflection();
  const int size = reflection->FieldSize(parent, &list);
  const auto at = [&](int i) -> const std::string& {
    std::string unused;
    return reflection->GetRepeatedStringReference(parent, &list, i, &unused);
  };
  if (size < kShortList) {
    for (int i = 0; i < size; ++i) {
      if (at(i) == value) return;
    }
  } else {
    const std::string start =
        absl::StrCat(target.prefix, field.path(), suffix, "=");
    if (size == kShortList) {
      for (int i = 0; i < size; ++i) {
        listed_.insert(absl::StrCat(start, at(i)));
      }
    }
    if (!listed_.insert(absl::StrCat(start, value)).second) return;
  }
  reflection->AddString(&parent, &list, std::string(value));
  Place({target.prefix, field.path(), suffix}, from);
  Place({target.prefix, field.path(), suffix, "[", absl::AlphaNum(size).Piece(),
         "]"},
        from);
}

void PlanWriter::AddText(v1::Text& text, const Element& from) const {
  const absl::string_view code = from.Attribute("languageID");
  absl::optional<std::string> language = ReadLanguage(code);
  std::string& told =
      (*text.mutable_by_language())[language.has_value() ? *language
                                                         : language_];
  // A text that the procedure has told before is not mixed with the lot's.
  if (told.empty()) told.assign(from.Text().data(), from.Text().size());
}

void PlanWriter::WriteReasoned(const Target& target, const PlanField& field,
                               const Element& from) {
  const auto reasoned = [&]() -> v1::Reasoned& {
    Message& parent = Parent(target, field);
    return static_cast<v1::Reasoned&>(
        *field.reflection().MutableMessage(&parent, &field.field()));
  };
  if (HoldsText(from)) {
    AddText(*reasoned().mutable_text(), from);
    Place({target.prefix, field.path(), ".text"}, from);
  } else if (!IsStated(target, field) || !reasoned().has_text()) {
    return;
  }
  reasoned().set_on_file(true);
  reasoned().set_place(v1::REASON_PLACE_IN_NOTICE);
  Record(target, field.path(), from);
  Place({target.prefix, field.path(), ".on_file"}, from);
}

void PlanWriter::WriteCode(const Target& target, const PlanField& field,
                           const Element& from, absl::string_view bt) {
  const absl::string_view code = from.Text();
  if (code.empty()) return;
  const CodeValue value = ReadCode(*field.field().enum_type(), code);
  if (value.meaning == CodeMeaning::kUnknown) {
    Note(from, absl::StrCat("`", Shorten(code), "` is no known code of ", bt));
  }
  if (value.number.has_value()) {
    const bool put =
        Put(target, field, from,
            [&](Message& parent, const FieldDescriptor& enum_field) {
              parent.GetReflection()->SetEnumValue(&parent, &enum_field,
                                                   *value.number);
            });
    // The raw code belongs to the value that is in force.
    if (!put) return;
  } else if (IsStated(target, field)) {
    return;
  }
  if (field.twin() == nullptr) std::abort();
  Message& parent = Parent(target, field);
  const Reflection* reflection = &field.reflection();
  if (reflection->HasField(parent, field.twin())) return;
  reflection->SetString(&parent, field.twin(), std::string(code));
  Place({target.prefix, field.path(), "_code"}, from);
}

void PlanWriter::WriteCodes(const Target& target, const PlanField& field,
                            const Element& from, absl::string_view bt) {
  const absl::string_view code = from.Text();
  if (code.empty()) return;
  if (absl::EqualsIgnoreCase(code, "none")) {
    StateEmpty(target, field, from);
    return;
  }
  const FieldDescriptor& list = field.field();
  const CodeValue value = ReadCode(*list.enum_type(), code);
  if (value.meaning == CodeMeaning::kUnknown) {
    Note(from, absl::StrCat("`", Shorten(code), "` is no known code of ", bt));
  }
  if (value.number.has_value()) {
    Message& parent = Parent(target, field);
    const Reflection* reflection = &field.reflection();
    const int size = reflection->FieldSize(parent, &list);
    bool there = false;
    for (int i = 0; i < size; ++i) {
      there = there || reflection->GetRepeatedEnumValue(parent, &list, i) ==
                           *value.number;
    }
    if (!there) {
      reflection->AddEnumValue(&parent, &list, *value.number);
      Record(target, field.path(), from);
      Place(
          {target.prefix, field.path(), "[", absl::AlphaNum(size).Piece(), "]"},
          from);
    }
  }
  if (field.twin() == nullptr) std::abort();
  AddString(target, field, *field.twin(), "_codes", from, code);
}

bool PlanWriter::WriteValue(const Target& target, const PlanField& field,
                            Convert convert, const Element& from,
                            absl::string_view text) {
  const auto put_message = [&](const auto& value) {
    if (!value.has_value()) return false;
    if (value->ByteSizeLong() == 0) may_hold_empty_groups_ = true;
    Put(target, field, from, CopyInto(*value));
    return true;
  };
  switch (convert) {
    case Convert::kString:
      Put(target, field, from, SetString(text));
      return true;
    case Convert::kIndicator: {
      absl::optional<bool> value = ReadIndicator(text);
      if (text == "yes") value = true;
      if (text == "no") value = false;
      if (!value.has_value()) return false;
      Put(target, field, from,
          [&](Message& parent, const FieldDescriptor& bool_field) {
            parent.GetReflection()->SetBool(&parent, &bool_field, *value);
          });
      return true;
    }
    case Convert::kCount: {
      const absl::optional<std::int32_t> value = ReadCount(text);
      if (!value.has_value()) return false;
      Put(target, field, from,
          [&](Message& parent, const FieldDescriptor& int_field) {
            parent.GetReflection()->SetInt32(&parent, &int_field, *value);
          });
      return true;
    }
    case Convert::kNumber: {
      const absl::optional<double> value = ReadNumber(text);
      if (!value.has_value()) return false;
      Put(target, field, from,
          [&](Message& parent, const FieldDescriptor& double_field) {
            parent.GetReflection()->SetDouble(&parent, &double_field, *value);
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
      Put(target, field, from, SetString(*value));
      return true;
    }
    case Convert::kLanguages:
    case Convert::kCpvs: {
      const absl::optional<std::string> value =
          convert == Convert::kCpvs ? ReadCpv(text) : ReadLanguage(text);
      if (!value.has_value()) return false;
      AddString(target, field, field.field(), "", from, *value);
      return true;
    }
    default:
      return false;
  }
}

void PlanWriter::Write(const Target& target, const PlanField& field,
                       Convert convert, const Element& from,
                       absl::string_view bt) {
  // A clause that a notice has a field for is named, also where the field says
  // nothing.
  if (field.has_key()) Parent(target, field);
  switch (convert) {
    case Convert::kText: {
      if (!HoldsText(from)) break;
      Message& parent = Parent(target, field);
      AddText(static_cast<v1::Text&>(
                  *field.reflection().MutableMessage(&parent, &field.field())),
              from);
      Record(target, field.path(), from);
      break;
    }
    case Convert::kReasoned:
      WriteReasoned(target, field, from);
      break;
    case Convert::kCode:
      WriteCode(target, field, from, bt);
      break;
    case Convert::kCodes:
      WriteCodes(target, field, from, bt);
      break;
    case Convert::kStrings: {
      const absl::string_view code = from.Text();
      if (absl::EqualsIgnoreCase(code, "none")) {
        StateEmpty(target, field, from);
      } else if (!SaysNothing(code)) {
        AddString(target, field, field.field(), "", from, code);
      }
      break;
    }
    default: {
      const absl::string_view text = from.Text();
      if (SaysNothing(text)) break;
      // A withheld date is written as the first day of 1970, a withheld
      // number as -1.
      if (text == "-1" || absl::StartsWith(text, "1970-01-01")) break;
      if (!WriteValue(target, field, convert, from, text)) {
        Note(from,
             absl::StrCat("`", Shorten(text), "` is not ", WordFor(convert),
                          " (", bt, "); it is read as not told"));
      }
    }
  }
}

}  // namespace klausul::intake::eforms
