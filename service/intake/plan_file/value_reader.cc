#include "service/intake/plan_file/value_reader.h"

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "service/base/edit_distance.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/short_forms.h"

namespace klausul::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using syntax::Node;

bool IsBool(const Node& node) {
  return node.is_plain() && (node.text == "true" || node.text == "false");
}

// Codes of what a short form can be wrong about.
absl::string_view CodeFor(ValueForm form) {
  switch (form) {
    case ValueForm::kMoney:
      return "bad-amount";
    case ValueForm::kDate:
      return "bad-date";
    case ValueForm::kTimeOfDay:
      return "bad-time";
    default:
      return "bad-length";
  }
}

// Help for a value that was meant well but written in another form.
std::string FormHelp(ValueForm form, absl::string_view text) {
  if (form == ValueForm::kDate && text.size() > 10 && text[10] == 'T') {
    return absl::StrCat("a date is the day alone: `", text.substr(0, 10), "`");
  }
  if (form != ValueForm::kMoney) return "";
  if (absl::StrContains(text, ',')) {
    return "set thousands apart with spaces; the decimal mark is a point";
  }
  if (ParseNumber(text).has_value()) {
    return absl::StrCat("put the currency before it, such as `NOK ", text, "`");
  }
  const std::size_t space = text.rfind(' ');
  if (space != absl::string_view::npos && text.size() - space == 4) {
    const std::string turned =
        absl::StrCat(absl::AsciiStrToUpper(text.substr(space + 1)), " ",
                     text.substr(0, space));
    if (ParseMoney(turned).ok()) return absl::StrCat("write `", turned, "`");
  }
  return "";
}

}  // namespace

bool IsLanguageCode(absl::string_view code) {
  const absl::string_view language = code.substr(0, code.find('-'));
  const auto lower = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c));
  };
  const auto tag = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-';
  };
  return (language.size() == 2 || language.size() == 3) &&
         std::all_of(language.begin(), language.end(), lower) &&
         std::all_of(code.begin(), code.end(), tag) && code.back() != '-';
}

void ValueReader::AddPlace(absl::string_view path, Span span,
                           const Node& node) {
  if (source_map_ == nullptr) return;
  nodes_.push_back(&node);
  source_map_->Add(path, span, static_cast<std::uint32_t>(nodes_.size() - 1));
}

void ValueReader::ErrorAt(Span span, absl::string_view code,
                          absl::string_view message, absl::string_view help) {
  ++error_count_;
  sink_.Error(tree_.file(), span, code, message, help);
}

void ValueReader::Error(const Node& node, absl::string_view code,
                        absl::string_view path, absl::string_view what,
                        absl::string_view help) {
  failed_paths_.emplace_back(path);
  ErrorAt(
      node.span, code,
      path.empty() ? std::string(what) : absl::StrCat("`", path, "`: ", what),
      help);
}

bool ValueReader::FailedAt(absl::string_view path) const {
  return std::any_of(failed_paths_.begin(), failed_paths_.end(),
                     [path](absl::string_view failed) {
                       return absl::StartsWith(failed, path) &&
                              (failed.size() == path.size() ||
                               failed[path.size()] == '.' ||
                               failed[path.size()] == '[');
                     });
}

void ValueReader::Expected(const Node& node, absl::string_view path,
                           absl::string_view what, absl::string_view help) {
  Error(node, "wrong-type", path,
        absl::StrCat("expected ", what, ", got ", Describe(node)), help);
}

const FieldDescriptor* ValueReader::FindField(const Descriptor& message,
                                              const Node::Entry& entry,
                                              absl::string_view path) {
  const FieldDescriptor* field = message.FindFieldByName(entry.key);
  if (field == nullptr && tree_.format() == syntax::Tree::Format::kJson) {
    // The protobuf JSON form.
    field = message.FindFieldByCamelcaseName(entry.key);
  }
  if (field == nullptr) {
    ErrorAt(entry.key_span, "unknown-field", UnknownField(path, entry.key),
            UnknownFieldHelp(message, entry.key));
  }
  return field;
}

void ValueReader::ReadGroup(const Node& node, Message& message,
                            absl::string_view path) {
  if (!node.is_mapping()) {
    Expected(node, path, "a mapping of fields");
    return;
  }
  absl::flat_hash_map<const FieldDescriptor*, Span> read;
  for (const Node::Entry& entry : node.entries) {
    if (TooManyErrors()) return;
    const FieldDescriptor* field =
        FindField(*message.GetDescriptor(), entry, path);
    if (field == nullptr) continue;
    const auto [first, is_new] = read.try_emplace(field, entry.key_span);
    if (!is_new) {
      // `tenderDeadline` beside `tender_deadline`.
      ErrorAt(entry.key_span, "duplicate-key",
              absl::StrCat("field `", field->name(), "` appears twice"));
      continue;
    }
    const std::string field_path = FieldPath(path, field->name());
    if (!entry.value->is_null()) {
      AddPlace(field_path, Cover(entry.key_span, entry.value->span),
               *entry.value);
    }
    ReadField(*entry.value, message, *field, field_path);
  }
}

void ValueReader::ReadField(const Node& node, Message& message,
                            const FieldDescriptor& field,
                            absl::string_view path) {
  if (node.is_null()) return;  // Not stated.
  if (field.is_map()) {
    ReadMap(node, message, field, path);
  } else if (field.is_repeated()) {
    ReadList(node, message, field, path);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    ReadMessage(
        node, *message.GetReflection()->MutableMessage(&message, &field), path);
  } else {
    ReadScalar(node, message, field, -1, path);
  }
}

void ValueReader::ReadList(const Node& node, Message& message,
                           const FieldDescriptor& field,
                           absl::string_view path) {
  if (!node.is_sequence()) {
    Expected(node, path, "a list",
             node.is_scalar() ? "put it into brackets: "
                                "`[...]`"
                              : "");
    return;
  }
  if (node.items.empty()) {
    if (!IsPathList(field) &&
        message.GetDescriptor() != v1::ExtraList::descriptor()) {
      plan_.add_stated_empty(std::string(path));
    }
    return;
  }
  // A list of paths may hold some from `[]` already. An entry that is refused
  // leaves its index to the next: nothing is evaluated after an error anyway.
  int index = message.GetReflection()->FieldSize(message, &field);
  for (const Node* item : node.items) {
    if (TooManyErrors()) return;
    const std::string item_path = IndexPath(path, index);
    AddPlace(item_path, item->span, *item);
    ReadListEntry(*item, message, field, index, item_path);
    index = message.GetReflection()->FieldSize(message, &field);
  }
}

void ValueReader::ReadListEntry(const Node& node, Message& message,
                                const FieldDescriptor& field, int index,
                                absl::string_view path) {
  if (node.is_null()) {
    Expected(node, path, "an entry of the list");
    return;
  }
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    ReadScalar(node, message, field, index, path);
    return;
  }
  const Reflection& reflection = *message.GetReflection();
  if (index == reflection.FieldSize(message, &field)) {
    ReadMessage(node, *reflection.AddMessage(&message, &field), path);
    return;
  }
  Message& entry = *reflection.MutableRepeatedMessage(&message, &field, index);
  entry.Clear();
  ReadMessage(node, entry, path);
}

void ValueReader::ReadMap(const Node& node, Message& message,
                          const FieldDescriptor& field,
                          absl::string_view path) {
  if (!node.is_mapping()) {
    Expected(node, path, "a mapping");
    return;
  }
  if (node.entries.empty()) {
    plan_.add_complete(std::string(path));
    return;
  }
  const std::vector<std::string> known = MapKeys(field);
  for (const Node::Entry& entry : node.entries) {
    if (TooManyErrors()) return;
    if (!known.empty() &&
        std::find(known.begin(), known.end(), entry.key) == known.end()) {
      ErrorAt(entry.key_span, "unknown-key",
              absl::StrCat("`", path, "` has no key `", entry.key, "`"),
              UnknownWordHelp(entry.key, known));
      continue;
    }
    if (entry.key.empty()) {
      ErrorAt(entry.key_span, "unknown-key", "a key cannot be empty");
      continue;
    }
    if (entry.value->is_null()) continue;  // Not stated.
    const std::string entry_path = KeyPath(path, entry.key);
    AddPlace(entry_path, Cover(entry.key_span, entry.value->span),
             *entry.value);
    Message& pair = *message.GetReflection()->AddMessage(&message, &field);
    const Descriptor& type = *pair.GetDescriptor();
    pair.GetReflection()->SetString(&pair, type.map_key(), entry.key);
    ReadField(*entry.value, pair, *type.map_value(), entry_path);
  }
}

void ValueReader::ReadScalar(const Node& node, Message& message,
                             const FieldDescriptor& field, int index,
                             absl::string_view path) {
  const Reflection& reflection = *message.GetReflection();
  const bool in_list = field.is_repeated();
  const bool replace = in_list && index < reflection.FieldSize(message, &field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      if (!IsBool(node)) {
        Expected(node, path, "`true` or `false`");
        return;
      }
      // No list of truth values in the plan.
      reflection.SetBool(&message, &field, node.text == "true");
      return;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64: {
      // Protobuf JSON writes 64-bit numbers in quotes.
      const bool quoted_ok =
          field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 &&
          node.is_scalar() && !node.is_block();
      const absl::optional<std::int64_t> number = node.is_plain() || quoted_ok
                                                      ? ParseInteger(node.text)
                                                      : absl::nullopt;
      if (!number.has_value()) {
        Expected(node, path, "a whole number");
        return;
      }
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
        reflection.SetInt64(&message, &field, *number);
        return;
      }
      if (*number > std::numeric_limits<std::int32_t>::max() ||
          *number < std::numeric_limits<std::int32_t>::min()) {
        Error(node, "out-of-range", path,
              absl::StrCat("`", node.text, "` is too large"));
        return;
      }
      reflection.SetInt32(&message, &field, static_cast<std::int32_t>(*number));
      return;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      const absl::optional<double> number =
          node.is_plain() ? ParseNumber(node.text) : absl::nullopt;
      if (!number.has_value()) {
        Expected(node, path, "a number",
                 node.is_plain() && absl::StrContains(node.text, ',')
                     ? "the decimal mark is a point"
                     : "");
        return;
      }
      reflection.SetDouble(&message, &field, *number);
      return;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      if (!node.is_scalar() || node.is_block()) {
        Expected(node, path, "one word of a list");
        return;
      }
      const EnumValueDescriptor* value =
          FindEnumValue(*field.enum_type(), node.text);
      if (value == nullptr) {
        Error(node, "unknown-value", path,
              // Quotes say nothing here.
              absl::StrCat("no value ",
                           absl::StrReplaceAll(Describe(node), {{"\"", ""}})),
              UnknownWordHelp(node.text, ShortNames(*field.enum_type())));
        return;
      }
      if (value->number() == 0 && !in_list) return;  // Not stated.
      if (replace) {
        reflection.SetRepeatedEnum(&message, &field, index, value);
      } else if (in_list) {
        reflection.AddEnum(&message, &field, value);
      } else {
        reflection.SetEnum(&message, &field, value);
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      // In YAML a plain `26` is as good a text as any; in JSON it is none.
      const bool is_text =
          node.is_scalar() &&
          (!node.is_plain() || tree_.format() == syntax::Tree::Format::kYaml);
      if (!is_text) {
        Expected(node, path, "a text",
                 node.is_scalar() ? "put it into double quotes" : "");
        return;
      }
      if (replace) {
        reflection.SetRepeatedString(&message, &field, index, node.text);
      } else if (in_list) {
        reflection.AddString(&message, &field, node.text);
      } else if (!node.text.empty()) {  // Empty is not stated.
        reflection.SetString(&message, &field, node.text);
      }
      return;
    }
    default:
      Error(node, "wrong-type", path, "this field cannot stand in a plan file");
  }
}

void ValueReader::ReadMessage(const Node& node, Message& message,
                              absl::string_view path) {
  const ValueForm form = FormOf(*message.GetDescriptor());
  // Reads a short form with its parser.
  const auto read_short = [&](auto parse, auto& out, absl::string_view what) {
    if (node.is_mapping()) {
      ReadGroup(node, message, path);
    } else if (!node.is_scalar() || node.is_block()) {
      Expected(node, path, what);
    } else if (auto value = parse(node.text); value.ok()) {
      out = *std::move(value);
    } else {
      Error(node, CodeFor(form), path, std::string(value.status().message()),
            FormHelp(form, node.text));
    }
  };
  switch (form) {
    case ValueForm::kMoney:
      if (node.is_mapping()) {
        ReadMoney(node, static_cast<v1::Money&>(message), path);
      } else {
        read_short(ParseMoney, static_cast<v1::Money&>(message), "an amount");
      }
      return;
    case ValueForm::kDate:
      read_short(ParseDate, static_cast<v1::Date&>(message), "a date");
      return;
    case ValueForm::kTimeOfDay:
      read_short(ParseTimeOfDay, static_cast<v1::TimeOfDay&>(message),
                 "a clock time");
      return;
    case ValueForm::kSpan:
      read_short(ParseSpan, static_cast<v1::Span&>(message), "a length");
      return;
    case ValueForm::kText:
      ReadText(node, static_cast<v1::Text&>(message), path);
      return;
    case ValueForm::kReasoned: {
      auto& reasoned = static_cast<v1::Reasoned&>(message);
      if (IsBool(node)) {
        reasoned.set_on_file(node.text == "true");
      } else if (node.is_scalar()) {
        ReadText(node, *reasoned.mutable_text(), path);
      } else {
        ReadGroup(node, message, path);
      }
      return;
    }
    case ValueForm::kCondition:
      if (IsBool(node)) {
        static_cast<v1::Condition&>(message).set_met(node.text == "true");
      } else if (node.is_mapping()) {
        ReadGroup(node, message, path);
      } else {
        Expected(node, path, "`true`, `false` or a mapping with `met`");
      }
      return;
    case ValueForm::kExtraFact:
      ReadExtraFact(node, static_cast<v1::ExtraFact&>(message), path);
      return;
    case ValueForm::kGroup:
      ReadGroup(node, message, path);
      return;
  }
}

void ValueReader::ReadMoney(const Node& node, v1::Money& money,
                            absl::string_view path) {
  const bool is_short =
      node.Find("amount") != nullptr || node.Find("currency") != nullptr;
  if (!is_short) {
    ReadGroup(node, money, path);
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    if (TooManyErrors()) return;
    const Node& value = *entry.value;
    const std::string field_path = FieldPath(path, entry.key);
    if (entry.key == "amount") {
      if (!value.is_scalar() || value.is_block()) {
        Expected(value, field_path, "a number");
        continue;
      }
      const absl::Status parsed = ParseAmount(value.text, money);
      if (!parsed.ok()) {
        Error(value, "bad-amount", field_path, std::string(parsed.message()),
              FormHelp(ValueForm::kMoney, value.text));
      }
    } else if (entry.key == "currency") {
      ReadField(value, money,
                *v1::Money::descriptor()->FindFieldByName("currency_code"),
                field_path);
    } else if (entry.key == "vat") {
      ReadField(value, money, *v1::Money::descriptor()->FindFieldByName("vat"),
                field_path);
    } else {
      ErrorAt(entry.key_span, "unknown-field", UnknownField(path, entry.key),
              UnknownWordHelp(entry.key, {"amount", "currency", "vat"}));
    }
  }
}

void ValueReader::ReadText(const Node& node, v1::Text& text,
                           absl::string_view path) {
  const auto add = [&](absl::string_view language, const Node& value,
                       absl::string_view value_path) {
    const bool is_text =
        value.is_scalar() &&
        (!value.is_plain() || tree_.format() == syntax::Tree::Format::kYaml);
    if (!is_text) {
      Expected(value, value_path, "a text",
               value.is_scalar() ? "put it into double quotes" : "");
    } else if (!value.text.empty()) {
      (*text.mutable_by_language())[std::string(language)] = value.text;
    }
  };
  if (node.is_scalar()) {
    add(options_.text_language, node, path);
    return;
  }
  if (!node.is_mapping()) {
    Expected(node, path, "a text, or one a language");
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    if (TooManyErrors()) return;
    const bool wrapped =
        entry.key == "by_language" || entry.key == "byLanguage";
    if (wrapped && entry.value->is_mapping()) {
      ReadText(*entry.value, text, path);
    } else if (!IsLanguageCode(entry.key)) {
      ErrorAt(entry.key_span, "unknown-key",
              absl::StrCat("`", path, "`: `", entry.key, "` is no language"),
              "use codes such as `nb`, `nn` and `en`");
    } else if (!entry.value->is_null()) {
      const std::string value_path = KeyPath(path, entry.key);
      AddPlace(value_path, Cover(entry.key_span, entry.value->span),
               *entry.value);
      add(entry.key, *entry.value, value_path);
    }
  }
}

void ValueReader::ReadPlainFact(const Node& node, v1::ExtraFact& fact) {
  // YAML tells a text from a date by its quotes; JSON quotes both, so there
  // the form alone decides, and `string_value` is the way round it.
  const bool typed =
      node.is_plain() || (tree_.format() == syntax::Tree::Format::kJson &&
                          node.style == Node::Style::kDoubleQuoted);
  if (typed) {
    if (auto date = ParseDate(node.text); date.ok()) {
      *fact.mutable_date_value() = *std::move(date);
      return;
    }
    if (auto money = ParseMoney(node.text); money.ok()) {
      *fact.mutable_money_value() = *std::move(money);
      return;
    }
    if (auto span = ParseSpan(node.text); span.ok()) {
      *fact.mutable_span_value() = *std::move(span);
      return;
    }
  }
  if (IsBool(node)) {
    fact.set_bool_value(node.text == "true");
  } else if (const auto integer = ParseInteger(node.text);
             node.is_plain() && integer.has_value()) {
    fact.set_int_value(*integer);
  } else if (const auto number = ParseNumber(node.text);
             node.is_plain() && number.has_value()) {
    fact.set_double_value(*number);
  } else {
    fact.set_string_value(node.text);
  }
}

void ValueReader::ReadExtraFact(const Node& node, v1::ExtraFact& fact,
                                absl::string_view path) {
  if (node.is_scalar()) {
    ReadPlainFact(node, fact);
    return;
  }
  if (node.is_sequence()) {
    ReadField(node, *fact.mutable_list_value(),
              *v1::ExtraList::descriptor()->FindFieldByName("values"), path);
    return;
  }
  // `{date_value: ...}` spells the type out; any other mapping is a Reasoned.
  const bool spelled = node.entries.size() == 1 &&
                       (absl::EndsWith(node.entries[0].key, "_value") ||
                        absl::EndsWith(node.entries[0].key, "Value"));
  if (!spelled) {
    ReadGroup(node, *fact.mutable_reasoned_value(), path);
    return;
  }
  const FieldDescriptor* field =
      FindField(*v1::ExtraFact::descriptor(), node.entries[0], path);
  if (field == nullptr) return;
  const Node& value = *node.entries[0].value;
  if (field->number() == v1::ExtraFact::kListValueFieldNumber &&
      value.is_sequence()) {
    ReadExtraFact(value, fact, path);
  } else {
    // An empty text is a value here: the key says that it is one.
    if (field->number() == v1::ExtraFact::kStringValueFieldNumber) {
      fact.set_string_value("");
    }
    ReadField(value, fact, *field, path);
  }
}

}  // namespace klausul::intake
